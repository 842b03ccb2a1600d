//! Logout.

use irontrack_domain::account::Principal;

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
        let outcome = unit.sessions().delete(caller.session_id).await.map_err(AuthenticationError::from);
        let outcome = outcome.map(|_was_there| ((), Principals::outdated(&[caller.session_id])));
        finish_and_tell(unit, &self.copies, outcome).await?;
        tracing::info!(user_id = %caller.user_id, session_id = %caller.session_id, "logged out");
        Ok(())
    }
}
