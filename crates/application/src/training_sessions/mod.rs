//! Training sessions: workouts that were done. Each belongs to the account that recorded it, and nobody else sees it.

mod create;
mod cursor;
mod draft;
mod error;
mod exercises;
mod metrics;
mod sets;
mod write;

use std::sync::Arc;

pub use draft::{ExerciseDraft, ExercisePatch, SessionDraft, SessionPatch, Source};
pub use error::SessionError;
use irontrack_domain::{
    SessionExerciseId, TrainingSessionId, UserId,
    training::session::{RecordedExercise, RecordedSet, Revision, SessionHead, SessionSummary, TrainingSession},
};
use irontrack_ports::{
    Clock, UnitOfWork, UnitOfWorkFactory,
    query::{SessionFilter, SessionPosition, SessionWindow, TrainingSessionQueries},
};
pub use metrics::mismatch_mistakes;

use crate::Precondition;

/// Reads and changes the training sessions of whoever calls.
pub struct TrainingSessions {
    works: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn TrainingSessionQueries>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for TrainingSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrainingSessions").finish_non_exhaustive()
    }
}

/// An exercise of a session.
#[derive(Debug, Clone)]
pub struct ExerciseOf {
    /// The exercise with its sets.
    pub exercise: RecordedExercise,
    /// The state of the session that it is in.
    pub revision: Revision,
}

/// A set of a session.
#[derive(Debug, Clone)]
pub struct SetOf {
    /// The set.
    pub set: RecordedSet,
    /// Where it stands among the sets of its exercise.
    pub place: usize,
    /// The state of the session that it is in.
    pub revision: Revision,
}

/// All sets of an exercise of a session.
#[derive(Debug, Clone)]
pub struct SetsOf {
    /// The sets in their order.
    pub sets: Vec<RecordedSet>,
    /// The state of the session that they are in.
    pub revision: Revision,
}

/// A part of a list of sessions.
#[derive(Debug, Clone)]
pub struct SessionList {
    /// The sessions.
    pub items: Vec<SessionSummary>,
    /// The most items that were asked for.
    pub limit: i64,
    /// How many come before; only of a numbered page.
    pub offset: Option<i64>,
    /// How many match in all; only of a numbered page.
    pub total: Option<i64>,
    /// Where the next part begins, if there is one.
    pub next_cursor: Option<String>,
}

impl TrainingSessions {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        works: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<dyn TrainingSessionQueries>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { works, queries, clock }
    }

    /// One session.
    ///
    /// # Errors
    /// [`SessionError::NotFound`].
    pub async fn get(&self, owner: UserId, id: TrainingSessionId) -> Result<TrainingSession, SessionError> {
        self.queries.session(owner, id).await?.ok_or(SessionError::NotFound)
    }

    /// One part of the sessions that match: behind a cursor, or else the window of the filter.
    ///
    /// # Errors
    /// [`SessionError::Invalid`] for a cursor that was not given out for this filter.
    pub async fn page(&self, mut filter: SessionFilter, cursor: Option<&str>) -> Result<SessionList, SessionError> {
        let limit = match filter.window {
            SessionWindow::Page(page) => page.limit,
            SessionWindow::After { limit, .. } => limit,
        };
        if let Some(cursor) = cursor {
            let position = cursor::read(&filter, cursor).ok_or_else(|| {
                SessionError::invalid(
                    "?cursor",
                    "value_error",
                    "Value error, no cursor of a list with these parameters",
                )
            })?;
            filter.window = SessionWindow::After { position, limit };
        }
        let page = self.queries.sessions(&filter).await?;
        let last = page.items.last().filter(|_| page.has_more);
        let next = last.map(|last| SessionPosition { start: last.head.course.start().time(), id: last.head.id() });
        let offset = match filter.window {
            SessionWindow::Page(page) => Some(page.offset),
            SessionWindow::After { .. } => None,
        };
        let next_cursor = next.map(|position| cursor::write(&filter, position));
        Ok(SessionList { items: page.items, limit, offset, total: page.total, next_cursor })
    }
}

/// Locks a session that its owner wants to change, as it is wanted to be.
async fn lock(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    id: TrainingSessionId,
    precondition: &Precondition,
) -> Result<SessionHead, SessionError> {
    let head = work.training_sessions().lock(owner, id).await?.ok_or(SessionError::NotFound)?;
    precondition.check(&head.revision)?;
    Ok(head)
}

/// Locks a session to change one of its exercises. What is not there is noticed before the precondition is looked at, be
/// it the session or the exercise.
async fn lock_exercise(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    id: TrainingSessionId,
    exercise: SessionExerciseId,
    precondition: &Precondition,
) -> Result<(SessionHead, RecordedExercise), SessionError> {
    let head = work.training_sessions().lock(owner, id).await?.ok_or(SessionError::NotFound)?;
    let exercise = read_exercise(work, id, exercise).await?;
    precondition.check(&head.revision)?;
    Ok((head, exercise))
}

/// The session as it is now.
async fn read(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    id: TrainingSessionId,
) -> Result<TrainingSession, SessionError> {
    work.training_sessions().read(owner, id).await?.ok_or(SessionError::NotFound)
}

/// An exercise of the session as it is now.
async fn read_exercise(
    work: &mut dyn UnitOfWork,
    id: TrainingSessionId,
    exercise: SessionExerciseId,
) -> Result<RecordedExercise, SessionError> {
    work.training_sessions().exercise(id, exercise).await?.ok_or(SessionError::SessionExerciseNotFound)
}

/// The state of the session as it is now.
async fn revision(work: &mut dyn UnitOfWork, owner: UserId, id: TrainingSessionId) -> Result<Revision, SessionError> {
    Ok(work.training_sessions().head(owner, id).await?.ok_or(SessionError::NotFound)?.revision)
}
