//! The audit trail.

use async_trait::async_trait;
use irontrack_domain::audit::AuditEvent;

use crate::RepositoryError;

/// Adds to the audit trail. Nothing changes or removes what is in it.
#[async_trait]
pub trait AuditRepository: Send {
    /// Adds events, in their order. Without events nothing is asked of the store. Accounts and sessions that they name
    /// need not exist: the trail outlives them.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn record(&mut self, events: &[AuditEvent]) -> Result<(), RepositoryError>;
}
