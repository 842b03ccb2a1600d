//! `POST /training-plans/{plan_id}/units`.

use actix_web::{HttpResponse, post};
use irontrack_application::{
    Once, tag,
    training_plans::{Placement, PlanUnitOf},
};
use irontrack_domain::TrainingPlanId;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::place,
    training_plans::{dto::PlanUnit, id, unit_input::placement},
};

/// A training unit on a day, and where it goes there.
#[derive(ToSchema)]
#[schema(as = PlanUnitAddInput, rename_all = "camelCase", example = json!({
    "trainingUnitId": "0192a000-0000-7000-8000-0000000000dd", "dayNumber": 5, "orderIndex": 0
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct PlanUnitAddSchema {
    /// A unit that the caller may read. One of somebody else than the owner of the plan is copied into the owner's account,
    /// and the copy stands in the plan.
    training_unit_id: Uuid,
    /// The day, from 1.
    #[schema(minimum = 1, maximum = 3660)]
    day_number: i16,
    /// Place within the day, from 0; without it, and past the end, the end.
    #[schema(minimum = 0, nullable)]
    order_index: Option<i64>,
}

/// Which plan, and what to add to it.
pub(crate) struct Add {
    id: TrainingPlanId,
    placement: Placement,
    place: Option<usize>,
}

impl Input for Add {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let placement = placement(&mut body, violations);
        let place = body.field("orderIndex", "order_index").optional(violations, place);
        body.refuse_others(violations);
        Ok(Self { id: id?, placement: placement?, place: place? })
    }
}

/// Adds a unit to a training plan
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "AddTrainingPlanUnit",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    request_body(content = PlanUnitAddSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The unit on its day; the tag is that of the plan", body = PlanUnit),
        (status = 403, description = "The caller may only read the plan", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan or unit, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The plan has no owner any more and does not contain the unit yet, or the same request \
            is still running", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{plan_id}/units")]
pub(crate) async fn add_training_plan_unit(call: Call<ActiveUser, Add>) -> Result<HttpResponse, Problem> {
    let Add { id, placement, place } = call.input;
    let render = |of: &PlanUnitOf| answer::created(None, tag(&of.plan), &PlanUnit::from(&of.unit));
    let once = Once::new(call.repeatable.as_ref(), &render);
    let plans = &call.state.training_plans;
    Ok(answer::kept(plans.add_unit(&call.caller, id, placement, place, &call.conditions.matches, &once).await?))
}
