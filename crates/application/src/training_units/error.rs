//! Why a training unit was not read or changed.

use irontrack_domain::training::{TemplateName, limits};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, Mistake, Outdated, RepetitionError, UseCaseError, exercises::NoSuchExercise};

/// Why a training unit was not read or changed.
#[derive(Debug, Error)]
pub enum UnitError {
    /// There is no such unit, or not for this caller.
    #[error("Training unit not found")]
    NotFound,
    /// The unit has no such entry.
    #[error("Entry not found")]
    EntryNotFound,
    /// There is no such exercise, or the caller may not read it.
    #[error("Exercise not found")]
    ExerciseNotFound,
    /// The caller may read the unit but not change what is in it.
    #[error("You do not have permission to change this training unit")]
    NotWritable,
    /// The caller may not decide about the unit: who may use it, and whether it stays.
    #[error("You do not have permission to change this training unit")]
    NotManageable,
    /// The unit is not as the request wants it.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// The owner has a unit of that name.
    #[error("A training unit with the name '{0}' already exists")]
    NameTaken(String),
    /// The unit stands in plans.
    #[error("The training unit is part of training plans: {}", .0.join(", "))]
    Scheduled(Vec<String>),
    /// Values that break rules, which showed only when they were put together with what is stored.
    #[error("the input breaks rules")]
    Invalid(Vec<Mistake>),
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

impl From<RepositoryError> for UnitError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::MissingReference(Constraint::TemplateOwner) => Self::OwnerGone,
            RepositoryError::MissingReference(Constraint::PrescribedExercise) => Self::ExerciseNotFound,
            error => Self::Repository(error),
        }
    }
}

impl From<NoSuchExercise> for UnitError {
    fn from(_: NoSuchExercise) -> Self {
        Self::ExerciseNotFound
    }
}

impl UnitError {
    /// Names the unit in a conflict.
    pub(super) fn of_naming(error: RepositoryError, name: &TemplateName) -> Self {
        match error {
            RepositoryError::Conflict(Constraint::TrainingUnitName) => Self::NameTaken(name.as_str().to_owned()),
            error => error.into(),
        }
    }

    /// A mistake in one value.
    pub(super) fn invalid(pointer: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Mistake { pointer: pointer.into(), rule, message: message.into() }])
    }

    pub(super) fn too_many_entries() -> Self {
        Self::invalid("", "too_long", format!("A training unit has at most {} exercises", limits::ENTRIES_OF_UNIT))
    }
}

impl UseCaseError for UnitError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::EntryNotFound | Self::ExerciseNotFound => ErrorKind::NotFound,
            Self::NotWritable | Self::NotManageable => ErrorKind::Forbidden,
            Self::Outdated(error) => error.kind(),
            Self::NameTaken(_) | Self::Scheduled(_) => ErrorKind::Conflict,
            Self::Invalid(_) => ErrorKind::InvalidInput,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repetition(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "training-unit-not-found",
            Self::EntryNotFound => "entry-not-found",
            Self::ExerciseNotFound => "exercise-not-found",
            Self::NotWritable => "training-unit-not-writable",
            Self::NotManageable => "training-unit-not-manageable",
            Self::Outdated(error) => error.code(),
            Self::NameTaken(_) => "training-unit-name-taken",
            Self::Scheduled(_) => "training-unit-scheduled",
            Self::Invalid(_) => "validation-error",
            Self::OwnerGone => "account-unavailable",
            Self::Repetition(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        match self {
            Self::Invalid(mistakes) => mistakes.clone(),
            Self::Repetition(error) => error.mistakes(),
            _ => Vec::new(),
        }
    }
}
