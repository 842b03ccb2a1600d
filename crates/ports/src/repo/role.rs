//! Roles.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::account::Role;

use crate::RepositoryError;

/// Changes roles.
#[async_trait]
pub trait RoleRepository: Send {
    /// Creates the roles that are missing and brings name and description of the others up to date, matched by slug.
    /// Repeatable: what is right already stays untouched.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn synchronise(&mut self, roles: &[Role], now: DateTime<Utc>) -> Result<(), RepositoryError>;
}
