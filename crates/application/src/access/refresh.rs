//! Refresh: a refresh token is exchanged for a new pair, once.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    RefreshId,
    account::{Client, RefreshVerdict},
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{IssuedTokens, RefreshClaims, UnitOfWork};
use thiserror::Error;
use uuid::Uuid;

use super::{Access, AttemptError, AuthenticationError, authenticate::live, principals::Principals};
use crate::{ErrorKind, UseCaseError, copies::Outdated, unit_of_work::finish_and_tell};

/// Why a refresh token was not exchanged.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// There were too many refreshes of this session, or this one could not be counted.
    #[error(transparent)]
    NotAdmitted(#[from] AttemptError),
    /// The token is not good, or nobody is signed in with it any more.
    #[error(transparent)]
    Authentication(#[from] AuthenticationError),
}

impl UseCaseError for RefreshError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotAdmitted(error) => error.kind(),
            Self::Authentication(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotAdmitted(error) => error.code(),
            Self::Authentication(error) => error.code(),
        }
    }
}

/// How an exchange ended.
enum Exchange {
    Done {
        next: RefreshId,
        expires_at: DateTime<Utc>,
    },
    Refused,
    /// The session was ended, because an exchanged token was used again.
    Ended,
}

impl Access {
    /// Exchanges a refresh token for a new pair of tokens of the same session. All tries with a genuine token are
    /// limited for each session.
    ///
    /// # Errors
    /// [`RefreshError`]; those of authentication in the order of its variants. A token that was exchanged before ends its
    /// session, except when the same client retries within a moment.
    pub async fn refresh(&self, refresh_token: Option<&str>, client: &Client) -> Result<IssuedTokens, RefreshError> {
        let now = self.ports.clock.now();
        let token = refresh_token.ok_or(AuthenticationError::NoToken)?;
        let claims = self.ports.tokens.verify_refresh(token, now).map_err(AuthenticationError::from)?;
        let _stays_counted = self.attempts.refresh(claims.session_id).await.inspect_err(|refused| {
            let holder = Origin::token_holder(claims.session_id, client);
            self.note_refusal(holder, claims.user_id, refused);
        })?;
        Ok(self.exchange(claims, client, now).await?)
    }

    async fn exchange(
        &self,
        claims: RefreshClaims,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<IssuedTokens, AuthenticationError> {
        // Read past the cache: a refresh is rare, and worth the whole truth.
        let account = live(self.ports.accounts.principal(claims.user_id, claims.session_id).await?, now)?;

        let mut unit = self.ports.units.begin().await?;
        let outcome = self.exchange_in(&mut *unit, claims, client, now).await;
        // The session has ended, or its expiry has moved.
        let outcome = outcome.map(|exchange| match exchange {
            Exchange::Refused => (exchange, Outdated::default()),
            Exchange::Done { .. } | Exchange::Ended => (exchange, Principals::outdated(&[claims.session_id])),
        });
        match finish_and_tell(unit, &self.copies, outcome).await? {
            Exchange::Done { next, expires_at } => {
                let claims = RefreshClaims { refresh_id: next, ..claims };
                Ok(self.ports.tokens.issue(claims, &account.email, now, expires_at)?)
            }
            Exchange::Refused | Exchange::Ended => Err(AuthenticationError::SessionEnded),
        }
    }

    async fn exchange_in(
        &self,
        unit: &mut dyn UnitOfWork,
        claims: RefreshClaims,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<Exchange, AuthenticationError> {
        let RefreshClaims { user_id, session_id, refresh_id } = claims;
        let mut sessions = unit.sessions();
        let Some(session) = sessions.lock(session_id, user_id).await? else {
            return Ok(Exchange::Refused);
        };
        match session.judge(refresh_id, client, now) {
            RefreshVerdict::Current => {
                let next = RefreshId::new(Uuid::new_v4());
                let expires_at = self.lifetime.expires_at(session.created_at, now);
                let exchanged = sessions.rotate(session_id, refresh_id, next, client, now, expires_at).await?;
                Ok(if exchanged { Exchange::Done { next, expires_at } } else { Exchange::Refused })
            }
            RefreshVerdict::Retry | RefreshVerdict::Expired => Ok(Exchange::Refused),
            RefreshVerdict::Reuse => {
                sessions.delete(session_id).await?;
                drop(sessions);
                let holder = Origin::token_holder(session_id, client);
                let event = AuditEvent::new(now, holder, user_id, AuditAction::RefreshTokenReused);
                unit.audit().record(&[event]).await?;
                Ok(Exchange::Ended)
            }
        }
    }
}
