//! Who makes a request.

use irontrack_domain::account::{Client, Principal};
use irontrack_ports::{AccessClaims, RepositoryError, TokenError, query::PrincipalState, tally::TOKENS_REFUSED};
use thiserror::Error;

use super::Access;
use crate::{ErrorKind, UseCaseError};

/// Why a caller is not signed in.
#[derive(Debug, Error)]
pub enum AuthenticationError {
    /// There is no token.
    #[error("Not authenticated")]
    NoToken,
    /// The token is not good.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The account does not exist any more.
    #[error("Invalid authentication credentials")]
    NoAccount,
    /// The account is not active.
    #[error("Invalid credentials or account is unavailable")]
    Inactive,
    /// The session has ended, or the token is not one of it.
    #[error("Invalid credentials")]
    SessionEnded,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for AuthenticationError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Repository(error) => error.kind(),
            _ => ErrorKind::Unauthenticated,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoToken => "not-authenticated",
            Self::Token(TokenError::Invalid) => "invalid-token",
            Self::Token(TokenError::Expired) => "token-expired",
            Self::NoAccount => "account-gone",
            Self::Inactive => "account-unavailable",
            Self::SessionEnded => "session-ended",
            Self::Repository(error) => error.code(),
        }
    }
}

impl Access {
    /// The caller who presents this access token from there.
    ///
    /// # Errors
    /// [`AuthenticationError`], in the order of its variants.
    pub async fn authenticate(
        &self,
        access_token: Option<&str>,
        client: Client,
    ) -> Result<Principal, AuthenticationError> {
        let token = access_token.ok_or(AuthenticationError::NoToken)?;
        let judged = self.judge(token, client).await;
        // What is not a matter of the token is not known here.
        judged.inspect_err(|error| TOKENS_REFUSED.count(&[error.code()]))
    }

    async fn judge(&self, token: &str, client: Client) -> Result<Principal, AuthenticationError> {
        let now = self.ports.clock.now();
        let AccessClaims { user_id, session_id } = self.ports.tokens.verify_access(token, now)?;
        let state = live(self.principals.find(user_id, session_id).await?, now)?;
        if let Some(session) = state.session {
            self.last_uses.note(session_id, session, now);
        }
        Ok(Principal { user_id, session_id, name: state.name, email: state.email, role: state.role, client })
    }
}

/// Refuses accounts that are gone or inactive, then sessions that have ended.
pub(super) fn live(
    state: Option<PrincipalState>,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<PrincipalState, AuthenticationError> {
    let state = state.ok_or(AuthenticationError::NoAccount)?;
    if !state.is_active {
        return Err(AuthenticationError::Inactive);
    }
    match state.session {
        Some(session) if now < session.expires_at => Ok(state),
        _ => Err(AuthenticationError::SessionEnded),
    }
}
