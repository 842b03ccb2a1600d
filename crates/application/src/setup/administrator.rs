//! The system administrator.

use irontrack_domain::{
    UserId,
    account::{Account, Email, Password, PersonName, Role},
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{Constraint, HashError, RepositoryError, UnitOfWork, repo::NewAccount};
use thiserror::Error;
use uuid::Uuid;

use super::Setup;
use crate::{ErrorKind, UseCaseError, unit_of_work::finish};

/// Whether the administrator had to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreatedAdministrator {
    /// The account is new.
    New,
    /// The address had an account already, which was left alone.
    Existing,
}

/// Why there is no system administrator.
#[derive(Debug, Error)]
pub enum AdministratorError {
    /// The roles were never created.
    #[error("the roles do not exist yet; create them first")]
    NoRoles,
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for AdministratorError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoRoles => ErrorKind::Conflict,
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoRoles => "roles-missing",
            Self::Hash(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }
}

impl Setup {
    /// The account with this address, if there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn account(&self, email: &Email) -> Result<Option<Account>, RepositoryError> {
        match self.accounts.credentials(&email.canonical()).await? {
            Some(known) => self.accounts.account(known.user_id).await,
            None => Ok(None),
        }
    }

    /// Creates the system administrator `System Administrator` with this address, unless there is an account with it.
    ///
    /// # Errors
    /// [`AdministratorError`].
    pub async fn create_administrator(
        &self,
        email: Email,
        password: Password,
    ) -> Result<CreatedAdministrator, AdministratorError> {
        let account = NewAccount {
            id: UserId::new(Uuid::now_v7()),
            name: PersonName::parse("System Administrator").unwrap_or_default(),
            email,
            password: self.hasher.hash(password).await?,
            is_active: true,
            role: Role::Superuser,
            created_at: self.clock.now(),
        };
        let mut unit = self.units.begin().await?;
        let outcome = create_in(&mut *unit, account).await;
        match finish(unit, outcome).await {
            Ok(()) => Ok(CreatedAdministrator::New),
            Err(RepositoryError::Conflict(Constraint::AccountEmail)) => Ok(CreatedAdministrator::Existing),
            Err(RepositoryError::MissingReference(Constraint::AccountRole)) => Err(AdministratorError::NoRoles),
            Err(error) => Err(error.into()),
        }
    }
}

async fn create_in(unit: &mut dyn UnitOfWork, account: NewAccount) -> Result<(), RepositoryError> {
    let account = unit.accounts().insert(account).await?;
    let action = AuditAction::AccountCreated { role: account.role, active: account.is_active };
    let event = AuditEvent::new(account.created_at, Origin::command_line(), account.id, action);
    unit.audit().record(&[event]).await
}
