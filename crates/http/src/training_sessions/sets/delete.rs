//! `DELETE /training-sessions/{session_id}/exercises/{session_exercise_id}/sets/{set_id}`.

use actix_web::{HttpResponse, delete};
use irontrack_application::tag;
use irontrack_domain::SessionSetId;

use super::{Exercise, set_id};
use crate::{
    answer,
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// Which set of which exercise.
pub(crate) struct SetInPath {
    exercise: Exercise,
    set: SessionSetId,
}

impl Input for SetInPath {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = Exercise::read(request, violations);
        let set = set_id(request, violations);
        Ok(Self { exercise: exercise?, set: set? })
    }
}

/// Removes a set from a training session
///
/// Those behind it move up.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "DeleteTrainingSessionSet",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
        ("set_id" = i64, Path, description = "Identifier of the set"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The set is gone; the tag is that of the session"),
        (status = 404, description = "The caller has no such session, or it has no such exercise or set",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{session_id}/exercises/{session_exercise_id}/sets/{set_id}")]
pub(crate) async fn delete_training_session_set(call: Call<ActiveUser, SetInPath>) -> Result<HttpResponse, Problem> {
    let SetInPath { exercise: Exercise { session, id }, set } = call.input;
    let sessions = &call.state.training_sessions;
    let revision = sessions.delete_set(call.caller.user_id, session, id, set, &call.conditions.matches).await?;
    Ok(answer::no_content(Some(&tag(&revision))))
}
