//! `DELETE /training-plans/{plan_id}/units/{plan_unit_id}`.

use actix_web::{HttpResponse, delete};
use irontrack_application::tag;
use irontrack_domain::{PlanUnitId, TrainingPlanId};

use crate::{
    answer,
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    training_plans::{id, unit_input::plan_unit_id},
};

/// Which unit of which plan.
pub(crate) struct UnitInPath {
    id: TrainingPlanId,
    unit: PlanUnitId,
}

impl Input for UnitInPath {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let unit = plan_unit_id(request, violations);
        Ok(Self { id: id?, unit: unit? })
    }
}

/// Takes a unit out of a training plan
///
/// Those behind it on its day move up; the unit itself stays.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "DeleteTrainingPlanUnit",
    params(
        ("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan"),
        ("plan_unit_id" = i32, Path, description = "Identifier of the unit on its day"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The plan is without it; the tag is that of the plan"),
        (status = 403, description = "The caller may only read the plan", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan or entry, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{plan_id}/units/{plan_unit_id}")]
pub(crate) async fn delete_training_plan_unit(call: Call<ActiveUser, UnitInPath>) -> Result<HttpResponse, Problem> {
    let UnitInPath { id, unit } = call.input;
    let plan = call.state.training_plans.delete_unit(&call.caller, id, unit, &call.conditions.matches).await?;
    Ok(answer::no_content(Some(&tag(&plan))))
}
