//! `irontrack database`.

mod downgrade;
mod status;
#[cfg(test)]
mod tests;
mod upgrade;

pub use downgrade::downgrade;
use serde::Serialize;
pub use status::{check, status};
pub use upgrade::upgrade;

use crate::Failure;

/// A migration, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Migration {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub state: MigrationState,
}

/// Where a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MigrationState {
    /// The database has it.
    Applied,
    /// The database lacks it.
    Pending,
    /// The database has it, and this program does not know it.
    Unknown,
}

/// What migrates a database.
pub trait Migrations {
    /// All migrations that the program or the database has, in order.
    ///
    /// # Errors
    /// The database cannot be used.
    fn status(&self) -> Result<Vec<Migration>, Failure>;

    /// Applies what is missing up to the migration of that name, and answers the names of what was applied.
    ///
    /// # Errors
    /// The database cannot be used, or a migration failed.
    fn apply(&self, last: &str) -> Result<Vec<String>, Failure>;

    /// Takes these migrations back, which are the last ones of the database, the last one first.
    ///
    /// # Errors
    /// The database cannot be used, was migrated by somebody else meanwhile, or a migration failed.
    fn take_back(&self, names: Vec<String>) -> Result<(), Failure>;
}

/// The names of the migrations in that state.
fn names(migrations: &[Migration], state: MigrationState) -> Vec<&str> {
    migrations.iter().filter(|migration| migration.state == state).map(|migration| &*migration.name).collect()
}

/// Fails if a newer program has migrated the database.
fn check_known(migrations: &[Migration]) -> Result<(), Failure> {
    match &*names(migrations, MigrationState::Unknown) {
        [] => Ok(()),
        unknown => Err(Failure::failed(format!(
            "the database has migrations that this program does not know ({}): use a newer one",
            unknown.join(", ")
        ))),
    }
}

/// Fails unless the database has exactly the migrations that the program knows.
///
/// # Errors
/// One is pending or unknown.
pub fn check_current(migrations: &[Migration]) -> Result<(), Failure> {
    check_known(migrations)?;
    match &*names(migrations, MigrationState::Pending) {
        [] => Ok(()),
        [one] => {
            Err(Failure::failed(format!("the database lacks the migration {one}: run `irontrack database upgrade`")))
        }
        several => Err(Failure::failed(format!(
            "the database lacks {} migrations, the first is {}: run `irontrack database upgrade`",
            several.len(),
            several[0]
        ))),
    }
}

/// Whether a text names a migration: in full, by its date and number, or by what it is called.
fn is_called(name: &str, text: &str) -> bool {
    name == text || name.split_once('_').is_some_and(|(version, title)| version == text || title == text)
}
