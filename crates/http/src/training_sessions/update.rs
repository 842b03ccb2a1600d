//! `PATCH /training-sessions/{session_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use chrono::{DateTime, Utc};
use irontrack_application::{tag, training_sessions::SessionPatch};
use irontrack_domain::TrainingSessionId;
use utoipa::ToSchema;

use super::{
    course_input::{read_times, time_zone},
    dto::TrainingSession,
    id,
};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::notes,
};

/// A change of a training session. What is absent stays.
#[derive(ToSchema)]
#[schema(as = TrainingSessionUpdateInput, rename_all = "camelCase", example = json!({
    "endTime": "2026-11-28T19:35:00+01:00", "notes": null
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingSessionUpdateSchema {
    /// How it went; null clears it.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
    /// When it began, with an offset or `Z`: not before 1900 and at most 5 minutes ahead. The duration follows.
    start_time: Option<DateTime<Utc>>,
    /// When it ended, with an offset or `Z`: not before the start, at most 31 days after it, and at most 5 minutes ahead.
    /// The duration follows. Not while the session is in progress.
    end_time: Option<DateTime<Utc>>,
    /// Where the clocks of the athlete were set: a name of the IANA database. Start and end stay the same moments.
    #[schema(example = "Europe/Berlin")]
    user_timezone: Option<String>,
}

/// Which session, and what to change of it.
pub(crate) struct Update {
    id: TrainingSessionId,
    patch: SessionPatch,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let notes = body.field("notes", "notes").clearable(violations, notes);
        let times = read_times(&mut body, request.now, violations);
        let time_zone = body.field("userTimezone", "user_timezone").change(violations, time_zone);
        body.refuse_others(violations);
        let (start, end) = times?;
        Ok(Self { id: id?, patch: SessionPatch { notes: notes?, start, end, time_zone: time_zone? } })
    }
}

/// Changes a training session
///
/// Also after its end. How it ended stays.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "UpdateTrainingSession",
    params(("session_id" = uuid::Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    request_body(content = TrainingSessionUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The session as it is now", body = TrainingSession),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The body names `endTime`, and the session is in progress",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{session_id}")]
pub(crate) async fn update_training_session(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, patch } = call.input;
    let sessions = &call.state.training_sessions;
    let session = sessions.update(call.caller.user_id, id, patch, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&session.head.revision), &TrainingSession::new(&session)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_request;

    fn update(body: Value) -> Result<SessionPatch, Vec<String>> {
        let path = [("session_id", "0192a000-0000-7000-8000-0000000000ff")];
        read_request(&path, "", Some(body), DateTime::UNIX_EPOCH).map(|Update { patch, .. }| patch)
    }

    #[test]
    fn null_clears_notes_and_nothing_else() {
        assert_eq!(update(json!({"notes": null})).unwrap().notes, Some(None));
        let nothing = update(json!({})).unwrap();
        assert!(nothing.notes.is_none() && nothing.start.is_none() && nothing.time_zone.is_none());
        let nulls = json!({"startTime": null, "endTime": null, "user_timezone": null, "status": null});
        let expected = [
            "null_not_allowed /startTime",
            "null_not_allowed /endTime",
            "null_not_allowed /user_timezone",
            "extra_forbidden /status",
        ];
        assert_eq!(update(nulls).map(|_| ()), Err(expected.map(str::to_owned).to_vec()));
    }
}
