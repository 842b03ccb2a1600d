//! A period in a few figures.

use std::{collections::HashMap, sync::Arc};

use irontrack_domain::{
    UserId,
    progress::{ExerciseRecord, Period, Summary, TrainingLog, summary},
};
use irontrack_ports::RepositoryError;

use super::{Progress, ProgressError};

/// What was done in a period, and what had never been reached before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryFigures<'a> {
    /// What was done.
    pub summary: Summary<'a>,
    /// The records that were set, the oldest first, with the names that exercises have now.
    pub records: Vec<ExerciseRecord>,
}

impl Progress {
    /// The summary of a period in the form that `show` gives it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    pub async fn summary<T>(
        &self,
        owner: UserId,
        period: Period,
        show: impl FnOnce(SummaryFigures<'_>) -> T,
    ) -> Result<T, ProgressError> {
        let (log, records) = self.log_and_records(owner).await?;
        // What an exercise is called now, which the log knows: one answer has one name for it.
        let known = log.exercises().iter().map(|done| &done.exercise);
        let names: HashMap<_, _> = known.filter_map(|exercise| Some((exercise.id?, &exercise.name))).collect();
        let with_its_name = |record: &ExerciseRecord| {
            let name = record.exercise.and_then(|id| names.get(&id).copied()).unwrap_or(&record.name);
            ExerciseRecord { name: name.clone(), ..*record }
        };
        let records = records.iter().filter(|record| period.contains(record.record.start)).map(with_its_name).collect();
        Ok(show(SummaryFigures { summary: summary(&log, period), records }))
    }

    /// The log, and all records that were ever set. Two statements tell of the same state of the history; if somebody
    /// writes between them, they are asked once more, and whoever writes on and on is answered nevertheless.
    async fn log_and_records(&self, owner: UserId) -> Result<(TrainingLog, Arc<[ExerciseRecord]>), RepositoryError> {
        let (version, log) = self.log(owner).await?;
        if let Some(remembered) = self.logs.recall_records(owner).filter(|remembered| remembered.version == version) {
            return Ok((log, remembered.records));
        }
        let records = self.read_records(owner).await?;
        if records.version == version {
            return Ok((log, records.records));
        }
        let (version, log) = self.log(owner).await?;
        if records.version == version {
            return Ok((log, records.records));
        }
        Ok((log, self.read_records(owner).await?.records))
    }
}
