//! Creation of accounts by an administrator.

use irontrack_domain::{
    UserId,
    account::{Account, Email, Password, PersonName, Role},
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{Constraint, RepositoryError, UnitOfWork, repo::NewAccount};
use uuid::Uuid;

use super::{UserError, Users};
use crate::{personal::personal, unit_of_work::finish};

/// An account that an administrator wants.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// How the person wants to be called.
    pub name: Option<PersonName>,
    /// The address to sign in with, in the spelling given.
    pub email: Email,
    /// The password, under the rule for administrators.
    pub password: Password,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// The role.
    pub role: Role,
}

impl Users {
    /// Creates an account for whoever is at the origin: a superuser, or the command line.
    ///
    /// # Errors
    /// [`UserError::EmailTaken`], [`UserError::Strength`] and those of hashing and the database.
    pub async fn create(&self, origin: Origin, wanted: NewUser) -> Result<Account, UserError> {
        let email = wanted.email.clone();
        self.strength.check(&wanted.password, &personal(wanted.name.as_ref(), &email)).await?;
        let account = NewAccount {
            id: UserId::new(Uuid::now_v7()),
            name: wanted.name,
            email: wanted.email,
            password: self.hasher.hash(wanted.password).await?,
            is_active: wanted.is_active,
            role: wanted.role,
            created_at: self.clock.now(),
        };
        let mut unit = self.units.begin().await?;
        let outcome = create_in(&mut *unit, origin, account).await;
        finish(unit, outcome).await.map_err(|error| email_taken(error, &email))
    }
}

async fn create_in(unit: &mut dyn UnitOfWork, origin: Origin, account: NewAccount) -> Result<Account, RepositoryError> {
    let account = unit.accounts().insert(account).await?;
    let action = AuditAction::AccountCreated { role: account.role, active: account.is_active };
    unit.audit().record(&[AuditEvent::new(account.created_at, origin, account.id, action)]).await?;
    Ok(account)
}

/// Names the address in the conflict.
pub(super) fn email_taken(error: RepositoryError, email: &Email) -> UserError {
    match error {
        RepositoryError::Conflict(Constraint::AccountEmail) => UserError::EmailTaken(email.to_string()),
        error => UserError::Repository(error),
    }
}
