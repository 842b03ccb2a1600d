//! Copying of plans with their units.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use irontrack_domain::{
    TrainingPlanId, TrainingUnitId, UserId,
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
            names_of_copies(std::slice::from_ref(&source.head.name), &taken).remove(0)
        };
        let copies = copy_units(work, owner, &source, now).await?;
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

/// Copies the units of a plan that is kept, each once, for an account that is locked for naming.
async fn copy_units(
    work: &mut dyn UnitOfWork,
    owner: UserId,
    plan: &TrainingPlan,
    now: DateTime<Utc>,
) -> Result<Vec<UnitCopy>, PlanError> {
    let mut seen = BTreeSet::new();
    let sources: Vec<_> = plan.units.iter().map(|unit| unit.unit_id).filter(|id| seen.insert(*id)).collect();
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    // Nobody takes an entry out, and then its exercise, while it is copied.
    let kept = work.training_units().keep_readable(owner, &sources).await?;
    let mut names: HashMap<_, _> = kept.into_iter().map(|(id, _, name)| (id, name)).collect();
    let names = sources.iter().map(|id| names.remove(id).ok_or(PlanError::UnitNotFound));
    let names = unused_names(work, owner, &names.collect::<Result<Vec<_>, _>>()?).await?;
    let new_id = || TrainingUnitId::new(Uuid::now_v7());
    let copies = sources.into_iter().zip(names).map(|(source, name)| UnitCopy { id: new_id(), source, name });
    let copies: Vec<UnitCopy> = copies.collect();
    work.training_units().copy(&copies, owner, now).await?;
    Ok(copies)
}
