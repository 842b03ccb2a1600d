//! Deletion of accounts by an administrator.

use irontrack_domain::{
    UserId,
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::UnitOfWork;

use super::{
    Caller, UserError, Users,
    guards::{check_not_last, check_target},
};
use crate::{
    access::principals::Principals,
    copies::{Group, Outdated},
    unit_of_work::finish_and_tell,
};

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
        let sessions = unit.sessions().delete_of(id, None).await?;
        let now = self.clock.now();
        // Plans first: a unit stays where a plan does that it stands in. Then training sessions, which others lock after
        // plans and units, too. Exercises last: what stays refers to some.
        unit.training_plans().remove_of(id).await?;
        unit.training_units().remove_of(id).await?;
        unit.training_sessions().remove_of(id).await?;
        unit.exercises().remove_of(id, now).await?;
        unit.accounts().delete(id).await?;
        let action = AuditAction::AccountDeleted { role: target.role, sessions: sessions.len() };
        unit.audit().record(&[AuditEvent::new(now, caller, id, action)]).await?;
        let mut outdated = Principals::outdated(&sessions);
        outdated.extend([Group::ExercisesOf(id).key()]);
        Ok(((), outdated))
    }
}
