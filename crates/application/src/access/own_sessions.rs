//! One's own sessions.

use irontrack_domain::{
    SessionId,
    account::{LoginSession, Principal},
};
use irontrack_ports::{RepositoryError, UnitOfWork};
use thiserror::Error;

use super::Access;
use crate::{ErrorKind, UseCaseError, unit_of_work::finish};

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
        let outcome = unit.sessions().delete_own(id, caller.user_id).await;
        let was_there = finish(unit, outcome).await?;
        self.principals.forget(&[id]).await;
        if was_there { Ok(()) } else { Err(OwnSessionError::NotFound) }
    }

    /// Ends all of the caller's sessions but the current one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_other_sessions(&self, caller: &Principal) -> Result<(), RepositoryError> {
        let mut unit = self.ports.units.begin().await?;
        let outcome = end_others_in(&mut *unit, caller).await;
        let ended = finish(unit, outcome).await?;
        self.principals.forget(&ended).await;
        tracing::info!(user_id = %caller.user_id, sessions = ended.len(), "other sessions ended");
        Ok(())
    }
}

/// The account first, like everybody who ends several sessions: two who lock the same rows in different orders would wait
/// for each other.
async fn end_others_in(unit: &mut dyn UnitOfWork, caller: &Principal) -> Result<Vec<SessionId>, RepositoryError> {
    unit.accounts().lock(caller.user_id).await?;
    unit.sessions().delete_of(caller.user_id, Some(caller.session_id)).await
}
