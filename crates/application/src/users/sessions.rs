//! Sessions of an account, for whoever administers it.

use irontrack_domain::{
    SessionId, UserId,
    account::LoginSession,
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::UnitOfWork;

use super::{Caller, UserError, Users, guards::check_target};
use crate::{access::principals::Principals, unit_of_work::finish_and_tell};

impl Users {
    /// The live sessions of an account, the last used one first; none of an account that does not exist.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions(&self, id: UserId) -> Result<Vec<LoginSession>, UserError> {
        Ok(self.accounts.sessions(id, self.clock.now()).await?)
    }

    /// Ends all sessions of an account, and answers how many there were.
    ///
    /// # Errors
    /// [`UserError`]: not found, the system administrator, the caller's own.
    pub async fn end_sessions(&self, caller: impl Into<Caller<'_>>, id: UserId) -> Result<usize, UserError> {
        let caller = caller.into();
        let mut unit = self.units.begin().await?;
        let outcome = self.end_sessions_in(&mut *unit, caller, id).await;
        let outcome = outcome.map(|ended| (ended.len(), Principals::outdated(&ended)));
        finish_and_tell(unit, &self.copies, outcome).await
    }

    async fn end_sessions_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: Caller<'_>,
        id: UserId,
    ) -> Result<Vec<SessionId>, UserError> {
        // The account first, as everybody does who ends its sessions.
        let target = unit.accounts().lock(id).await?.ok_or(UserError::NotFound)?;
        check_target(&target, caller, &self.administrator)?;
        let ended = unit.sessions().delete_of(id, None).await?;
        if !ended.is_empty() {
            let action = AuditAction::SessionsRevoked { sessions: ended.len() };
            unit.audit().record(&[AuditEvent::new(self.clock.now(), caller, id, action)]).await?;
        }
        Ok(ended)
    }
}
