//! All that somebody has trained.

use async_trait::async_trait;
use irontrack_domain::{
    ExerciseId, UserId,
    progress::{TrainedExercise, TrainingLog},
};

use super::{Figures, HistoryVersion};
use crate::RepositoryError;

/// What is remembered of a log that was read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLog {
    /// The state of the history that it tells of.
    pub version: HistoryVersion,
    /// The exercises in it.
    pub exercises: Vec<ExerciseId>,
}

/// A log, as far as it is not known already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogNews {
    /// The history is as it was. Its exercises may have become others: what they are now, in any order.
    Exercises(Vec<TrainedExercise>),
    /// The log.
    Log(Figures<TrainingLog>),
}

/// Reads all that somebody has trained.
#[async_trait]
pub trait TrainingLogQueries: Send + Sync {
    /// The log of an account, unless it is known. That of somebody who has never trained is empty.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn training_log(&self, owner: UserId, known: Option<&KnownLog>) -> Result<LogNews, RepositoryError>;
}
