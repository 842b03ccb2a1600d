//! Change of one's own password.

use irontrack_domain::{
    SessionId,
    account::{Password, Principal},
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::{HashError, PasswordHash, RepositoryError, StrengthError, UnitOfWork};
use thiserror::Error;

use super::{Access, AttemptError, principals::Principals};
use crate::{ErrorKind, UseCaseError, personal::personal, unit_of_work::finish_and_tell};

/// Why a password was not changed, or not accepted as proof.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// The current password is another one.
    #[error("Current password is incorrect")]
    Wrong,
    /// Too many attempts failed, or this one could not be counted. No password was checked.
    #[error(transparent)]
    NotAdmitted(#[from] AttemptError),
    /// The new password is too easy to guess, or was not judged.
    #[error(transparent)]
    Strength(#[from] StrengthError),
    /// A password could not be hashed or checked.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for PasswordError {
    fn kind(&self) -> ErrorKind {
        match self {
            // Not 403: clients of the reference know it like this.
            Self::Wrong => ErrorKind::Unauthenticated,
            Self::Strength(error) => error.kind(),
            Self::NotAdmitted(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "wrong-password",
            Self::Strength(error) => error.code(),
            Self::NotAdmitted(error) => error.code(),
            Self::Hash(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }
}

impl Access {
    /// Changes the caller's password and ends all their sessions, the current one too. Wrong current passwords are
    /// limited for each account.
    ///
    /// # Errors
    /// [`PasswordError`]; nothing has changed then.
    pub async fn change_password(
        &self,
        caller: &Principal,
        current: Password,
        next: Password,
    ) -> Result<(), PasswordError> {
        self.counting_failures(caller, self.check_and_change(caller, current, next)).await
    }

    /// Does what begins with the caller's password, unless too many wrong ones were tried.
    pub(super) async fn counting_failures<T>(
        &self,
        caller: &Principal,
        attempt: impl Future<Output = Result<T, PasswordError>>,
    ) -> Result<T, PasswordError> {
        self.ports.hasher.check_room()?;
        let counted = self.attempts.password_change(caller.user_id).await.inspect_err(|refused| {
            self.note_refusal(caller, caller.user_id, refused);
        })?;
        let outcome = attempt.await;
        if matches!(outcome, Err(PasswordError::Wrong)) {
            self.note(caller, caller.user_id, AuditAction::PasswordRefused);
        } else {
            self.attempts.give_back(counted).await;
        }
        outcome
    }

    /// The stored form of the caller's password, if this one is right.
    pub(super) async fn prove(&self, caller: &Principal, password: Password) -> Result<PasswordHash, PasswordError> {
        let stored = self.ports.accounts.password(caller.user_id).await?;
        let right = self.ports.hasher.verify(password, stored.clone()).await?;
        stored.filter(|_| right).ok_or(PasswordError::Wrong)
    }

    async fn check_and_change(
        &self,
        caller: &Principal,
        current: Password,
        next: Password,
    ) -> Result<(), PasswordError> {
        self.ports.strength.check(&next, &personal(caller.name.as_ref(), &caller.email)).await?;
        let stored = self.prove(caller, current).await?;
        let next = self.ports.hasher.hash(next).await?;
        let mut unit = self.ports.units.begin().await?;
        let outcome = self.exchange_password_in(&mut *unit, caller, &stored, &next).await;
        let outcome = outcome.map(|ended| ((), Principals::outdated(&ended)));
        finish_and_tell(unit, &self.copies, outcome).await
    }

    /// The password may have been changed while this one was being checked: then the proof was for the old one.
    async fn exchange_password_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        current: &PasswordHash,
        next: &PasswordHash,
    ) -> Result<Vec<SessionId>, PasswordError> {
        let now = self.ports.clock.now();
        if !unit.accounts().exchange_password(caller.user_id, current, next, now).await? {
            return Err(PasswordError::Wrong);
        }
        let ended = unit.sessions().delete_of(caller.user_id, None).await?;
        let action = AuditAction::PasswordChanged { sessions: ended.len() };
        unit.audit().record(&[AuditEvent::new(now, caller, caller.user_id, action)]).await?;
        Ok(ended)
    }
}
