//! Records.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use irontrack_domain::{
    ExerciseId, TrainingSessionId, UserId,
    account::Principal,
    progress::{Estimator, ExerciseRecord, Record, latest, records_among},
};
use irontrack_ports::{
    RememberedRecords, RepositoryError,
    query::{CurrentName, ExerciseContenders, Figures, RecordFilter, RecordScope},
};

use super::{Progress, ProgressError, form};
use crate::{Render, copies::rendered};

impl Progress {
    /// Of all exercises, or of one, and of each kind the record that stands, by the names that exercises have now, in a
    /// form that may be copied; `name` tells it from other forms.
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
        let owner = caller.user_id;
        let Some(exercise) = exercise else {
            return Ok(rendered(standing(&self.records_of_all(owner).await?), render)?);
        };
        let Figures { version, value: known } = self.exercise(caller, exercise).await?;
        let filter = RecordFilter { owner, scope: RecordScope::Exercise(exercise), by_exertion: false };
        // The name of an exercise changes without a change of the history.
        let what = format!("{name}:{filter:?}:{:?}", known.name);
        let names = [(exercise, known.name)];
        let load = || async {
            let Figures { version, value } = self.queries.contenders(&filter).await?;
            let of_it = |contenders| found(contenders, |records| latest(&records));
            let records = named(value.into_iter().flat_map(of_it).collect(), &names);
            form(Figures { version, value: records }, render)
        };
        Ok(self.copies.of_history(owner, version, &what, load).await?)
    }

    /// The records that a session has set, those among them that were broken later as well, by the names that exercises
    /// have now, in a form that is copied; `name` tells it from other forms.
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
        let Figures { version, value: names } = self.queries.version_and_session(caller.user_id, session).await?;
        let names = names.ok_or(ProgressError::SessionNotFound)?;
        let filter = RecordFilter { owner: caller.user_id, scope: RecordScope::UpTo(session), by_exertion: false };
        let load = || async {
            let Figures { version, value } = self.queries.contenders(&filter).await?;
            let of_session = |mut records: Vec<Record>| {
                records.retain(|record| record.session_id == session);
                records
            };
            let set_in_it = |contenders| found(contenders, of_session);
            let mut records = named(value.into_iter().flat_map(set_in_it).collect(), &names);
            records.sort_by_cached_key(by_name);
            form(Figures { version, value: records }, render)
        };
        let of_names = names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>();
        let what = format!("{name}:{filter:?}:{of_names:?}");
        Ok(self.copies.of_history(caller.user_id, version, &what, load).await?)
    }

    /// All records that were ever set, the oldest first, with the names that exercises have now. One statement says
    /// whether those that are remembered still hold.
    async fn records_of_all(&self, owner: UserId) -> Result<Vec<ExerciseRecord>, RepositoryError> {
        let remembered = self.logs.recall_records(owner);
        let mut exercises: Vec<_> = remembered
            .iter()
            .flat_map(|remembered| &*remembered.records)
            .filter_map(|record| record.exercise)
            .collect();
        exercises.sort_unstable();
        exercises.dedup();
        let Figures { version, value: names } = self.queries.version_and_names(owner, &exercises).await?;
        match remembered.filter(|remembered| remembered.version == version) {
            Some(RememberedRecords { records, .. }) => Ok(named(records.to_vec(), &names)),
            None => Ok(self.read_records(owner).await?.records.to_vec()),
        }
    }

    /// All records that were ever set, the oldest first, as the history is now; they are remembered.
    pub(super) async fn read_records(&self, owner: UserId) -> Result<RememberedRecords, RepositoryError> {
        let filter = RecordFilter { owner, scope: RecordScope::All, by_exertion: false };
        let Figures { version, value } = self.queries.contenders(&filter).await?;
        let mut records: Vec<_> = value.into_iter().flat_map(|contenders| found(contenders, |all| all)).collect();
        // By exercise they are in the order of time already; what a session has set stays in the order of the exercises.
        records.sort_by_key(|record| (record.record.start, record.record.session_id));
        let records = RememberedRecords { version, records: records.into() };
        self.logs.remember_records(owner, records.clone());
        Ok(records)
    }
}

/// Some of the records that there are among contenders.
fn found(contenders: ExerciseContenders, some: impl FnOnce(Vec<Record>) -> Vec<Record>) -> Vec<ExerciseRecord> {
    let ExerciseContenders { exercise, name, sessions } = contenders;
    let records = some(records_among(sessions, Estimator::default()));
    records.into_iter().map(|record| ExerciseRecord { exercise, name: name.clone(), record }).collect()
}

/// The same records with these names.
fn named(mut records: Vec<ExerciseRecord>, names: &[CurrentName]) -> Vec<ExerciseRecord> {
    let names: HashMap<_, _> = names.iter().map(|(exercise, name)| (exercise, name)).collect();
    for record in &mut records {
        if let Some(name) = record.exercise.as_ref().and_then(|exercise| names.get(exercise)) {
            record.name.clone_from(name);
        }
    }
    records
}

/// By name, ignoring case; exercises that are gone come last.
fn by_name(record: &ExerciseRecord) -> (String, String, bool, Option<ExerciseId>) {
    (record.name.to_lowercase(), record.name.clone(), record.exercise.is_none(), record.exercise)
}

/// Of each exercise and kind the last one, by name and kind. They stand in the order of time.
fn standing(records: &[ExerciseRecord]) -> Vec<ExerciseRecord> {
    let mut last = BTreeMap::new();
    for record in records {
        // What is gone is told apart by its name.
        let name = record.exercise.is_none().then_some(record.name.as_str());
        last.insert((record.exercise, name, record.record.kind), record);
    }
    let mut standing: Vec<_> = last.into_values().cloned().collect();
    standing.sort_by_cached_key(by_name);
    standing
}
