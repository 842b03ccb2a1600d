//! `POST /training-sessions/{session_id}/exercises/{session_exercise_id}/sets`.

use actix_web::{HttpResponse, post};
use irontrack_application::{Once, training_sessions::SetOf};
use irontrack_domain::training::session::SetChanges;
use utoipa::ToSchema;

use super::{Exercise, with_tag};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::place,
    training_sessions::{
        dto::SessionSet,
        set_input::{read_set, set_schema},
    },
};

set_schema! {
    /// A set that was done, and where it goes.
    #[schema(as = SessionSetAddInput, rename_all = "camelCase", example = json!({
        "weight": 40, "repsCompleted": 8, "setType": "warmup", "orderIndex": 0
    }))]
    SessionSetAddSchema {
        /// Place in the exercise, from 0; without it, and past the end, the end.
        #[schema(minimum = 0, nullable)]
        order_index: Option<i64>,
    }
}

/// Which exercise, and what to add to it.
pub(crate) struct Add {
    exercise: Exercise,
    set: SetChanges,
    place: Option<usize>,
}

impl Input for Add {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = Exercise::read(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let set = read_set(&mut body, violations);
        let place = body.field("orderIndex", "order_index").optional(violations, place);
        body.refuse_others(violations);
        Ok(Self { exercise: exercise?, set: set?, place: place? })
    }
}

/// Adds a set to an exercise of a training session
///
/// Its metric must be the one of the mode of the exercise; it may have none. Sets that are added at the same time all find
/// their places.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "AddTrainingSessionSet",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
    ),
    security(("accessCookie" = [])),
    request_body(content = SessionSetAddSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new set; the tag is that of the session", body = SessionSet),
        (status = 404, description = "The caller has no such session, or it has no such exercise",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The same request is still running", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{session_id}/exercises/{session_exercise_id}/sets")]
pub(crate) async fn add_training_session_set(call: Call<ActiveUser, Add>) -> Result<HttpResponse, Problem> {
    let Add { exercise: Exercise { session, id }, set, place } = call.input;
    let render = |of: &SetOf| {
        let (tag, set) = with_tag(of);
        answer::created(None, tag, &set)
    };
    let once = Once::new(call.repeatable.as_ref(), &render);
    let sessions = &call.state.training_sessions;
    Ok(answer::kept(
        sessions.add_set(call.caller.user_id, session, id, set, place, &call.conditions.matches, &once).await?,
    ))
}
