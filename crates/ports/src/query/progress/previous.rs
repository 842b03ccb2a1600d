//! What was done the last time.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    TimeZone, TrainingSessionId,
    training::{TemplateName, session::RecordedSet},
};

/// A session, and what was done of one exercise in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousSession {
    /// The session.
    pub id: TrainingSessionId,
    /// When it began.
    pub start: DateTime<Utc>,
    /// Where it took place.
    pub zone: TimeZone,
    /// What the unit was called that it was started from.
    pub unit_name: Option<TemplateName>,
    /// The sets in their order, also if the exercise stands in the session more than once.
    pub sets: Vec<RecordedSet>,
}
