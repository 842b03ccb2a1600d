//! Reads of what a training history says.
//!
//! Figures are computed from the rows and belong to a [`HistoryVersion`]: as long as that is the same, they are.

mod exercise;
mod previous;
mod records;
mod training_log;

use async_trait::async_trait;
use irontrack_domain::{ExerciseId, TimeZone, TrainingSessionId, UserId, progress::Point};

pub use exercise::{CurrentName, KnownExercise, PointFilter};
pub use previous::PreviousSession;
pub use records::{ExerciseContenders, RecordFilter, RecordScope};
pub use training_log::{KnownLog, LogNews, TrainingLogQueries};

use crate::RepositoryError;

/// A state of a training history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HistoryVersion {
    /// Moved by everything that is written to a session of the account.
    pub writes: i64,
    /// In how many places the history has lost its exercise, which is deleted without a write to the history.
    pub lost_exercises: i64,
}

/// Figures, and of which state of the history they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures<T> {
    /// The state.
    pub version: HistoryVersion,
    /// The figures.
    pub value: T,
}

/// The course of an exercise, and what may have made records of it.
pub type PointsAndContenders = (Vec<(TimeZone, Point)>, Vec<ExerciseContenders>);

/// Reads progress. Everything is about the history of one account.
#[async_trait]
pub trait ProgressQueries: Send + Sync {
    /// The state of the history, that of somebody who has never trained being the default, and what these exercises are
    /// called now, in any order. Those that are gone are left out.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn version_and_names(
        &self,
        owner: UserId,
        exercises: &[ExerciseId],
    ) -> Result<Figures<Vec<CurrentName>>, RepositoryError>;

    /// The state of the history, and what is known about an exercise; `None` if it never was, or is gone.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn version_and_exercise(
        &self,
        owner: UserId,
        exercise: ExerciseId,
    ) -> Result<Figures<Option<KnownExercise>>, RepositoryError>;

    /// The exercise of that name, ignoring case, or of that slug of which there are sets in the history. It may be hidden
    /// or belong to somebody else. Of several, one that is not hidden goes before others, then one of the owner, then the
    /// newest.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn trained(
        &self,
        owner: UserId,
        name: &str,
        slug: Option<&str>,
    ) -> Result<Option<ExerciseId>, RepositoryError>;

    /// The state of the history, and what the exercises of a session are called now, by id; `None` if the history has no
    /// such session. Exercises that are gone are left out.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn version_and_session(
        &self,
        owner: UserId,
        session: TrainingSessionId,
    ) -> Result<Figures<Option<Vec<CurrentName>>>, RepositoryError>;

    /// What was done of an exercise, by the sessions in which sets of it count, each with its time zone, in the order of
    /// time.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn points(&self, filter: &PointFilter) -> Result<Figures<Vec<(TimeZone, Point)>>, RepositoryError>;

    /// What may have made records, by exercise: the exercises in the order of their names, and of each the sessions in the
    /// order of time, the first one always and others if they bring something. Warm-ups and aborted sessions do not count.
    /// Exercises that are gone are one if they had the same name.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn contenders(&self, filter: &RecordFilter) -> Result<Figures<Vec<ExerciseContenders>>, RepositoryError>;

    /// [`points`](Self::points) and [`contenders`](Self::contenders) of the same state of the history.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn points_and_contenders(
        &self,
        points: &PointFilter,
        records: &RecordFilter,
    ) -> Result<Figures<PointsAndContenders>, RepositoryError>;

    /// What is known about an exercise, and the latest completed session in which there are sets of it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn previous(
        &self,
        owner: UserId,
        exercise: ExerciseId,
    ) -> Result<(Option<KnownExercise>, Option<PreviousSession>), RepositoryError>;
}
