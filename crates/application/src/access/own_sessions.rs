//! One's own sessions.

use irontrack_domain::{
    SessionId,
    account::{LoginSession, Principal},
    audit::{AuditAction, AuditEvent},
};
use irontrack_ports::{RepositoryError, UnitOfWork};
use thiserror::Error;

use super::{Access, principals::Principals};
use crate::{ErrorKind, UseCaseError, unit_of_work::finish_and_tell};

/// Why a session could not be ended.
#[derive(Debug, Error)]
pub enum OwnSessionError {
    /// The caller has no such session.
    #[error("Session not found")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for OwnSessionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "session-not-found",
            Self::Repository(error) => error.code(),
        }
    }
}

impl Access {
    /// The caller's live sessions, the last used one first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions(&self, caller: &Principal) -> Result<Vec<LoginSession>, RepositoryError> {
        self.ports.accounts.sessions(caller.user_id, self.ports.clock.now()).await
    }

    /// Ends one of the caller's sessions, which may be the current one.
    ///
    /// # Errors
    /// [`OwnSessionError`].
    pub async fn end_session(&self, caller: &Principal, id: SessionId) -> Result<(), OwnSessionError> {
        let mut unit = self.ports.units.begin().await?;
        let outcome = self.end_session_in(&mut *unit, caller, id).await;
        let outcome = outcome.map(|was_there| (was_there, Principals::outdated(&[id])));
        let was_there = finish_and_tell(unit, &self.copies, outcome).await?;
        if was_there { Ok(()) } else { Err(OwnSessionError::NotFound) }
    }

    async fn end_session_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        id: SessionId,
    ) -> Result<bool, RepositoryError> {
        let was_there = unit.sessions().delete_own(id, caller.user_id).await?;
        if was_there {
            let action = AuditAction::SessionEnded { ended: id };
            let event = AuditEvent::new(self.ports.clock.now(), caller, caller.user_id, action);
            unit.audit().record(&[event]).await?;
        }
        Ok(was_there)
    }

    /// Ends all of the caller's sessions but the current one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_other_sessions(&self, caller: &Principal) -> Result<(), RepositoryError> {
        let mut unit = self.ports.units.begin().await?;
        let outcome = self.end_other_sessions_in(&mut *unit, caller).await;
        let outcome = outcome.map(|ended| ((), Principals::outdated(&ended)));
        finish_and_tell(unit, &self.copies, outcome).await
    }

    async fn end_other_sessions_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
    ) -> Result<Vec<SessionId>, RepositoryError> {
        // The account first, like everybody who ends several sessions: two who lock the same rows in different orders would
        // wait for each other.
        unit.accounts().lock(caller.user_id).await?;
        let ended = unit.sessions().delete_of(caller.user_id, Some(caller.session_id)).await?;
        if !ended.is_empty() {
            let action = AuditAction::OtherSessionsEnded { sessions: ended.len() };
            let event = AuditEvent::new(self.ports.clock.now(), caller, caller.user_id, action);
            unit.audit().record(&[event]).await?;
        }
        Ok(ended)
    }
}
