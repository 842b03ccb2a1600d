//! What is found in files.

use irontrack_domain::{
    ExerciseId, TimeZone, TrainingPlanId, TrainingUnitId,
    exercise::Exercise,
    training::{
        LongText, Mode, TemplateName, TrainingPlan, TrainingUnit,
        session::{Course, PerformedSet, Planned},
    },
};

use crate::{Place, Precision, RowError, SessionKey};

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
    /// How many of its rows were refused: there was more to it than this. A row of which nobody can say whose it is counts
    /// for the workout before it, and at the beginning of a file for the first one. One that stands apart from its workout
    /// comes too late to count.
    pub rows_refused: u64,
    /// How exactly its file tells when it was.
    pub precision: Precision,
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

impl ImportedSession {
    /// What tells it apart from other sessions of the same athlete. One that was recorded before is the same if it has the
    /// same key with this [`ImportedSession::precision`].
    #[must_use]
    pub fn key(&self) -> SessionKey {
        self.precision.key(self.course, self.time_zone, self.unit_name.clone())
    }
}

/// An exercise of a workout in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedExercise {
    /// What it is called there: not empty, without NUL, one blank between words, at most
    /// [`ImportedExercise::LONGEST_NAME`] characters.
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

impl ImportedExercise {
    /// The most characters of a name; a row or element with a longer one is refused. Names of exercises have less than
    /// that, but names in files can be mapped to them.
    pub const LONGEST_NAME: usize = 500;
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
