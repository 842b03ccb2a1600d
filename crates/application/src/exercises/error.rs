//! Why an exercise was not read or changed.

use irontrack_domain::exercise::ExerciseName;
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, UseCaseError};

/// Why an exercise was not read or changed.
#[derive(Debug, Error)]
pub enum ExerciseError {
    /// There is no such exercise, or not for this operation of this caller.
    #[error("Exercise not found")]
    NotFound,
    /// There is no system exercise of that slug, or no own exercise of that name.
    #[error("Exercise with '{0}' not found")]
    NoMatch(String),
    /// The caller may not read the exercise.
    #[error("You do not have permission to access this exercise")]
    NotReadable,
    /// The caller may not delete the exercise.
    #[error("You do not have permission to delete this exercise")]
    NotDeletable,
    /// Name and slug were both given.
    #[error("You must specify only one of the following: slug or name")]
    TwoCriteria,
    /// Neither name nor slug was given.
    #[error("Either name or slug must be provided")]
    NoCriterion,
    /// Catalogue items that do not exist.
    #[error("{what} not found: {ids:?}")]
    NoSuchItems {
        /// Which list, at the start of a sentence.
        what: &'static str,
        /// The ids, ascending.
        ids: Vec<i128>,
    },
    /// Muscle groups of both lists that do not exist.
    #[error("Primary {primary:?} and secondary {secondary:?} muscles not found")]
    NoSuchMuscles {
        /// The ids in the first list, ascending.
        primary: Vec<i128>,
        /// The ids in the second list, ascending.
        secondary: Vec<i128>,
    },
    /// The caller has an exercise of that name.
    #[error("An exercise with the name '{0}' already exists in your account. Please choose a different name")]
    OwnNameTaken(String),
    /// There is a system exercise of that name or slug.
    #[error(
        "Exercise '{0}' cannot be created: a similar exercise (with matching normalized naming) already exists in the \
         system"
    )]
    SystemNameTaken(String),
    /// The caller's account was deactivated or deleted since the request was authenticated.
    #[error("Invalid credentials or account is unavailable")]
    OwnerGone,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl ExerciseError {
    /// Names the exercise in a conflict.
    pub(crate) fn of_write(error: RepositoryError, name: Option<&ExerciseName>) -> Self {
        match (error, name) {
            (RepositoryError::Conflict(Constraint::CustomExerciseName), Some(name)) => {
                Self::OwnNameTaken(name.as_str().to_owned())
            }
            (
                RepositoryError::Conflict(Constraint::SystemExerciseName | Constraint::SystemExerciseSlug),
                Some(name),
            ) => Self::SystemNameTaken(name.as_str().to_owned()),
            (error, _) => Self::Repository(error),
        }
    }
}

impl UseCaseError for ExerciseError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::NoMatch(_) | Self::NoSuchItems { .. } | Self::NoSuchMuscles { .. } => {
                ErrorKind::NotFound
            }
            Self::NotReadable | Self::NotDeletable => ErrorKind::Forbidden,
            Self::TwoCriteria | Self::NoCriterion => ErrorKind::BadRequest,
            Self::OwnNameTaken(_) | Self::SystemNameTaken(_) => ErrorKind::Conflict,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoMatch(_) => "exercise-not-found",
            Self::NoSuchItems { .. } | Self::NoSuchMuscles { .. } => "catalogue-item-not-found",
            Self::NotReadable => "exercise-not-readable",
            Self::NotDeletable => "exercise-not-deletable",
            Self::TwoCriteria | Self::NoCriterion => "one-criterion-required",
            Self::OwnNameTaken(_) | Self::SystemNameTaken(_) => "exercise-name-taken",
            Self::OwnerGone => "account-unavailable",
            Self::Repository(error) => error.code(),
        }
    }
}
