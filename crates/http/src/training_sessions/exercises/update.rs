//! `PATCH /training-sessions/{session_id}/exercises/{session_exercise_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_application::training_sessions::ExercisePatch;
use irontrack_domain::{ExerciseId, SessionExerciseId, TrainingSessionId};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{exercise_id, with_tag};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Field, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::{ModeName, mode, notes},
    training_sessions::{dto::SessionExercise, id},
};

/// A change of an exercise of a session. What is absent stays.
#[derive(ToSchema)]
#[schema(as = SessionExerciseUpdateInput, rename_all = "camelCase", example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000ac", "notes": "The rack was taken."
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionExerciseUpdateSchema {
    /// How it went; null clears it.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
    /// What is counted in its sets; another mode only while there are none.
    #[schema(inline)]
    mode: Option<ModeName>,
    /// An exercise that the caller may read, in the place of the one before. Its sets stay, and so does what was planned.
    exercise_id: Option<Uuid>,
}

/// Which exercise of which session, and what to change of it.
pub(crate) struct Update {
    id: TrainingSessionId,
    exercise: SessionExerciseId,
    patch: ExercisePatch,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let exercise = exercise_id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let notes = body.field("notes", "notes").clearable(violations, notes);
        let mode = body.field("mode", "mode").change(violations, mode);
        let swapped = body.field("exerciseId", "exercise_id").change(violations, Field::uuid);
        body.refuse_others(violations);
        let patch = ExercisePatch { notes: notes?, mode: mode?, exercise_id: swapped?.map(ExerciseId::new) };
        Ok(Self { id: id?, exercise: exercise?, patch })
    }
}

/// Changes an exercise of a training session
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "UpdateTrainingSessionExercise",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
    ),
    security(("accessCookie" = [])),
    request_body(content = SessionExerciseUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The exercise as it is now; the tag is that of the session", body = SessionExercise),
        (status = 404, description = "The caller has no such session, it has no such exercise, or the new exercise is not \
            there for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "Another mode, and the exercise has sets", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{session_id}/exercises/{session_exercise_id}")]
pub(crate) async fn update_training_session_exercise(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, exercise, patch } = call.input;
    let sessions = &call.state.training_sessions;
    let changed = sessions.update_exercise(&call.caller, id, exercise, patch, &call.conditions.matches).await?;
    let (tag, exercise) = with_tag(&changed);
    Ok(answer::tagged(StatusCode::OK, &tag, &exercise))
}
