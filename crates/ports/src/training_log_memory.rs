//! Remembering training logs and records in this process.

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
}

/// Records that were found before, and of which state of the history they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedRecords {
    /// The state.
    pub version: HistoryVersion,
    /// All records that were ever set, the oldest first, with the names that exercises had then.
    pub records: Arc<[ExerciseRecord]>,
}

/// Remembers training logs and records, as long as there is room. It is an accelerator, never the truth: who uses what is remembered
/// asks the database first whether the history is still in that state.
pub trait TrainingLogMemory: Send + Sync {
    /// The log of an account, if it is remembered.
    fn recall(&self, owner: UserId) -> Option<RememberedLog>;

    /// Remembers the log of an account in place of an earlier one. Others that were not used for longest may be forgotten.
    fn remember(&self, owner: UserId, log: RememberedLog);

    /// The records of an account, if they are remembered.
    fn recall_records(&self, owner: UserId) -> Option<RememberedRecords>;

    /// Remembers the records of an account in place of earlier ones, as [`remember`](Self::remember) does a log.
    fn remember_records(&self, owner: UserId, records: RememberedRecords);
}
