//! Getting in and out: sign-up, sign-in, refresh, logout, and who makes a request.

mod authenticate;
mod last_use;
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

use std::sync::Arc;

pub use authenticate::AuthenticationError;
use irontrack_domain::account::{Email, SessionLifetime};
use irontrack_ports::{Clock, PasswordHasher, RateLimiter, TokenIssuer, UnitOfWorkFactory, query::AccountQueries};
use last_use::LastUses;
use limits::Attempts;
pub use limits::{AccessLimits, AttemptError, TooManyRequests};
pub use own_sessions::OwnSessionError;
pub use password::PasswordError;
pub use principals::Principals;
pub use refresh::RefreshError;
pub use sign_in::SignInError;
pub use sign_up::{SignUp, SignUpError};

/// What the use cases of this module need.
#[derive(Clone)]
pub struct AccessPorts {
    /// Begins transactions.
    pub units: Arc<dyn UnitOfWorkFactory>,
    /// Reads accounts.
    pub accounts: Arc<dyn AccountQueries>,
    /// Hashes passwords.
    pub hasher: Arc<dyn PasswordHasher>,
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
    /// Canonical address of the system administrator.
    administrator: Email,
}

impl Access {
    /// Wires the ports.
    #[must_use]
    pub fn new(ports: AccessPorts, principals: Arc<Principals>, rules: AccessRules) -> Self {
        let AccessRules { lifetime, limits, administrator } = rules;
        let last_uses = LastUses::new(ports.units.clone());
        let attempts = Attempts::new(ports.limiter.clone(), limits);
        Self { ports, principals, last_uses, attempts, lifetime, administrator: administrator.into_canonical() }
    }
}
