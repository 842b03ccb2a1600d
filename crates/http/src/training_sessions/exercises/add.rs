//! `POST /training-sessions/{session_id}/exercises`.

use actix_web::{HttpResponse, post};
use irontrack_application::{
    Once,
    training_sessions::{ExerciseDraft, ExerciseOf},
};
use irontrack_domain::TrainingSessionId;
use utoipa::ToSchema;
use uuid::Uuid;

use super::with_tag;
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::{ModeName, place},
    training_sessions::{dto::SessionExercise, exercise_input::read_draft, id, set_input::SessionSetSchema},
};

/// An exercise that was done or is to be done, and where it goes.
#[derive(ToSchema)]
#[schema(as = SessionExerciseAddInput, rename_all = "camelCase", example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000ab", "mode": "time", "sets": [{"timeSeconds": 60}], "orderIndex": 0
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionExerciseAddSchema {
    /// An exercise that the caller may read.
    exercise_id: Uuid,
    /// What is counted in its sets. Each may have the metric of the mode and no other one; `sets_only` has none.
    #[schema(inline)]
    mode: ModeName,
    /// How it went.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
    /// Sets in their order.
    #[schema(max_items = 200, nullable)]
    sets: Option<Vec<SessionSetSchema>>,
    /// Place in the session, from 0; without it, and past the end, the end.
    #[schema(minimum = 0, nullable)]
    order_index: Option<i64>,
}

/// Which session, and what to add to it.
pub(crate) struct Add {
    id: TrainingSessionId,
    exercise: ExerciseDraft,
    place: Option<usize>,
}

impl Input for Add {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let exercise = read_draft(&mut body, violations);
        let place = body.field("orderIndex", "order_index").optional(violations, place);
        body.refuse_others(violations);
        Ok(Self { id: id?, exercise: exercise?, place: place? })
    }
}

/// Adds an exercise to a training session
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "AddTrainingSessionExercise",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    request_body(content = SessionExerciseAddSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new exercise; the tag is that of the session", body = SessionExercise),
        (status = 404, description = "The caller has no such session, or there is no such exercise for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The same request is still running", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{session_id}/exercises")]
pub(crate) async fn add_training_session_exercise(call: Call<ActiveUser, Add>) -> Result<HttpResponse, Problem> {
    let Add { id, exercise, place } = call.input;
    let render = |of: &ExerciseOf| {
        let (tag, exercise) = with_tag(of);
        answer::created(None, tag, &exercise)
    };
    let once = Once::new(call.repeatable.as_ref(), &render);
    let sessions = &call.state.training_sessions;
    Ok(answer::kept(sessions.add_exercise(&call.caller, id, exercise, place, &call.conditions.matches, &once).await?))
}
