//! Exercises.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId,
    exercise::{Category, DifficultyLevel, ExerciseAlias, ExerciseName, Force, Mechanic, Slug},
};

use crate::RepositoryError;

/// A system exercise as a catalogue file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemExercise {
    /// Name, unique among the system exercises.
    pub name: ExerciseName,
    /// Slug of the name: the key by which stored rows are matched.
    pub slug: Slug,
    /// Other names.
    pub aliases: Vec<ExerciseAlias>,
    /// Direction of the force.
    pub force: Option<Force>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Mechanic>,
    /// Kind of training.
    pub category: Category,
    /// How to do it.
    pub instructions: String,
    /// Ids of equipment.
    pub equipment: Vec<i16>,
    /// Ids of muscle groups that it trains first.
    pub primary_muscles: Vec<i16>,
    /// Ids of muscle groups that assist.
    pub secondary_muscles: Vec<i16>,
    /// Ids of tags.
    pub tags: Vec<i16>,
}

/// What seeding did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeedOutcome {
    /// Exercises that were not there before.
    pub inserted: usize,
    /// Exercises that differed from the file.
    pub updated: usize,
    /// Exercises that were right already.
    pub unchanged: usize,
}

/// Changes exercises.
#[async_trait]
pub trait ExerciseRepository: Send {
    /// Inserts or updates system exercises, matched by slug among the visible system exercises. Rows that equal the
    /// file are not touched, custom exercises never. `new_id` makes the id of each inserted row.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `SystemExerciseName` when another system exercise has a name of the file;
    /// [`RepositoryError::MissingReference`] with `ExerciseLink` when a catalogue id does not exist.
    async fn seed_system(
        &mut self,
        exercises: &[SystemExercise],
        new_id: &(dyn Fn() -> ExerciseId + Sync),
        now: DateTime<Utc>,
    ) -> Result<SeedOutcome, RepositoryError>;
}
