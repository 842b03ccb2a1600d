//! `PUT /training-sessions/{session_id}/exercises/{session_exercise_id}/sets`.

use actix_web::{HttpResponse, put};
use irontrack_domain::training::{limits, session::SetChanges};
use utoipa::ToSchema;

use super::{Exercise, all};
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_sessions::{
        dto::SessionSet,
        set_input::{SessionSetSchema, read_set},
    },
};

/// The new sets of an exercise.
#[derive(ToSchema)]
#[schema(as = SessionSetListInput, example = json!({"sets": [
    {"weight": 40, "repsCompleted": 8, "setType": "warmup"}, {"weight": 82.5, "repsCompleted": 8, "rpe": 8.5}
]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionSetListSchema {
    /// Sets in their order.
    #[schema(max_items = 200)]
    sets: Vec<SessionSetSchema>,
}

/// Which exercise, and its new sets.
pub(crate) struct Replace {
    exercise: Exercise,
    sets: Vec<SetChanges>,
}

impl Input for Replace {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = Exercise::read(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let sets =
            body.field("sets", "sets").list(limits::SETS_OF_EXERCISE, violations, |set, v| set.object(v, read_set));
        body.refuse_others(violations);
        Ok(Self { exercise: exercise?, sets: sets? })
    }
}

/// Replaces all sets of an exercise of a training session
///
/// Either all of them or, if one is wrong, none. The new ones have new identifiers.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "ReplaceTrainingSessionSets",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
    ),
    security(("accessCookie" = [])),
    request_body(content = SessionSetListSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "All sets of the exercise; the tag is that of the session", body = [SessionSet]),
        (status = 404, description = "The caller has no such session, or it has no such exercise",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{session_id}/exercises/{session_exercise_id}/sets")]
pub(crate) async fn replace_training_session_sets(call: Call<ActiveUser, Replace>) -> Result<HttpResponse, Problem> {
    let Replace { exercise: Exercise { session, id }, sets } = call.input;
    let sessions = &call.state.training_sessions;
    Ok(all(&sessions.replace_sets(call.caller.user_id, session, id, sets, &call.conditions.matches).await?))
}
