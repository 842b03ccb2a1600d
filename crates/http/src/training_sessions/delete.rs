//! `DELETE /training-sessions/{session_id}`.

use actix_web::{HttpResponse, delete};

use super::Id;
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Deletes a training session
///
/// With everything in it, in whatever state it is.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "DeleteTrainingSession",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The session is gone"),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{session_id}")]
pub(crate) async fn delete_training_session(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    call.state.training_sessions.delete(call.caller.user_id, call.input.0, &call.conditions.matches).await?;
    Ok(answer::no_content(None))
}
