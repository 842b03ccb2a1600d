//! The migrations of this program, one by one, on a connection that diesel's harness can block on.

use std::{collections::HashMap, time::Duration};

use diesel::{
    connection::SimpleConnection,
    migration::{Migration, MigrationSource},
    pg::Pg,
};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::MigrationError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// How long a migration waits for a lock on a table. Whoever wants the table after it waits behind it, so that this is how
/// long a transaction that somebody forgot to end can hold up everybody: not much longer than a client waits for an answer.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

pub(super) type Blocking = AsyncConnectionWrapper<AsyncPgConnection>;

pub(super) type AnyMigration = dyn Migration<Pg>;

/// All migrations of this program, in order.
pub(super) fn all() -> Vec<Box<AnyMigration>> {
    // Embedded migrations are constants; reading them cannot fail.
    let mut migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS).unwrap_or_default();
    migrations.sort_unstable_by_key(|migration| version(&**migration));
    migrations
}

/// All migrations of this program, by version.
pub(super) fn known() -> HashMap<String, Box<AnyMigration>> {
    all().into_iter().map(|migration| (version(&*migration), migration)).collect()
}

pub(super) fn version(migration: &AnyMigration) -> String {
    migration.name().version().to_string()
}

/// The applied versions, the last one first. Creates the table that holds them.
pub(super) fn applied_versions(connection: &mut Blocking) -> Result<Vec<String>, MigrationError> {
    let versions = connection.applied_migrations().map_err(|error| MigrationError::Database(error.to_string()))?;
    Ok(versions.iter().map(ToString::to_string).collect())
}

/// Takes back that many migrations at most.
pub(super) fn revert(connection: &mut Blocking, most: usize) -> Result<Vec<String>, MigrationError> {
    let known = known();
    let versions = applied_versions(connection)?.into_iter().take(most);
    versions
        .map(|version| match known.get(&version) {
            Some(migration) => run(&**migration, connection, Direction::Down),
            None => Err(MigrationError::Unknown(version)),
        })
        .collect()
}

#[derive(Clone, Copy)]
pub(super) enum Direction {
    Up,
    Down,
}

pub(super) fn run(
    migration: &AnyMigration,
    connection: &mut Blocking,
    direction: Direction,
) -> Result<String, MigrationError> {
    let name = migration.name().to_string();
    // Anew for each: one without a transaction may have set another for itself.
    let patience = format!("SET lock_timeout = {}", LOCK_PATIENCE.as_millis());
    connection.batch_execute(&patience).map_err(|error| MigrationError::Database(error.to_string()))?;
    let result = match direction {
        Direction::Up => connection.run_migration(migration),
        Direction::Down => connection.revert_migration(migration),
    };
    match result.map_err(|error| error.to_string()) {
        Ok(_) => Ok(name),
        Err(reason) if reason.contains("due to lock timeout") => {
            Err(MigrationError::HeldUp { name, patience: LOCK_PATIENCE })
        }
        Err(reason) => Err(MigrationError::Failed { name, reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_embedded_in_order() {
        let names: Vec<_> = all().iter().map(|migration| migration.name().to_string()).collect();
        assert!(names[0].ends_with("_accounts"), "{names:?}");
        assert!(names.is_sorted(), "{names:?}");
    }
}
