//! Training plans: training units on numbered days.

mod copy;
mod draft;
mod error;
mod schedule;
mod scheduled;
mod write;

use std::sync::Arc;

pub use draft::{Placement, PlanChanges, PlanDraft};
pub use error::PlanError;
use irontrack_domain::{
    TrainingPlanId, UserId,
    account::Principal,
    training::{PlanSummary, PlanUnit, TrainingPlan},
};
use irontrack_ports::{
    Clock, Page, UnitOfWork, UnitOfWorkFactory,
    query::{TemplateFilter, TrainingPlanQueries},
};

use crate::{Precondition, intent::Intent};

/// Reads and changes training plans for whoever may.
pub struct TrainingPlans {
    works: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn TrainingPlanQueries>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for TrainingPlans {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrainingPlans").finish_non_exhaustive()
    }
}

/// A unit of a plan, with the plan that it is in.
#[derive(Debug, Clone)]
pub struct PlanUnitOf {
    /// The plan as it is now.
    pub plan: TrainingPlan,
    /// The unit in it.
    pub unit: PlanUnit,
}

impl TrainingPlans {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        works: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<dyn TrainingPlanQueries>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { works, queries, clock }
    }

    /// One plan.
    ///
    /// # Errors
    /// [`PlanError::NotFound`].
    pub async fn get(&self, caller: UserId, id: TrainingPlanId) -> Result<TrainingPlan, PlanError> {
        self.queries.plan(caller, id).await?.ok_or(PlanError::NotFound)
    }

    /// One page of the plans that match.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page(&self, filter: &TemplateFilter) -> Result<Page<PlanSummary>, PlanError> {
        Ok(self.queries.plans(filter).await?)
    }
}

/// Locks a plan that the caller wants to change, and refuses in the order that is promised: not there, not allowed,
/// changed meanwhile.
async fn lock(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingPlanId,
    intent: Intent,
    precondition: &Precondition,
) -> Result<TrainingPlan, PlanError> {
    let plan = work.training_plans().lock(caller.user_id, id).await?.ok_or(PlanError::NotFound)?;
    admit(&plan, intent, precondition)?;
    Ok(plan)
}

/// The same for whoever gives names in the account of its owner, to the plan or to copies of units: the account is locked
/// before the plan, as everybody does. Nobody who is refused locks an account.
async fn lock_for_naming(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingPlanId,
    intent: Intent,
    precondition: &Precondition,
) -> Result<TrainingPlan, PlanError> {
    let seen = read(work, caller.user_id, id).await?;
    admit(&seen, intent, &Precondition::None)?;
    if let Some(owner) = seen.head.created_by {
        // If the account is gone by now, so is the owner of the plan that is read next.
        work.accounts().lock_for_naming(owner).await?;
    }
    lock(work, caller, id, intent, precondition).await
}

/// Refuses what the caller, who may read the plan, may not do with it, or not as it is now.
fn admit(plan: &TrainingPlan, intent: Intent, precondition: &Precondition) -> Result<(), PlanError> {
    if !intent.is_allowed(plan.head.my_access) {
        return Err(match intent {
            Intent::Write => PlanError::NotWritable,
            Intent::Manage => PlanError::NotManageable,
        });
    }
    Ok(precondition.check(plan)?)
}

/// The plan as the caller, who may read it, sees it now.
async fn read(work: &mut dyn UnitOfWork, caller: UserId, id: TrainingPlanId) -> Result<TrainingPlan, PlanError> {
    work.training_plans().read(caller, id).await?.ok_or(PlanError::NotFound)
}
