//! Why an import was not read or written.

use irontrack_domain::import::MAX_NAMES;
use irontrack_interchange::{FileError, Quantity};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, ExerciseError, Mistake, RepetitionError, UseCaseError};

/// The most names that are told of those that have no exercise.
const TOLD: usize = 20;

/// Why an import was not read or written.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The caller has no such import, or not any more.
    #[error("Import not found")]
    NotFound,
    /// It was written already.
    #[error("The import was confirmed already")]
    Confirmed,
    /// Names of which nobody knows which exercise is meant.
    #[error("{}", unmapped(.0))]
    Unmapped(Vec<String>),
    /// There is no such exercise, or the caller may not read it.
    #[error("Exercise not found")]
    ExerciseNotFound,
    /// An exercise was not made.
    #[error(transparent)]
    Exercise(ExerciseError),
    /// The file cannot be read, or not to its end.
    #[error("the file is not usable: {0}")]
    File(FileError),
    /// The file has more bytes than it may have.
    #[error("The file is larger than {} MiB", .max / 1024 / 1024)]
    TooLarge {
        /// The most bytes.
        max: u64,
    },
    /// The file names too many different exercises.
    #[error("the file names more than {MAX_NAMES} exercises")]
    TooManyNames,
    /// Values that break rules.
    #[error("the input breaks rules")]
    Invalid(Vec<Mistake>),
    /// Too many others are importing.
    #[error("too many imports at the same time")]
    Busy,
    /// The caller's account was deactivated or deleted since the request was authenticated.
    #[error("Invalid credentials or account is unavailable")]
    OwnerGone,
    /// The request was sent before.
    #[error(transparent)]
    Repetition(#[from] RepetitionError),
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

fn unmapped(names: &[String]) -> String {
    let told: Vec<_> = names.iter().take(TOLD).map(|name| format!("'{name}'")).collect();
    let more = names.len() - told.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("No exercise is known for {}{more}", told.join(", "))
}

impl From<RepositoryError> for ImportError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::MissingReference(Constraint::ImportOwner | Constraint::TrainingSessionOwner) => {
                Self::OwnerGone
            }
            error => Self::Repository(error),
        }
    }
}

impl From<ExerciseError> for ImportError {
    fn from(error: ExerciseError) -> Self {
        match error {
            ExerciseError::OwnerGone => Self::OwnerGone,
            ExerciseError::Repository(error) => error.into(),
            error => Self::Exercise(error),
        }
    }
}

impl From<FileError> for ImportError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::TooLarge { max } => Self::TooLarge { max },
            error => Self::File(error),
        }
    }
}

impl ImportError {
    /// A mistake in one value.
    pub(super) fn invalid(pointer: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Mistake { pointer: pointer.into(), rule, message: message.into() }])
    }
}

impl UseCaseError for ImportError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::ExerciseNotFound => ErrorKind::NotFound,
            Self::Confirmed | Self::Unmapped(_) => ErrorKind::Conflict,
            Self::Exercise(error) => error.kind(),
            Self::File(_) | Self::TooManyNames | Self::Invalid(_) => ErrorKind::InvalidInput,
            Self::TooLarge { .. } => ErrorKind::TooLarge,
            Self::Busy => ErrorKind::Unavailable,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repetition(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "import-not-found",
            Self::Confirmed => "import-confirmed",
            Self::Unmapped(_) => "import-names-unmapped",
            Self::ExerciseNotFound => "exercise-not-found",
            Self::Exercise(error) => error.code(),
            Self::File(_) | Self::TooManyNames | Self::Invalid(_) => "validation-error",
            Self::TooLarge { .. } => "file-too-large",
            Self::Busy => "imports-busy",
            Self::OwnerGone => "account-unavailable",
            Self::Repetition(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        let mistake = |pointer: &str, rule, message: String| vec![Mistake { pointer: pointer.into(), rule, message }];
        match self {
            Self::Invalid(mistakes) => mistakes.clone(),
            Self::Repetition(error) => error.mistakes(),
            Self::File(FileError::UnitNeeded(quantity)) => {
                let pointer = match quantity {
                    Quantity::Weight => "/weightUnit",
                    Quantity::Distance => "/distanceUnit",
                };
                mistake(pointer, "missing", format!("Field required, because the file does not say it for {quantity}"))
            }
            Self::File(error) => mistake("/file", "value_error", format!("Value error, {error}")),
            Self::TooManyNames => mistake("/file", "value_error", format!("Value error, {self}")),
            _ => Vec::new(),
        }
    }
}
