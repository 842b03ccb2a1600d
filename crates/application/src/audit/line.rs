//! The log lines of events: the one place where they are written, and counted.

use irontrack_domain::audit::{AuditEvent, AuditKind, Via};
use irontrack_ports::tally::AUDIT_EVENTS;
use serde_json::Value;
use tracing::field;

/// Says an event in the log, under the target `audit`, and counts it.
pub(super) fn log(event: &AuditEvent) {
    let (kind, origin) = (event.kind(), &event.origin);
    AUDIT_EVENTS.count(&[kind.name()]);
    let details = details(event);
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                target: "audit",
                kind = kind.name(),
                via = (origin.via != Via::Api).then(|| origin.via.name()),
                actor = origin.actor.map(field::display),
                subject = event.subject.map(field::display),
                session = origin.session.map(field::display),
                address = origin.client.address.as_deref(),
                user_agent = origin.client.user_agent.as_deref(),
                details = details.as_deref(),
                "{}",
                kind.text()
            )
        };
    }
    // Somebody has stolen a token.
    if kind == AuditKind::RefreshTokenReused { line!(warn) } else { line!(info) }
}

/// The details as a JSON object, if there are any.
fn details(event: &AuditEvent) -> Option<String> {
    let Ok(Value::Object(mut details)) = serde_json::to_value(&event.action) else { return None };
    // It has a field of its own.
    details.shift_remove("kind");
    (!details.is_empty()).then(|| Value::Object(details).to_string())
}
