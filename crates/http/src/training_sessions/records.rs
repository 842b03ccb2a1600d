//! `GET /training-sessions/{session_id}/records`.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Id;
use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, Call},
    problem::Problem,
    progress::Record,
};

/// The records that a session has set.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionRecords {
    /// The session.
    session_id: Uuid,
    /// By name of the exercise, and in the order in which they were set: each beats the one before of its kind. They stay
    /// in this list when they are broken later.
    records: Vec<Record>,
}

/// Lists the records that one training session has set
///
/// Compared with everything that was done before it. A session that was aborted has set none.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "ListTrainingSessionRecords",
    params(("session_id" = Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The records", body = SessionRecords),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{session_id}/records")]
pub(crate) async fn list_training_session_records(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let session = call.input.0;
    let render = |records: Vec<_>| {
        let records = records.into_iter().map(Record::from).collect();
        to_json(&SessionRecords { session_id: session.uuid(), records })
    };
    let progress = &call.state.progress;
    Ok(ready_json(progress.records_of_session(&call.caller, session, "session-records.1", &render).await?))
}
