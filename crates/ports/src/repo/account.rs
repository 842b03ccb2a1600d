//! Accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    UserId,
    account::{Account, Email, PersonName, Role},
};

use crate::{PasswordHash, RepositoryError};

/// An account to be created.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Identity, made by the caller.
    pub id: UserId,
    /// How the person wants to be called.
    pub name: Option<PersonName>,
    /// The address to sign in with.
    pub email: Email,
    /// Hash of the password.
    pub password: PasswordHash,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// The role.
    pub role: Role,
    /// Time of creation.
    pub created_at: DateTime<Utc>,
}

/// What signing in compares.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account.
    pub user_id: UserId,
    /// The address as stored.
    pub email: Email,
    /// Hash of the password.
    pub password: PasswordHash,
    /// Whether the person may sign in.
    pub is_active: bool,
}

/// Changes accounts.
#[async_trait]
pub trait AccountRepository: Send {
    /// Stores a new account and answers it as stored.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `AccountEmail` when the address is taken in any case;
    /// [`RepositoryError::MissingReference`] with `AccountRole` when the role was never created.
    async fn insert(&mut self, account: NewAccount) -> Result<Account, RepositoryError>;

    /// Whether the account exists and is active. Its row is locked (`FOR SHARE`) until the unit of work ends, so that
    /// it can be neither deactivated nor deleted in between.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_active(&mut self, id: UserId) -> Result<bool, RepositoryError>;
}
