//! `irontrack database downgrade`.

use serde::Serialize;

use super::{Migration, MigrationState, Migrations, check_known, is_called};
use crate::{
    DowngradeArguments, Failure,
    output::{Output, Page, Progress, Report, Tone},
    prompt::{Prompts, Question},
};

/// The target before all migrations.
const BASE: &str = "base";

/// What was taken back.
#[derive(Debug, Serialize)]
struct Downgraded {
    taken_back: Vec<String>,
    #[serde(skip)]
    was_refused: bool,
}

/// Takes migrations back, after a warning and a question.
///
/// # Errors
/// Nobody can be asked, the target is wrong, the database cannot be used or was migrated by a newer program, a migration
/// failed, or standard output cannot be written.
pub fn downgrade(
    arguments: &DowngradeArguments,
    migrations: &dyn Migrations,
    prompts: &mut Prompts,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Starting database downgrade process")?;
    let status = migrations.status()?;
    check_known(&status)?;
    let names = to_take_back(&status, &arguments.target)?;
    if names.is_empty() {
        return output.show(&Downgraded { taken_back: names, was_refused: false });
    }
    for name in &names {
        output.announce(Tone::Plain, &format!("{name} will be taken back"))?;
    }
    output.announce(Tone::Bad, "What these migrations added is removed, with all data in it. Make a backup first.")?;
    let question = Question { label: "Are you sure you want to lose this data?", option: "--yes" };
    if !prompts.confirm(arguments.confirmation.yes, question)? {
        return output.show(&Downgraded { taken_back: Vec::new(), was_refused: true });
    }
    let progress = Progress::start("Taking migrations back");
    migrations.take_back(names.clone())?;
    drop(progress);
    output.show(&Downgraded { taken_back: names, was_refused: false })
}

/// The names of the migrations after the target, the last one first.
fn to_take_back(status: &[Migration], target: &str) -> Result<Vec<String>, Failure> {
    let applied = status.iter().filter(|migration| migration.state == MigrationState::Applied);
    let mut applied: Vec<_> = applied.map(|migration| migration.name.clone()).collect();
    applied.reverse();
    if target == BASE {
        return Ok(applied);
    }
    if let Ok(number) = target.parse::<usize>() {
        if number > applied.len() {
            return Err(Failure::failed(format!("there are only {} migrations to take back", applied.len())));
        }
        applied.truncate(number);
        return Ok(applied);
    }
    match applied.iter().position(|name| is_called(name, target)) {
        Some(position) => {
            applied.truncate(position);
            Ok(applied)
        }
        None => Err(Failure::usage(format!("TARGET is wrong: the database has no migration {target}"))),
    }
}

impl Report for Downgraded {
    fn print(&self, page: &mut Page) {
        match (&*self.taken_back, self.was_refused) {
            ([], true) => page.line(Tone::Plain, "Nothing was changed"),
            ([], false) => page.line(Tone::Plain, "There is nothing to take back"),
            (names, _) => {
                for name in names {
                    page.line(Tone::Good, &format!("{name} was taken back"));
                }
            }
        }
    }
}
