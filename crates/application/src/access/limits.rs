//! How often somebody may try.

use std::{net::IpAddr, sync::Arc, time::Duration};

use irontrack_domain::{SessionId, UserId, account::Client, audit::AttemptLimit};
use irontrack_ports::{RateLimit, RateLimiter, Receipt, Taken};
use thiserror::Error;

use crate::{ErrorKind, UseCaseError};

const MINUTE: Duration = Duration::from_secs(60);
const QUARTER_OF_AN_HOUR: Duration = Duration::from_secs(15 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The limits; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessLimits {
    /// Failed sign-ins for each account in 15 minutes.
    pub sign_in_account: u32,
    /// Failed sign-ins for each client address in 15 minutes.
    pub sign_in_address: u32,
    /// Password changes with a wrong current password for each account in 15 minutes.
    pub password_change: u32,
    /// Sign-ups for each client address in an hour.
    pub sign_up: u32,
    /// Refreshes for each session in a minute.
    pub refresh: u32,
}

impl AccessLimits {
    /// No limits.
    pub const OFF: Self = Self { sign_in_account: 0, sign_in_address: 0, password_change: 0, sign_up: 0, refresh: 0 };
}

impl Default for AccessLimits {
    fn default() -> Self {
        Self { sign_in_account: 10, sign_in_address: 100, password_change: 5, sign_up: 20, refresh: 60 }
    }
}

/// Somebody tried too often. The attempt was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Too many requests")]
pub struct TooManyRequests {
    /// Which limit it was.
    pub limit: AttemptLimit,
    /// After this time the next attempt can be made.
    pub retry_after: Duration,
}

impl UseCaseError for TooManyRequests {
    fn kind(&self) -> ErrorKind {
        ErrorKind::TooManyRequests { retry_after: self.retry_after }
    }

    fn code(&self) -> &'static str {
        "rate-limited"
    }
}

/// What is counted: a kind of attempt, and by whom.
struct Subject {
    kind: AttemptLimit,
    who: String,
    limit: u32,
    window: Duration,
}

/// What was counted for an attempt. It stays counted unless it is [given back](Attempts::give_back).
#[must_use]
pub(super) struct Counted(Vec<(String, Receipt)>);

/// Counts attempts.
///
/// Where only failures shall count, an attempt is counted before it is made and given back when it was none. Counting
/// failures afterwards would let any number of simultaneous guesses through.
pub(super) struct Attempts {
    limiter: Arc<dyn RateLimiter>,
    limits: AccessLimits,
}

impl std::fmt::Debug for Attempts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempts").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Attempts {
    pub(super) fn new(limiter: Arc<dyn RateLimiter>, limits: AccessLimits) -> Self {
        Self { limiter, limits }
    }

    /// A sign-in to what may be an account. Whether it is one makes no difference. The address comes first: who is
    /// refused for it cannot use up the attempts of an account.
    pub(super) async fn sign_in(&self, account: &str, client: &Client) -> Result<Counted, TooManyRequests> {
        let AccessLimits { sign_in_account, sign_in_address, .. } = self.limits;
        let window = QUARTER_OF_AN_HOUR;
        self.count([
            Subject { kind: AttemptLimit::SignInAddress, who: network(client), limit: sign_in_address, window },
            Subject { kind: AttemptLimit::SignInAccount, who: account.to_owned(), limit: sign_in_account, window },
        ])
        .await
    }

    /// A sign-up.
    pub(super) async fn sign_up(&self, client: &Client) -> Result<Counted, TooManyRequests> {
        let limit = self.limits.sign_up;
        self.count([Subject { kind: AttemptLimit::SignUp, who: network(client), limit, window: HOUR }]).await
    }

    /// A refresh with a genuine token of a session.
    pub(super) async fn refresh(&self, session: SessionId) -> Result<Counted, TooManyRequests> {
        let limit = self.limits.refresh;
        self.count([Subject { kind: AttemptLimit::Refresh, who: session.to_string(), limit, window: MINUTE }]).await
    }

    /// A change of one's own password.
    pub(super) async fn password_change(&self, user: UserId) -> Result<Counted, TooManyRequests> {
        let limit = self.limits.password_change;
        let window = QUARTER_OF_AN_HOUR;
        self.count([Subject { kind: AttemptLimit::PasswordChange, who: user.to_string(), limit, window }]).await
    }

    /// Counts for all subjects or, where one of them has reached its limit, for none.
    async fn count<const N: usize>(&self, subjects: [Subject; N]) -> Result<Counted, TooManyRequests> {
        let mut counted = Counted(Vec::with_capacity(N));
        for Subject { kind, who, limit, window } in subjects.into_iter().filter(|subject| subject.limit > 0) {
            let key = format!("{}:{who}", kind.name());
            match self.limiter.take(&key, RateLimit { limit, window }).await {
                Ok(Taken::Counted(receipt)) => counted.0.push((key, receipt)),
                Ok(Taken::Refused { retry_after }) => {
                    self.give_back(counted).await;
                    return Err(TooManyRequests { limit: kind, retry_after });
                }
                Err(error) => tracing::warn!(%error, "an attempt was not counted"),
            }
        }
        Ok(counted)
    }

    /// Makes an attempt free.
    pub(super) async fn give_back(&self, Counted(counted): Counted) {
        for (key, receipt) in counted {
            if let Err(error) = self.limiter.give_back(&key, &receipt).await {
                tracing::warn!(%error, "a counted attempt was not given back");
            }
        }
    }
}

/// Where a client is: its address or, with IPv6, the network of 64 bits that one customer has to choose from. Clients
/// without a known address are all one.
fn network(client: &Client) -> String {
    let Some(address) = &client.address else { return "unknown".to_owned() };
    match address.parse() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.clone(),
    }
}

#[cfg(test)]
#[path = "limits_tests.rs"]
mod tests;
