//! Training sessions as they are read.

use chrono::{DateTime, Utc};

use super::{Course, PerformedSet, SessionExercise};
use crate::{
    SessionExerciseId, SessionSetId, TimeZone, TrainingPlanId, TrainingSessionId, TrainingUnitId,
    training::{LongText, TemplateName, Volume},
};

/// Tells a state of a session from all others that it had or will have. It is cheap to look up, however much stands in
/// the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Revision {
    /// Which session.
    pub session: TrainingSessionId,
    /// How often the session, its exercises or its sets were written.
    pub writes: i64,
    /// How many references to plans, units, entries and exercises are left in it. Between two writes they can only become
    /// fewer: when something that the session refers to is removed.
    pub references: i64,
}

/// A training session without its exercises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHead {
    /// Its state; also says which session it is.
    pub revision: Revision,
    /// The plan that it was started from; `None` once that is gone.
    pub plan_id: Option<TrainingPlanId>,
    /// The unit that it was started from; `None` once that is gone.
    pub unit_id: Option<TrainingUnitId>,
    /// What the plan was called when the session was started.
    pub plan_name: Option<TemplateName>,
    /// What the unit was called when the session was started.
    pub unit_name: Option<TemplateName>,
    /// When it began, and how and when it ended.
    pub course: Course,
    /// Where the clocks of the athlete were set.
    pub time_zone: TimeZone,
    /// How it went.
    pub notes: Option<LongText>,
    /// When the session was stored.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl SessionHead {
    /// Identity.
    #[must_use]
    pub const fn id(&self) -> TrainingSessionId {
        self.revision.session
    }
}

/// A set of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedSet {
    /// Identity.
    pub id: SessionSetId,
    /// What was done.
    pub set: PerformedSet,
}

/// An exercise of a session with its sets. The places of both are their indexes in their lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedExercise {
    /// Identity.
    pub id: SessionExerciseId,
    /// Where it stands in the session.
    pub place: usize,
    /// What was to be done.
    pub exercise: SessionExercise,
    /// What was done.
    pub sets: Vec<RecordedSet>,
}

/// A training session with all that was done in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingSession {
    /// Times, names and the like.
    pub head: SessionHead,
    /// Exercises in their order.
    pub exercises: Vec<RecordedExercise>,
}

/// A training session in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSummary {
    /// Times, names and the like.
    pub head: SessionHead,
    /// How many exercises it has.
    pub exercise_count: i64,
    /// How many sets, those for warming up as well.
    pub set_count: i64,
    /// Weight times repetitions of all sets that count.
    pub volume: Volume,
}
