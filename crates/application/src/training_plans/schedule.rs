//! The schedule of a plan. Every change makes a new schedule of the old one; the port writes what differs.

use std::collections::HashMap;

use irontrack_domain::{
    PlanUnitId, TrainingPlanId, TrainingUnitId,
    account::Principal,
    training::{PlanUnit, Schedule, TrainingPlan, limits},
};
use irontrack_ports::{UnitOfWork, repo::PlanUnitToStore};

use super::{
    Placement, PlanError, PlanUnitOf, TrainingPlans, admit, lock_for_naming, read,
    scheduled::{Home, look_up},
};
use crate::{Answered, Once, Precondition, intent::Intent, unit_of_work::within};

impl TrainingPlans {
    /// Puts a unit on a day, at a place of it or at its end.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile, an unknown unit, one that an ownerless plan cannot take,
    /// then too many units.
    pub async fn add_unit(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        Placement { unit_id, day }: Placement,
        place: Option<usize>,
        precondition: &Precondition,
        once: &Once<'_, PlanUnitOf>,
    ) -> Result<Answered, PlanError> {
        let now = self.clock.now();
        let add = async |work: &mut dyn UnitOfWork| {
            let plan = lock_for_naming(work, caller, id, Intent::Write, precondition).await?;
            let standing = look_up(work, caller.user_id, &home(&plan), [unit_id], now).await?;
            if plan.units.len() >= limits::UNITS_OF_PLAN {
                return Err(PlanError::TooManyUnits);
            }
            let mut schedule = Schedule::new(plan.units.iter().map(|unit| (unit.day, Some(unit.id))));
            schedule.insert(None, day, place);
            let standing = standing.get(&unit_id).copied().unwrap_or(unit_id);
            let plan = self.write(work, caller, &plan, &to_store(&plan, &schedule, Some(standing))).await?;
            let (day, place) = schedule.place_of(None).ok_or(PlanError::EntryNotFound)?;
            let unit = plan.units.iter().find(|unit| unit.day == day && usize::try_from(unit.place) == Ok(place));
            let unit = unit.cloned().ok_or(PlanError::EntryNotFound)?;
            Ok(PlanUnitOf { plan, unit })
        };
        within(&*self.works, async |work| once.run(work, caller.user_id, now, add).await).await
    }

    /// Moves a unit to another day, another place, or both.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile.
    pub async fn move_unit(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        unit: PlanUnitId,
        day: Option<i16>,
        place: Option<usize>,
        precondition: &Precondition,
    ) -> Result<PlanUnitOf, PlanError> {
        within(&*self.works, async |work| {
            let plan = lock_entry(work, caller, id, unit, precondition).await?;
            let mut schedule = Schedule::new(plan.units.iter().map(|unit| (unit.day, Some(unit.id))));
            schedule.move_to(Some(unit), day, place);
            let plan = self.write(work, caller, &plan, &to_store(&plan, &schedule, None)).await?;
            let unit = plan.units.iter().find(|moved| moved.id == unit).cloned().ok_or(PlanError::EntryNotFound)?;
            Ok(PlanUnitOf { plan, unit })
        })
        .await
    }

    /// Takes a unit out of the schedule, and answers the plan without it.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile.
    pub async fn delete_unit(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        unit: PlanUnitId,
        precondition: &Precondition,
    ) -> Result<TrainingPlan, PlanError> {
        within(&*self.works, async |work| {
            let plan = lock_entry(work, caller, id, unit, precondition).await?;
            let mut schedule = Schedule::new(plan.units.iter().map(|unit| (unit.day, Some(unit.id))));
            schedule.remove(Some(unit));
            self.write(work, caller, &plan, &to_store(&plan, &schedule, None)).await
        })
        .await
    }

    /// Replaces the whole schedule.
    ///
    /// # Errors
    /// [`PlanError`]: not found, not allowed, changed meanwhile, an unknown unit, then one that an ownerless plan cannot
    /// take.
    pub async fn replace_units(
        &self,
        caller: &Principal,
        id: TrainingPlanId,
        units: &[Placement],
        precondition: &Precondition,
    ) -> Result<TrainingPlan, PlanError> {
        let now = self.clock.now();
        within(&*self.works, async |work| {
            let plan = lock_for_naming(work, caller, id, Intent::Write, precondition).await?;
            let named = units.iter().map(|placement| placement.unit_id);
            let standing = look_up(work, caller.user_id, &home(&plan), named, now).await?;
            self.write(work, caller, &plan, &placed(units, &standing)).await
        })
        .await
    }

    /// Writes the schedule if it is another one, and answers the plan as it is then.
    async fn write(
        &self,
        work: &mut dyn UnitOfWork,
        caller: &Principal,
        plan: &TrainingPlan,
        schedule: &[PlanUnitToStore],
    ) -> Result<TrainingPlan, PlanError> {
        let stored: Vec<_> = plan.units.iter().map(stored).collect();
        if schedule == stored {
            return Ok(plan.clone());
        }
        work.training_plans().write_schedule(plan.id, schedule, self.clock.now()).await?;
        read(work, caller.user_id, plan.id).await
    }
}

/// A whole new schedule, in which other units may stand for those that were named.
pub(super) fn placed(units: &[Placement], standing: &HashMap<TrainingUnitId, TrainingUnitId>) -> Vec<PlanUnitToStore> {
    let schedule = Schedule::new(units.iter().enumerate().map(|(index, placement)| (placement.day, index)));
    let to_store = |(day, place, index): (i16, usize, usize)| {
        let named = units.get(index)?.unit_id;
        let unit_id = standing.get(&named).copied().unwrap_or(named);
        Some(PlanUnitToStore { id: None, day, place: i16::try_from(place).ok()?, unit_id })
    };
    schedule.placed().filter_map(to_store).collect()
}

/// The rows of a schedule of the units of a plan, and of `added`, which has no id yet.
fn to_store(
    plan: &TrainingPlan,
    schedule: &Schedule<Option<PlanUnitId>>,
    added: Option<TrainingUnitId>,
) -> Vec<PlanUnitToStore> {
    let to_store = |(day, place, id): (i16, usize, Option<PlanUnitId>)| {
        let unit_id = match id {
            Some(id) => plan.units.iter().find(|unit| unit.id == id)?.unit_id,
            None => added?,
        };
        Some(PlanUnitToStore { id, day, place: i16::try_from(place).ok()?, unit_id })
    };
    schedule.placed().filter_map(to_store).collect()
}

fn stored(unit: &PlanUnit) -> PlanUnitToStore {
    PlanUnitToStore { id: Some(unit.id), day: unit.day, place: unit.place, unit_id: unit.unit_id }
}

fn home(plan: &TrainingPlan) -> Home {
    Home { owner: plan.head.created_by, units: plan.units.iter().map(|unit| unit.unit_id).collect() }
}

/// Locks a plan to change an entry of its schedule. What is not there is noticed before anything is refused, be it the
/// plan or the entry.
async fn lock_entry(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingPlanId,
    unit: PlanUnitId,
    precondition: &Precondition,
) -> Result<TrainingPlan, PlanError> {
    let plan = work.training_plans().lock(caller.user_id, id).await?.ok_or(PlanError::NotFound)?;
    if !plan.units.iter().any(|stored| stored.id == unit) {
        return Err(PlanError::EntryNotFound);
    }
    admit(&plan, Intent::Write, precondition)?;
    Ok(plan)
}
