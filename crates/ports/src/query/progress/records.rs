//! What had never been reached before.

use irontrack_domain::{ExerciseId, TrainingSessionId, UserId, progress::Contender};

/// Of which exercises records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordScope {
    /// Of all.
    All,
    /// Of one.
    Exercise(ExerciseId),
    /// Of those in a session, up to this session.
    UpTo(TrainingSessionId),
}

/// What is asked about records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordFilter {
    /// In whose history.
    pub owner: UserId,
    /// Of which exercises.
    pub scope: RecordScope,
    /// Whether sets are told apart by their exertion.
    pub by_exertion: bool,
}

/// What may have made records of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseContenders {
    /// The exercise; `None` if it is gone.
    pub exercise: Option<ExerciseId>,
    /// What it is called now; once it is gone, what it was called when it was trained.
    pub name: String,
    /// The sessions in the order of time.
    pub sessions: Vec<Contender>,
}
