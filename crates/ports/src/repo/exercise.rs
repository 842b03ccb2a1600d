//! Exercises.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, UserId,
    exercise::{
        Category, DifficultyLevel, Exercise, ExerciseAlias, ExerciseName, Force, ImagePath, Instructions, Mechanic,
        Slug,
    },
};

use crate::RepositoryError;

/// Paths of the pictures of an exercise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures {
    /// The start position.
    pub start: Option<ImagePath>,
    /// The end position.
    pub end: Option<ImagePath>,
}

/// A system exercise as a catalogue file describes it. Not every file knows everything: `None` of aliases, pictures and
/// tags leaves the stored ones alone, and is none where nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemExercise {
    /// Name, unique among the system exercises.
    pub name: ExerciseName,
    /// Slug of the name: the key by which stored rows are matched.
    pub slug: Slug,
    /// Other names.
    pub aliases: Option<Vec<ExerciseAlias>>,
    /// Direction of the force.
    pub force: Option<Force>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Mechanic>,
    /// Kind of training.
    pub category: Category,
    /// How to do it.
    pub instructions: Option<Instructions>,
    /// Pictures.
    pub pictures: Option<Pictures>,
    /// Ids of equipment.
    pub equipment: Vec<i16>,
    /// Ids of muscle groups that it trains first.
    pub primary_muscles: Vec<i16>,
    /// Ids of muscle groups that assist.
    pub secondary_muscles: Vec<i16>,
    /// Ids of tags.
    pub tags: Option<Vec<i16>>,
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

/// Whose exercise a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// One of the system catalogue.
    System,
    /// A custom one of that account.
    Custom(UserId),
}

/// An exercise to be created. All lists are ascending and without duplicates.
#[derive(Debug, Clone)]
pub struct NewExercise {
    /// Identity, made by the caller.
    pub id: ExerciseId,
    /// Whose it is. A system exercise needs a slug, a custom one has none.
    pub ownership: Ownership,
    /// Name.
    pub name: ExerciseName,
    /// Slug of a system exercise.
    pub slug: Option<Slug>,
    /// Direction of the force.
    pub force: Option<Force>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Mechanic>,
    /// Kind of training.
    pub category: Category,
    /// How to do it.
    pub instructions: Option<Instructions>,
    /// Path of the picture of the start position.
    pub image_path_start: Option<ImagePath>,
    /// Path of the picture of the end position.
    pub image_path_end: Option<ImagePath>,
    /// Ids of muscle groups that it trains first.
    pub primary_muscles: Vec<i16>,
    /// Ids of muscle groups that assist.
    pub secondary_muscles: Vec<i16>,
    /// Ids of equipment.
    pub equipment: Vec<i16>,
    /// Ids of tags.
    pub tags: Vec<i16>,
    /// Time of creation.
    pub created_at: DateTime<Utc>,
}

/// What to change of an exercise. `None` leaves the stored value alone, `Some(None)` clears it; a list replaces the
/// stored one.
#[derive(Debug, Clone, Default)]
pub struct ExerciseChanges {
    /// Name, and for a system exercise the slug that belongs to it.
    pub name: Option<(ExerciseName, Option<Slug>)>,
    /// Direction of the force.
    pub force: Option<Option<Force>>,
    /// How much experience it asks for.
    pub difficulty_level: Option<DifficultyLevel>,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Option<Mechanic>>,
    /// Kind of training.
    pub category: Option<Category>,
    /// How to do it.
    pub instructions: Option<Option<Instructions>>,
    /// Path of the picture of the start position.
    pub image_path_start: Option<Option<ImagePath>>,
    /// Path of the picture of the end position.
    pub image_path_end: Option<Option<ImagePath>>,
    /// Ids of muscle groups that it trains first.
    pub primary_muscles: Option<Vec<i16>>,
    /// Ids of muscle groups that assist.
    pub secondary_muscles: Option<Vec<i16>>,
    /// Ids of equipment.
    pub equipment: Option<Vec<i16>>,
    /// Ids of tags.
    pub tags: Option<Vec<i16>>,
}

/// An exercise that somebody wants to refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptExercise {
    /// Identity.
    pub id: ExerciseId,
    /// Name.
    pub name: String,
    /// The owner of a custom exercise; `None` for one of the system catalogue.
    pub owner: Option<UserId>,
}

/// What became of an exercise that was to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Its row is gone.
    Deleted,
    /// Templates or history refer to it: the row stays, hidden.
    Hidden,
}

/// Changes exercises. Hidden ones are not there for any method but those that say so.
#[async_trait]
pub trait ExerciseRepository: Send {
    /// Inserts or updates system exercises, matched by slug among the visible system exercises. Rows that equal the
    /// file are not touched, custom exercises never. `new_id` makes the id of each inserted row.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `SystemExerciseName` when another system exercise has a name of the file, with
    /// `SystemExerciseSlug` when two of the file have the same slug;
    /// [`RepositoryError::MissingReference`] with `ExerciseLink` when a catalogue id does not exist.
    async fn seed_system(
        &mut self,
        exercises: &[SystemExercise],
        new_id: &(dyn Fn() -> ExerciseId + Sync),
        now: DateTime<Utc>,
    ) -> Result<SeedOutcome, RepositoryError>;

    /// What [`seed_system`](Self::seed_system) would do with these exercises. Changes nothing, and catalogue ids need not
    /// exist.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `SystemExerciseSlug` when two of them have the same slug.
    async fn compare_system(&mut self, exercises: &[SystemExercise]) -> Result<SeedOutcome, RepositoryError>;

    /// The exercise with everything it refers to, its row locked (`FOR UPDATE`) until the unit of work ends; `None`
    /// without one.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, id: ExerciseId) -> Result<Option<Exercise>, RepositoryError>;

    /// Those of these exercises that are there, kept from being removed until the unit of work ends.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn keep(&mut self, ids: &[ExerciseId]) -> Result<Vec<KeptExercise>, RepositoryError>;

    /// Stores a new exercise and answers it with everything it refers to.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `CustomExerciseName`, `SystemExerciseName` or `SystemExerciseSlug`;
    /// [`RepositoryError::MissingReference`] with `ExerciseLink` when a catalogue id does not exist.
    async fn insert(&mut self, exercise: NewExercise) -> Result<Exercise, RepositoryError>;

    /// Changes an exercise that exists and answers it with everything it refers to. `updated_at` moves only if a value
    /// or a link really changes.
    ///
    /// # Errors
    /// As for [`insert`](Self::insert).
    async fn update(
        &mut self,
        id: ExerciseId,
        changes: ExerciseChanges,
        now: DateTime<Utc>,
    ) -> Result<Exercise, RepositoryError>;

    /// Removes an exercise that exists: hides it if templates or history refer to it, else deletes it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove(&mut self, id: ExerciseId, now: DateTime<Utc>) -> Result<Removal, RepositoryError>;

    /// Removes all custom exercises of an account, hidden ones too: those that templates or history refer to become
    /// hidden and ownerless, the others are deleted.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove_of(&mut self, owner: UserId, now: DateTime<Utc>) -> Result<(), RepositoryError>;
}
