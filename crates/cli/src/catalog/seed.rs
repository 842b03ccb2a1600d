//! `irontrack catalog seed`.

use irontrack_application::setup::{SeedReport, Setup, SystemCatalogue};
use irontrack_ports::{Constraint, RepositoryError};
use serde::Serialize;

use super::Outcome;
use crate::{
    Failure,
    output::{Output, Page, Progress, Report, Tone},
};

/// What seeding did.
#[derive(Debug, Serialize)]
struct Seeded {
    items_inserted: usize,
    exercises: Outcome,
}

/// Loads the built-in catalogue.
///
/// # Errors
/// An administrator has given one of its names to something else, the database cannot be used, or standard output cannot
/// be written.
pub async fn seed(catalogue: &SystemCatalogue, setup: &Setup, output: &mut Output) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Loading the built-in catalogue")?;
    let progress = Progress::start("Loading");
    let outcome = setup.seed(catalogue).await;
    drop(progress);
    let SeedReport { items_inserted, exercises } = outcome.map_err(|error| not_loaded(&error))?;
    output.show(&Seeded { items_inserted, exercises: exercises.into() })
}

fn not_loaded(error: &RepositoryError) -> Failure {
    let what = match error {
        RepositoryError::Conflict(Constraint::CatalogueName) => "a muscle group, a piece of equipment or a tag",
        RepositoryError::Conflict(Constraint::SystemExerciseName) => "another exercise",
        error => return Failure::failed(format!("the catalogue was not loaded: {error}")),
    };
    Failure::failed(format!(
        "the catalogue was not loaded: {what} that an administrator has added has a name of the built-in catalogue; \
         rename it first"
    ))
}

impl Report for Seeded {
    fn print(&self, page: &mut Page) {
        self.exercises.print(self.items_inserted, page);
    }
}
