//! Why a request that may have been sent before was not answered.

use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, Mistake, UseCaseError};

/// Why a request that may have been sent before was not answered.
#[derive(Debug, Error)]
pub enum RepetitionError {
    /// The same key was used with another request.
    #[error("This Idempotency-Key was used with another request")]
    OtherRequest,
    /// The first request with this key is still being carried out.
    #[error("A request with this Idempotency-Key is still running")]
    InProgress,
    /// The caller's account was deleted since the request was authenticated.
    #[error("Invalid credentials or account is unavailable")]
    AccountGone,
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

impl RepetitionError {
    pub(super) fn of_keeping(error: RepositoryError) -> Self {
        match error {
            RepositoryError::MissingReference(Constraint::IdempotencyAccount) => Self::AccountGone,
            error => Self::Repository(error),
        }
    }
}

impl UseCaseError for RepetitionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::OtherRequest => ErrorKind::InvalidInput,
            Self::InProgress => ErrorKind::InProgress,
            Self::AccountGone => ErrorKind::Unauthenticated,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::OtherRequest => "idempotency-key-reused",
            Self::InProgress => "request-in-progress",
            Self::AccountGone => "account-unavailable",
            Self::Repository(error) => error.code(),
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        match self {
            Self::OtherRequest => {
                vec![Mistake {
                    pointer: "Idempotency-Key".into(),
                    rule: "value_error",
                    message: format!("Value error, {self}"),
                }]
            }
            _ => Vec::new(),
        }
    }
}
