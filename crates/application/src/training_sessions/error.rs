//! Why a training session was not read or changed.

use irontrack_domain::training::{
    NoPermutation,
    session::{CourseProblem, HasSets, Refusal},
};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, Mistake, Outdated, RepetitionError, UseCaseError, exercises::NoSuchExercise};

/// Why a training session was not read or changed.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The caller has no such session.
    #[error("Training session not found")]
    NotFound,
    /// The session has no such exercise.
    #[error("Session exercise not found")]
    SessionExerciseNotFound,
    /// The exercise of the session has no such set.
    #[error("Set not found")]
    SetNotFound,
    /// There is no such unit, or not for this caller, or not in the plan.
    #[error("Training unit not found")]
    UnitNotFound,
    /// There is no such plan, or not for this caller.
    #[error("Training plan not found")]
    PlanNotFound,
    /// There is no such exercise, or the caller may not read it.
    #[error("Exercise not found")]
    ExerciseNotFound,
    /// The session is not as the request wants it.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// Only a session in progress can be finished or aborted.
    #[error("The training session is not in progress")]
    NotInProgress,
    /// A session in progress has no end that could be changed.
    #[error("The training session is in progress")]
    InProgress,
    /// The metrics of the sets are in the mode of their exercise.
    #[error("The mode of an exercise with sets cannot be changed")]
    HasSets,
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

impl From<RepositoryError> for SessionError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::MissingReference(Constraint::TrainingSessionOwner) => Self::OwnerGone,
            RepositoryError::MissingReference(Constraint::PerformedExercise) => Self::ExerciseNotFound,
            error => Self::Repository(error),
        }
    }
}

impl From<NoSuchExercise> for SessionError {
    fn from(_: NoSuchExercise) -> Self {
        Self::ExerciseNotFound
    }
}

impl From<HasSets> for SessionError {
    fn from(_: HasSets) -> Self {
        Self::HasSets
    }
}

impl From<NoPermutation> for SessionError {
    fn from(problem: NoPermutation) -> Self {
        Self::invalid("/ids", "value_error", format!("Value error, {problem}"))
    }
}

impl From<Refusal> for SessionError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotInProgress => Self::NotInProgress,
            Refusal::InProgress => Self::InProgress,
            Refusal::Times(problem) => Self::times("/endTime", problem),
        }
    }
}

impl SessionError {
    /// A mistake in one value.
    pub(super) fn invalid(pointer: impl Into<String>, rule: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Mistake { pointer: pointer.into(), rule, message: message.into() }])
    }

    /// Start and end do not go together, because of that one.
    pub(super) fn times(pointer: &str, problem: CourseProblem) -> Self {
        Self::invalid(pointer, "value_error", format!("Value error, {problem}"))
    }

    /// One more of these would be too many for the other.
    pub(super) fn too_many(whole: &str, parts: &str, most: usize) -> Self {
        Self::invalid("", "too_long", format!("A {whole} has at most {most} {parts}"))
    }
}

impl UseCaseError for SessionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound
            | Self::SessionExerciseNotFound
            | Self::SetNotFound
            | Self::UnitNotFound
            | Self::PlanNotFound
            | Self::ExerciseNotFound => ErrorKind::NotFound,
            Self::Outdated(error) => error.kind(),
            Self::NotInProgress | Self::InProgress | Self::HasSets => ErrorKind::Conflict,
            Self::Invalid(_) => ErrorKind::InvalidInput,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repetition(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "training-session-not-found",
            Self::SessionExerciseNotFound => "session-exercise-not-found",
            Self::SetNotFound => "set-not-found",
            Self::UnitNotFound => "training-unit-not-found",
            Self::PlanNotFound => "training-plan-not-found",
            Self::ExerciseNotFound => "exercise-not-found",
            Self::Outdated(error) => error.code(),
            Self::NotInProgress => "training-session-not-in-progress",
            Self::InProgress => "training-session-in-progress",
            Self::HasSets => "session-exercise-has-sets",
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
