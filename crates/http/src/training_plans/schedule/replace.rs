//! `PUT /training-plans/{plan_id}/units`.

use actix_web::{HttpResponse, http::StatusCode, put};
use irontrack_application::{tag, training_plans::Placement};
use irontrack_domain::TrainingPlanId;
use utoipa::ToSchema;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_plans::{
        dto::TrainingPlan,
        id,
        unit_input::{PlanUnitSchema, placements},
    },
};

/// The new schedule of a plan.
#[derive(ToSchema)]
#[schema(as = PlanScheduleInput, example = json!({"units": [
    {"trainingUnitId": "0192a000-0000-7000-8000-0000000000dd", "dayNumber": 1},
    {"trainingUnitId": "0192a000-0000-7000-8000-0000000000de", "dayNumber": 4}
]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct PlanScheduleSchema {
    /// All units; those of one day in their order.
    #[schema(max_items = 400)]
    units: Vec<PlanUnitSchema>,
}

/// Which plan, and its new schedule.
pub(crate) struct Replace {
    id: TrainingPlanId,
    units: Vec<Placement>,
}

impl Input for Replace {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let units = placements(&body.field("units", "units"), violations);
        body.refuse_others(violations);
        Ok(Self { id: id?, units: units? })
    }
}

/// Replaces the schedule of a training plan
///
/// All units on days get new identifiers.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "ReplaceTrainingPlanUnits",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    request_body(content = PlanScheduleSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The plan as it is now", body = TrainingPlan),
        (status = 403, description = "The caller may only read the plan", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan or unit, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The plan has no owner any more and does not contain a unit yet",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{plan_id}/units")]
pub(crate) async fn replace_training_plan_units(call: Call<ActiveUser, Replace>) -> Result<HttpResponse, Problem> {
    let Replace { id, units } = call.input;
    let plan = call.state.training_plans.replace_units(&call.caller, id, &units, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&plan), &TrainingPlan::new(&plan)))
}
