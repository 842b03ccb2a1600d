//! The audit trail: what is written by which operation, that it stays as it was written, and what is never in it.

mod attempts;
mod changes;
mod outages;
mod secrets;
mod table;

use irontrack_tests::{
    harness::{App, AuditRow, Session},
    http::{Request, Response},
};
use serde_json::Value;
use uuid::Uuid;

const ADDRESS: &str = "192.0.2.7";
const AGENT: &str = "audit/1.0";

/// A server behind a proxy that says who the client is.
fn start(settings: &[(&str, &str)]) -> App {
    App::start_with(&[&[("TRUSTED_PROXIES", "127.0.0.0/8")], settings].concat())
}

/// The request as it comes from our client.
fn ours(request: Request) -> Request {
    request.header("X-Real-IP", ADDRESS).header("User-Agent", AGENT)
}

fn send_as(app: &App, who: &Session, request: Request) -> Response {
    app.send_as(who, ours(request))
}

/// An event from our client.
fn row(kind: &str, actor: Option<Uuid>, subject: Option<Uuid>, session: Option<Uuid>, details: Value) -> AuditRow {
    AuditRow {
        kind: kind.to_owned(),
        actor,
        subject,
        session,
        address: Some(ADDRESS.to_owned()),
        user_agent: Some(AGENT.to_owned()),
        details,
    }
}

/// Fails with the first event that is another one.
#[track_caller]
fn assert_events(found: &[AuditRow], expected: &[AuditRow]) {
    for (n, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "event {n}");
    }
    assert_eq!(found.len(), expected.len(), "expected {expected:#?}, found {found:#?}");
}
