//! Kinds of callers.

use irontrack_domain::account::Role;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// Without cookies.
    Anonymous,
    /// Was deactivated, with a session that was left behind.
    Inactive,
    /// Was deleted.
    Deleted,
    /// With tokens of a live session that are past their life.
    Expired,
    /// With good tokens of a session that was ended.
    Revoked,
    /// Somebody without any special right.
    User,
    /// Likewise; the things of others are theirs.
    Owner,
    /// A fitness trainer.
    Trainer,
    /// A superuser.
    Superuser,
    /// The system administrator.
    Administrator,
}

impl Caller {
    /// All of them. The last five are signed in; the table has one answer for each of these, in this order.
    pub(super) const ALL: [Self; 10] = [
        Self::Anonymous,
        Self::Inactive,
        Self::Deleted,
        Self::Expired,
        Self::Revoked,
        Self::User,
        Self::Owner,
        Self::Trainer,
        Self::Superuser,
        Self::Administrator,
    ];

    /// Why a guard does not let them in, if it does not.
    pub(super) const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Anonymous => Some("Not authenticated"),
            Self::Inactive => Some("Invalid credentials or account is unavailable"),
            Self::Deleted => Some("Invalid authentication credentials"),
            Self::Expired => Some("Token has expired"),
            Self::Revoked => Some("Invalid credentials"),
            Self::User | Self::Owner | Self::Trainer | Self::Superuser | Self::Administrator => None,
        }
    }

    pub(super) const fn is_superuser(self) -> bool {
        matches!(self, Self::Superuser | Self::Administrator)
    }

    pub(super) const fn role(self) -> Role {
        match self {
            Self::Trainer => Role::FitnessTrainer,
            Self::Superuser | Self::Administrator => Role::Superuser,
            _ => Role::ApplicationAccess,
        }
    }
}
