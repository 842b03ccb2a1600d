//! `PUT /training-units/{unit_id}/exercises/order`.

use actix_web::{HttpResponse, http::StatusCode, put};
use irontrack_application::tag;
use irontrack_domain::{TrainingUnitId, UnitEntryId, training::limits};
use utoipa::ToSchema;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_units::{dto::TrainingUnit, entry_input::entry_id, id},
};

/// All entries of a training unit in another order.
#[derive(ToSchema)]
#[schema(as = UnitEntryOrderInput, example = json!({"ids": [42, 41]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UnitEntryOrderSchema {
    /// The identifiers of all entries, each once.
    #[schema(max_items = 200)]
    ids: Vec<i32>,
}

/// Which unit, and the new order of its entries.
pub(crate) struct Order {
    id: TrainingUnitId,
    ids: Vec<UnitEntryId>,
}

impl Input for Order {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let ids = body.field("ids", "ids").list(limits::ENTRIES_OF_UNIT, violations, entry_id);
        body.refuse_others(violations);
        Ok(Self { id: id?, ids: ids? })
    }
}

/// Puts the exercises of a training unit into another order
#[utoipa::path(
    tag = "Training Units",
    operation_id = "OrderTrainingUnitExercises",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = UnitEntryOrderSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The unit as it is now", body = TrainingUnit),
        (status = 403, description = "The caller may only read the unit", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{unit_id}/exercises/order")]
pub(crate) async fn order_training_unit_exercises(call: Call<ActiveUser, Order>) -> Result<HttpResponse, Problem> {
    let Order { id, ids } = call.input;
    let unit = call.state.training_units.order_entries(&call.caller, id, &ids, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&unit), &TrainingUnit::new(&unit)))
}
