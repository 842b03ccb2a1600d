//! An event as a line of JSON. Its fields are the columns of the table, so that there is one description of them.

use chrono::{DateTime, Utc};
use irontrack_domain::audit::AuditAction;
use irontrack_ports::query::RecordedEvent;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Failure;

/// Read by programs: fields are never renamed or removed.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: i64,
    occurred_at: DateTime<Utc>,
    kind: &'static str,
    via: &'static str,
    actor_id: Option<String>,
    subject_id: Option<String>,
    session_id: Option<String>,
    address: Option<&'a str>,
    user_agent: Option<&'a str>,
    details: Map<String, Value>,
}

/// What is known of an event besides who, when and where.
pub(super) fn details(action: &AuditAction) -> Map<String, Value> {
    let Ok(Value::Object(mut details)) = serde_json::to_value(action) else { return Map::new() };
    details.shift_remove("kind");
    details
}

/// The event as one line, with the line break.
pub(super) fn line(recorded: &RecordedEvent) -> Result<String, Failure> {
    let RecordedEvent { id, event } = recorded;
    let origin = &event.origin;
    let line = Line {
        id: *id,
        occurred_at: event.at,
        kind: event.kind().name(),
        via: origin.via.name(),
        actor_id: origin.actor.map(|id| id.to_string()),
        subject_id: event.subject.map(|id| id.to_string()),
        session_id: origin.session.map(|id| id.to_string()),
        address: origin.client.address.as_deref(),
        user_agent: origin.client.user_agent.as_deref(),
        details: details(&event.action),
    };
    let json = serde_json::to_string(&line);
    json.map(|json| json + "\n").map_err(|error| Failure::failed(format!("event {id} is no JSON: {error}")))
}
