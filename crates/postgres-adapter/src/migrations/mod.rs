//! Bringing the schema up to date, and back.

mod steps;

use std::{fmt, sync::Arc, time::Duration};

use diesel::sql_types::{Bool, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use thiserror::Error;
use tokio::time::{Instant, sleep};

use self::steps::{Blocking, Direction, all, applied_versions, known, revert, run, version};
use crate::{
    open::{Address, ConnectError},
    server,
    statement::Statement,
};

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
    /// Not what the caller has looked at before.
    #[error("another program has migrated the database meanwhile: look at it again")]
    ChangedMeanwhile,
    /// A migration failed. Those before it stay.
    #[error("the migration {name} failed: {reason}")]
    Failed {
        /// The migration.
        name: String,
        /// What the database says.
        reason: String,
    },
    /// A migration did not get a lock on a table in time: a transaction of somebody else uses it. Those before it stay.
    #[error(
        "the migration {name} waited {patience:?} for a table that another transaction keeps locked, and gave up: try \
         again, or look in pg_stat_activity for whose transaction does not end"
    )]
    HeldUp {
        /// The migration.
        name: String,
        /// How long it waited.
        patience: Duration,
    },
    /// The database did not answer as expected.
    #[error("the state of the migrations cannot be read: {0}")]
    Database(String),
}

/// A migration, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    /// The name; the version where this program does not know it.
    pub name: String,
    /// Where it stands.
    pub state: MigrationState,
}

/// Where a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MigrationState {
    /// The database has it.
    Applied,
    /// The database lacks it.
    Pending,
    /// The database has it, and this program does not know it: a newer one has been here.
    Unknown,
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
        self.upgrade_while(|_| true).await
    }

    /// Applies what is missing up to the migration of that name and answers the names of what was applied, in order.
    ///
    /// # Errors
    /// As for [`upgrade`](Self::upgrade).
    pub async fn upgrade_to(&self, last: &str) -> Result<Vec<String>, MigrationError> {
        let last = last.to_owned();
        self.upgrade_while(move |name| name <= last.as_str()).await
    }

    async fn upgrade_while(
        &self,
        is_wanted: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Vec<String>, MigrationError> {
        if !self.pending().await?.iter().any(|name| is_wanted(name)) {
            return Ok(Vec::new());
        }
        self.locked(move |connection| {
            let applied = applied_versions(connection)?;
            let missing = all().into_iter().filter(|migration| !applied.contains(&version(&**migration)));
            let wanted = missing.filter(|migration| is_wanted(&migration.name().to_string()));
            wanted.map(|migration| run(&*migration, connection, Direction::Up)).collect()
        })
        .await
    }

    /// Takes these migrations back. They have to be the last ones of the database, the last one first.
    ///
    /// # Errors
    /// [`MigrationError::ChangedMeanwhile`] if they are not, and nothing has changed then. What was taken back before one
    /// that failed stays so.
    pub async fn take_back(&self, names: Vec<String>) -> Result<(), MigrationError> {
        self.locked(move |connection| {
            let known = known();
            let applied = applied_versions(connection)?;
            let mut last =
                applied.iter().map(|version| known.get(version).map(|migration| migration.name().to_string()));
            if !names.iter().all(|name| last.next().flatten().as_ref() == Some(name)) {
                return Err(MigrationError::ChangedMeanwhile);
            }
            revert(connection, names.len()).map(drop)
        })
        .await
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

    /// All migrations that the program or the database has, in order. Changes nothing.
    ///
    /// # Errors
    /// [`MigrationError`].
    pub async fn status(&self) -> Result<Vec<MigrationStatus>, MigrationError> {
        let applied = self.versions().await?;
        let known = known();
        let unknown = applied.iter().filter(|version| !known.contains_key(*version));
        let unknown = unknown.map(|version| (version, version.clone(), MigrationState::Unknown));
        let known = known.iter().map(|(version, migration)| {
            let is_applied = applied.contains(version);
            let state = if is_applied { MigrationState::Applied } else { MigrationState::Pending };
            (version, migration.name().to_string(), state)
        });
        let mut status: Vec<_> = unknown.chain(known).collect();
        status.sort_unstable_by_key(|(version, ..)| *version);
        Ok(status.into_iter().map(|(_, name, state)| MigrationStatus { name, state }).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_url() {
        let migrator = Migrator::new("postgres://jo:secret@db/gym");
        assert!(!format!("{migrator:?}").contains("secret"));
    }
}
