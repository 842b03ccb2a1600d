//! What is found in files.

use irontrack_domain::{
    ExerciseId, TimeZone, TrainingPlanId, TrainingUnitId,
    exercise::Exercise,
    training::{
        LongText, Mode, TemplateName, TrainingPlan, TrainingUnit,
        session::{Course, PerformedSet, Planned},
    },
};

use crate::{Place, RowError};

/// Something in a file. Files of other apps hold nothing but sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A workout.
    Session(Box<ImportedSession>),
    /// A custom exercise of whoever made the file. It has the identity and the owner that it had there.
    Exercise(Box<Exercise>),
    /// A training unit, likewise.
    Unit(Box<TrainingUnit>),
    /// A training plan, likewise; its units are those of the file.
    Plan(Box<TrainingPlan>),
    /// A row or an element that was not taken over.
    Refused(RowError),
}

/// A workout as it stands in a file. It has no identity yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSession {
    /// Where it begins.
    pub place: Place,
    /// How many of its rows were refused: there was more to it than this.
    pub rows_refused: u64,
    /// The plan that it was started from, by the identity that this had where the file was made.
    pub plan_id: Option<TrainingPlanId>,
    /// The unit that it was started from, likewise.
    pub unit_id: Option<TrainingUnitId>,
    /// What the plan was called.
    pub plan_name: Option<TemplateName>,
    /// What the unit was called; the title in files of other apps.
    pub unit_name: Option<TemplateName>,
    /// When it began, and how and when it ended.
    pub course: Course,
    /// Where the clocks of the athlete were set.
    pub time_zone: TimeZone,
    /// How it went.
    pub notes: Option<LongText>,
    /// What was done, in its order.
    pub exercises: Vec<ImportedExercise>,
}

/// An exercise of a workout in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedExercise {
    /// What it is called there: not empty, without NUL, one blank between words, of any length.
    pub name: String,
    /// The exercise, by the identity that it had where the file was made.
    pub exercise_id: Option<ExerciseId>,
    /// What is counted in its sets.
    pub mode: Mode,
    /// What had been planned. The entry is one of the file.
    pub planned: Option<Planned>,
    /// How it went.
    pub notes: Option<LongText>,
    /// What was done, in its order.
    pub sets: Vec<PerformedSet>,
}

/// What became of the rows of a file: each is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Rows that were read, the names of the columns not counted.
    pub rows: u64,
    /// Those that are sets of a session.
    pub sets: u64,
    /// Those that are there for something else, such as a pause or a remark.
    pub asides: u64,
    /// Those that were refused.
    pub refused: u64,
}
