//! `DELETE /training-plans/{plan_id}`.

use actix_web::{HttpResponse, delete};

use super::Id;
use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Deletes a training plan
///
/// Its units stay.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "DeleteTrainingPlan",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The plan is gone"),
        (status = 403, description = "The caller may read the plan but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{plan_id}")]
pub(crate) async fn delete_training_plan(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    call.state.training_plans.delete(&call.caller, call.input.0, &call.conditions.matches).await?;
    Ok(HttpResponse::NoContent().finish())
}
