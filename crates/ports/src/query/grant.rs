//! Reads of grants.

use async_trait::async_trait;
use irontrack_domain::{
    UserId,
    training::{Grant, MyAccess, Template},
};

use crate::RepositoryError;

/// Reads grants.
#[async_trait]
pub trait GrantQueries: Send + Sync {
    /// What that reader may do with a unit or plan, and all grants on it, by address; `None` if for them it is not there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn grants(
        &self,
        reader: UserId,
        template: Template,
    ) -> Result<Option<(MyAccess, Vec<Grant>)>, RepositoryError>;
}
