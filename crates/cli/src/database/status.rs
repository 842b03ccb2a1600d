//! `irontrack database status` and `irontrack database check`.

use serde::Serialize;

use super::{Migration, MigrationState, Migrations, check_current, names};
use crate::{
    Failure,
    output::{Output, Page, Report, Table, Tone},
};

/// Where every migration stands.
#[derive(Debug, Serialize)]
struct Status {
    applied: usize,
    pending: usize,
    unknown: usize,
    migrations: Vec<Migration>,
}

impl Status {
    fn of(migrations: Vec<Migration>) -> Self {
        let count = |state| names(&migrations, state).len();
        Self {
            applied: count(MigrationState::Applied),
            pending: count(MigrationState::Pending),
            unknown: count(MigrationState::Unknown),
            migrations,
        }
    }
}

/// Lists all migrations.
///
/// # Errors
/// The database cannot be used, or standard output cannot be written.
pub fn status(migrations: &dyn Migrations, output: &mut Output) -> Result<(), Failure> {
    output.show(&Status::of(migrations.status()?))
}

/// Fails unless the database has exactly the migrations of this program.
///
/// # Errors
/// A migration is pending or unknown, the database cannot be used, or standard output cannot be written.
pub fn check(migrations: &dyn Migrations, output: &mut Output) -> Result<(), Failure> {
    let migrations = migrations.status()?;
    let outcome = check_current(&migrations);
    if outcome.is_ok() {
        output.announce(Tone::Good, "The database is up to date")?;
    }
    output.data(&Status::of(migrations))?;
    outcome
}

impl Report for Status {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Migration", "State"]);
        for Migration { name, state } in &self.migrations {
            let (tone, state) = match state {
                MigrationState::Applied => (Tone::Good, "applied"),
                MigrationState::Pending => (Tone::Plain, "pending"),
                MigrationState::Unknown => (Tone::Bad, "unknown"),
            };
            table.row(tone, [name, state]);
        }
        page.table(&table);
        page.remark(Tone::Plain, &format!("{} applied, {} pending", self.applied, self.pending));
    }
}
