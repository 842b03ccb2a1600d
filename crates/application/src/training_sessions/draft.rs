//! What people want to record.

use irontrack_domain::{
    ExerciseId, TimeZone, TrainingPlanId, TrainingUnitId,
    training::{
        LongText, Mode,
        session::{Course, PerformedSet, SessionExercise, SessionTime},
    },
};
use irontrack_ports::repo::DoneExercise;

/// Where the exercises of a new session come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Nobody had planned them.
    Freestyle(Vec<ExerciseDraft>),
    /// They are those of a unit.
    Unit {
        /// The unit.
        unit: TrainingUnitId,
        /// The plan whose turn it is, in which the unit stands.
        plan: Option<TrainingPlanId>,
    },
}

/// A new session.
#[derive(Debug, Clone)]
pub struct SessionDraft {
    /// Its exercises.
    pub source: Source,
    /// When it began, and how and when it ended.
    pub course: Course,
    /// Where the clocks of the athlete are set.
    pub time_zone: TimeZone,
    /// How it went.
    pub notes: Option<LongText>,
}

/// An exercise that is not planned.
#[derive(Debug, Clone)]
pub struct ExerciseDraft {
    /// The exercise.
    pub exercise_id: ExerciseId,
    /// What is counted.
    pub mode: Mode,
    /// How it went.
    pub notes: Option<LongText>,
    /// What was done, in the measure of the mode.
    pub sets: Vec<PerformedSet>,
}

impl ExerciseDraft {
    /// The exercise as it is stored, with its name.
    pub(super) fn named(self, name: String) -> DoneExercise {
        let exercise = SessionExercise::unplanned(self.exercise_id, name, self.mode, self.notes);
        DoneExercise { exercise, sets: self.sets }
    }
}

/// A change of a session itself. `None` leaves the stored value alone, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct SessionPatch {
    /// How it went.
    pub notes: Option<Option<LongText>>,
    /// When it began.
    pub start: Option<SessionTime>,
    /// When it ended.
    pub end: Option<SessionTime>,
    /// Where the clocks of the athlete were set.
    pub time_zone: Option<TimeZone>,
}

/// A change of an exercise of a session. `None` leaves the stored value alone, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct ExercisePatch {
    /// How it went.
    pub notes: Option<Option<LongText>>,
    /// What is counted.
    pub mode: Option<Mode>,
    /// Another exercise in its place.
    pub exercise_id: Option<ExerciseId>,
}
