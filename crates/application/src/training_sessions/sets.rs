//! The sets of an exercise of a session.

use irontrack_domain::{
    SessionExerciseId, SessionSetId, TrainingSessionId, UserId,
    training::{
        Mode, Ordered, limits,
        session::{PerformedSet, RecordedExercise, RecordedSet, Revision, SessionHead, SetChanges},
    },
};
use irontrack_ports::UnitOfWork;

use super::{SessionError, SetOf, SetsOf, TrainingSessions, lock_exercise, mismatch_mistakes, read_exercise, revision};
use crate::{Answered, Once, Precondition, unit_of_work::within};

impl TrainingSessions {
    /// Adds a set at a place, or at the end.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, a metric that is not that of the mode, then too many sets.
    #[expect(clippy::too_many_arguments, reason = "where, what, and two conditions of the request")]
    pub async fn add_set(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        set: SetChanges,
        place: Option<usize>,
        precondition: &Precondition,
        once: &Once<'_, SetOf>,
    ) -> Result<Answered, SessionError> {
        let now = self.clock.now();
        let add = async |work: &mut dyn UnitOfWork| {
            let (_, stored) = lock_exercise(work, owner, id, exercise, precondition).await?;
            let set = aligned(PerformedSet::default(), set, stored.exercise.mode, "")?;
            let count = stored.sets.len();
            if count >= limits::SETS_OF_EXERCISE {
                return Err(SessionError::too_many("session exercise", "sets", limits::SETS_OF_EXERCISE));
            }
            let place = place.unwrap_or(count).min(count);
            let added = work.training_sessions().insert_set(id, exercise, place, &set, now).await?;
            let set = RecordedSet { id: added, set };
            Ok(SetOf { set, place, revision: revision(work, owner, id).await? })
        };
        within(&*self.works, async |work| once.run(work, owner, now, add).await).await
    }

    /// Replaces all sets.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, then metrics that are not that of the mode.
    pub async fn replace_sets(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        sets: Vec<SetChanges>,
        precondition: &Precondition,
    ) -> Result<SetsOf, SessionError> {
        within(&*self.works, async |work| {
            let (head, stored) = lock_exercise(work, owner, id, exercise, precondition).await?;
            let sets = all_aligned(sets, stored.exercise.mode)?;
            if sets.is_empty() && stored.sets.is_empty() {
                return Ok(SetsOf { sets: Vec::new(), revision: head.revision });
            }
            work.training_sessions().replace_sets(id, exercise, &sets, self.clock.now()).await?;
            sets_of(work, owner, id, exercise).await
        })
        .await
    }

    /// Changes a set.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, then a metric that is not that of the mode.
    pub async fn update_set(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        set: SessionSetId,
        changes: SetChanges,
        precondition: &Precondition,
    ) -> Result<SetOf, SessionError> {
        within(&*self.works, async |work| {
            let (head, stored, place) = lock_set(work, owner, id, exercise, set, precondition).await?;
            let Some(before) = stored.sets.into_iter().nth(place) else { return Err(SessionError::SetNotFound) };
            let after = aligned(before.set.clone(), changes, stored.exercise.mode, "")?;
            if after == before.set {
                return Ok(SetOf { set: before, place, revision: head.revision });
            }
            work.training_sessions().update_set(id, set, &after, self.clock.now()).await?;
            let set = RecordedSet { id: set, set: after };
            Ok(SetOf { set, place, revision: revision(work, owner, id).await? })
        })
        .await
    }

    /// Removes a set, and answers the state of the session without it.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile.
    pub async fn delete_set(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        set: SessionSetId,
        precondition: &Precondition,
    ) -> Result<Revision, SessionError> {
        within(&*self.works, async |work| {
            lock_set(work, owner, id, exercise, set, precondition).await?;
            work.training_sessions().delete_set(id, exercise, set, self.clock.now()).await?;
            revision(work, owner, id).await
        })
        .await
    }

    /// Puts all sets into another order.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, then ids that are not those of the sets.
    pub async fn order_sets(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        ids: &[SessionSetId],
        precondition: &Precondition,
    ) -> Result<SetsOf, SessionError> {
        within(&*self.works, async |work| {
            let (head, stored) = lock_exercise(work, owner, id, exercise, precondition).await?;
            let mut order = Ordered::new(stored.sets.iter().map(|set| set.id).collect());
            order.permute(ids)?;
            if order.ids().iter().eq(stored.sets.iter().map(|set| &set.id)) {
                return Ok(SetsOf { sets: stored.sets, revision: head.revision });
            }
            work.training_sessions().order_sets(id, exercise, order.ids(), self.clock.now()).await?;
            sets_of(work, owner, id, exercise).await
        })
        .await
    }
}

/// Locks a session to change a set of it. What is not there is noticed before the precondition is looked at.
async fn lock_set(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    id: TrainingSessionId,
    exercise: SessionExerciseId,
    set: SessionSetId,
    precondition: &Precondition,
) -> Result<(SessionHead, RecordedExercise, usize), SessionError> {
    let (head, stored) = lock_exercise(work, owner, id, exercise, &Precondition::None).await?;
    let place = stored.sets.iter().position(|other| other.id == set).ok_or(SessionError::SetNotFound)?;
    precondition.check(&head.revision)?;
    Ok((head, stored, place))
}

async fn sets_of(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    id: TrainingSessionId,
    exercise: SessionExerciseId,
) -> Result<SetsOf, SessionError> {
    let sets = read_exercise(work, id, exercise).await?.sets;
    Ok(SetsOf { sets, revision: revision(work, owner, id).await? })
}

/// The set with these changes in the measure of the mode; `set` is where it stands in the body.
fn aligned(before: PerformedSet, changes: SetChanges, mode: Mode, set: &str) -> Result<PerformedSet, SessionError> {
    before.changed(changes, mode).map_err(|mismatch| SessionError::Invalid(mismatch_mistakes(&mismatch, mode, set)))
}

/// New sets in the measure of the mode, or all that is wrong with them.
fn all_aligned(sets: Vec<SetChanges>, mode: Mode) -> Result<Vec<PerformedSet>, SessionError> {
    let mut mistakes = Vec::new();
    let mut all = Vec::with_capacity(sets.len());
    for (index, changes) in sets.into_iter().enumerate() {
        match PerformedSet::default().changed(changes, mode) {
            Ok(set) => all.push(set),
            Err(mismatch) => mistakes.extend(mismatch_mistakes(&mismatch, mode, &format!("/sets/{index}"))),
        }
    }
    if mistakes.is_empty() { Ok(all) } else { Err(SessionError::Invalid(mistakes)) }
}
