//! `irontrack catalog seed`.

use irontrack_application::setup::{Programme, SeedReport, Setup, SystemCatalogue};
use irontrack_domain::account::Email;
use irontrack_ports::{Constraint, RepositoryError};
use serde::Serialize;

use super::Outcome;
use crate::{
    Failure,
    output::{Output, Page, Progress, Report, Table, Tone},
};

/// What seeding did.
#[derive(Debug, Serialize)]
struct Seeded {
    items_inserted: usize,
    exercises: Outcome,
    /// Without programmes, nothing.
    #[serde(flatten)]
    programmes: Option<Programmes>,
}

/// What loading programmes did.
#[derive(Debug, Serialize)]
struct Programmes {
    training_plans: Outcome,
    training_units: Outcome,
}

/// Loads the built-in catalogue, and the programmes if there are any, which then belong to the system administrator with
/// that address.
///
/// # Errors
/// An administrator has given one of its names to something else, there is no system administrator for programmes, the
/// database cannot be used, or standard output cannot be written.
pub async fn seed(
    catalogue: &SystemCatalogue,
    programmes: Option<(&[Programme], &Email)>,
    setup: &Setup,
    output: &mut Output,
) -> Result<(), Failure> {
    output.announce(Tone::Heading, "Loading the built-in catalogue")?;
    let progress = Progress::start("Loading");
    let outcome = load(catalogue, programmes, setup).await;
    drop(progress);
    output.show(&outcome?)
}

async fn load(
    catalogue: &SystemCatalogue,
    programmes: Option<(&[Programme], &Email)>,
    setup: &Setup,
) -> Result<Seeded, Failure> {
    let SeedReport { items_inserted, exercises } = setup.seed(catalogue).await.map_err(|error| not_loaded(&error))?;
    let programmes = match programmes {
        None => None,
        Some((programmes, administrator)) => {
            let loaded = setup.load_programmes(programmes, administrator).await;
            let loaded = loaded.map_err(|error| Failure::failed(format!("the programmes were not loaded: {error}")))?;
            Some(Programmes { training_plans: loaded.plans.into(), training_units: loaded.units.into() })
        }
    };
    Ok(Seeded { items_inserted, exercises: exercises.into(), programmes })
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
        if let Some(Programmes { training_plans, training_units }) = &self.programmes {
            let mut table = Table::new(["Programmes", "Count"]);
            for (what, outcome) in [("plans", training_plans), ("units", training_units)] {
                let counts =
                    [("inserted", outcome.inserted), ("updated", outcome.updated), ("unchanged", outcome.unchanged)];
                for (fate, count) in counts {
                    table.row(Tone::Plain, [&format!("{what} {fate}"), &count.to_string()]);
                }
            }
            page.table(&table);
        }
    }
}
