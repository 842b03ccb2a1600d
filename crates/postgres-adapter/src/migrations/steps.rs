//! The migrations of this program, one by one, on a connection that diesel's harness can block on.

use std::collections::HashMap;

use diesel::{
    migration::{Migration, MigrationSource},
    pg::Pg,
};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::MigrationError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

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
    let result = match direction {
        Direction::Up => connection.run_migration(migration),
        Direction::Down => connection.revert_migration(migration),
    };
    match result {
        Ok(_) => Ok(name),
        Err(error) => Err(MigrationError::Failed { name, reason: error.to_string() }),
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
