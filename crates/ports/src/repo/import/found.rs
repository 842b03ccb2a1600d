//! What was found in a file, as its owner sees it before and after it is written.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, ImportId, UserId,
    exercise::{Category, DifficultyLevel, ExerciseName, Force, Instructions, Mechanic},
    import::ImportFormat,
};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Identity.
    pub id: ImportId,
    /// Who imports it.
    pub owner: UserId,
    /// What it is.
    pub format: ImportFormat,
    /// When it was read.
    pub created_at: DateTime<Utc>,
    /// Until when it is there.
    pub expires_at: DateTime<Utc>,
    /// When its owner has confirmed it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// How much is in it.
    pub counts: ImportCounts,
    /// The first rows or elements that were not understood.
    pub refused: Vec<RefusedRow>,
    /// The exercises that it names, by number.
    pub exercises: Vec<ImportedName>,
    /// How much was written, once it is confirmed.
    pub outcome: Option<ImportOutcome>,
}

/// How much is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Training sessions.
    pub sessions: u64,
    /// Those of them that the account has already.
    pub duplicates: u64,
    /// Exercises of these sessions.
    pub exercises: u64,
    /// Sets of these exercises.
    pub sets: u64,
    /// Custom exercises that are described.
    pub custom_exercises: u64,
    /// Training units.
    pub units: u64,
    /// Training plans.
    pub plans: u64,
    /// Rows or elements that were not understood.
    pub refused: u64,
}

/// A row or an element that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The line in which the row begins, from 1.
    pub line: Option<u64>,
    /// Where the element stands, as a JSON pointer.
    pub path: Option<String>,
    /// What of it: a column, or a path into the element.
    pub column: Option<String>,
    /// A stable name of what is wrong.
    pub code: String,
    /// What is wrong, for people.
    pub reason: String,
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOutcome {
    /// Training sessions.
    pub sessions: u64,
    /// Training sessions that the account had already.
    pub duplicates: u64,
    /// Exercises of these sessions.
    pub exercises: u64,
    /// Sets of these exercises.
    pub sets: u64,
    /// Custom exercises.
    pub custom_exercises: u64,
    /// Training units.
    pub units: u64,
    /// Training plans.
    pub plans: u64,
}

/// An exercise that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedName {
    /// By which sessions and units of the file refer to it.
    pub number: u32,
    /// What it is called there, without NUL.
    pub name: String,
    /// The same in the form in which names are compared.
    pub folded: String,
    /// The identity that it had where the file was made.
    pub source: Option<ExerciseId>,
    /// How many sets of it are in the file.
    pub sets: u64,
    /// The custom exercise that it was, if the file describes it.
    pub definition: Option<ExerciseDefinition>,
    /// The exercise that may be meant.
    pub found: Option<FoundExercise>,
    /// What the owner has said.
    pub decision: Option<NameDecision>,
}

/// What is needed to make a custom exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseDefinition {
    /// Name.
    pub name: ExerciseName,
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
    /// Ids of muscle groups that it trains first, ascending.
    pub primary_muscles: Vec<i16>,
    /// Ids of muscle groups that assist, ascending.
    pub secondary_muscles: Vec<i16>,
    /// Ids of equipment, ascending.
    pub equipment: Vec<i16>,
}

/// An exercise that may be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundExercise {
    /// Which one.
    pub id: ExerciseId,
    /// What it is called.
    pub name: String,
    /// Why.
    pub likeness: Likeness,
}

/// Why an exercise may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The owner has said so before.
    Remembered,
    /// It has this name, or it is this one.
    Exact,
    /// It is known under this name.
    Alias,
    /// One of its names is like this one.
    Fuzzy {
        /// How much, in percent: 100 for the same words in another order.
        score: u8,
    },
}

/// What the owner says about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameDecision {
    /// It means this exercise.
    Exercise(ExerciseId),
    /// It becomes a custom exercise.
    Create {
        /// Ids of muscle groups that it trains first, ascending; those of the definition where there is one and none is said.
        primary_muscles: Vec<i16>,
    },
    /// What was done in it is left out.
    Skip,
}
