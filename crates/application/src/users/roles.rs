//! Roles of accounts.

use irontrack_domain::{
    account::{Account, Principal, Role},
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::{Constraint, RepositoryError, UnitOfWork, repo::AccountChanges};
use thiserror::Error;

use super::{
    Users,
    guards::{Refusal, check_not_last, check_target},
};
use crate::{ErrorKind, UseCaseError, access::principals::Principals, copies::Outdated, unit_of_work::finish_and_tell};

/// Why a role was not assigned or revoked.
#[derive(Debug, Error)]
pub enum RoleError {
    /// There is no account with that address.
    #[error("User not found")]
    NotFound,
    /// Roles of inactive accounts stay as they are.
    #[error("Cannot modify role for inactive user {0}")]
    Inactive(String),
    /// The account may not be changed like this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The role was never created.
    #[error("Role with slug '{}' not found", .0.slug())]
    RoleMissing(Role),
    /// The account has the role already.
    #[error("User {email} already has the '{}' role", role.slug())]
    AlreadyAssigned {
        /// Address of the account.
        email: String,
        /// The role.
        role: Role,
    },
    /// The account has another role.
    #[error(
        "User {email} currently has the '{}' role, which does not match the requested role '{}' for revocation",
        current.slug(),
        requested.slug()
    )]
    OtherRole {
        /// Address of the account.
        email: String,
        /// The role that the account has.
        current: Role,
        /// The role that was to be revoked.
        requested: Role,
    },
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for RoleError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::RoleMissing(_) => ErrorKind::NotFound,
            Self::Inactive(_) => ErrorKind::Forbidden,
            Self::Refused(refusal) => refusal.kind(),
            Self::AlreadyAssigned { .. } | Self::OtherRole { .. } => ErrorKind::Conflict,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "user-not-found",
            Self::RoleMissing(_) => "role-not-found",
            Self::Inactive(_) => "user-inactive",
            Self::Refused(refusal) => refusal.code(),
            Self::AlreadyAssigned { .. } => "role-already-assigned",
            Self::OtherRole { .. } => "role-not-assigned",
            Self::Repository(error) => error.code(),
        }
    }
}

impl Users {
    /// Gives an account a role instead of the one it has. No session ends; the new rights apply at once.
    ///
    /// # Errors
    /// [`RoleError`], in the order of its variants.
    pub async fn assign_role(&self, caller: &Principal, email: &str, role: Role) -> Result<Account, RoleError> {
        self.change_role(caller, email, role, |account| {
            if account.role == role {
                return Err(RoleError::AlreadyAssigned { email: account.email.to_string(), role });
            }
            Ok(role)
        })
        .await
    }

    /// Puts an account that has the role back to plain use.
    ///
    /// # Errors
    /// [`RoleError`], in the order of its variants.
    pub async fn revoke_role(&self, caller: &Principal, email: &str, role: Role) -> Result<Account, RoleError> {
        self.change_role(caller, email, role, |account| {
            if account.role != role {
                let email = account.email.to_string();
                return Err(RoleError::OtherRole { email, current: account.role, requested: role });
            }
            Ok(Role::ApplicationAccess)
        })
        .await
    }

    async fn change_role(
        &self,
        caller: &Principal,
        email: &str,
        named: Role,
        next: impl FnOnce(&Account) -> Result<Role, RoleError> + Send,
    ) -> Result<Account, RoleError> {
        let mut unit = self.units.begin().await?;
        let outcome = self.change_role_in(&mut *unit, caller, email, next).await.map_err(|error| match error {
            RoleError::Repository(RepositoryError::MissingReference(Constraint::AccountRole)) => {
                RoleError::RoleMissing(named)
            }
            error => error,
        });
        finish_and_tell(unit, &self.copies, outcome).await
    }

    async fn change_role_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        email: &str,
        next: impl FnOnce(&Account) -> Result<Role, RoleError> + Send,
    ) -> Result<(Account, Outdated), RoleError> {
        let superusers = unit.accounts().lock_superusers().await?;
        let target = unit.accounts().lock_by_email(email).await?.ok_or(RoleError::NotFound)?;
        if !target.is_active {
            return Err(RoleError::Inactive(target.email.to_string()));
        }
        check_target(&target, caller, &self.administrator)?;
        let role = next(&target)?;
        if !role.is_superuser() {
            check_not_last(target.id, &superusers)?;
        }
        let changes = AccountChanges { role: Some(role), ..AccountChanges::default() };
        let now = self.clock.now();
        let account = unit.accounts().update(target.id, changes, now).await?;
        let action = AuditAction::RoleChanged { from: target.role, to: account.role };
        unit.audit().record(&[AuditEvent::new(now, caller, account.id, action)]).await?;
        let sessions = unit.sessions().ids_of(target.id).await?;
        Ok((account, Principals::outdated(&sessions)))
    }
}
