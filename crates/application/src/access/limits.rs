//! How often somebody may try.

use std::{net::IpAddr, sync::Arc, time::Duration};

use irontrack_domain::{SessionId, UserId, account::Client, audit::AttemptLimit};
use irontrack_ports::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken, tally::RATE_LIMIT_REFUSALS};
use thiserror::Error;
use tokio::time::Instant;

use super::open_attempts::{Open, OpenAttempts};
use crate::{ErrorKind, UseCaseError};

const MINUTE: Duration = Duration::from_secs(60);
const QUARTER_OF_AN_HOUR: Duration = Duration::from_secs(15 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// How long an attempt waits for the outcome of others, in all.
const PATIENCE: Duration = Duration::from_millis(1500);

/// When to come back who has waited in vain, or was one too many.
const SOON: Duration = Duration::from_secs(1);

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

/// Why an attempt was not made.
#[derive(Debug, Error)]
pub enum AttemptError {
    /// Somebody tried too often.
    #[error(transparent)]
    TooMany(#[from] TooManyRequests),
    /// It could not be counted. Guesses that nobody counts would be free.
    #[error(transparent)]
    NotCounted(#[from] RateLimitError),
}

impl UseCaseError for AttemptError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::TooMany(error) => error.kind(),
            Self::NotCounted(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::TooMany(error) => error.code(),
            Self::NotCounted(error) => error.code(),
        }
    }
}

/// What is counted: a kind of attempt, and by whom.
struct Subject {
    kind: AttemptLimit,
    who: String,
    limit: u32,
    window: Duration,
    counts: Counts,
}

impl Subject {
    /// Under what it is counted.
    fn key(&self) -> String {
        format!("{}:{}", self.kind.name(), self.who)
    }
}

/// Which attempts stay counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    All,
    Failures,
}

/// What was counted for an attempt. It stays counted unless it is [given back](Attempts::give_back).
#[must_use]
pub(super) struct Counted(Vec<Count>);

/// A count under one key.
struct Count {
    key: String,
    receipt: Receipt,
    /// Others may wait for what becomes of it.
    open: Option<Open>,
}

/// Counts attempts.
///
/// Where only failures shall count, an attempt is counted before it is made and given back when it was none. Counting
/// failures afterwards would let any number of simultaneous guesses through. An attempt that finds no room waits a moment
/// if there are others whose outcome is open in this process: it may have to be refused because of failures, but not
/// because of attempts that turn out to be none.
pub(super) struct Attempts {
    limiter: Arc<dyn RateLimiter>,
    limits: AccessLimits,
    open: Arc<OpenAttempts>,
}

impl std::fmt::Debug for Attempts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempts").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Attempts {
    pub(super) fn new(limiter: Arc<dyn RateLimiter>, limits: AccessLimits) -> Self {
        Self { limiter, limits, open: Arc::default() }
    }

    /// A sign-in to what may be an account. Whether it is one makes no difference. The address comes first: who is
    /// refused for it cannot use up the attempts of an account.
    pub(super) async fn sign_in(&self, account: &str, client: &Client) -> Result<Counted, AttemptError> {
        let AccessLimits { sign_in_account, sign_in_address, .. } = self.limits;
        let (window, counts) = (QUARTER_OF_AN_HOUR, Counts::Failures);
        self.count([
            Subject { kind: AttemptLimit::SignInAddress, who: network(client), limit: sign_in_address, window, counts },
            Subject {
                kind: AttemptLimit::SignInAccount,
                who: account.to_owned(),
                limit: sign_in_account,
                window,
                counts,
            },
        ])
        .await
    }

    /// A sign-up.
    pub(super) async fn sign_up(&self, client: &Client) -> Result<Counted, AttemptError> {
        let limit = self.limits.sign_up;
        self.count([Subject {
            kind: AttemptLimit::SignUp,
            who: network(client),
            limit,
            window: HOUR,
            counts: Counts::All,
        }])
        .await
    }

    /// A refresh with a genuine token of a session.
    pub(super) async fn refresh(&self, session: SessionId) -> Result<Counted, AttemptError> {
        let (limit, window) = (self.limits.refresh, MINUTE);
        self.count([Subject {
            kind: AttemptLimit::Refresh,
            who: session.to_string(),
            limit,
            window,
            counts: Counts::All,
        }])
        .await
    }

    /// A change of one's own password.
    pub(super) async fn password_change(&self, user: UserId) -> Result<Counted, AttemptError> {
        let (limit, window, counts) = (self.limits.password_change, QUARTER_OF_AN_HOUR, Counts::Failures);
        self.count([Subject { kind: AttemptLimit::PasswordChange, who: user.to_string(), limit, window, counts }]).await
    }

    /// Counts for all subjects or, where one of them has reached its limit, for none.
    async fn count<const N: usize>(&self, subjects: [Subject; N]) -> Result<Counted, AttemptError> {
        let deadline = Instant::now() + PATIENCE;
        let mut counted = Counted(Vec::with_capacity(N));
        for subject in subjects.into_iter().filter(|subject| subject.limit > 0) {
            let one = match subject.counts {
                Counts::All => self.count_one(&subject).await,
                Counts::Failures => self.count_or_wait(&subject, deadline).await,
            };
            match one {
                Ok(count) => counted.0.push(count),
                Err(error) => {
                    if matches!(error, AttemptError::TooMany(_)) {
                        RATE_LIMIT_REFUSALS.count(&[subject.kind.name()]);
                    }
                    self.give_back(counted).await;
                    return Err(error);
                }
            }
        }
        Ok(counted)
    }

    async fn count_one(&self, subject: &Subject) -> Result<Count, AttemptError> {
        let key = subject.key();
        match self.limiter.take(&key, RateLimit { limit: subject.limit, window: subject.window }).await? {
            Taken::Counted(receipt) => Ok(Count { key, receipt, open: None }),
            Taken::Refused { retry_after } => Err(TooManyRequests { limit: subject.kind, retry_after }.into()),
        }
    }

    /// Counts an attempt that others may wait for. Every attempt has been counted when it is made, so that there are
    /// never more than the limit, however many wait.
    async fn count_or_wait(&self, subject: &Subject, deadline: Instant) -> Result<Count, AttemptError> {
        let attempt = self.open.begin(&subject.key());
        if !attempt.would_overtake() {
            let outcomes = attempt.outcomes();
            let open = attempt.open();
            match self.count_one(subject).await {
                Ok(count) => return Ok(Count { open: Some(open), ..count }),
                Err(AttemptError::TooMany(_)) if outcomes.are_expected(1) => {}
                Err(error) => return Err(error),
            }
        }
        let in_vain = TooManyRequests { limit: subject.kind, retry_after: SOON };
        let _turn = attempt.turn(deadline).await.ok_or(in_vain)?;
        loop {
            let outcomes = attempt.outcomes();
            match self.count_one(subject).await {
                Ok(count) => return Ok(Count { open: Some(attempt.open()), ..count }),
                Err(AttemptError::TooMany(_)) if outcomes.are_expected(0) => {
                    if !outcomes.next(deadline).await {
                        return Err(in_vain.into());
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether the outcome of all attempts is known.
    #[cfg(test)]
    pub(super) fn nothing_is_open(&self) -> bool {
        self.open.is_empty()
    }

    /// Makes an attempt free.
    pub(super) async fn give_back(&self, Counted(counted): Counted) {
        for Count { key, receipt, open } in counted {
            if let Err(error) = self.limiter.give_back(&key, &receipt).await {
                tracing::warn!(%error, "a counted attempt was not given back");
            }
            // Only now: who has waited for the room finds it.
            drop(open);
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
