//! Deletion of one's own account.

use irontrack_domain::account::{Account, Password, Principal};
use irontrack_ports::{PasswordHash, RepositoryError, UnitOfWork};
use thiserror::Error;

use super::{Access, PasswordError};
use crate::{
    ErrorKind, UseCaseError,
    copies::Outdated,
    unit_of_work::finish_and_tell,
    users::{Refusal, check_not_last, erase},
};

/// Why somebody's own account was not deleted.
#[derive(Debug, Error)]
pub enum LeaveError {
    /// The password was not accepted as proof.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The system administrator stays.
    #[error("The primary system administrator account cannot be deleted")]
    SystemAdministrator,
    /// Somebody must be left who can administer.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl From<RepositoryError> for LeaveError {
    fn from(error: RepositoryError) -> Self {
        Self::Password(error.into())
    }
}

impl UseCaseError for LeaveError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Password(error) => error.kind(),
            Self::SystemAdministrator => ErrorKind::Conflict,
            Self::Refused(refusal) => refusal.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Password(error) => error.code(),
            Self::SystemAdministrator => "system-administrator",
            Self::Refused(refusal) => refusal.code(),
        }
    }
}

impl Access {
    /// Deletes the caller's account with their training history, their sessions, and with everything of theirs that nobody
    /// else has anything of. Wrong passwords are limited together with those of password changes.
    ///
    /// # Errors
    /// [`LeaveError`]: a wrong password, the system administrator, the last superuser. Nothing has changed then.
    pub async fn leave(&self, caller: &Principal, password: Password) -> Result<(), LeaveError> {
        let proven = self.counting_failures(caller, self.prove(caller, password)).await?;
        let mut work = self.ports.units.begin().await?;
        let outcome = self.leave_in(&mut *work, caller, &proven).await;
        finish_and_tell(work, &self.copies, outcome).await
    }

    async fn leave_in(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        proven: &PasswordHash,
    ) -> Result<((), Outdated), LeaveError> {
        let superusers = work.accounts().lock_superusers().await?;
        let account: Option<Account> = work.accounts().lock(caller.user_id).await?;
        // The password may have been changed while this one was being checked: then the proof was for the old one.
        let is_unchanged = work.accounts().lock_unchanged(caller.user_id, proven).await?;
        let Some(account) = account.filter(|_| is_unchanged) else { return Err(PasswordError::Wrong.into()) };
        if account.email.canonical() == self.administrator.canonical() {
            return Err(LeaveError::SystemAdministrator);
        }
        check_not_last(account.id, &superusers)?;
        Ok(((), erase(work, caller, &account, self.ports.clock.now()).await?))
    }
}
