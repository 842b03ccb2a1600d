//! `irontrack database upgrade`.

use serde::Serialize;

use super::{Migration, MigrationState, Migrations, check_known, is_called};
use crate::{
    Failure, UpgradeArguments,
    output::{Output, Page, Progress, Report, Tone},
    prompt::{Prompts, Question},
};

/// The target that means all migrations.
const HEAD: &str = "head";

/// What was applied.
#[derive(Debug, Serialize)]
struct Upgraded {
    applied: Vec<String>,
    #[serde(skip)]
    was_refused: bool,
}

/// Applies what is missing, after asking.
///
/// # Errors
/// Nobody can be asked, the target is unknown, the database cannot be used or was migrated by a newer program, a migration
/// failed, or standard output cannot be written.
pub fn upgrade(
    arguments: &UpgradeArguments,
    migrations: &dyn Migrations,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Starting database upgrade process")?;
    let status = migrations.status()?;
    check_known(&status)?;
    let up_to_target = up_to(&status, &arguments.target)?;
    let pending: Vec<_> = up_to_target.iter().filter(|migration| migration.state == MigrationState::Pending).collect();
    if pending.is_empty() {
        return output.show(&Upgraded { applied: Vec::new(), was_refused: false });
    }
    for migration in &pending {
        output.announce(Tone::Plain, &format!("{} is pending", migration.name))?;
    }
    let label = format!("Are you sure you want migrate the database to the `{}` revision?", arguments.target);
    if !prompts.confirm(arguments.confirmation.yes, Question { label: &label, option: "--yes" })? {
        return output.show(&Upgraded { applied: Vec::new(), was_refused: true });
    }
    let progress = Progress::of("Migrating", pending.len());
    let mut applied = Vec::new();
    for migration in &pending {
        // Nothing, if somebody else has applied it meanwhile.
        applied.extend(migrations.apply(&migration.name)?);
        progress.advance(1);
    }
    drop(progress);
    output.show(&Upgraded { applied, was_refused: false })
}

/// All migrations up to the target.
fn up_to<'a>(status: &'a [Migration], target: &str) -> Result<&'a [Migration], Failure> {
    if target == HEAD {
        return Ok(status);
    }
    match status.iter().position(|migration| is_called(&migration.name, target)) {
        Some(position) => Ok(&status[..=position]),
        None => Err(Failure::usage(format!("TARGET is wrong: there is no migration {target}"))),
    }
}

impl Report for Upgraded {
    fn print(&self, page: &mut Page) {
        match (&*self.applied, self.was_refused) {
            ([], true) => page.line(Tone::Plain, "Nothing was changed"),
            ([], false) => page.line(Tone::Good, "The database is up to date"),
            (applied, _) => {
                for name in applied {
                    page.line(Tone::Good, &format!("{name} was applied"));
                }
            }
        }
    }
}
