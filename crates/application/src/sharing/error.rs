//! Why access was not given, listed or taken away.

use irontrack_domain::training::{Template, limits};
use irontrack_ports::{Constraint, RepositoryError};
use thiserror::Error;

use crate::{ErrorKind, Mistake, Outdated, UseCaseError};

/// Why access was not given, listed or taken away.
#[derive(Debug, Error)]
pub enum SharingError {
    /// There is no such unit or plan, or not for this caller.
    #[error("{} not found", title(*.0))]
    NotFound(Template),
    /// The caller may read it but does not own it.
    #[error("You do not have permission to change this {}", title(*.0).to_lowercase())]
    NotManageable(Template),
    /// It is not as the request wants it.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// There is no active account of that address.
    #[error("User not found")]
    UserNotFound,
    /// Owners have access to what is theirs.
    #[error("You cannot share a resource with yourself")]
    Yourself,
    /// That account was given no access.
    #[error("Access not found")]
    GrantNotFound,
    /// There are as many grants as there may be.
    #[error("A resource can be shared with at most {} users", limits::GRANTS)]
    TooManyGrants,
    /// The caller's account was deactivated or deleted since the request was authenticated.
    #[error("Invalid credentials or account is unavailable")]
    OwnerGone,
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

impl From<RepositoryError> for SharingError {
    fn from(error: RepositoryError) -> Self {
        match error {
            // The account that is given access is kept: the caller was deleted.
            RepositoryError::MissingReference(Constraint::TemplateOwner) => Self::OwnerGone,
            error => Self::Repository(error),
        }
    }
}

fn title(template: Template) -> &'static str {
    match template {
        Template::Unit(_) => "Training unit",
        Template::Plan(_) => "Training plan",
    }
}

impl UseCaseError for SharingError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound(_) | Self::UserNotFound | Self::GrantNotFound => ErrorKind::NotFound,
            Self::NotManageable(_) => ErrorKind::Forbidden,
            Self::Outdated(error) => error.kind(),
            Self::Yourself => ErrorKind::BadRequest,
            Self::TooManyGrants => ErrorKind::InvalidInput,
            Self::OwnerGone => ErrorKind::Unauthenticated,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound(Template::Unit(_)) => "training-unit-not-found",
            Self::NotFound(Template::Plan(_)) => "training-plan-not-found",
            Self::NotManageable(Template::Unit(_)) => "training-unit-not-manageable",
            Self::NotManageable(Template::Plan(_)) => "training-plan-not-manageable",
            Self::Outdated(error) => error.code(),
            Self::UserNotFound => "user-not-found",
            Self::Yourself => "self-sharing",
            Self::GrantNotFound => "access-not-found",
            Self::TooManyGrants => "validation-error",
            Self::OwnerGone => "account-unavailable",
            Self::Repository(error) => error.code(),
        }
    }

    fn mistakes(&self) -> Vec<Mistake> {
        match self {
            Self::TooManyGrants => {
                vec![Mistake { pointer: String::new(), rule: "too_long", message: self.to_string() }]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_who_is_gone_is_not_signed_in_any_more() {
        let error = SharingError::from(RepositoryError::MissingReference(Constraint::TemplateOwner));
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unauthenticated, "account-unavailable"));
    }
}
