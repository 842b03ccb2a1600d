//! Progress: what the training history of whoever calls says about it.
//!
//! Figures are computed from the rows and copied under the version of the history, which every question reads first
//! (`adr/0028`). So a correction anywhere in the history shows at once. Those about a whole history share one log
//! (`adr/0031`).

mod calendar;
mod calendar_chart;
mod chart;
mod coalesced;
mod course;
mod error;
mod exercise;
mod local_time;
mod previous;
mod records;
mod summary;
mod training_log;
mod volume;
mod workshop;

use std::sync::Arc;

pub use calendar::{CalendarQuestion, TrainingCalendar};
pub use calendar_chart::CalendarChartRequest;
pub use chart::ChartRequest;
use coalesced::Coalesced;
pub use course::{Course, Courses};
pub use error::ProgressError;
use irontrack_domain::{
    ExerciseId, UserId,
    account::{Principal, Role},
    exercise::may_read_custom,
    progress::TrainingLog,
};
use irontrack_ports::{
    Charts, Clock, RepositoryError, TrainingLogMemory,
    query::{Figures, HistoryVersion, KnownExercise, ProgressQueries, TrainingLogQueries},
};
pub use summary::SummaryFigures;
pub use volume::VolumeQuestion;
use workshop::Workshop;

use crate::{
    Render,
    copies::{Copies, rendered},
};

/// Computes progress.
pub struct Progress {
    queries: Arc<dyn ProgressQueries>,
    copies: Arc<Copies>,
    log_queries: Arc<dyn TrainingLogQueries>,
    log_questions: Coalesced<(HistoryVersion, TrainingLog)>,
    logs: Arc<dyn TrainingLogMemory>,
    charts: Arc<dyn Charts>,
    workshop: Workshop,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").finish_non_exhaustive()
    }
}

impl Progress {
    /// Wires the ports.
    #[must_use]
    pub fn new<Q: ProgressQueries + TrainingLogQueries + 'static>(
        queries: Arc<Q>,
        copies: Arc<Copies>,
        logs: Arc<dyn TrainingLogMemory>,
        charts: Arc<dyn Charts>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            queries: queries.clone(),
            copies,
            log_queries: queries,
            log_questions: Coalesced::default(),
            logs,
            charts,
            workshop: Workshop::default(),
            clock,
        }
    }

    /// The state of the caller's history, and an exercise whose figures they may see.
    async fn exercise(
        &self,
        caller: &Principal,
        exercise: ExerciseId,
    ) -> Result<Figures<KnownExercise>, ProgressError> {
        let Figures { version, value } = self.queries.version_and_exercise(caller.user_id, exercise).await?;
        Ok(Figures { version, value: visible(caller.user_id, caller.role, value)? })
    }
}

/// The exercise, if an account of that role may see figures about it: whoever may read it, and whoever has trained it.
fn visible(reader: UserId, role: Role, exercise: Option<KnownExercise>) -> Result<KnownExercise, ProgressError> {
    let may_see = |exercise: &KnownExercise| {
        let may_read = exercise.is_system_default || may_read_custom(reader, role, exercise.created_by);
        exercise.has_sets || (exercise.is_visible && may_read)
    };
    exercise.filter(may_see).ok_or(ProgressError::ExerciseNotFound)
}

/// Gives figures the form in which they are answered and copied.
fn form<T>(figures: Figures<T>, render: &Render<'_, T>) -> Result<Figures<Arc<[u8]>>, RepositoryError> {
    Ok(Figures { version: figures.version, value: rendered(figures.value, render)? })
}

#[cfg(test)]
mod tests;
