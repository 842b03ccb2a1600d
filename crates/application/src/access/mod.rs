//! Getting in and out: sign-up, sign-in, refresh, logout, and who makes a request.

mod authenticate;
mod last_use;
mod limits;
mod logout;
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
use irontrack_domain::account::{Email, SessionLifetime};
use irontrack_ports::{
    Clock, PasswordHasher, PasswordStrength, RateLimiter, TokenIssuer, UnitOfWorkFactory, query::AccountQueries,
};
use last_use::LastUses;
use limits::Attempts;
pub use limits::{AccessLimits, TooManyRequests};
pub use own_sessions::OwnSessionError;
pub use password::PasswordError;
pub use principals::Principals;
pub use refresh::RefreshError;
pub use sign_in::SignInError;
pub use sign_up::{SignUp, SignUpError};
pub use sweep::ExpiredSessions;

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
    pub fn new(ports: AccessPorts, principals: Arc<Principals>, rules: AccessRules) -> Self {
        let AccessRules { lifetime, max_sessions, limits, administrator } = rules;
        let last_uses = LastUses::new(ports.units.clone());
        let attempts = Attempts::new(ports.limiter.clone(), limits);
        let administrator = administrator.into_canonical();
        Self { ports, principals, last_uses, attempts, lifetime, max_sessions, administrator }
    }
}
