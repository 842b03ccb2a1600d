//! Remembering training logs in this process.

use std::sync::Arc;

use irontrack_domain::{
    UserId,
    progress::{ExerciseRecord, TrainingLog},
};

use crate::query::HistoryVersion;

/// A log that was read before, and of which state of the history it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedLog {
    /// The state.
    pub version: HistoryVersion,
    /// The log.
    pub log: TrainingLog,
    /// All records that were ever set, the oldest first, if somebody has asked for them.
    pub records: Option<Arc<[ExerciseRecord]>>,
}

/// Remembers training logs, as long as there is room. It is an accelerator, never the truth: who uses what is remembered
/// asks the database first whether the history is still in that state.
pub trait TrainingLogMemory: Send + Sync {
    /// The log of an account, if it is remembered.
    fn recall(&self, owner: UserId) -> Option<RememberedLog>;

    /// Remembers the log of an account in place of an earlier one. Others that were not used for longest may be forgotten.
    fn remember(&self, owner: UserId, log: RememberedLog);
}
