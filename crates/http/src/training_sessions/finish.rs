//! `POST /training-sessions/{session_id}/finish`.

use actix_web::{HttpResponse, post};
use irontrack_application::Once;

use super::{
    dto::TrainingSession,
    end_input::{End, SessionEndSchema},
    ended,
};
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Finishes a training session
///
/// It is completed and has a duration from then on. Of two requests at the same time one succeeds. The session can be
/// corrected afterwards.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "FinishTrainingSession",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    request_body(content = SessionEndSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The session as it is now", body = TrainingSession),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The session is not in progress, or the same request is still running",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{session_id}/finish")]
pub(crate) async fn finish_training_session(call: Call<ActiveUser, End>) -> Result<HttpResponse, Problem> {
    let End { id, time } = call.input;
    let once = Once::new(call.repeatable.as_ref(), &ended);
    let sessions = &call.state.training_sessions;
    Ok(answer::kept(sessions.finish(call.caller.user_id, id, time, &call.conditions.matches, &once).await?))
}
