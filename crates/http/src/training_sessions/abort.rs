//! `POST /training-sessions/{session_id}/abort`.

use actix_web::{HttpResponse, post};
use irontrack_application::Once;
use irontrack_domain::{TrainingSessionId, training::session::SessionTime};

use super::{
    course_input::{SessionEndSchema, read_end},
    dto::TrainingSession,
    ended, id,
};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// Which session, and when it ended.
pub(crate) struct Abort {
    id: TrainingSessionId,
    end: Option<SessionTime>,
}

impl Input for Abort {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let end = read_end(request, violations);
        Ok(Self { id: id?, end: end? })
    }
}

/// Breaks a training session off
///
/// It is aborted and has no duration. What was done in it stays, and can be corrected afterwards.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "AbortTrainingSession",
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
#[post("/{session_id}/abort")]
pub(crate) async fn abort_training_session(call: Call<ActiveUser, Abort>) -> Result<HttpResponse, Problem> {
    let Abort { id, end } = call.input;
    let once = Once::new(call.repeatable.as_ref(), &ended);
    let sessions = &call.state.training_sessions;
    Ok(answer::kept(sessions.abort(call.caller.user_id, id, end, &call.conditions.matches, &once).await?))
}
