//! Records.

use std::sync::Arc;

use irontrack_domain::{
    ExerciseId, TrainingSessionId,
    account::Principal,
    progress::{Estimator, ExerciseRecord, Record, latest, records_among},
};
use irontrack_ports::query::{ExerciseContenders, Figures, RecordFilter, RecordScope};

use super::{Progress, ProgressError, form};
use crate::Render;

impl Progress {
    /// Of all exercises, or of one, and of each kind the record that stands, in a form that is copied; `name` tells it
    /// from other forms.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn records(
        &self,
        caller: &Principal,
        exercise: Option<ExerciseId>,
        name: &str,
        render: &Render<'_, Vec<ExerciseRecord>>,
    ) -> Result<Arc<[u8]>, ProgressError> {
        let (version, scope) = match exercise {
            Some(exercise) => (self.exercise(caller, exercise).await?.version, RecordScope::Exercise(exercise)),
            None => (self.queries.version(caller.user_id).await?, RecordScope::All),
        };
        let filter = RecordFilter { owner: caller.user_id, scope, by_exertion: false };
        let load = || async {
            let Figures { version, value } = self.queries.contenders(&filter).await?;
            let standing = |contenders| found(contenders, |records| latest(&records));
            form(Figures { version, value: value.into_iter().flat_map(standing).collect() }, render)
        };
        let what = format!("{name}:{filter:?}");
        Ok(self.copies.of_history(caller.user_id, version, &what, load).await?)
    }

    /// The records that a session has set, those among them that were broken later as well, in a form that is copied;
    /// `name` tells it from other forms.
    ///
    /// # Errors
    /// [`ProgressError::SessionNotFound`].
    pub async fn records_of_session(
        &self,
        caller: &Principal,
        session: TrainingSessionId,
        name: &str,
        render: &Render<'_, Vec<ExerciseRecord>>,
    ) -> Result<Arc<[u8]>, ProgressError> {
        let Figures { version, value: exists } = self.queries.version_and_session(caller.user_id, session).await?;
        if !exists {
            return Err(ProgressError::SessionNotFound);
        }
        let filter = RecordFilter { owner: caller.user_id, scope: RecordScope::UpTo(session), by_exertion: false };
        let load = || async {
            let Figures { version, value } = self.queries.contenders(&filter).await?;
            let of_session = |mut records: Vec<Record>| {
                records.retain(|record| record.session_id == session);
                records
            };
            let set_in_it = |contenders| found(contenders, of_session);
            form(Figures { version, value: value.into_iter().flat_map(set_in_it).collect() }, render)
        };
        let what = format!("{name}:{filter:?}");
        Ok(self.copies.of_history(caller.user_id, version, &what, load).await?)
    }
}

/// Some of the records that there are among contenders.
pub(super) fn found(
    contenders: ExerciseContenders,
    some: impl FnOnce(Vec<Record>) -> Vec<Record>,
) -> Vec<ExerciseRecord> {
    let ExerciseContenders { exercise, name, sessions } = contenders;
    let records = some(records_among(sessions, Estimator::default()));
    records.into_iter().map(|record| ExerciseRecord { exercise, name: name.clone(), record }).collect()
}
