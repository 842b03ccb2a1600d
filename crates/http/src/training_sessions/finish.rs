//! `POST /training-sessions/{session_id}/finish`.

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
pub(crate) struct Finish {
    id: TrainingSessionId,
    end: Option<SessionTime>,
}

impl Input for Finish {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let end = read_end(request, violations);
        Ok(Self { id: id?, end: end? })
    }
}

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
pub(crate) async fn finish_training_session(call: Call<ActiveUser, Finish>) -> Result<HttpResponse, Problem> {
    let Finish { id, end } = call.input;
    let once = Once::new(call.repeatable.as_ref(), &ended);
    let sessions = &call.state.training_sessions;
    Ok(answer::kept(sessions.finish(call.caller.user_id, id, end, &call.conditions.matches, &once).await?))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_request;

    #[test]
    fn the_body_may_be_absent() {
        let finish = |body: Option<Value>| {
            let path = [("session_id", "0192a000-0000-7000-8000-0000000000ff")];
            read_request(&path, "", body, "2026-11-28T18:30:00Z".parse().unwrap()).map(|Finish { end, .. }| end)
        };
        assert_eq!(finish(None), Ok(None));
        assert_eq!(finish(Some(json!({}))), Ok(None));
        assert!(matches!(finish(Some(json!({"endTime": "2026-11-28T18:00:00Z"}))), Ok(Some(_))));
        assert_eq!(finish(Some(json!([]))), Err(vec!["model_attributes_type ".to_owned()]));
        assert_eq!(finish(Some(json!({"notes": "x"}))), Err(vec!["extra_forbidden /notes".to_owned()]));
    }
}
