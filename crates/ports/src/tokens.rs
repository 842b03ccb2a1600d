//! Signed tokens of a session.

use chrono::{DateTime, Utc};
use irontrack_domain::{RefreshId, SessionId, UserId, account::Email};
use thiserror::Error;

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// The account.
    pub user_id: UserId,
    /// The session.
    pub session_id: SessionId,
}

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshClaims {
    /// The account.
    pub user_id: UserId,
    /// The session.
    pub session_id: SessionId,
    /// Which refresh token of the session this is.
    pub refresh_id: RefreshId,
}

/// A pair of tokens as sent to the client. Never printed: `Debug` hides it.
#[derive(Clone)]
pub struct IssuedTokens {
    /// The access token, short-lived.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
}

impl std::fmt::Debug for IssuedTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IssuedTokens(hidden)")
    }
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Not a token of ours, altered, of the other kind, or with claims missing, added or wrong.
    #[error("Invalid token")]
    Invalid,
    /// A genuine token of ours whose life is over.
    #[error("Token has expired")]
    Expired,
}

/// Signs and verifies tokens. Verification is pure computation; it does no I/O.
pub trait TokenIssuer: Send + Sync {
    /// Issues both tokens of a session. The refresh token ends at `session_expires_at` at the latest.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] if the claims cannot be encoded, which no valid input causes.
    fn issue(
        &self,
        claims: RefreshClaims,
        email: &Email,
        now: DateTime<Utc>,
        session_expires_at: DateTime<Utc>,
    ) -> Result<IssuedTokens, TokenError>;

    /// Checks an access token.
    ///
    /// # Errors
    /// [`TokenError`].
    fn verify_access(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError>;

    /// Checks a refresh token.
    ///
    /// # Errors
    /// [`TokenError`].
    fn verify_refresh(&self, token: &str, now: DateTime<Utc>) -> Result<RefreshClaims, TokenError>;
}
