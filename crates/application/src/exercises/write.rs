//! Creation, change and deletion of exercises.

use irontrack_domain::{
    ExerciseId,
    account::Principal,
    catalogue::CatalogueItem,
    exercise::{Exercise, assisting, may_delete},
};
use irontrack_ports::{
    UnitOfWork,
    repo::{ExerciseChanges, NewExercise, Ownership},
};
use uuid::Uuid;

use super::{
    ExerciseDraft, ExerciseError, ExercisePatch, Exercises, outdated,
    references::{Named, look_up},
};
use crate::{copies::Outdated, unit_of_work::finish_and_tell};

impl Exercises {
    /// Creates an exercise of the caller's own.
    ///
    /// # Errors
    /// [`ExerciseError`]: unknown catalogue ids, then the name taken.
    pub async fn create_custom(&self, caller: &Principal, draft: ExerciseDraft) -> Result<Exercise, ExerciseError> {
        self.create(Ownership::Custom(caller.user_id), draft).await
    }

    /// Creates a system exercise. The caller is a superuser; that is checked before.
    ///
    /// # Errors
    /// [`ExerciseError`]: unknown catalogue ids, then the name or slug taken.
    pub async fn create_system(&self, draft: ExerciseDraft) -> Result<Exercise, ExerciseError> {
        self.create(Ownership::System, draft).await
    }

    async fn create(&self, ownership: Ownership, draft: ExerciseDraft) -> Result<Exercise, ExerciseError> {
        let mut unit = self.units.begin().await?;
        let outcome = self.create_in(&mut *unit, ownership, draft).await;
        let exercise = finish_and_tell(unit, &self.copies, outcome.map(with_outdated)).await?;
        tracing::info!(exercise_id = %exercise.id, system = exercise.is_system_default, "exercise created");
        Ok(exercise)
    }

    async fn create_in(
        &self,
        unit: &mut dyn UnitOfWork,
        ownership: Ownership,
        draft: ExerciseDraft,
    ) -> Result<Exercise, ExerciseError> {
        if let Ownership::Custom(owner) = ownership
            && !unit.accounts().lock_active(owner).await?
        {
            return Err(ExerciseError::OwnerGone);
        }
        let named = Named {
            primary_muscles: Some(&draft.primary_muscles),
            secondary_muscles: Some(&draft.secondary_muscles),
            equipment: Some(&draft.equipment),
            tags: Some(&draft.tags),
        };
        let links = look_up(unit, &named).await?;
        let primary_muscles = links.primary_muscles.unwrap_or_default();
        let name = draft.name.clone();
        let exercise = NewExercise {
            id: ExerciseId::new(Uuid::now_v7()),
            ownership,
            name: draft.name,
            slug: draft.slug,
            force: draft.force,
            difficulty_level: draft.difficulty_level,
            mechanic: draft.mechanic,
            category: draft.category,
            instructions: draft.instructions,
            image_path_start: draft.image_path_start,
            image_path_end: draft.image_path_end,
            secondary_muscles: assisting(&primary_muscles, &links.secondary_muscles.unwrap_or_default()),
            primary_muscles,
            equipment: links.equipment.unwrap_or_default(),
            tags: links.tags.unwrap_or_default(),
            created_at: self.clock.now(),
        };
        let stored = unit.exercises().insert(exercise).await;
        stored.map_err(|error| ExerciseError::of_write(error, Some(&name)))
    }

    /// Changes an exercise of the caller's own.
    ///
    /// # Errors
    /// [`ExerciseError`]: not found, then unknown catalogue ids, then the name taken.
    pub async fn update_custom(
        &self,
        caller: &Principal,
        id: ExerciseId,
        patch: ExercisePatch,
    ) -> Result<Exercise, ExerciseError> {
        self.update(id, patch, |stored| stored.created_by == Some(caller.user_id)).await
    }

    /// Changes a system exercise. The caller is a superuser; that is checked before.
    ///
    /// # Errors
    /// [`ExerciseError`]: not found, then unknown catalogue ids, then the name or slug taken.
    pub async fn update_system(&self, id: ExerciseId, patch: ExercisePatch) -> Result<Exercise, ExerciseError> {
        self.update(id, patch, |stored| stored.is_system_default).await
    }

    async fn update(
        &self,
        id: ExerciseId,
        patch: ExercisePatch,
        may_change: impl FnOnce(&Exercise) -> bool + Send,
    ) -> Result<Exercise, ExerciseError> {
        let mut unit = self.units.begin().await?;
        let outcome = self.update_in(&mut *unit, id, patch, may_change).await;
        let exercise = finish_and_tell(unit, &self.copies, outcome.map(with_outdated)).await?;
        tracing::info!(exercise_id = %id, "exercise changed");
        Ok(exercise)
    }

    async fn update_in(
        &self,
        unit: &mut dyn UnitOfWork,
        id: ExerciseId,
        patch: ExercisePatch,
        may_change: impl FnOnce(&Exercise) -> bool + Send,
    ) -> Result<Exercise, ExerciseError> {
        let stored = unit.exercises().lock(id).await?.filter(may_change).ok_or(ExerciseError::NotFound)?;
        let named = Named {
            primary_muscles: patch.primary_muscles.as_deref(),
            secondary_muscles: patch.secondary_muscles.as_deref(),
            equipment: patch.equipment.as_deref(),
            tags: patch.tags.as_deref(),
        };
        let mut links = look_up(unit, &named).await?;
        links.separate_muscles(&ids(&stored.primary_muscles), &ids(&stored.secondary_muscles));
        let name = patch.name.as_ref().map(|(name, _)| name.clone());
        let stored_changes = ExerciseChanges {
            name: patch.name,
            force: patch.force,
            difficulty_level: patch.difficulty_level,
            mechanic: patch.mechanic,
            category: patch.category,
            instructions: patch.instructions,
            image_path_start: patch.image_path_start,
            image_path_end: patch.image_path_end,
            primary_muscles: links.primary_muscles,
            secondary_muscles: links.secondary_muscles,
            equipment: links.equipment,
            tags: links.tags,
        };
        let changed = unit.exercises().update(id, stored_changes, self.clock.now()).await;
        changed.map_err(|error| ExerciseError::of_write(error, name.as_ref()))
    }

    /// Deletes an exercise, or hides it where templates or history refer to it; from outside that is the same.
    ///
    /// # Errors
    /// [`ExerciseError::NotFound`], then [`ExerciseError::NotDeletable`].
    pub async fn delete(&self, caller: &Principal, id: ExerciseId) -> Result<(), ExerciseError> {
        let mut unit = self.units.begin().await?;
        let outcome = self.delete_in(&mut *unit, caller, id).await;
        finish_and_tell(unit, &self.copies, outcome).await?;
        tracing::info!(exercise_id = %id, by = %caller.user_id, "exercise deleted");
        Ok(())
    }

    async fn delete_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Principal,
        id: ExerciseId,
    ) -> Result<((), Outdated), ExerciseError> {
        let stored = unit.exercises().lock(id).await?.ok_or(ExerciseError::NotFound)?;
        if !may_delete(caller, &stored) {
            return Err(ExerciseError::NotDeletable);
        }
        unit.exercises().remove(id, self.clock.now()).await?;
        Ok(((), outdated(stored.created_by)))
    }
}

fn with_outdated(exercise: Exercise) -> (Exercise, Outdated) {
    let outdated = outdated(exercise.created_by);
    (exercise, outdated)
}

fn ids(items: &[CatalogueItem]) -> Vec<i16> {
    items.iter().map(|item| item.id).collect()
}
