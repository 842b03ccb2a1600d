//! Accounts: who somebody is, what they may do, and the sessions in which they are signed in.

mod email;
mod name;
mod password;
mod principal;
mod role;
mod session;

use chrono::{DateTime, Utc};

pub use email::Email;
pub use name::PersonName;
pub use password::Password;
pub use principal::Principal;
pub use role::Role;
pub use session::{Client, LoginSession, RefreshVerdict, SessionLifetime};

use crate::UserId;

/// An account as its owner and administrators see it. The password hash is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: UserId,
    /// How the person wants to be called.
    pub name: Option<PersonName>,
    /// The address the person signs in with.
    pub email: Email,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// The one role of the account.
    pub role: Role,
    /// When the account was created.
    pub created_at: DateTime<Utc>,
    /// When a field of the account last changed.
    pub updated_at: DateTime<Utc>,
}
