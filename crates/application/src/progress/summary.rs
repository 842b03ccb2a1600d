//! A period in a few figures.

use std::{collections::HashMap, sync::Arc};

use irontrack_domain::{
    UserId,
    progress::{ExerciseRecord, Period, Summary, TrainingLog, summary},
};
use irontrack_ports::{
    RememberedLog, RepositoryError,
    query::{Figures, HistoryVersion, RecordFilter, RecordScope},
};

use super::{Progress, ProgressError, records::found};

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
        let records = self.all_records(owner, version).await?;
        if records.version == version {
            return Ok((log, records.value));
        }
        let (version, log) = self.log(owner).await?;
        if records.version == version {
            self.keep_records(owner, &records);
            return Ok((log, records.value));
        }
        Ok((log, self.all_records(owner, version).await?.value))
    }

    /// All records that were ever set, the oldest first: those that are remembered with the log of this version, if there
    /// are any, else those of the history as it is.
    async fn all_records(
        &self,
        owner: UserId,
        version: HistoryVersion,
    ) -> Result<Figures<Arc<[ExerciseRecord]>>, RepositoryError> {
        let remembered = self.logs.recall(owner).filter(|remembered| remembered.version == version);
        if let Some(value) = remembered.and_then(|remembered| remembered.records) {
            return Ok(Figures { version, value });
        }
        let filter = RecordFilter { owner, scope: RecordScope::All, by_exertion: false };
        let Figures { version, value } = self.queries.contenders(&filter).await?;
        let mut records: Vec<_> = value.into_iter().flat_map(|contenders| found(contenders, |all| all)).collect();
        // By exercise they are in the order of time already; what a session has set stays in the order of the exercises.
        records.sort_by_key(|record| (record.record.start, record.record.session_id));
        let records = Figures { version, value: records.into() };
        self.keep_records(owner, &records);
        Ok(records)
    }

    /// Remembers records with the log, if that is of the same state.
    fn keep_records(&self, owner: UserId, records: &Figures<Arc<[ExerciseRecord]>>) {
        if let Some(remembered) = self.logs.recall(owner).filter(|remembered| remembered.version == records.version) {
            self.logs.remember(owner, RememberedLog { records: Some(records.value.clone()), ..remembered });
        }
    }
}
