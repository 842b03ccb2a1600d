//! Sign-up.

use irontrack_domain::{
    UserId,
    account::{Account, Client, Email, Password, PersonName, Role},
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{Constraint, HashError, RepositoryError, StrengthError, UnitOfWork, repo::NewAccount};
use thiserror::Error;
use uuid::Uuid;

use super::{Access, AttemptError};
use crate::{ErrorKind, UseCaseError, personal::personal, unit_of_work::finish};

/// Somebody who wants an account.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// How the person wants to be called.
    pub name: Option<PersonName>,
    /// The address to sign in with; stored in canonical spelling.
    pub email: Email,
    /// The password, chosen under the policy for owners.
    pub password: Password,
}

/// Why there is no new account.
#[derive(Debug, Error)]
pub enum SignUpError {
    /// The address belongs to an account already.
    #[error("A user with this email already exists")]
    EmailTaken,
    /// There were too many sign-ups from this client's address, or this one could not be counted.
    #[error(transparent)]
    NotAdmitted(#[from] AttemptError),
    /// The new password is too easy to guess, or was not judged.
    #[error(transparent)]
    Strength(#[from] StrengthError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error(transparent)]
    Repository(RepositoryError),
}

impl From<RepositoryError> for SignUpError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(Constraint::AccountEmail) => Self::EmailTaken,
            error => Self::Repository(error),
        }
    }
}

impl UseCaseError for SignUpError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::EmailTaken => ErrorKind::Conflict,
            Self::Strength(error) => error.kind(),
            Self::NotAdmitted(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::EmailTaken => "email-taken",
            Self::Strength(error) => error.code(),
            Self::NotAdmitted(error) => error.code(),
            Self::Hash(error) => error.code(),
            Self::Repository(error) => error.code(),
        }
    }
}

impl Access {
    /// Creates an active account for plain use of the application. Sign-ups are limited for each client address.
    ///
    /// # Errors
    /// [`SignUpError`].
    pub async fn sign_up(&self, wanted: SignUp, client: &Client) -> Result<Account, SignUpError> {
        self.ports.hasher.check_room()?;
        let counted = self.attempts.sign_up(client).await.inspect_err(|refused| {
            self.note_refusal(Origin::stranger(client), None, refused);
        })?;
        let outcome = self.create_account(wanted, client).await;
        // Who is asked to come back later shall be let in then.
        if matches!(outcome, Err(SignUpError::Hash(_) | SignUpError::Repository(_))) {
            self.attempts.give_back(counted).await;
        }
        outcome
    }

    async fn create_account(&self, wanted: SignUp, client: &Client) -> Result<Account, SignUpError> {
        let email = wanted.email.into_canonical();
        // Whoever signs up with the administrator's address before there is one would be protected like one.
        if email == self.administrator {
            return Err(SignUpError::EmailTaken);
        }
        self.ports.strength.check(&wanted.password, &personal(wanted.name.as_ref(), &email)).await?;
        let password = self.ports.hasher.hash(wanted.password).await?;
        let account = NewAccount {
            id: UserId::new(Uuid::now_v7()),
            name: wanted.name,
            email,
            password,
            is_active: true,
            role: Role::ApplicationAccess,
            created_at: self.ports.clock.now(),
        };
        let mut unit = self.ports.units.begin().await?;
        let outcome = create_in(&mut *unit, account, client).await;
        finish(unit, outcome).await
    }
}

async fn create_in(unit: &mut dyn UnitOfWork, account: NewAccount, client: &Client) -> Result<Account, SignUpError> {
    let account = unit.accounts().insert(account).await?;
    let action = AuditAction::AccountCreated { role: account.role, active: account.is_active };
    let event = AuditEvent::new(account.created_at, Origin::stranger(client), account.id, action);
    unit.audit().record(&[event]).await?;
    Ok(account)
}
