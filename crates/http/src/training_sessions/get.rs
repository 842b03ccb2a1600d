//! `GET /training-sessions/{session_id}`.

use actix_web::{HttpResponse, get};
use irontrack_application::tag;

use super::{Id, dto::TrainingSession};
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Reads one training session
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "GetTrainingSession",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The session", body = TrainingSession),
        (status = 304, description = "The client knows the session as it is"),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{session_id}")]
pub(crate) async fn get_training_session(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let session = call.state.training_sessions.get(call.caller.user_id, call.input.0).await?;
    Ok(answer::read(&call.conditions, &tag(&session.head.revision), &TrainingSession::new(&session)))
}
