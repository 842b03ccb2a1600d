//! What the server says of `COPY`, which does not pass through diesel.

use irontrack_ports::RepositoryError;
use tokio_postgres::{Error, error::SqlState};

use crate::error::constraint;

/// Why a statement was refused.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
pub(super) fn refused(error: Error) -> RepositoryError {
    let Some(said) = error.as_db_error() else {
        return RepositoryError::Unavailable(error.to_string());
    };
    let rule = said.constraint().and_then(constraint);
    match (said.code(), rule) {
        (&SqlState::UNIQUE_VIOLATION, Some(rule)) => RepositoryError::Conflict(rule),
        (&SqlState::FOREIGN_KEY_VIOLATION, Some(rule)) => RepositoryError::MissingReference(rule),
        (&SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE, _) => RepositoryError::Retryable,
        (&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN | &SqlState::QUERY_CANCELED, _) => {
            RepositoryError::Unavailable(said.message().to_owned())
        }
        (code, _) => RepositoryError::Unexpected(format!("{} ({})", said.message(), code.code())),
    }
}
