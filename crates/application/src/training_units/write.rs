//! Creation, change and deletion of units.

use irontrack_domain::{TrainingUnitId, account::Principal, training::TrainingUnit};
use irontrack_ports::{
    UnitOfWork,
    repo::{NewTemplate, TemplateChanges},
};
use uuid::Uuid;

use super::{TrainingUnits, UnitDraft, UnitError, lock, lock_for_naming, read};
use crate::{Answered, Once, Precondition, exercises::Names, intent::Intent, unit_of_work::within};

/// The most plans that are named where a unit cannot be deleted.
const NAMED_PLANS: i64 = 10;

impl TrainingUnits {
    /// Creates a unit of the caller's own.
    ///
    /// # Errors
    /// [`UnitError`]: an unknown exercise, then the name taken.
    pub async fn create(
        &self,
        caller: &Principal,
        draft: UnitDraft,
        once: &Once<'_, TrainingUnit>,
    ) -> Result<Answered, UnitError> {
        let now = self.clock.now();
        let create = async |work: &mut dyn UnitOfWork| self.create_in(work, caller, draft).await;
        within(&*self.works, async |work| once.run(work, caller.user_id, now, create).await).await
    }

    async fn create_in(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        draft: UnitDraft,
    ) -> Result<TrainingUnit, UnitError> {
        if !work.accounts().lock_active(caller.user_id).await? {
            return Err(UnitError::OwnerGone);
        }
        let names =
            Names::look_up::<UnitError>(work, caller, draft.entries.iter().map(|entry| entry.exercise_id)).await?;
        let mut entries = Vec::with_capacity(draft.entries.len());
        for entry in draft.entries {
            let exercise_name = names.of(entry.exercise_id)?;
            entries.push(entry.stored_as(None, exercise_name));
        }
        let id = TrainingUnitId::new(Uuid::now_v7());
        let UnitDraft { name, description, sharing_status, .. } = draft;
        let unit = NewTemplate { owner: caller.user_id, name, description, sharing_status };
        let stored = work.training_units().insert(id, &unit, &entries, self.clock.now()).await;
        stored.map_err(|error| UnitError::of_naming(error, &unit.name))?;
        read(work, caller.user_id, id).await
    }

    /// Changes name, description or sharing status.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, then the name taken.
    pub async fn update(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        changes: TemplateChanges,
        precondition: &Precondition,
    ) -> Result<TrainingUnit, UnitError> {
        let intent = if changes.sharing_status.is_some() { Intent::Manage } else { Intent::Write };
        let now = self.clock.now();
        within(&*self.works, async |work| {
            match changes.name {
                Some(_) => lock_for_naming(work, caller, id, intent, precondition).await?,
                None => lock(work, caller, id, intent, precondition).await?,
            };
            let updated = work.training_units().update(id, &changes, now).await;
            updated.map_err(|error| match &changes.name {
                Some(name) => UnitError::of_naming(error, name),
                None => error.into(),
            })?;
            read(work, caller.user_id, id).await
        })
        .await
    }

    /// Deletes a unit that stands in no plan.
    ///
    /// # Errors
    /// [`UnitError`]: not found, not allowed, changed meanwhile, then standing in plans.
    pub async fn delete(
        &self,
        caller: &Principal,
        id: TrainingUnitId,
        precondition: &Precondition,
    ) -> Result<(), UnitError> {
        within(&*self.works, async |work| {
            lock(work, caller, id, Intent::Manage, precondition).await?;
            // Whoever puts it into a plan refers to the row, which is locked.
            let plans = work.training_units().plans_with(id, NAMED_PLANS).await?;
            if !plans.is_empty() {
                return Err(UnitError::Scheduled(plans));
            }
            Ok(work.training_units().delete(id).await?)
        })
        .await
    }
}
