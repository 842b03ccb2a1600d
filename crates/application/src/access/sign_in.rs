//! Sign-in.

use std::num::NonZeroU32;

use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Client, Email, LoginSession, Password},
    audit::{AuditAction, AuditEvent, Origin, SignInRefusal},
};
use irontrack_ports::{HashError, IssuedTokens, PasswordHash, RefreshClaims, RepositoryError, TokenError, UnitOfWork};
use thiserror::Error;
use uuid::Uuid;

use super::{Access, AttemptError, principals::Principals};
use crate::{ErrorKind, UseCaseError, unit_of_work::finish_and_tell};

/// Why somebody is not signed in. An unknown address, a wrong password and an inactive account look alike.
#[derive(Debug, Error)]
pub enum SignInError {
    /// Address and password are not those of an active account.
    #[error("Invalid credentials or account is unavailable")]
    Refused,
    /// Too many attempts failed, or this one could not be counted. No password was checked.
    #[error(transparent)]
    NotAdmitted(#[from] AttemptError),
    /// The password could not be checked.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The tokens could not be signed.
    #[error("tokens cannot be signed: {0}")]
    Token(#[from] TokenError),
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for SignInError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused => ErrorKind::Unauthenticated,
            Self::NotAdmitted(error) => error.kind(),
            Self::Hash(error) => error.kind(),
            Self::Token(_) => ErrorKind::Internal,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused => "sign-in-refused",
            Self::NotAdmitted(error) => error.code(),
            Self::Hash(error) => error.code(),
            Self::Token(_) => "internal-error",
            Self::Repository(error) => error.code(),
        }
    }
}

impl Access {
    /// Starts a session for the account with this address and password, and issues its tokens. Takes the same time
    /// whether or not the account exists. Failures are limited for each account, existing or not, and each client
    /// address. An account that has as many sessions as it may loses the one that was not used for the longest time.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        user_name: &str,
        password: Password,
        client: Client,
    ) -> Result<IssuedTokens, SignInError> {
        self.ports.hasher.check_room()?;
        let address = Email::parse(user_name).ok().map(|email| email.canonical());
        let counted = self.attempts.sign_in(address.as_deref().unwrap_or(user_name), &client).await;
        let counted = counted.inspect_err(|refused| {
            self.note_refusal(Origin::stranger(&client), None, refused);
        })?;
        let outcome = self.check_and_start(address.as_deref(), password, client).await;
        if !matches!(outcome, Err(SignInError::Refused)) {
            self.attempts.give_back(counted).await;
        }
        outcome
    }

    async fn check_and_start(
        &self,
        address: Option<&str>,
        password: Password,
        client: Client,
    ) -> Result<IssuedTokens, SignInError> {
        let credentials = match address {
            Some(address) => self.ports.accounts.credentials(address).await?,
            None => None,
        };
        let hash = credentials.as_ref().map(|known| known.password.clone());
        let right = self.ports.hasher.verify(password, hash).await?;
        let known = match credentials {
            Some(known) if right && known.is_active => known,
            refused => {
                let reason = match &refused {
                    None => SignInRefusal::UnknownAccount,
                    Some(_) if !right => SignInRefusal::WrongPassword,
                    Some(_) => SignInRefusal::Inactive,
                };
                let subject = refused.map(|known| known.user_id);
                self.note(Origin::stranger(&client), subject, AuditAction::SignInFailed { reason });
                return Err(SignInError::Refused);
            }
        };
        let session = self.new_session(known.user_id, client);
        let mut unit = self.ports.units.begin().await?;
        let outcome = start_in(&mut *unit, &session, &known.password, self.max_sessions).await;
        let outcome = outcome.map(|ended| ((), Principals::outdated(&ended)));
        finish_and_tell(unit, &self.copies, outcome).await.inspect_err(|error| {
            if matches!(error, SignInError::Refused) {
                let action = AuditAction::SignInFailed { reason: SignInRefusal::ChangedMeanwhile };
                self.note(Origin::stranger(&session.client), session.user_id, action);
            }
        })?;
        let claims = RefreshClaims { user_id: session.user_id, session_id: session.id, refresh_id: session.refresh_id };
        Ok(self.ports.tokens.issue(claims, &known.email, session.created_at, session.expires_at)?)
    }

    fn new_session(&self, user_id: UserId, client: Client) -> LoginSession {
        let now = self.ports.clock.now();
        LoginSession {
            id: SessionId::new(Uuid::now_v7()),
            user_id,
            created_at: now,
            last_used_at: now,
            expires_at: self.lifetime.expires_at(now, now),
            client,
            refresh_id: RefreshId::new(Uuid::new_v4()),
            previous: None,
        }
    }
}

/// While its password was being checked the account may have been deactivated or deleted, or got another password, which
/// ended all sessions: so look again under a lock. The same lock makes sign-ins of one account come one after the other,
/// so that they cannot start more sessions together than there may be. Answers the sessions that had to make way.
async fn start_in(
    unit: &mut dyn UnitOfWork,
    session: &LoginSession,
    checked: &PasswordHash,
    max_sessions: NonZeroU32,
) -> Result<Vec<SessionId>, SignInError> {
    if !unit.accounts().lock_unchanged(session.user_id, checked).await? {
        return Err(SignInError::Refused);
    }
    let mut sessions = unit.sessions();
    sessions.delete_expired(session.user_id, session.created_at).await?;
    let ended = sessions.end_surplus(session.user_id, max_sessions.get() - 1).await?;
    sessions.insert(session).await?;
    drop(sessions);
    let event = |action| AuditEvent::new(session.created_at, session, session.user_id, action);
    let mut events = vec![event(AuditAction::SignedIn)];
    if !ended.is_empty() {
        events.push(event(AuditAction::SurplusSessionsEnded { sessions: ended.len() }));
    }
    unit.audit().record(&events).await?;
    Ok(ended)
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
