//! Reads about accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    SearchTerm, SessionId, UserId,
    account::{Account, Email, LoginSession, PersonName, Role},
};

use crate::{Page, PageRequest, PasswordHash, RepositoryError, SortOrder, repo::Credentials};

/// What authentication needs to know of an account and one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalState {
    /// Name of the account.
    pub name: Option<PersonName>,
    /// Address of the account.
    pub email: Email,
    /// Whether the account may be used.
    pub is_active: bool,
    /// Role of the account.
    pub role: Role,
    /// The session; `None` when the account has no such session, any more.
    pub session: Option<SessionState>,
}

/// What authentication needs to know of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionState {
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
    /// When the session was last used, as far as it was recorded.
    pub last_used_at: DateTime<Utc>,
}

/// By what accounts are sorted. Every order is completed by the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AccountSort {
    /// By name in lower case, then name; accounts without a name last when ascending, first when descending.
    #[default]
    Name,
    /// By address in lower case, then address.
    Email,
    /// By time of creation.
    CreatedAt,
}

/// Which accounts, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountFilter {
    /// Only names or addresses that contain this, ignoring case.
    pub search: Option<SearchTerm>,
    /// Only accounts with this role.
    pub role: Option<Role>,
    /// Only active or only inactive accounts.
    pub is_active: Option<bool>,
    /// Only accounts created then or earlier.
    pub created_before: Option<DateTime<Utc>>,
    /// Only accounts created then or later.
    pub created_after: Option<DateTime<Utc>>,
    /// By what to sort.
    pub sort: AccountSort,
    /// In which direction.
    pub order: SortOrder,
    /// Which page.
    pub page: PageRequest,
}

/// Reads accounts.
#[async_trait]
pub trait AccountQueries: Send + Sync {
    /// The account and the state of one of its sessions; `None` when the account does not exist.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn principal(&self, user: UserId, session: SessionId) -> Result<Option<PrincipalState>, RepositoryError>;

    /// The credentials of the account with that address in [canonical](Email::canonical) spelling, ignoring case.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn credentials(&self, canonical_email: &str) -> Result<Option<Credentials>, RepositoryError>;

    /// The password hash of an account; `None` without an account.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn password(&self, user: UserId) -> Result<Option<PasswordHash>, RepositoryError>;

    /// One account.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn account(&self, user: UserId) -> Result<Option<Account>, RepositoryError>;

    /// One page of the accounts that match, and how many match in all.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn accounts(&self, filter: &AccountFilter) -> Result<Page<Account>, RepositoryError>;

    /// The sessions of an account that have not ended at `now`, the last used one first, ties by id.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sessions(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<LoginSession>, RepositoryError>;
}
