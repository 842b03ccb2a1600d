//! Exercises that people name where they plan or record training.

use std::collections::{BTreeSet, HashMap};

use irontrack_domain::{ExerciseId, account::Principal, exercise::may_read_custom};
use irontrack_ports::{RepositoryError, UnitOfWork};

/// There is no such exercise, or the caller may not read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoSuchExercise;

/// The names of exercises, each of which the caller may read; they are kept from being removed.
pub(crate) struct Names(HashMap<ExerciseId, String>);

impl Names {
    /// Looks all of them up.
    pub(crate) async fn look_up<E: From<RepositoryError> + From<NoSuchExercise>>(
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        ids: impl IntoIterator<Item = ExerciseId>,
    ) -> Result<Self, E> {
        let ids: Vec<ExerciseId> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        if ids.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let kept = work.exercises().keep(&ids).await?;
        let readable = kept
            .into_iter()
            .filter(|kept| kept.owner.is_none() || may_read_custom(caller.user_id, caller.role, kept.owner));
        let names: HashMap<_, _> = readable.map(|kept| (kept.id, kept.name)).collect();
        if names.len() < ids.len() { Err(NoSuchExercise.into()) } else { Ok(Self(names)) }
    }

    /// The name of one that was looked up.
    pub(crate) fn of(&self, id: ExerciseId) -> Result<String, NoSuchExercise> {
        self.0.get(&id).cloned().ok_or(NoSuchExercise)
    }
}
