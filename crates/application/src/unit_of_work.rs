//! How a unit of work is finished: in one place.

use irontrack_ports::{RepositoryError, UnitOfWork};

/// Commits if the work went well and rolls back if it did not. A failed rollback is logged: the changes are undone all
/// the same, and the first error is the one that counts.
pub(crate) async fn finish<T, E: From<RepositoryError>>(
    unit: Box<dyn UnitOfWork>,
    outcome: Result<T, E>,
) -> Result<T, E> {
    match outcome {
        Ok(value) => {
            unit.commit().await?;
            Ok(value)
        }
        Err(error) => {
            if let Err(rollback) = unit.rollback().await {
                tracing::warn!(error = %rollback, "rollback was not confirmed");
            }
            Err(error)
        }
    }
}
