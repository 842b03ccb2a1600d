//! Reads of the audit trail.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    UserId,
    audit::{AuditEvent, AuditKind},
};

use crate::RepositoryError;

/// An event as it stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its number. Numbers ascend in the order in which events were stored, with gaps. That is not quite the order in which
    /// they happened: failures are stored up to a second later, and after an outage later than that.
    pub id: i64,
    /// The event.
    pub event: AuditEvent,
}

/// Which events. The default is all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AuditFilter {
    /// Only this kind.
    pub kind: Option<AuditKind>,
    /// Only what this account did.
    pub actor: Option<UserId>,
    /// Only what happened to this account.
    pub subject: Option<UserId>,
    /// Only what happened then or later.
    pub since: Option<DateTime<Utc>>,
}

/// Reads the audit trail.
#[async_trait]
pub trait AuditQueries: Send + Sync {
    /// The newest events that match, `limit` at most: the last that happened first, ties by descending number.
    ///
    /// # Errors
    /// [`RepositoryError::Corrupt`] when an event is of a kind that this program does not know.
    async fn newest(&self, filter: &AuditFilter, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError>;

    /// The events with a greater number than `after`, `limit` at most, by ascending number. Ask from 0, and then from the
    /// last number each time until nothing comes: every event that was stored before the first question is among the
    /// answers, once, and memory holds one page. A page takes as long in a long trail as in a short one.
    ///
    /// Numbers are given before transactions commit: an event can appear later than one with a greater number, by as long
    /// as a transaction lasts. Whoever goes on from the last number some time later should begin some hundred numbers
    /// earlier and leave out those that they have.
    ///
    /// # Errors
    /// As of [`newest`](Self::newest).
    async fn after(&self, after: i64, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError>;
}
