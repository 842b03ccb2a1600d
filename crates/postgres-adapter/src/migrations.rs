//! Bringing the schema up to date, and back.

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use diesel::{
    migration::{Migration, MigrationSource},
    pg::Pg,
    sql_types::{Bool, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use thiserror::Error;
use tokio::time::{Instant, sleep};

use crate::{
    open::{Address, ConnectError},
    server,
    statement::Statement,
};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// The advisory lock that whoever changes the schema holds: "irontrac" as a number.
const LOCK: i64 = 0x6972_6f6e_7472_6163;

/// Why the schema could not be changed or looked at.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MigrationError {
    /// There is no way to the database.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Another program is changing the schema, and did not finish in time.
    #[error("another program has been migrating the database for {0:?}")]
    Locked(Duration),
    /// A newer program has changed the schema.
    #[error("the database has the migration {0}, which this program does not know: use a newer one")]
    Unknown(String),
    /// A migration failed. Those before it stay.
    #[error("the migration {name} failed: {reason}")]
    Failed {
        /// The migration.
        name: String,
        /// What the database says.
        reason: String,
    },
    /// The database did not answer as expected.
    #[error("the state of the migrations cannot be read: {0}")]
    Database(String),
}

/// Migrates a database on a direct connection of its own: neither locks nor long statements get on with a pool.
#[derive(Clone)]
pub struct Migrator {
    url: String,
    lock_timeout: Duration,
}

impl fmt::Debug for Migrator {
    /// Without the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Migrator").field("lock_timeout", &self.lock_timeout).finish_non_exhaustive()
    }
}

type Blocking = AsyncConnectionWrapper<AsyncPgConnection>;

impl Migrator {
    /// Migrations of the database at that URL, which must not lead through a pooler.
    #[must_use]
    pub fn new(direct_url: impl Into<String>) -> Self {
        Self { url: direct_url.into(), lock_timeout: Duration::from_secs(60) }
    }

    /// How long to wait for another program that migrates; 60 seconds unless set.
    #[must_use]
    pub const fn with_lock_timeout(mut self, timeout: Duration) -> Self {
        self.lock_timeout = timeout;
        self
    }

    /// Applies what is missing and answers the names of what was applied, in order. Several programs may do so at once:
    /// one applies, the others wait for it.
    ///
    /// # Errors
    /// [`MigrationError`]; migrations before the one that failed stay applied.
    pub async fn upgrade(&self) -> Result<Vec<String>, MigrationError> {
        if self.pending().await?.is_empty() {
            return Ok(Vec::new());
        }
        self.locked(|connection| {
            let applied = applied_versions(connection)?;
            let missing = all().into_iter().filter(|migration| !applied.contains(&version(&**migration)));
            missing.map(|migration| run(&*migration, connection, Direction::Up)).collect()
        })
        .await
    }

    /// Takes all migrations back and answers their names, the last one first.
    ///
    /// # Errors
    /// [`MigrationError`]; what was taken back before the one that failed stays so.
    pub async fn downgrade_all(&self) -> Result<Vec<String>, MigrationError> {
        self.locked(|connection| revert(connection, usize::MAX)).await
    }

    /// Takes the last migration back and answers its name; `None` if there is none.
    ///
    /// # Errors
    /// [`MigrationError`].
    pub async fn revert_last(&self) -> Result<Option<String>, MigrationError> {
        Ok(self.locked(|connection| revert(connection, 1)).await?.pop())
    }

    /// The names of the migrations that are missing, in order. Changes nothing.
    ///
    /// # Errors
    /// [`MigrationError`].
    pub async fn pending(&self) -> Result<Vec<String>, MigrationError> {
        let applied = self.versions().await?;
        let missing = all().into_iter().filter(|migration| !applied.contains(&version(&**migration)));
        Ok(missing.map(|migration| migration.name().to_string()).collect())
    }

    /// The names of the migrations that are applied, in order; of one that this program does not know, the version.
    /// Changes nothing.
    ///
    /// # Errors
    /// [`MigrationError`].
    pub async fn applied(&self) -> Result<Vec<String>, MigrationError> {
        let names: HashMap<_, _> = all().iter().map(|m| (version(&**m), m.name().to_string())).collect();
        let name = |version: String| names.get(&version).cloned().unwrap_or(version);
        Ok(self.versions().await?.into_iter().map(name).collect())
    }

