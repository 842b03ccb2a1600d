//! Why a training plan was not read or changed.

use irontrack_domain::training::{TemplateName, limits};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, Mistake, Outdated, RepetitionError, UseCaseError};

/// Why a training plan was not read or changed.
#[derive(Debug, Error)]
pub enum PlanError {
    /// There is no such plan, or not for this caller.
    #[error("Training plan not found")]
    NotFound,
    /// The plan has no such entry in its schedule.
    #[error("Entry not found")]
    EntryNotFound,
    /// There is no such unit, or the caller may not read it.
    #[error("Training unit not found")]
    UnitNotFound,
    /// The caller may read the plan but not change what is in it.
    #[error("You do not have permission to change this training plan")]
    NotWritable,
    /// The caller may not decide about the plan: who may use it, and whether it stays.
    #[error("You do not have permission to change this training plan")]
    NotManageable,
    /// The plan is not as the request wants it.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// The owner has a plan of that name.
    #[error("A training plan with the name '{0}' already exists")]
    NameTaken(String),
    /// The plan has no owner into whose account a unit could be copied.
    #[error("The training plan has no owner any more: only units that stand in it already can be scheduled")]
    Ownerless,
    /// The plan would have too many units.
    #[error("A training plan has at most {} units", limits::UNITS_OF_PLAN)]
    TooManyUnits,
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

impl From<RepositoryError> for PlanError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::MissingReference(Constraint::TemplateOwner) => Self::OwnerGone,
            RepositoryError::MissingReference(Constraint::ScheduledUnit) => Self::UnitNotFound,
            // A copy of a unit was to get a name that was free a moment ago, or an exercise that was there. Sent again, it
            // gets another one, or none.
            RepositoryError::Conflict(Constraint::TrainingUnitName)
            | RepositoryError::MissingReference(Constraint::PrescribedExercise) => {
                Self::Repository(RepositoryError::Retryable)
            }
            error => Self::Repository(error),
        }
    }
}

impl PlanError {
    /// Names the plan in a conflict.
    pub(super) fn of_naming(error: RepositoryError, name: &TemplateName) -> Self {
        match error {
            RepositoryError::Conflict(Constraint::TrainingPlanName) => Self::NameTaken(name.as_str().to_owned()),
            error => error.into(),
        }
    }
}

impl UseCaseError for PlanError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::EntryNotFound | Self::UnitNotFound => ErrorKind::NotFound,
            Self::NotWritable | Self::NotManageable => ErrorKind::Forbidden,
            Self::Outdated(error) => error.kind(),
            Self::NameTaken(_) | Self::Ownerless => ErrorKind::Conflict,
            Self::TooManyUnits => ErrorKind::InvalidInput,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repetition(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "training-plan-not-found",
            Self::EntryNotFound => "entry-not-found",
            Self::UnitNotFound => "training-unit-not-found",
            Self::NotWritable => "training-plan-not-writable",
            Self::NotManageable => "training-plan-not-manageable",
            Self::Outdated(error) => error.code(),
            Self::NameTaken(_) => "training-plan-name-taken",
            Self::Ownerless => "training-plan-ownerless",
            Self::TooManyUnits => "validation-error",
            Self::OwnerGone => "account-unavailable",
            Self::Repetition(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        match self {
            Self::TooManyUnits => vec![Mistake { pointer: String::new(), rule: "too_long", message: self.to_string() }],
            Self::Repetition(error) => error.mistakes(),
            _ => Vec::new(),
        }
    }
}
