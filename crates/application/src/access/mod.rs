//! Getting in and out: sign-up, sign-in, refresh, logout, and who makes a request.

mod authenticate;
mod last_use;
mod leave;
mod limits;
mod logout;
mod open_attempts;
mod own_sessions;
mod password;
pub(crate) mod principals;
mod profile;
mod refresh;
mod sign_in;
mod sign_up;
mod sweep;

use std::{num::NonZeroU32, sync::Arc};

pub use authenticate::AuthenticationError;
use irontrack_domain::{
    UserId,
    account::{Email, SessionLifetime},
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{
    Clock, PasswordHasher, PasswordStrength, RateLimiter, TokenIssuer, UnitOfWorkFactory, query::AccountQueries,
};
use last_use::LastUses;
pub use leave::LeaveError;
use limits::Attempts;
pub use limits::{AccessLimits, AttemptError, TooManyRequests};
pub use own_sessions::OwnSessionError;
pub use password::PasswordError;
use principals::Principals;
pub use refresh::RefreshError;
pub use sign_in::SignInError;
pub use sign_up::{SignUp, SignUpError};
pub use sweep::ExpiredSessions;

use crate::{audit::AuditTrail, copies::Copies};

/// What the use cases of this module need.
#[derive(Clone)]
pub struct AccessPorts {
    /// Begins transactions.
    pub units: Arc<dyn UnitOfWorkFactory>,
    /// Reads accounts.
    pub accounts: Arc<dyn AccountQueries>,
    /// Hashes passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Judges new passwords.
    pub strength: Arc<dyn PasswordStrength>,
    /// Limits how often somebody may try.
    pub limiter: Arc<dyn RateLimiter>,
    /// Signs tokens.
    pub tokens: Arc<dyn TokenIssuer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for AccessPorts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessPorts").finish_non_exhaustive()
    }
}

/// What an installation decides about getting in.
#[derive(Debug, Clone)]
pub struct AccessRules {
    /// How long sessions live.
    pub lifetime: SessionLifetime,
    /// How many sessions an account may have at a time.
    pub max_sessions: NonZeroU32,
    /// How often people may try.
    pub limits: AccessLimits,
    /// Address of the system administrator, with which nobody else may sign up.
    pub administrator: Email,
}

/// Sign-up, sign-in, refresh, logout and authentication.
#[derive(Debug)]
pub struct Access {
    ports: AccessPorts,
    principals: Arc<Principals>,
    copies: Arc<Copies>,
    trail: Arc<AuditTrail>,
    last_uses: Arc<LastUses>,
    attempts: Attempts,
    lifetime: SessionLifetime,
    max_sessions: NonZeroU32,
    /// Canonical address of the system administrator.
    administrator: Email,
}

impl Access {
    /// Wires the ports.
    #[must_use]
    pub fn new(ports: AccessPorts, copies: Arc<Copies>, trail: Arc<AuditTrail>, rules: AccessRules) -> Self {
        let AccessRules { lifetime, max_sessions, limits, administrator } = rules;
        let principals = Arc::new(Principals::new(ports.accounts.clone(), copies.clone()));
        let last_uses = LastUses::new(ports.units.clone(), copies.clone());
        let attempts = Attempts::new(ports.limiter.clone(), limits);
        let administrator = administrator.into_canonical();
        Self { ports, principals, copies, trail, last_uses, attempts, lifetime, max_sessions, administrator }
    }

    /// Notes what changes nothing. What is part of a change is recorded in its unit of work instead.
    fn note(&self, origin: impl Into<Origin>, subject: impl Into<Option<UserId>>, action: AuditAction) {
        self.trail.note(AuditEvent::new(self.ports.clock.now(), origin, subject, action));
    }

    /// Notes that somebody tried too often.
    fn note_refusal(&self, origin: impl Into<Origin>, subject: impl Into<Option<UserId>>, refused: &AttemptError) {
        if let AttemptError::TooMany(TooManyRequests { limit, .. }) = refused {
            self.note(origin, subject, AuditAction::RateLimitReached { limit: *limit });
        }
    }
}
