//! Copying of plans with their units.

use std::collections::{BTreeSet, HashMap};

use irontrack_domain::{
    TrainingPlanId, TrainingUnitId,
    account::Principal,
    training::{SharingStatus, TemplateName, TrainingPlan, names_of_copies},
};
use irontrack_ports::{
    UnitOfWork,
    repo::{NewTemplate, UnitCopy},
};
use uuid::Uuid;

use super::{Placement, PlanError, TrainingPlans, read, schedule::placed};
use crate::{Answered, Once, training_units::unused_names, unit_of_work::within};

impl TrainingPlans {
    /// Copies a plan that the caller may read into their account with its units, each once however often it stands in it,
    /// all private and without grants. What has no name given is called as its source, with a number where that name is
    /// taken.
    ///
    /// # Errors
    /// [`PlanError`]: not found, then a given name taken.
    pub async fn copy(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        name: Option<TemplateName>,
        once: &Once<'_, TrainingPlan>,
    ) -> Result<Answered, PlanError> {
        let now = self.clock.now();
        let copy = async |work: &mut dyn UnitOfWork| self.copy_in(work, caller, id, name).await;
        within(&*self.works, async |work| once.run(work, caller.user_id, now, copy).await).await
    }

    async fn copy_in(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        id: TrainingPlanId,
        name: Option<TemplateName>,
    ) -> Result<TrainingPlan, PlanError> {
        let (owner, now) = (caller.user_id, self.clock.now());
        // The account first, then the plan: everybody locks in this order. A unit in a plan that is kept stays.
        if work.accounts().lock_for_naming(owner).await? != Some(true) {
            return Err(PlanError::OwnerGone);
        }
        let source = work.training_plans().keep(owner, id).await?.ok_or(PlanError::NotFound)?;
        let name = if let Some(name) = name {
            name
        } else {
            let taken = work.training_plans().names_beginning(owner, &[source.head.name.stem()]).await?;
            names_of_copies(&[source.head.name], &taken).remove(0)
        };
        let mut seen = BTreeSet::new();
        let distinct: Vec<_> = source.units.iter().filter(|unit| seen.insert(unit.unit_id)).collect();
        let names: Vec<_> = distinct.iter().map(|unit| unit.unit_name.clone()).collect();
        let names = unused_names(work, owner, &names).await?;
        let new_id = || TrainingUnitId::new(Uuid::now_v7());
        let copies =
            distinct.iter().zip(names).map(|(unit, name)| UnitCopy { id: new_id(), source: unit.unit_id, name });
        let copies: Vec<UnitCopy> = copies.collect();
        if !copies.is_empty() {
            work.training_units().copy(&copies, owner, now).await?;
        }
        let standing: HashMap<_, _> = copies.iter().map(|copy| (copy.source, copy.id)).collect();
        let units: Vec<_> =
            source.units.iter().map(|unit| Placement { unit_id: unit.unit_id, day: unit.day }).collect();
        let (description, sharing_status) = (source.head.description, SharingStatus::Private);
        let plan = NewTemplate { owner, name, description, sharing_status };
        let copy = TrainingPlanId::new(Uuid::now_v7());
        let schedule = placed(&units, &standing);
        let stored = work.training_plans().insert(copy, &plan, source.difficulty_level, &schedule, now).await;
        stored.map_err(|error| PlanError::of_naming(error, &plan.name))?;
        read(work, owner, copy).await
    }
}
