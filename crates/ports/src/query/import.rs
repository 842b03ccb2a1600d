//! Reads of files that are imported.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{ExerciseId, ImportId, UserId};

use crate::{RepositoryError, repo::Import};

/// Reads imports.
#[async_trait]
pub trait ImportQueries: Send + Sync {
    /// The import, or `None` if the account has none of that id that is there at that time.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn import(&self, owner: UserId, id: ImportId, now: DateTime<Utc>) -> Result<Option<Import>, RepositoryError>;

    /// Which exercises the account has said to mean by names, in the form in which names are compared.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn meanings(&self, owner: UserId) -> Result<Vec<(String, ExerciseId)>, RepositoryError>;
}
