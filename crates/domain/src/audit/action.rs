//! What happened, with its details.

use super::AuditKind;
use crate::{SessionId, account::Role};

/// What happened. A variant for each [`AuditKind`], and in it what is worth knowing besides who, when and to whom.
///
/// With the feature `serde` it is one flat object: `kind`, and the details beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum AuditAction {
    /// Somebody signed in; the session is the new one.
    SignedIn,
    /// Address and password were not those of an active account. The subject is known if the address is.
    SignInFailed {
        /// Why; the client is not told.
        reason: SignInRefusal,
    },
    /// Somebody has tried too often, and nothing was tried any more. The same limit reached again from the same place
    /// soon after is the same event.
    RateLimitReached {
        /// Which limit.
        limit: AttemptLimit,
    },
    /// A refresh token that had been exchanged was presented again: somebody has copied it. Its session was ended.
    RefreshTokenReused,
    /// The owner ended the session in which they were.
    SignedOut,
    /// The owner ended a session.
    SessionEnded {
        /// Which one. It may be the one in which they were.
        ended: SessionId,
    },
    /// The owner ended all sessions but the one in which they were.
    OtherSessionsEnded {
        /// How many there were.
        sessions: usize,
    },
    /// A sign-in made the least used sessions end, because an account can have so many and no more.
    SurplusSessionsEnded {
        /// How many there were.
        sessions: usize,
    },
    /// Who was signed in did not know the password that proves who they are.
    PasswordRefused,
    /// The owner changed the password, which ended all sessions.
    PasswordChanged {
        /// How many there were.
        sessions: usize,
    },
    /// An administrator set the password, which ended all sessions.
    PasswordReset {
        /// How many there were.
        sessions: usize,
    },
    /// An account was created: by its owner, if nobody was signed in, or by whoever was.
    AccountCreated {
        /// Its role.
        role: Role,
        /// Whether it may be used.
        active: bool,
    },
    /// An account may be used again.
    AccountActivated,
    /// An account may not be used any more, which ended all its sessions.
    AccountDeactivated {
        /// How many there were. The same ones, where the password was set in the same request.
        sessions: usize,
    },
    /// An account was deleted with all its sessions.
    AccountDeleted {
        /// The role it had.
        role: Role,
        /// How many sessions there were.
        sessions: usize,
    },
    /// An account has another role. Its sessions live on.
    RoleChanged {
        /// The role before.
        from: Role,
        /// The role now.
        to: Role,
    },
}

impl AuditAction {
    /// The kind, without the details.
    #[must_use]
    pub const fn kind(&self) -> AuditKind {
        match self {
            Self::SignedIn => AuditKind::SignedIn,
            Self::SignInFailed { .. } => AuditKind::SignInFailed,
            Self::RateLimitReached { .. } => AuditKind::RateLimitReached,
            Self::RefreshTokenReused => AuditKind::RefreshTokenReused,
            Self::SignedOut => AuditKind::SignedOut,
            Self::SessionEnded { .. } => AuditKind::SessionEnded,
            Self::OtherSessionsEnded { .. } => AuditKind::OtherSessionsEnded,
            Self::SurplusSessionsEnded { .. } => AuditKind::SurplusSessionsEnded,
            Self::PasswordRefused => AuditKind::PasswordRefused,
            Self::PasswordChanged { .. } => AuditKind::PasswordChanged,
            Self::PasswordReset { .. } => AuditKind::PasswordReset,
            Self::AccountCreated { .. } => AuditKind::AccountCreated,
            Self::AccountActivated => AuditKind::AccountActivated,
            Self::AccountDeactivated { .. } => AuditKind::AccountDeactivated,
            Self::AccountDeleted { .. } => AuditKind::AccountDeleted,
            Self::RoleChanged { .. } => AuditKind::RoleChanged,
        }
    }
}

/// Why somebody did not get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SignInRefusal {
    /// No account has the address.
    UnknownAccount,
    /// The password is another one.
    WrongPassword,
    /// The password is right, and the account may not be used.
    Inactive,
    /// The account was changed while its password was being checked.
    ChangedMeanwhile,
}

/// The limits to how often somebody may try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum AttemptLimit {
    /// Failed sign-ins from one network address.
    SignInAddress,
    /// Failed sign-ins to one account, existing or not.
    SignInAccount,
    /// Sign-ups from one network address.
    SignUp,
    /// Refreshes of one session.
    Refresh,
    /// Changes of one account's password with a wrong current one.
    PasswordChange,
}

impl AttemptLimit {
    /// The stable name, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignInAddress => "sign-in-address",
            Self::SignInAccount => "sign-in-account",
            Self::SignUp => "sign-up",
            Self::Refresh => "refresh",
            Self::PasswordChange => "password-change",
        }
    }
}
