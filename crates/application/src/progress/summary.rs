//! A period in a few figures.

use std::sync::Arc;

use irontrack_domain::{
    UserId,
    progress::{ExerciseRecord, Period, Summary, summary},
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
    /// The records that were set, the oldest first.
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
        let (version, log) = self.log(owner).await?;
        let records = self.all_records(owner, version).await?;
        let records = records.iter().filter(|record| period.contains(record.record.start)).cloned().collect();
        Ok(show(SummaryFigures { summary: summary(&log, period), records }))
    }

    /// All records that were ever set, the oldest first: those that are remembered with the log, if there are any.
    async fn all_records(
        &self,
        owner: UserId,
        version: HistoryVersion,
    ) -> Result<Arc<[ExerciseRecord]>, RepositoryError> {
        let remembered = self.logs.recall(owner).filter(|remembered| remembered.version == version);
        if let Some(records) = remembered.as_ref().and_then(|remembered| remembered.records.clone()) {
            return Ok(records);
        }
        let filter = RecordFilter { owner, scope: RecordScope::All, by_exertion: false };
        let Figures { version: computed_from, value } = self.queries.contenders(&filter).await?;
        let mut records: Vec<_> = value.into_iter().flat_map(|contenders| found(contenders, |all| all)).collect();
        // By exercise they are in the order of time already; what a session has set stays in the order of the exercises.
        records.sort_by_key(|record| (record.record.start, record.record.session_id));
        let records: Arc<[ExerciseRecord]> = records.into();
        if let Some(remembered) = remembered.filter(|_| computed_from == version) {
            self.logs.remember(owner, RememberedLog { records: Some(records.clone()), ..remembered });
        }
        Ok(records)
    }
}
