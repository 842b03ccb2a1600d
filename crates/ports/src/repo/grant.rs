//! Access to training units and plans that their owners gave to others.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    UserId,
    training::{AccessLevel, Grant, Template},
};

use crate::RepositoryError;

/// Changes grants. The unit or plan is locked before.
#[async_trait]
pub trait GrantRepository: Send {
    /// How many grants there are on it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn count(&mut self, template: Template) -> Result<usize, RepositoryError>;

    /// The grant that somebody has.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn of(&mut self, template: Template, user: UserId) -> Result<Option<Grant>, RepositoryError>;

    /// Gives access, or changes the level of access that was given. Without a level a new grant is for reading and a given
    /// one stays as it is.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `TemplateOwner` when an account is gone.
    async fn give(
        &mut self,
        template: Template,
        user: UserId,
        level: Option<AccessLevel>,
        granted_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Takes access away. Returns whether it was given.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn take(&mut self, template: Template, user: UserId) -> Result<bool, RepositoryError>;
}
