//! `PUT /training-sessions/{session_id}/exercises/order`.

use actix_web::{HttpResponse, http::StatusCode, put};
use irontrack_application::tag;
use irontrack_domain::{SessionExerciseId, TrainingSessionId, training::limits};
use utoipa::ToSchema;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_sessions::{dto::TrainingSession, exercise_input::session_exercise_id, id},
};

/// All exercises of a training session in another order.
#[derive(ToSchema)]
#[schema(as = SessionExerciseOrderInput, example = json!({"ids": [98, 97]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionExerciseOrderSchema {
    /// The identifiers of all exercises of the session, each once.
    #[schema(max_items = 200)]
    ids: Vec<i64>,
}

/// Which session, and the new order of its exercises.
pub(crate) struct Order {
    id: TrainingSessionId,
    ids: Vec<SessionExerciseId>,
}

impl Input for Order {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let ids = body.field("ids", "ids").list(limits::EXERCISES_OF_SESSION, violations, session_exercise_id);
        body.refuse_others(violations);
        Ok(Self { id: id?, ids: ids? })
    }
}

/// Puts the exercises of a training session into another order
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "OrderTrainingSessionExercises",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    request_body(content = SessionExerciseOrderSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The session as it is now", body = TrainingSession),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{session_id}/exercises/order")]
pub(crate) async fn order_training_session_exercises(call: Call<ActiveUser, Order>) -> Result<HttpResponse, Problem> {
    let Order { id, ids } = call.input;
    let sessions = &call.state.training_sessions;
    let session = sessions.order_exercises(call.caller.user_id, id, &ids, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&session.head.revision), &TrainingSession::new(&session)))
}
