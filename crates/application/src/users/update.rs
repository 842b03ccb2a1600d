//! Change of accounts by an administrator.

use irontrack_domain::{
    UserId,
    account::{Account, Email, Password, PersonName, Principal, Role},
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::{PasswordHash, UnitOfWork, repo::AccountChanges};

use super::{
    UserError, Users,
    create::email_taken,
    guards::{check_not_last, check_target},
};
use crate::{access::principals::Principals, copies::Outdated, personal::personal, unit_of_work::finish_and_tell};

/// What an administrator wants to change. `None` leaves the stored value alone.
#[derive(Debug, Clone, Default)]
pub struct UserChanges {
    /// The name; `Some(None)` clears it.
    pub name: Option<Option<PersonName>>,
    /// The address.
    pub email: Option<Email>,
    /// A new password; ends all sessions.
    pub password: Option<Password>,
    /// Whether the person may sign in; `false` ends all sessions.
    pub is_active: Option<bool>,
    /// Whether the person is a superuser. `false` takes the role away only where it is that one.
    pub is_superuser: Option<bool>,
}

impl Users {
    /// Changes an account.
    ///
    /// # Errors
    /// [`UserError`]: not found, the system administrator, the caller's own, a weak password, the address taken, the last
    /// superuser.
    pub async fn update(&self, caller: &Principal, id: UserId, changes: UserChanges) -> Result<Account, UserError> {
        let password = match changes.password.clone() {
            Some(password) => {
                // Hashing is expensive: not for an account that cannot be changed anyway.
                let target = self.get(id).await?;
                check_target(&target, caller, &self.administrator)?;
                let name = changes.name.as_ref().unwrap_or(&target.name);
                let email = changes.email.as_ref().unwrap_or(&target.email);
                self.strength.check(&password, &personal(name.as_ref(), email)).await?;
                Some(self.hasher.hash(password).await?)
            }
            None => None,
        };
        let mut unit = self.units.begin().await?;
        let outcome = self.update_in(&mut *unit, caller, id, changes, password).await;
        let account = finish_and_tell(unit, &self.copies, outcome).await?;
        tracing::info!(user_id = %id, by = %caller.user_id, "account changed");
        Ok(account)
    }

    async fn update_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        id: UserId,
        changes: UserChanges,
        password: Option<PasswordHash>,
    ) -> Result<(Account, Outdated), UserError> {
        let takes_away = changes.is_active == Some(false) || changes.is_superuser == Some(false);
        // Superusers are locked first, so that all transactions lock in one order.
        let superusers = if takes_away { unit.accounts().lock_superusers().await? } else { Vec::new() };
        let target = unit.accounts().lock(id).await?.ok_or(UserError::NotFound)?;
        check_target(&target, caller, &self.administrator)?;
        if takes_away {
            check_not_last(id, &superusers)?;
        }
        let role = match changes.is_superuser {
            Some(true) => Some(Role::Superuser),
            Some(false) if target.role == Role::Superuser => Some(Role::ApplicationAccess),
            _ => None,
        };
        let ends_sessions = password.is_some() || changes.is_active == Some(false);
        let is_reset = password.is_some();
        let email = changes.email.clone();
        let stored =
            AccountChanges { name: changes.name, email: changes.email, password, is_active: changes.is_active, role };
        let now = self.clock.now();
        let account = unit.accounts().update(id, stored, now).await.map_err(|error| match &email {
            Some(email) => email_taken(error, email),
            None => error.into(),
        })?;
        let mut sessions = unit.sessions();
        let ids = if ends_sessions { sessions.delete_of(id, None).await? } else { sessions.ids_of(id).await? };
        drop(sessions);
        let actions = actions(&target, &account, is_reset, ids.len());
        let events: Vec<_> = actions.into_iter().map(|action| AuditEvent::new(now, caller, id, action)).collect();
        unit.audit().record(&events).await?;
        Ok((account, Principals::outdated(&ids)))
    }
}

/// What is worth an audit event in a change of an account that has so many sessions.
fn actions(before: &Account, after: &Account, is_reset: bool, sessions: usize) -> Vec<AuditAction> {
    let mut actions = Vec::new();
    if before.role != after.role {
        actions.push(AuditAction::RoleChanged { from: before.role, to: after.role });
    }
    if is_reset {
        actions.push(AuditAction::PasswordReset { sessions });
    }
    match (before.is_active, after.is_active) {
        (true, false) => actions.push(AuditAction::AccountDeactivated { sessions }),
        (false, true) => actions.push(AuditAction::AccountActivated),
        _ => {}
    }
    actions
}
