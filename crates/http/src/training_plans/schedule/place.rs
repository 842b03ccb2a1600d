//! `PATCH /training-plans/{plan_id}/units/{plan_unit_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_application::tag;
use irontrack_domain::{PlanUnitId, TrainingPlanId};
use utoipa::ToSchema;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::place,
    training_plans::{
        dto::PlanUnit,
        id,
        unit_input::{day, plan_unit_id},
    },
};

/// Where a unit goes. What is absent stays; without a place a new day means its end.
#[derive(ToSchema)]
#[schema(as = PlanUnitMoveInput, rename_all = "camelCase", example = json!({"dayNumber": 2, "orderIndex": 0}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct PlanUnitMoveSchema {
    /// The day, from 1.
    #[schema(minimum = 1, maximum = 3660)]
    day_number: Option<i16>,
    /// Place within the day once the unit is taken out, from 0; past the end means the end.
    #[schema(minimum = 0)]
    order_index: Option<i64>,
}

/// Which unit of which plan, and where it goes.
pub(crate) struct Move {
    id: TrainingPlanId,
    unit: PlanUnitId,
    day: Option<i16>,
    place: Option<usize>,
}

impl Input for Move {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let unit = plan_unit_id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let day = body.field("dayNumber", "day_number").change(violations, day);
        let place = body.field("orderIndex", "order_index").change(violations, place);
        body.refuse_others(violations);
        Ok(Self { id: id?, unit: unit?, day: day?, place: place? })
    }
}

/// Moves a unit of a training plan
///
/// To another day, another place within a day, or both; neither day has a gap afterwards.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "MoveTrainingPlanUnit",
    params(
        ("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan"),
        ("plan_unit_id" = i32, Path, description = "Identifier of the unit on its day"),
    ),
    security(("accessCookie" = [])),
    request_body(content = PlanUnitMoveSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The unit on its day; the tag is that of the plan", body = PlanUnit),
        (status = 403, description = "The caller may only read the plan", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan or entry, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{plan_id}/units/{plan_unit_id}")]
pub(crate) async fn move_training_plan_unit(call: Call<ActiveUser, Move>) -> Result<HttpResponse, Problem> {
    let Move { id, unit, day, place } = call.input;
    let plans = &call.state.training_plans;
    let moved = plans.move_unit(&call.caller, id, unit, day, place, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&moved.plan), &PlanUnit::from(&moved.unit)))
}
