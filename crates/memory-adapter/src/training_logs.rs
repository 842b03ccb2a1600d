//! Training logs and records in the memory of this process.

use std::{fmt, mem::size_of, time::Duration};

use irontrack_domain::{
    UserId,
    progress::{ExerciseRecord, LoggedSession, Work},
};
use irontrack_ports::{RememberedLog, RememberedRecords, TrainingLogMemory, tally::CACHE_LOOKUPS};

/// Who has not asked for so long has gone to do something else.
const IDLE: Duration = Duration::from_secs(600);

/// What a log takes beyond its sessions and work, or a list beyond its records, roughly, in bytes.
const OVERHEAD: usize = 400;

/// What an exercise takes with its name and muscles, roughly, in bytes.
const EXERCISE: usize = 400;

/// What the name of a unit, or of the exercise of a record, takes, roughly, in bytes.
const NAME: usize = 40;

/// Remembers the logs and records of those who asked last, in bounded space.
pub struct MemoryTrainingLogs {
    logs: moka::sync::Cache<UserId, RememberedLog>,
    records: moka::sync::Cache<UserId, RememberedRecords>,
}

impl MemoryTrainingLogs {
    /// Nothing yet, and later about so many bytes of logs, and half as many of records.
    #[must_use]
    pub fn new(capacity_bytes: u64) -> Self {
        let logs = moka::sync::Cache::builder()
            .weigher(|_: &UserId, remembered: &RememberedLog| weight(remembered))
            .max_capacity(capacity_bytes)
            .time_to_idle(IDLE)
            .build();
        let records = moka::sync::Cache::builder()
            .weigher(|_: &UserId, remembered: &RememberedRecords| weight_of_records(remembered))
            .max_capacity(capacity_bytes / 2)
            .time_to_idle(IDLE)
            .build();
        Self { logs, records }
    }
}

/// About how many bytes a log takes.
fn weight(RememberedLog { log, .. }: &RememberedLog) -> u32 {
    let sessions = log.sessions().len() * (size_of::<LoggedSession>() + NAME);
    let work: usize = log.exercises().iter().map(|done| done.work.len() * size_of::<Work>() + EXERCISE).sum();
    u32::try_from(sessions + work + OVERHEAD).unwrap_or(u32::MAX)
}

/// About how many bytes records take.
fn weight_of_records(remembered: &RememberedRecords) -> u32 {
    let records = remembered.records.len() * (size_of::<ExerciseRecord>() + NAME);
    u32::try_from(records + OVERHEAD).unwrap_or(u32::MAX)
}

impl TrainingLogMemory for MemoryTrainingLogs {
    fn recall(&self, owner: UserId) -> Option<RememberedLog> {
        let remembered = self.logs.get(&owner);
        CACHE_LOOKUPS.count(&["training-log", if remembered.is_some() { "hit" } else { "miss" }]);
        remembered
    }

    fn remember(&self, owner: UserId, log: RememberedLog) {
        self.logs.insert(owner, log);
    }

    fn recall_records(&self, owner: UserId) -> Option<RememberedRecords> {
        self.records.get(&owner)
    }

    fn remember_records(&self, owner: UserId, records: RememberedRecords) {
        self.records.insert(owner, records);
    }
}

impl fmt::Debug for MemoryTrainingLogs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the logs: nobody else may see them.
        f.debug_struct("MemoryTrainingLogs").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use irontrack_domain::{TrainingSessionId, progress::TrainingLog};
    use irontrack_ports::query::HistoryVersion;
    use uuid::Uuid;

    use super::*;

    fn owner(number: u128) -> UserId {
        UserId::new(Uuid::from_u128(number))
    }

    fn log(sessions: usize, writes: i64) -> RememberedLog {
        let session = LoggedSession {
            id: TrainingSessionId::new(Uuid::nil()),
            start: DateTime::UNIX_EPOCH,
            date: NaiveDate::default(),
            duration_seconds: None,
            unit_name: None,
        };
        let log = TrainingLog::new(vec![session; sessions], [], None);
        RememberedLog { version: HistoryVersion { writes, ..HistoryVersion::default() }, log }
    }

    #[test]
    fn everybody_has_one_log_of_their_own() {
        let memory = MemoryTrainingLogs::new(1_000_000);
        assert_eq!(memory.recall(owner(1)), None);
        memory.remember(owner(1), log(1, 1));
        memory.remember(owner(2), log(2, 1));
        memory.remember(owner(1), log(3, 2));
        assert_eq!(memory.recall(owner(1)), Some(log(3, 2)));
        assert_eq!(memory.recall(owner(2)), Some(log(2, 1)));
    }

    #[test]
    fn the_space_is_bounded() {
        let memory = MemoryTrainingLogs::new(1_000_000);
        for number in 0..1000 {
            memory.remember(owner(number), log(100, 1));
        }
        memory.logs.run_pending_tasks();
        let kept = (0..1000).filter(|number| memory.recall(owner(*number)).is_some()).count();
        assert!((10..200).contains(&kept), "expected about a hundred logs, kept {kept}");
        memory.remember(owner(5), log(100_000, 1));
        memory.logs.run_pending_tasks();
        assert_eq!(memory.recall(owner(5)), None, "more than all the space");
    }

    #[test]
    fn without_space_nothing_is_remembered() {
        let memory = MemoryTrainingLogs::new(0);
        memory.remember(owner(1), log(1, 1));
        memory.logs.run_pending_tasks();
        assert_eq!(memory.recall(owner(1)), None);
    }
}
