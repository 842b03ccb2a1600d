//! Creation, change and deletion of plans.

use std::collections::BTreeSet;

use irontrack_domain::{TrainingPlanId, account::Principal, training::TrainingPlan};
use irontrack_ports::{UnitOfWork, repo::NewTemplate};
use uuid::Uuid;

use super::{
    PlanChanges, PlanDraft, PlanError, TrainingPlans, lock, lock_for_naming, read,
    schedule::placed,
    scheduled::{Home, look_up},
};
use crate::{Answered, Once, Precondition, intent::Intent, unit_of_work::within};

impl TrainingPlans {
    /// Creates a plan of the caller's own.
    ///
    /// # Errors
    /// [`PlanError`]: an unknown unit, then the name taken.
    pub async fn create(
        &self,
        caller: &Principal,
        draft: PlanDraft,
        once: &Once<'_, TrainingPlan>,
    ) -> Result<Answered, PlanError> {
        let now = self.clock.now();
        let create = async |work: &mut dyn UnitOfWork| self.create_in(work, caller, draft).await;
        within(&*self.works, async |work| once.run(work, caller.user_id, now, create).await).await
    }

    async fn create_in(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        draft: PlanDraft,
    ) -> Result<TrainingPlan, PlanError> {
        let (owner, now) = (caller.user_id, self.clock.now());
        if work.accounts().lock_for_naming(owner).await? != Some(true) {
            return Err(PlanError::OwnerGone);
        }
        let home = Home { owner: Some(owner), units: BTreeSet::new() };
        let named = draft.units.iter().map(|placement| placement.unit_id);
        let standing = look_up(work, owner, &home, named, now).await?;
        let schedule = placed(&draft.units, &standing);
        let id = TrainingPlanId::new(Uuid::now_v7());
        let PlanDraft { name, description, sharing_status, difficulty_level, .. } = draft;
        let plan = NewTemplate { owner, name, description, sharing_status };
        let stored = work.training_plans().insert(id, &plan, difficulty_level, &schedule, now).await;
        stored.map_err(|error| PlanError::of_naming(error, &plan.name))?;
        read(work, owner, id).await
    }

    /// Changes name, description, difficulty or sharing status.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile, then the name taken.
    pub async fn update(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        changes: PlanChanges,
        precondition: &Precondition,
    ) -> Result<TrainingPlan, PlanError> {
        let PlanChanges { template, difficulty_level } = changes;
        let intent = if template.sharing_status.is_some() { Intent::Manage } else { Intent::Write };
        let now = self.clock.now();
        within(&*self.works, async |work| {
            match template.name {
                Some(_) => lock_for_naming(work, caller, id, intent, precondition).await?,
                None => lock(work, caller, id, intent, precondition).await?,
            };
            let updated = work.training_plans().update(id, &template, difficulty_level, now).await;
            updated.map_err(|error| match &template.name {
                Some(name) => PlanError::of_naming(error, name),
                None => error.into(),
            })?;
            read(work, caller.user_id, id).await
        })
        .await
    }

    /// Deletes a plan; its units stay.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile.
    pub async fn delete(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        precondition: &Precondition,
    ) -> Result<(), PlanError> {
        within(&*self.works, async |work| {
            lock(work, caller, id, Intent::Manage, precondition).await?;
            Ok(work.training_plans().delete(id).await?)
        })
        .await
    }
}
