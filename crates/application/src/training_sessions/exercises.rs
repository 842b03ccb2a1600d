//! The exercises of a session.

use irontrack_domain::{
    SessionExerciseId, TrainingSessionId, UserId,
    account::Principal,
    training::{
        Ordered, limits,
        session::{Revision, TrainingSession},
    },
};
use irontrack_ports::UnitOfWork;

use super::{
    ExerciseDraft, ExerciseOf, ExercisePatch, SessionError, TrainingSessions, lock, lock_exercise, read, read_exercise,
    revision,
};
use crate::{Answered, Once, Precondition, exercises::Names, unit_of_work::within};

impl TrainingSessions {
    /// Adds an exercise at a place, or at the end.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, an unknown exercise, then too many exercises.
    pub async fn add_exercise(
        &self,
        caller: &Principal,
        id: TrainingSessionId,
        draft: ExerciseDraft,
        place: Option<usize>,
        precondition: &Precondition,
        once: &Once<'_, ExerciseOf>,
    ) -> Result<Answered, SessionError> {
        let now = self.clock.now();
        let owner = caller.user_id;
        let add = async |work: &mut dyn UnitOfWork| {
            lock(work, owner, id, precondition).await?;
            let name = Names::look_up::<SessionError>(work, caller, [draft.exercise_id]).await?.of(draft.exercise_id)?;
            let count = work.training_sessions().exercise_ids(id).await?.len();
            if count >= limits::EXERCISES_OF_SESSION {
                return Err(SessionError::too_many("session", "exercises", limits::EXERCISES_OF_SESSION));
            }
            let place = place.unwrap_or(count).min(count);
            let added = work.training_sessions().insert_exercise(id, place, &draft.named(name), now).await?;
            let exercise = read_exercise(work, id, added).await?;
            Ok(ExerciseOf { exercise, revision: revision(work, owner, id).await? })
        };
        within(&*self.works, async |work| once.run(work, owner, now, add).await).await
    }

    /// Changes an exercise: what is said about it, what is counted, or which one it is.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, an unknown exercise, then another mode although there are sets.
    pub async fn update_exercise(
        &self,
        caller: &Principal,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        patch: ExercisePatch,
        precondition: &Precondition,
    ) -> Result<ExerciseOf, SessionError> {
        let owner = caller.user_id;
        within(&*self.works, async |work| {
            let (head, stored) = lock_exercise(work, owner, id, exercise, precondition).await?;
            let mut changed = stored.exercise.clone();
            if let Some(other) = patch.exercise_id.filter(|other| changed.exercise_id != Some(*other)) {
                let name = Names::look_up::<SessionError>(work, caller, [other]).await?.of(other)?;
                changed.swap(other, name);
            }
            if let Some(mode) = patch.mode {
                changed.change_mode(mode, !stored.sets.is_empty())?;
            }
            if let Some(notes) = patch.notes {
                changed.notes = notes;
            }
            if changed == stored.exercise {
                return Ok(ExerciseOf { exercise: stored, revision: head.revision });
            }
            work.training_sessions().update_exercise(id, exercise, &changed, self.clock.now()).await?;
            let exercise = read_exercise(work, id, exercise).await?;
            Ok(ExerciseOf { exercise, revision: revision(work, owner, id).await? })
        })
        .await
    }

    /// Removes an exercise with its sets, and answers the state of the session without it.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile.
    pub async fn delete_exercise(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        exercise: SessionExerciseId,
        precondition: &Precondition,
    ) -> Result<Revision, SessionError> {
        within(&*self.works, async |work| {
            lock_exercise(work, owner, id, exercise, precondition).await?;
            work.training_sessions().delete_exercise(id, exercise, self.clock.now()).await?;
            revision(work, owner, id).await
        })
        .await
    }

    /// Puts all exercises into another order.
    ///
    /// # Errors
    /// [`SessionError`]: not found, changed meanwhile, then ids that are not those of the exercises.
    pub async fn order_exercises(
        &self,
        owner: UserId,
        id: TrainingSessionId,
        ids: &[SessionExerciseId],
        precondition: &Precondition,
    ) -> Result<TrainingSession, SessionError> {
        within(&*self.works, async |work| {
            lock(work, owner, id, precondition).await?;
            let stored = work.training_sessions().exercise_ids(id).await?;
            let mut order = Ordered::new(stored.clone());
            order.permute(ids)?;
            if order.ids() != stored {
                work.training_sessions().order_exercises(id, order.ids(), self.clock.now()).await?;
            }
            read(work, owner, id).await
        })
        .await
    }
}
