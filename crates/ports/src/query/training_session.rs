//! Reads of training sessions.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingSessionId, TrainingUnitId, UserId,
    training::session::{SessionStatus, SessionSummary, TrainingSession},
};

use crate::{PageRequest, RepositoryError, SortOrder};

/// Where a session stands among the others of its owner: they are sorted by start, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionPosition {
    /// When the session began.
    pub start: DateTime<Utc>,
    /// Which session it is.
    pub id: TrainingSessionId,
}

/// Which part of a list of sessions is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SessionWindow {
    /// The page of that number, with the total.
    Page(PageRequest),
    /// So many sessions behind a position. What it costs does not depend on how many stand before it.
    After {
        /// The last session of the page before.
        position: SessionPosition,
        /// The most items, at least 1.
        limit: i64,
    },
}

/// Which sessions, in which order. All conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionFilter {
    /// Whose.
    pub owner: UserId,
    /// Only those that are so far.
    pub status: Option<SessionStatus>,
    /// Only those that began then or later.
    pub from: Option<DateTime<Utc>>,
    /// Only those that began before.
    pub to: Option<DateTime<Utc>>,
    /// Only those that were started from this plan.
    pub plan: Option<TrainingPlanId>,
    /// Only those that were started from this unit.
    pub unit: Option<TrainingUnitId>,
    /// Only those in which this exercise stands.
    pub exercise: Option<ExerciseId>,
    /// In which direction they are sorted by start, then id.
    pub order: SortOrder,
    /// Which part.
    pub window: SessionWindow,
}

/// A part of a list of sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionPage {
    /// The sessions.
    pub items: Vec<SessionSummary>,
    /// How many match in all; only of a numbered page.
    pub total: Option<i64>,
    /// Whether more follow.
    pub has_more: bool,
}

/// Reads training sessions. Nobody but the owner ever sees one.
#[async_trait]
pub trait TrainingSessionQueries: Send + Sync {
    /// The session, or `None` if the account has no such session.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn session(&self, owner: UserId, id: TrainingSessionId) -> Result<Option<TrainingSession>, RepositoryError>;

    /// One part of the sessions that match.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sessions(&self, filter: &SessionFilter) -> Result<SessionPage, RepositoryError>;
}
