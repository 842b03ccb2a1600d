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

/// What to change of an account. `None` leaves the stored value alone.
#[derive(Debug, Clone, Default)]
pub struct AccountChanges {
    /// The name; `Some(None)` clears it.
    pub name: Option<Option<PersonName>>,
    /// The address.
    pub email: Option<Email>,
    /// Hash of the password.
    pub password: Option<PasswordHash>,
    /// Whether the person may sign in.
    pub is_active: Option<bool>,
    /// The role.
    pub role: Option<Role>,
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

    /// Whether the account is active, or `None` without one. Its row is locked (`FOR NO KEY UPDATE`) until the unit of
    /// work ends: of several who call this one goes on at a time, and nobody in [`lock_active`](Self::lock_active) does
    /// meanwhile. For whoever looks for a name that is not taken.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_for_naming(&mut self, id: UserId) -> Result<Option<bool>, RepositoryError>;

    /// The active account with that address in any case, kept from being deleted until the unit of work ends.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn keep_active(&mut self, email: &str) -> Result<Option<Account>, RepositoryError>;

    /// Whether the account exists, is active and still has this password. Its row is locked (`FOR NO KEY UPDATE`) until
    /// the unit of work ends: it can be neither changed nor deleted in between, and of several who call this one goes on
    /// at a time.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_unchanged(&mut self, id: UserId, password: &PasswordHash) -> Result<bool, RepositoryError>;

    /// The account, its row locked (`FOR NO KEY UPDATE`, so that others may go on
    /// referring to it) until the unit of work ends; `None` without one.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, id: UserId) -> Result<Option<Account>, RepositoryError>;

    /// The account with that address in any case, its row locked as by [`lock`](Self::lock); `None` without one.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_by_email(&mut self, email: &str) -> Result<Option<Account>, RepositoryError>;

    /// The ids of all active superusers, their rows locked as by [`lock`](Self::lock) in ascending order, so that of several
    /// transactions which each take a superuser away the last one sees what the others did. Call it before
    /// [`lock`](Self::lock), so that all transactions lock in one order.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_superusers(&mut self) -> Result<Vec<UserId>, RepositoryError>;

    /// Changes an account that exists, and answers it as stored. `updated_at` moves only if a value really changes; a new
    /// hash always is a change.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `AccountEmail` when the address is taken in any case;
    /// [`RepositoryError::MissingReference`] with `AccountRole` when the role was never created.
    async fn update(
        &mut self,
        id: UserId,
        changes: AccountChanges,
        now: DateTime<Utc>,
    ) -> Result<Account, RepositoryError>;

    /// Exchanges the password, if `current` still is the stored hash. Returns whether it was exchanged.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn exchange_password(
        &mut self,
        id: UserId,
        current: &PasswordHash,
        next: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<bool, RepositoryError>;

    /// Removes an account with its sessions. Returns whether it was there. Its custom exercises must be gone or hidden
    /// before.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, id: UserId) -> Result<bool, RepositoryError>;
}
