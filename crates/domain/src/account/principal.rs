//! The authenticated caller of a request.

use super::{Client, Email, PersonName, Role};
use crate::{SessionId, UserId};

/// Who makes a request: an active account in a live session. There is no other way to be signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub user_id: UserId,
    /// The session in which the account is signed in.
    pub session_id: SessionId,
    /// The name of the account.
    pub name: Option<PersonName>,
    /// The address of the account.
    pub email: Email,
    /// The role of the account.
    pub role: Role,
    /// From where the request comes.
    pub client: Client,
}

impl Principal {
    /// Whether the caller administers the installation.
    #[must_use]
    pub const fn is_superuser(&self) -> bool {
        self.role.is_superuser()
    }
}
