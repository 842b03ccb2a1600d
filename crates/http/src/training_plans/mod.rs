//! Training plans.

mod access;
mod copy;
mod create;
mod delete;
pub(crate) mod dto;
mod get;
mod list;
mod schedule;
mod unit_input;
mod update;

use irontrack_domain::{TrainingPlanId, training::TrainingPlan};
use irontrack_ports::repo::KeptAnswer;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::{
    answer,
    call::{Input, Read, RequestParts, Violations},
};

/// Where plans are.
const PATH: &str = "/api/v1/training-plans";

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope(PATH)
            .service(create::create_training_plan)
            .service(list::list_training_plans)
            .service(get::get_training_plan)
            .service(update::update_training_plan)
            .service(delete::delete_training_plan)
            .service(copy::copy_training_plan)
            .service(schedule::add::add_training_plan_unit)
            .service(schedule::replace::replace_training_plan_units)
            .service(schedule::place::move_training_plan_unit)
            .service(schedule::delete::delete_training_plan_unit)
            .service(access::list_training_plan_access)
            .service(access::grant_training_plan_access)
            .service(access::revoke_training_plan_access),
    );
}

/// The id in the path.
pub(crate) struct Id(TrainingPlanId);

impl Input for Id {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        id(request, violations).map(Self)
    }
}

fn id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<TrainingPlanId> {
    request.path.uuid("plan_id", violations).map(TrainingPlanId::from)
}

/// 201 with a new plan.
fn created(plan: &TrainingPlan) -> KeptAnswer {
    let location = format!("{PATH}/{}", plan.id);
    answer::created(Some(location), irontrack_application::tag(plan), &dto::TrainingPlan::new(plan))
}
