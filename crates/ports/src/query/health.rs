//! Whether the database answers.

use async_trait::async_trait;

use crate::RepositoryError;

/// Checks the database.
#[async_trait]
pub trait HealthQueries: Send + Sync {
    /// Asks the database for the simplest of answers.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when there is none in time.
    async fn ping(&self) -> Result<(), RepositoryError>;
}
