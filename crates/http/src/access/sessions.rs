//! `/access/sessions`: one's own sessions.

use actix_web::{HttpResponse, delete, get};
use chrono::{DateTime, Utc};
use irontrack_domain::{SessionId, account::LoginSession};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// A signed-in session of the caller.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000bb", "createdAt": "2026-11-23T18:41:46.082726Z",
    "lastUsedAt": "2026-11-23T19:05:00.000001Z", "expiresAt": "2026-11-30T18:41:46.082726Z",
    "userAgent": "Mozilla/5.0", "address": "203.0.113.7", "current": true
}))]
pub(crate) struct AccountSession {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// Time of sign-in, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last use, UTC; recorded at every refresh, otherwise every few minutes.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    last_used_at: DateTime<Utc>,
    /// When the session ends if it is not refreshed, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    expires_at: DateTime<Utc>,
    /// What the client calls itself.
    #[schema(required)]
    user_agent: Option<String>,
    /// Network address of the client.
    #[schema(required)]
    address: Option<String>,
    /// Whether this request was made in this session.
    current: bool,
}

impl AccountSession {
    fn new(session: LoginSession, current: SessionId) -> Self {
        Self {
            id: session.id.uuid(),
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
            user_agent: session.client.user_agent,
            address: session.client.address,
            current: session.id == current,
        }
    }
}

/// The id in the path.
pub(crate) struct Id(SessionId);

impl Input for Id {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        request.path.uuid("sessionId", violations).map(|id| Self(id.into()))
    }
}

/// Lists one's own sessions
///
/// The last used one comes first.
#[utoipa::path(
    tag = "Access",
    operation_id = "ListAccountSessions",
    security(("accessCookie" = [])),
    responses((status = 200, description = "All live sessions of the caller", body = [AccountSession]))
)]
#[get("/sessions")]
pub(crate) async fn list_account_sessions(call: Call<ActiveUser, ()>) -> Result<HttpResponse, Problem> {
    let sessions = call.state.access.sessions(&call.caller).await?;
    let current = call.caller.session_id;
    let sessions: Vec<_> = sessions.into_iter().map(|session| AccountSession::new(session, current)).collect();
    Ok(HttpResponse::Ok().json(sessions))
}

/// Ends one of one's own sessions
///
/// Ending the current one deletes both cookies as well.
#[utoipa::path(
    tag = "Access",
    operation_id = "EndAccountSession",
    params(("sessionId" = Uuid, Path, description = "Identifier of the session")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The session has ended"),
        (status = 404, description = "The caller has no such session", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/sessions/{sessionId}")]
pub(crate) async fn end_account_session(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let Id(id) = call.input;
    call.state.access.end_session(&call.caller, id).await?;
    let mut answer = HttpResponse::NoContent();
    if id == call.caller.session_id {
        call.state.settings.cookies.delete(&mut answer);
    }
    Ok(answer.finish())
}

/// Ends all other sessions of one's own
#[utoipa::path(
    tag = "Access",
    operation_id = "EndOtherAccountSessions",
    security(("accessCookie" = [])),
    responses((status = 204, description = "All sessions but the current one have ended"))
)]
#[delete("/sessions")]
pub(crate) async fn end_other_account_sessions(call: Call<ActiveUser, ()>) -> Result<HttpResponse, Problem> {
    call.state.access.end_other_sessions(&call.caller).await?;
    Ok(HttpResponse::NoContent().finish())
}
