//! Why no progress was computed.

use irontrack_ports::RepositoryError;
use thiserror::Error;

use crate::{ErrorKind, UseCaseError};

/// Why no progress was computed.
#[derive(Debug, Error)]
pub enum ProgressError {
    /// There is no such exercise that the caller may read or has trained.
    #[error("Exercise not found")]
    ExerciseNotFound,
    /// The caller has no such session.
    #[error("Training session not found")]
    SessionNotFound,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for ProgressError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::ExerciseNotFound | Self::SessionNotFound => ErrorKind::NotFound,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::ExerciseNotFound => "exercise-not-found",
            Self::SessionNotFound => "training-session-not-found",
            Self::Repository(error) => error.code(),
        }
    }
}
