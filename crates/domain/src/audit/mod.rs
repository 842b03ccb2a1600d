//! The audit trail: what happened to accounts, sessions and rights, who did it and from where.
//!
//! An [`AuditEvent`] is written once and never changed. It has no room for secrets: identifiers, roles, numbers and fixed
//! names, and of free text only what the client calls itself. A user name is not kept either, because people type their
//! password there; an account appears by its id, or not at all.
//!
//! Names of kinds and of details are stored. They stay what they are; a new kind gets a new name.

mod action;
mod kind;
mod origin;

pub use action::{AttemptLimit, AuditAction, SignInRefusal};
use chrono::{DateTime, Utc};
pub use kind::AuditKind;
pub use origin::{Origin, Via};

use crate::UserId;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it, and from where.
    pub origin: Origin,
    /// The account that it happened to; `None` where that is not known. The account may be gone by now.
    pub subject: Option<UserId>,
    /// What happened, with its details.
    pub action: AuditAction,
}

impl AuditEvent {
    /// An event about an account, or about none that is known.
    pub fn new(
        at: DateTime<Utc>,
        origin: impl Into<Origin>,
        subject: impl Into<Option<UserId>>,
        action: AuditAction,
    ) -> Self {
        Self { at, origin: origin.into(), subject: subject.into(), action }
    }

    /// What kind of event it is.
    #[must_use]
    pub const fn kind(&self) -> AuditKind {
        self.action.kind()
    }
}
