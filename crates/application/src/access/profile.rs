//! Change of one's own account.

use irontrack_domain::{
    SessionId,
    account::{PersonName, Principal},
};
use irontrack_ports::{UnitOfWork, repo::AccountChanges};

use super::{Access, AuthenticationError, principals::Principals};
use crate::unit_of_work::finish_and_tell;

impl Access {
    /// Changes the caller's name, where one is given, and answers the caller as stored.
    ///
    /// # Errors
    /// [`AuthenticationError::NoAccount`] if the account is deleted at this moment, and those of the database.
    pub async fn change_profile(
        &self,
        caller: Principal,
        name: Option<Option<PersonName>>,
    ) -> Result<Principal, AuthenticationError> {
        if name.is_none() {
            return Ok(caller);
        }
        let mut unit = self.ports.units.begin().await?;
        let outcome = self.change_profile_in(&mut *unit, &caller, AccountChanges { name, ..Default::default() }).await;
        let outcome = outcome.map(|(name, sessions)| (name, Principals::outdated(&sessions)));
        let name = finish_and_tell(unit, &self.copies, outcome).await?;
        Ok(Principal { name, ..caller })
    }

    async fn change_profile_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        changes: AccountChanges,
    ) -> Result<(Option<PersonName>, Vec<SessionId>), AuthenticationError> {
        if unit.accounts().lock(caller.user_id).await?.is_none() {
            return Err(AuthenticationError::NoAccount);
        }
        let account = unit.accounts().update(caller.user_id, changes, self.ports.clock.now()).await?;
        let sessions = unit.sessions().ids_of(caller.user_id).await?;
        Ok((account.name, sessions))
    }
}
