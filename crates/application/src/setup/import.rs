//! A catalogue from a file, with the names of what it refers to.

use std::collections::HashMap;

use irontrack_domain::{
    ExerciseId,
    catalogue::{CatalogueKind, CatalogueName},
    exercise::{Slug, assisting},
};
use irontrack_ports::{
    Constraint, RepositoryError, UnitOfWork,
    repo::{SeedOutcome, SystemExercise},
};
use thiserror::Error;
use uuid::Uuid;

use super::{Setup, catalogue::outdated, items::Items};
use crate::{
    ErrorKind, UseCaseError,
    unit_of_work::{finish, finish_and_tell},
};

/// What a file holds, as far as it can be read.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// Items for the catalogues.
    pub items: Vec<ImportedItem>,
    /// Exercises for the system catalogue.
    pub exercises: Vec<ImportedExercise>,
}

/// An item for a catalogue. One of that name is the same item, whatever its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedItem {
    /// Which catalogue.
    pub kind: CatalogueKind,
    /// The id that a new item gets, if no other one has it.
    pub id: Option<i16>,
    /// Its name.
    pub name: CatalogueName,
}

/// An exercise for the system catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedExercise {
    /// Where it stands in the file, from 0.
    pub index: usize,
    /// The exercise; its lists of ids are made of the names.
    pub exercise: SystemExercise,
    /// What it refers to.
    pub names: ItemNames,
}

/// Names of catalogue items, as a file spells them. Case and blanks do not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemNames {
    /// Muscles that it trains first.
    pub primary_muscles: Vec<String>,
    /// Muscles that assist; those that are primary are left out.
    pub secondary_muscles: Vec<String>,
    /// Equipment.
    pub equipment: Vec<String>,
    /// Tags; `None` where the file knows nothing of tags.
    pub tags: Option<Vec<String>>,
}

/// How to import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOptions {
    /// Only find out what would be done.
    pub is_dry_run: bool,
    /// Change nothing if an exercise would be left out.
    pub is_strict: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Catalogue items that were new.
    pub items_inserted: usize,
    /// What became of the exercises that were not left out.
    pub exercises: SeedOutcome,
    /// Exercises that were left out, in the order of the file.
    pub left_out: Vec<LeftOut>,
    /// Whether anything could be written: not in a dry run, and not if a strict import would leave something out.
    pub is_written: bool,
}

/// An exercise that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands in the file, from 0.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why an exercise was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutReason {
    /// It refers to items that neither the catalogues nor the file have.
    UnknownItems(Vec<(CatalogueKind, String)>),
    /// An earlier exercise of the file has the same slug.
    Repeated {
        /// Where that one stands.
        first: usize,
    },
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Somebody else changed the catalogue at the same time.
    #[error("the catalogue was changed by somebody else at the same time")]
    ChangedMeanwhile,
    /// A catalogue has no number left for another item.
    #[error("a catalogue is full")]
    Full,
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

impl From<RepositoryError> for ImportError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(Constraint::CatalogueSize) => Self::Full,
            RepositoryError::Conflict(_) | RepositoryError::MissingReference(_) | RepositoryError::Retryable => {
                Self::ChangedMeanwhile
            }
            error => Self::Repository(error),
        }
    }
}

impl UseCaseError for ImportError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::ChangedMeanwhile | Self::Full => ErrorKind::Conflict,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::ChangedMeanwhile => "catalogue-changed-meanwhile",
            Self::Full => "catalogue-full",
            Self::Repository(error) => error.code(),
        }
    }
}

