//! `PUT /training-sessions/{session_id}/exercises/{session_exercise_id}/sets/order`.

use actix_web::{HttpResponse, put};
use irontrack_domain::{SessionSetId, training::limits};
use utoipa::ToSchema;

use super::{Exercise, all};
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_sessions::{dto::SessionSet, set_input::set_id},
};

/// All sets of an exercise in another order.
#[derive(ToSchema)]
#[schema(as = SessionSetOrderInput, example = json!({"ids": [812, 811]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionSetOrderSchema {
    /// The identifiers of all sets of the exercise, each once.
    #[schema(max_items = 200)]
    ids: Vec<i64>,
}

/// Which exercise, and the new order of its sets.
pub(crate) struct Order {
    exercise: Exercise,
    ids: Vec<SessionSetId>,
}

impl Input for Order {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = Exercise::read(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let ids = body.field("ids", "ids").list(limits::SETS_OF_EXERCISE, violations, set_id);
        body.refuse_others(violations);
        Ok(Self { exercise: exercise?, ids: ids? })
    }
}

/// Puts the sets of an exercise of a training session into another order
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "OrderTrainingSessionSets",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
    ),
    security(("accessCookie" = [])),
    request_body(content = SessionSetOrderSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "All sets of the exercise; the tag is that of the session", body = [SessionSet]),
        (status = 404, description = "The caller has no such session, or it has no such exercise",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{session_id}/exercises/{session_exercise_id}/sets/order")]
pub(crate) async fn order_training_session_sets(call: Call<ActiveUser, Order>) -> Result<HttpResponse, Problem> {
    let Order { exercise: Exercise { session, id }, ids } = call.input;
    let sessions = &call.state.training_sessions;
    Ok(all(&sessions.order_sets(call.caller.user_id, session, id, &ids, &call.conditions.matches).await?))
}