    /// The applied versions in order, read without creating the table that holds them.
    async fn versions(&self) -> Result<Vec<String>, MigrationError> {
        let (mut postgres, _driver) = self.open().await?;
        let database = |error: diesel::result::Error| MigrationError::Database(error.to_string());
        let exists = Statement::<Bool>::new("SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL");
        if !exists.get_result::<bool>(&mut postgres).await.map_err(database)? {
            return Ok(Vec::new());
        }
        let versions = Statement::<Text>::new("SELECT version FROM __diesel_schema_migrations ORDER BY version");
        versions.load::<String>(&mut postgres).await.map_err(database)
    }

    /// Does something while no other program migrates.
    ///
    /// diesel's harness takes no lock and blocks its thread. The lock belongs to the very connection that migrates, so
    /// that neither outlives the other, and the work goes on to its end even if nobody waits for it any more.
    async fn locked<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Blocking) -> Result<T, MigrationError> + Send + 'static,
    ) -> Result<T, MigrationError> {
        let (mut postgres, driver) = self.open().await?;
        self.lock(&mut postgres).await?;
        let working = tokio::task::spawn_blocking(move || {
            let mut connection = Blocking::from(postgres);
            let result = work(&mut connection);
            (connection.into_inner(), driver, result)
        });
        let (mut postgres, _driver, result) =
            working.await.map_err(|error| MigrationError::Database(error.to_string()))?;
        // Closing the connection unlocks as well, but only when the server has noticed.
        let unlock = Statement::<Bool>::new("SELECT pg_advisory_unlock(").bind(LOCK).sql(")");
        _ = unlock.get_result::<bool>(&mut postgres).await;
        result
    }

    /// Takes the lock by trying: waiting in the server would hold a snapshot, for which a concurrent index build waits.
    async fn lock(&self, postgres: &mut AsyncPgConnection) -> Result<(), MigrationError> {
        let start = Instant::now();
        let mut pause = Duration::from_millis(20);
        loop {
            let attempt = Statement::<Bool>::new("SELECT pg_try_advisory_lock(").bind(LOCK).sql(")");
            let locked = attempt.get_result::<bool>(postgres).await;
            if locked.map_err(|error| MigrationError::Database(error.to_string()))? {
                return Ok(());
            }
            let left = self.lock_timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(MigrationError::Locked(self.lock_timeout));
            }
            sleep(pause.min(left)).await;
            pause = (pause * 2).min(Duration::from_millis(500));
        }
    }

    async fn open(&self) -> Result<(AsyncPgConnection, impl Send + use<>), ConnectError> {
        let patience = Duration::from_secs(5);
        let setup = server::LANGUAGE.to_owned();
        let address: Arc<Address> = Address::parse(&self.url, "irontrack migrations", setup, patience, patience)?;
        let mut connection = address.open().await.map_err(|error| address.explain(&error))?;
        server::verify(&mut connection, &address.place()).await?;
        Ok(connection.into_unbounded())
    }
}

type AnyMigration = dyn Migration<Pg>;

/// All migrations of this program, in order.
fn all() -> Vec<Box<AnyMigration>> {
    // Embedded migrations are constants; reading them cannot fail.
    let mut migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS).unwrap_or_default();
    migrations.sort_unstable_by_key(|migration| version(&**migration));
    migrations
}

fn version(migration: &AnyMigration) -> String {
    migration.name().version().to_string()
}

/// The applied versions, the last one first. Creates the table that holds them.
fn applied_versions(connection: &mut Blocking) -> Result<Vec<String>, MigrationError> {
    let versions = connection.applied_migrations().map_err(|error| MigrationError::Database(error.to_string()))?;
    Ok(versions.iter().map(ToString::to_string).collect())
}

/// Takes back that many migrations at most.
fn revert(connection: &mut Blocking, most: usize) -> Result<Vec<String>, MigrationError> {
    let known: HashMap<_, _> = all().into_iter().map(|migration| (version(&*migration), migration)).collect();
    let versions = applied_versions(connection)?.into_iter().take(most);
    versions
        .map(|version| match known.get(&version) {
            Some(migration) => run(&**migration, connection, Direction::Down),
            None => Err(MigrationError::Unknown(version)),
        })
        .collect()
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

fn run(migration: &AnyMigration, connection: &mut Blocking, direction: Direction) -> Result<String, MigrationError> {
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

    #[test]
    fn debug_shows_no_url() {
        let migrator = Migrator::new("postgres://jo:secret@db/gym");
        assert!(!format!("{migrator:?}").contains("secret"));
    }
}
