//! The columns of an event of the audit trail.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{
    SessionId, UserId,
    account::Client,
    audit::{AuditAction, AuditEvent, Origin, Via},
};
use irontrack_ports::{RepositoryError, query::RecordedEvent};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::CorruptValue;

/// The columns of an event.
pub(crate) const COLUMNS: &str =
    "id, occurred_at, kind, actor_id, subject_id, session_id, address, user_agent, details";

/// The types of [`COLUMNS`].
pub(crate) type EventColumns = (
    BigInt,
    Timestamptz,
    Text,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Text>,
    Nullable<Text>,
    Jsonb,
);

/// Where the kind stands in an action; in the table it has a column of its own.
const KIND: &str = "kind";

/// Where the way in stands among the details, unless it is the API.
const VIA: &str = "via";

/// A row of [`COLUMNS`].
#[derive(Queryable)]
pub(crate) struct EventRow {
    id: i64,
    occurred_at: DateTime<Utc>,
    kind: String,
    actor: Option<Uuid>,
    subject: Option<Uuid>,
    session: Option<Uuid>,
    address: Option<String>,
    user_agent: Option<String>,
    details: Value,
}

impl TryFrom<EventRow> for RecordedEvent {
    type Error = CorruptValue;

    fn try_from(row: EventRow) -> Result<Self, CorruptValue> {
        let (via, action) = read(row.kind, row.details).map_err(|problem| CorruptValue {
            table: "audit_event",
            problem: format!("event {}: {problem}", row.id),
        })?;
        let origin = Origin {
            via,
            actor: row.actor.map(UserId::new),
            session: row.session.map(SessionId::new),
            client: Client { address: row.address, user_agent: row.user_agent },
        };
        let event = AuditEvent { at: row.occurred_at, origin, subject: row.subject.map(UserId::new), action };
        Ok(Self { id: row.id, event })
    }
}

/// The details of an event, as a JSON object.
pub(crate) fn stored_details(event: &AuditEvent) -> Result<String, RepositoryError> {
    let mut details = match serde_json::to_value(&event.action) {
        Ok(Value::Object(details)) => details,
        other => return Err(RepositoryError::Unexpected(format!("an action is no object: {other:?}"))),
    };
    details.shift_remove(KIND);
    if event.origin.via != Via::Api {
        details.insert(VIA.into(), event.origin.via.name().into());
    }
    Ok(Value::Object(details).to_string())
}

fn read(kind: String, details: Value) -> Result<(Via, AuditAction), String> {
    let Value::Object(details) = details else { return Err("its details are no object".into()) };
    let via = match details.get(VIA).map(Value::as_str) {
        None => Via::Api,
        Some(name) => name.and_then(Via::from_name).ok_or("the way in is not known")?,
    };
    let named = [(KIND.to_owned(), Value::String(kind))];
    let action = Value::Object(named.into_iter().chain(details).collect::<Map<_, _>>());
    Ok((via, serde_json::from_value(action).map_err(|error| error.to_string())?))
}

#[cfg(test)]
mod tests {
    use irontrack_domain::{
        account::Role,
        audit::{AttemptLimit, SignInRefusal},
    };

    use super::*;

    fn event(action: AuditAction) -> AuditEvent {
        AuditEvent::new(DateTime::UNIX_EPOCH, Origin::default(), None, action)
    }

    /// What is written here is in databases for ever.
    #[test]
    fn kinds_and_details_are_stored_like_this() {
        let [plain, superuser, trainer] = Role::ALL;
        let id = SessionId::new(Uuid::from_u128(1));
        for (action, kind, details) in [
            (AuditAction::SignedIn, "signed-in", "{}"),
            (
                AuditAction::SignInFailed { reason: SignInRefusal::UnknownAccount },
                "sign-in-failed",
                r#"{"reason":"unknown-account"}"#,
            ),
            (
                AuditAction::RateLimitReached { limit: AttemptLimit::SignInAddress },
                "rate-limit-reached",
                r#"{"limit":"sign-in-address"}"#,
            ),
            (AuditAction::RefreshTokenReused, "refresh-token-reused", "{}"),
            (AuditAction::SignedOut, "signed-out", "{}"),
            (
                AuditAction::SessionEnded { ended: id },
                "session-ended",
                r#"{"ended":"00000000-0000-0000-0000-000000000001"}"#,
            ),
            (AuditAction::OtherSessionsEnded { sessions: 2 }, "other-sessions-ended", r#"{"sessions":2}"#),
            (AuditAction::SurplusSessionsEnded { sessions: 1 }, "surplus-sessions-ended", r#"{"sessions":1}"#),
            (AuditAction::PasswordRefused, "password-refused", "{}"),
            (AuditAction::PasswordChanged { sessions: 2 }, "password-changed", r#"{"sessions":2}"#),
            (AuditAction::PasswordReset { sessions: 2 }, "password-reset", r#"{"sessions":2}"#),
            (
                AuditAction::AccountCreated { role: plain, active: true },
                "account-created",
                r#"{"role":"application-access","active":true}"#,
            ),
            (AuditAction::AccountActivated, "account-activated", "{}"),
            (AuditAction::AccountDeactivated { sessions: 2 }, "account-deactivated", r#"{"sessions":2}"#),
            (
                AuditAction::AccountDeleted { role: superuser, sessions: 2 },
                "account-deleted",
                r#"{"role":"superuser","sessions":2}"#,
            ),
            (
                AuditAction::RoleChanged { from: superuser, to: trainer },
                "role-changed",
                r#"{"from":"superuser","to":"fitness-trainer"}"#,
            ),
        ] {
            assert_eq!(stored_details(&event(action.clone())).unwrap(), details);
            assert_eq!(action.kind().name(), kind);
            let stored = serde_json::from_str(details).unwrap();
            assert_eq!(read(kind.to_owned(), stored).unwrap(), (Via::Api, action));
        }
    }

    #[test]
    fn names_of_limits_are_those_that_are_stored() {
        use AttemptLimit::{PasswordChange, Refresh, SignInAccount, SignInAddress, SignUp};
        for limit in [SignInAddress, SignInAccount, SignUp, Refresh, PasswordChange] {
            assert_eq!(serde_json::to_value(limit).unwrap(), limit.name());
        }
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.slug());
        }
    }

    #[test]
    fn another_way_in_stands_among_the_details() {
        let event = AuditEvent { origin: Origin::command_line(), ..event(AuditAction::PasswordReset { sessions: 1 }) };
        let details = stored_details(&event).unwrap();
        assert_eq!(details, r#"{"sessions":1,"via":"command-line"}"#);
        let read = read("password-reset".into(), serde_json::from_str(&details).unwrap());
        assert_eq!(read.unwrap(), (Via::CommandLine, event.action));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for (kind, details) in [
            ("signed_in", "{}"),
            ("role-changed", "{}"),
            ("role-changed", r#"{"from":"superuser","to":"janitor"}"#),
            ("signed-in", r#"{"via":"pigeon"}"#),
            ("signed-in", r#"{"via":1}"#),
            ("signed-in", "[]"),
        ] {
            let stored = serde_json::from_str(details).unwrap();
            assert!(read(kind.to_owned(), stored).is_err(), "{kind} {details}");
        }
    }
}
