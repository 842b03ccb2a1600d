//! Why no demo data was made.

use chrono::NaiveDate;
use irontrack_domain::Violation;
use irontrack_ports::{Constraint, HashError, RepositoryError, StrengthError};
use thiserror::Error;

use crate::{ErrorKind, UseCaseError};

/// Why no demo data was made.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The last day of training has not come yet.
    #[error("{0} is in the future")]
    Future(NaiveDate),
    /// So many accounts are neither demo accounts nor the system administrator.
    #[error("other people have accounts here ({0})")]
    Others(i64),
    /// The catalogue lacks the exercises that people do.
    #[error("the system catalogue is not loaded")]
    NoCatalogue,
    /// The roles were never created.
    #[error("the roles do not exist yet; create them first")]
    NoRoles,
    /// Somebody else makes demo data at the same time.
    #[error("somebody else is adding the same demo accounts")]
    Overtaken,
    /// An account that was made up is not one; a defect.
    #[error("a demo account cannot be made: {0}")]
    Account(#[from] Violation),
    /// The password is too easy to guess.
    #[error(transparent)]
    Strength(#[from] StrengthError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for DemoError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Future(_) => ErrorKind::InvalidInput,
            Self::Others(_) | Self::NoCatalogue | Self::NoRoles | Self::Overtaken => ErrorKind::Conflict,
            Self::Account(_) => ErrorKind::Internal,
            Self::Strength(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Future(_) => "demo-future",
            Self::Others(_) => "demo-among-others",
            Self::NoCatalogue => "catalogue-missing",
            Self::NoRoles => "roles-missing",
            Self::Overtaken => "demo-overtaken",
            Self::Account(_) => "demo-account",
            Self::Strength(error) => error.code(),
            Self::Hash(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }
}

/// Why accounts were not added.
pub(super) fn not_added(error: RepositoryError) -> DemoError {
    match error {
        RepositoryError::Conflict(Constraint::AccountEmail) => DemoError::Overtaken,
        RepositoryError::MissingReference(Constraint::AccountRole) => DemoError::NoRoles,
        error => error.into(),
    }
}
