//! Sign-up.

use irontrack_domain::{
    UserId,
    account::{Account, Client, Email, Password, PersonName, Role},
};
use irontrack_ports::{Constraint, HashError, RepositoryError, repo::NewAccount};
use thiserror::Error;
use uuid::Uuid;

use super::{Access, AttemptError};
use crate::{ErrorKind, UseCaseError, unit_of_work::finish};

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
            Self::NotAdmitted(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::EmailTaken => "email-taken",
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
        let counted = self.attempts.sign_up(client).await?;
        let outcome = self.create_account(wanted).await;
        // Who is asked to come back later shall be let in then.
        if matches!(outcome, Err(SignUpError::Hash(_) | SignUpError::Repository(_))) {
            self.attempts.give_back(counted).await;
        }
        outcome
    }

    async fn create_account(&self, wanted: SignUp) -> Result<Account, SignUpError> {
        let email = wanted.email.into_canonical();
        // Whoever signs up with the administrator's address before there is one would be protected like one.
        if email == self.administrator {
            return Err(SignUpError::EmailTaken);
        }
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
        let outcome = unit.accounts().insert(account).await.map_err(SignUpError::from);
        let account = finish(unit, outcome).await?;
        tracing::info!(user_id = %account.id, "signed up");
        Ok(account)
    }
}