impl Setup {
    /// Adds what a file holds to the catalogues and the system exercises, in one transaction. Items are matched by name,
    /// exercises by slug; what is right already is not touched, and what the file does not have stays. An exercise that
    /// cannot be imported as a whole is left out.
    ///
    /// # Errors
    /// [`ImportError`]; nothing has changed then.
    pub async fn import(&self, import: Import, options: ImportOptions) -> Result<ImportReport, ImportError> {
        let mut stored = Vec::new();
        for kind in CatalogueKind::ALL {
            stored.push((kind, self.items(kind).await?));
        }
        let items = Items::new(stored, import.items);
        let (mut exercises, left_out) = sort_out(import.exercises, &items);
        let is_refused = options.is_strict && !left_out.is_empty();
        let is_written = !options.is_dry_run && !is_refused;

        let mut unit = self.units.begin().await?;
        let outcome = if is_written {
            let outcome = self.import_in(&mut *unit, &items, &mut exercises).await;
            let outcome = outcome.map(|outcome| (outcome, outdated()));
            finish_and_tell(unit, &self.copies, outcome).await?
        } else {
            let outcome = unit.exercises().compare_system(&exercises).await;
            finish(unit, outcome).await?
        };
        let report = ImportReport { items_inserted: items.new.len(), exercises: outcome, left_out, is_written };
        tracing::info!(
            items_inserted = report.items_inserted,
            exercises = ?report.exercises,
            left_out = report.left_out.len(),
            is_written,
            "catalogue imported"
        );
        Ok(report)
    }

    async fn import_in(
        &self,
        unit: &mut dyn UnitOfWork,
        items: &Items,
        exercises: &mut [SystemExercise],
    ) -> Result<SeedOutcome, RepositoryError> {
        let numbers = items.insert(unit).await?;
        for exercise in exercises.iter_mut() {
            numbers.correct(CatalogueKind::MuscleGroups, &mut exercise.primary_muscles);
            numbers.correct(CatalogueKind::MuscleGroups, &mut exercise.secondary_muscles);
            numbers.correct(CatalogueKind::Equipment, &mut exercise.equipment);
            numbers.correct(CatalogueKind::ExerciseTags, exercise.tags.as_deref_mut().unwrap_or_default());
        }
        let new_id = || ExerciseId::new(Uuid::now_v7());
        unit.exercises().seed_system(exercises, &new_id, self.clock.now()).await
    }
}

/// The exercises whose names all lead somewhere, and those that are left out.
fn sort_out(imported: Vec<ImportedExercise>, items: &Items) -> (Vec<SystemExercise>, Vec<LeftOut>) {
    let mut first: HashMap<Slug, usize> = HashMap::new();
    let mut exercises = Vec::with_capacity(imported.len());
    let mut left_out = Vec::new();
    for ImportedExercise { index, exercise, names } in imported {
        let name = exercise.name.as_str().to_owned();
        let reason = match first.get(&exercise.slug) {
            Some(&first) => LeftOutReason::Repeated { first },
            None => match link(exercise, names, items) {
                Ok(exercise) => {
                    first.insert(exercise.slug.clone(), index);
                    exercises.push(exercise);
                    continue;
                }
                Err(unknown) => LeftOutReason::UnknownItems(unknown),
            },
        };
        left_out.push(LeftOut { index, name, reason });
    }
    (exercises, left_out)
}

/// Makes ids of the names, or answers those that lead nowhere.
fn link(
    exercise: SystemExercise,
    names: ItemNames,
    items: &Items,
) -> Result<SystemExercise, Vec<(CatalogueKind, String)>> {
    let mut unknown = Vec::new();
    let mut ids = |kind, names: Vec<String>| {
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            match items.id(kind, &name) {
                Some(id) => ids.push(id),
                None => unknown.push((kind, name)),
            }
        }
        ids
    };
    let primary_muscles = ids(CatalogueKind::MuscleGroups, names.primary_muscles);
    let secondary_muscles = ids(CatalogueKind::MuscleGroups, names.secondary_muscles);
    let equipment = ids(CatalogueKind::Equipment, names.equipment);
    let tags = names.tags.map(|names| ids(CatalogueKind::ExerciseTags, names));
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let secondary_muscles = assisting(&primary_muscles, &secondary_muscles);
    Ok(SystemExercise { primary_muscles, secondary_muscles, equipment, tags, ..exercise })
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
