//! `GET /training-plans/{plan_id}`.

use actix_web::{HttpResponse, get};
use irontrack_application::tag;

use super::{Id, dto::TrainingPlan};
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Reads one training plan
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "GetTrainingPlan",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The plan", body = TrainingPlan),
        (status = 304, description = "The client knows the plan as it is"),
        (status = 404, description = "There is no such plan, or not for the caller", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{plan_id}")]
pub(crate) async fn get_training_plan(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let plan = call.state.training_plans.get(call.caller.user_id, call.input.0).await?;
    Ok(answer::read(&call.conditions, &tag(&plan), &TrainingPlan::new(&plan)))
}
