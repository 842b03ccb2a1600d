//! Logout.

use irontrack_domain::{
    account::Principal,
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::UnitOfWork;

use super::{Access, AuthenticationError, principals::Principals};
use crate::unit_of_work::finish_and_tell;

impl Access {
    /// Ends the caller's session. The refresh token, current or exchanged before, must be one of that session.
    ///
    /// # Errors
    /// [`AuthenticationError`]; nothing is ended then.
    pub async fn log_out(&self, caller: &Principal, refresh_token: Option<&str>) -> Result<(), AuthenticationError> {
        let token = refresh_token.ok_or(AuthenticationError::NoToken)?;
        let claims = self.ports.tokens.verify_refresh(token, self.ports.clock.now())?;
        if claims.session_id != caller.session_id || claims.user_id != caller.user_id {
            return Err(AuthenticationError::SessionEnded);
        }
        let mut unit = self.ports.units.begin().await?;
        let outcome = self.log_out_in(&mut *unit, caller).await;
        let outcome = outcome.map(|()| ((), Principals::outdated(&[caller.session_id])));
        finish_and_tell(unit, &self.copies, outcome).await
    }

    async fn log_out_in(&self, unit: &mut dyn UnitOfWork, caller: &Principal) -> Result<(), AuthenticationError> {
        if unit.sessions().delete(caller.session_id).await? {
            let event = AuditEvent::new(self.ports.clock.now(), caller, caller.user_id, AuditAction::SignedOut);
            unit.audit().record(&[event]).await?;
        }
        Ok(())
    }
}
