//! `DELETE /training-sessions/{session_id}/exercises/{session_exercise_id}`.

use actix_web::{HttpResponse, delete};
use irontrack_application::tag;
use irontrack_domain::{SessionExerciseId, TrainingSessionId};

use super::exercise_id;
use crate::{
    answer,
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    training_sessions::id,
};

/// Which exercise of which session.
pub(crate) struct ExerciseInPath {
    id: TrainingSessionId,
    exercise: SessionExerciseId,
}

impl Input for ExerciseInPath {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let exercise = exercise_id(request, violations);
        Ok(Self { id: id?, exercise: exercise? })
    }
}

/// Removes an exercise from a training session
///
/// With its sets. Those behind it move up.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "DeleteTrainingSessionExercise",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The exercise is gone; the tag is that of the session"),
        (status = 404, description = "The caller has no such session, or it has no such exercise",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{session_id}/exercises/{session_exercise_id}")]
pub(crate) async fn delete_training_session_exercise(
    call: Call<ActiveUser, ExerciseInPath>,
) -> Result<HttpResponse, Problem> {
    let ExerciseInPath { id, exercise } = call.input;
    let sessions = &call.state.training_sessions;
    let revision = sessions.delete_exercise(call.caller.user_id, id, exercise, &call.conditions.matches).await?;
    Ok(answer::no_content(Some(&tag(&revision))))
}
