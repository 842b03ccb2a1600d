//! Why an account was not administered.

use irontrack_ports::{HashError, RepositoryError, StrengthError};
use thiserror::Error;

use super::guards::Refusal;
use crate::{ErrorKind, UseCaseError};

/// Why an account was not created, found, changed or deleted.
#[derive(Debug, Error)]
pub enum UserError {
    /// There is no such account.
    #[error("User not found")]
    NotFound,
    /// The account may not be changed like this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The account has training sessions, which are not removed unless somebody says so.
    #[error("User has training history; deactivate the account or delete it with purge=true")]
    HasHistory,
    /// The address belongs to another account.
    #[error("A user with the email '{0}' is already registered in the system")]
    EmailTaken(String),
    /// The new password is too easy to guess, or was not judged.
    #[error(transparent)]
    Strength(#[from] StrengthError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for UserError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Refused(refusal) => refusal.kind(),
            Self::HasHistory | Self::EmailTaken(_) => ErrorKind::Conflict,
            Self::Strength(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "user-not-found",
            Self::Refused(refusal) => refusal.code(),
            Self::HasHistory => "user-has-history",
            Self::EmailTaken(_) => "email-taken",
            Self::Strength(error) => error.code(),
            Self::Hash(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }
}
