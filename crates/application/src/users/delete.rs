//! Deletion of accounts by an administrator.

use irontrack_domain::UserId;
use irontrack_ports::UnitOfWork;

use super::{
    Caller, UserError, Users,
    erase::erase,
    guards::{check_not_last, check_target},
};
use crate::{copies::Outdated, unit_of_work::finish_and_tell};

impl Users {
    /// Deletes an account with its sessions, and with its custom exercises, training units and plans as far as nobody else
    /// has anything of them. One with training sessions is deleted only together with these, if that is wanted (`purge`).
    ///
    /// # Errors
    /// [`UserError`]: not found, the system administrator, the caller's own, the last superuser, training history.
    pub async fn delete(&self, caller: impl Into<Caller<'_>>, id: UserId, purge: bool) -> Result<(), UserError> {
        let caller = caller.into();
        let mut unit = self.units.begin().await?;
        let outcome = self.delete_in(&mut *unit, caller, id, purge).await;
        finish_and_tell(unit, &self.copies, outcome).await
    }

    async fn delete_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: Caller<'_>,
        id: UserId,
        purge: bool,
    ) -> Result<((), Outdated), UserError> {
        let superusers = unit.accounts().lock_superusers().await?;
        let target = unit.accounts().lock(id).await?.ok_or(UserError::NotFound)?;
        check_target(&target, caller, &self.administrator)?;
        check_not_last(id, &superusers)?;
        // Whoever starts a training session locks the account as well: none is added behind our back.
        if !purge && unit.training_sessions().has_history(id).await? {
            return Err(UserError::HasHistory);
        }
        Ok(((), erase(unit, caller, &target, self.clock.now()).await?))
    }
}
