//! What waits to be written, in parts that one statement writes.

use irontrack_domain::{
    TimeZone, TrainingPlanId, TrainingSessionId, TrainingUnitId,
    exercise::DifficultyLevel,
    training::{
        LongText, Mode, Prescription, SharingStatus, TemplateName,
        session::{Course, PerformedSet, Planned},
    },
};

/// A part of what was found in a file. It should be small enough to be written well within the time of a statement: about
/// a thousand sets.
#[derive(Debug, Clone)]
pub enum ImportPart {
    /// Training units.
    Units(Vec<StagedUnit>),
    /// Training plans.
    Plans(Vec<StagedPlan>),
    /// Training sessions.
    Sessions(Vec<StagedSession>),
}

/// How exactly times are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimePrecision {
    /// Moments, to the microsecond.
    Microsecond,
    /// What clocks showed at the start, to the second, and how many seconds it took.
    Second,
    /// What clocks showed at the start and at the end, to the minute.
    Minute,
}

/// What of a file is written together. Later kinds refer to earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Training units.
    Units,
    /// Training plans.
    Plans,
    /// Training sessions.
    Sessions,
}

impl ImportPart {
    /// What it is a part of.
    #[must_use]
    pub const fn kind(&self) -> PartKind {
        match self {
            Self::Units(_) => PartKind::Units,
            Self::Plans(_) => PartKind::Plans,
            Self::Sessions(_) => PartKind::Sessions,
        }
    }
}

/// A training unit of a file.
#[derive(Debug, Clone)]
pub struct StagedUnit {
    /// The identity that it gets if it is written.
    pub id: TrainingUnitId,
    /// The identity that it had where the file was made.
    pub source: TrainingUnitId,
    /// Name.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
    /// Entries in their order.
    pub entries: Vec<StagedEntry>,
}

/// An entry of a training unit of a file.
#[derive(Debug, Clone)]
pub struct StagedEntry {
    /// The number of the exercise, unless it was gone already.
    pub exercise: Option<u32>,
    /// What it was called.
    pub exercise_name: String,
    /// What is counted.
    pub mode: Mode,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
    /// What to take care of.
    pub notes: Option<LongText>,
}

/// A training plan of a file.
#[derive(Debug, Clone)]
pub struct StagedPlan {
    /// The identity that it gets if it is written.
    pub id: TrainingPlanId,
    /// The identity that it had where the file was made.
    pub source: TrainingPlanId,
    /// Name.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Day, place in it, and unit of the file.
    pub schedule: Vec<(i16, i16, TrainingUnitId)>,
}

/// A training session of a file, or the rest of one that is too large for one part.
#[derive(Debug, Clone)]
pub struct StagedSession {
    /// The identity that it gets if it is written.
    pub id: TrainingSessionId,
    /// Whether it goes on with the session of this identity, which began in an earlier part.
    pub goes_on: bool,
    /// How many sessions of the same start, end and title come before it in the file.
    pub twins: u32,
    /// How exactly start and end are compared with those of sessions that are there.
    pub precision: TimePrecision,
    /// The plan of the file from which it was started.
    pub plan: Option<TrainingPlanId>,
    /// What that was called.
    pub plan_name: Option<TemplateName>,
    /// The unit of the file from which it was started.
    pub unit: Option<TrainingUnitId>,
    /// What that was called, or the title.
    pub unit_name: Option<TemplateName>,
    /// When it began, and how and when it ended.
    pub course: Course,
    /// Where the clocks of the athlete were set.
    pub time_zone: TimeZone,
    /// How it went.
    pub notes: Option<LongText>,
    /// What was done.
    pub exercises: Vec<StagedExercise>,
}

/// An exercise of a training session of a file.
#[derive(Debug, Clone)]
pub struct StagedExercise {
    /// The number of the exercise, unless it was gone already.
    pub exercise: Option<u32>,
    /// What it was called when it was put in. `None` if it shall be called as the exercise here.
    pub name: Option<String>,
    /// What is counted in its sets.
    pub mode: Mode,
    /// What had been planned. The entry is one of the file.
    pub planned: Option<Planned>,
    /// Where that entry stands in the unit from which the session was started.
    pub entry_place: Option<i16>,
    /// How it went.
    pub notes: Option<LongText>,
    /// What was done, in its order.
    pub sets: Vec<PerformedSet>,
}
