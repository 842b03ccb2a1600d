//! The contract of [`ExerciseRepository`](crate::repo::ExerciseRepository) ([`seeding`]) and of
//! [`ExerciseQueries`](crate::query::ExerciseQueries) ([`paging`], [`search`], [`wording`],
//! [`likeness`], [`single`]).

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId,
    catalogue::{CatalogueItem, CatalogueKind},
    exercise::{Category, DifficultyLevel, Exercise, ExerciseAlias, ExerciseName, Instructions},
};
use uuid::Uuid;

use super::{
    Ports,
    store::{commit, rollback},
};
use crate::{
    RepositoryError,
    repo::{SeedOutcome, SystemExercise},
};

pub mod likeness;
mod matching;
mod model;
pub mod paging;
pub mod search;
pub mod seeding;
pub mod single;
pub mod wording;
mod world;

pub(super) use world::custom;

/// An id that no exercise has. Later ids are smaller or larger, as it happens, but the same in every run.
fn new_id() -> ExerciseId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let scattered = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ExerciseId::new(Uuid::from_u128(u128::from(scattered) << 64))
}

/// The plainest of system exercises.
fn system(name: &str) -> SystemExercise {
    let name = ExerciseName::parse(name).expect("a name");
    SystemExercise {
        slug: name.slug().expect("a slug"),
        name,
        aliases: Some(vec![]),
        force: None,
        difficulty_level: DifficultyLevel::Beginner,
        mechanic: None,
        category: Category::Strength,
        instructions: Some(instructions("Do it.")),
        pictures: None,
        equipment: vec![],
        primary_muscles: vec![],
        secondary_muscles: vec![],
        tags: Some(vec![]),
    }
}

fn aliases(texts: &[&str]) -> Vec<ExerciseAlias> {
    texts.iter().map(|text| ExerciseAlias::parse(text).expect("an alias")).collect()
}

fn instructions(text: &str) -> Instructions {
    Instructions::parse(text).expect("instructions")
}

/// The items of a catalogue with these ids, ascending.
fn items(kind: CatalogueKind, ids: &[i16]) -> Vec<CatalogueItem> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.into_iter().map(|id| CatalogueItem { id, name: format!("{kind:?} {id}").to_lowercase() }).collect()
}

/// Fills all catalogues with the ids 1 to 5.
async fn create_catalogues(ports: &Ports<'_>) {
    let mut unit = ports.begin().await;
    for kind in CatalogueKind::ALL {
        unit.catalogues().seed(kind, &items(kind, &[1, 2, 3, 4, 5])).await.expect("catalogues can be seeded");
    }
    commit(unit).await;
}

async fn try_seed(
    ports: &Ports<'_>,
    exercises: &[SystemExercise],
    now: DateTime<Utc>,
) -> Result<SeedOutcome, RepositoryError> {
    let mut unit = ports.begin().await;
    let outcome = unit.exercises().seed_system(exercises, &new_id, now).await;
    if outcome.is_ok() {
        commit(unit).await;
    } else {
        rollback(unit).await;
    }
    outcome
}

async fn seed(ports: &Ports<'_>, exercises: &[SystemExercise], now: DateTime<Utc>) -> SeedOutcome {
    try_seed(ports, exercises, now).await.expect("exercises can be seeded")
}

async fn by_slug(ports: &Ports<'_>, slug: &str) -> Option<Exercise> {
    ports.exercises.by_slug(slug).await.expect("an exercise can be read")
}

async fn stored(ports: &Ports<'_>, exercise: &SystemExercise) -> Exercise {
    by_slug(ports, exercise.slug.as_str()).await.unwrap_or_else(|| panic!("{} is not there", exercise.slug))
}
