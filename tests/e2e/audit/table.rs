//! The table is append-only, whoever asks.

use irontrack_domain::audit::AuditKind;
use irontrack_tests::harness::TestDatabase;
use postgres::error::SqlState;

#[test]
fn what_was_written_stays() {
    let database = TestDatabase::ready();
    let mut client = database.connect();
    let insert = "INSERT INTO audit_event (occurred_at, kind) VALUES (now(), 'signed-out')";
    client.batch_execute(&format!("{insert}; {insert}")).expect("events can be added");
    let before = database.contents();
    for sql in [
        "UPDATE audit_event SET kind = 'signed-in'",
        "UPDATE audit_event SET details = details WHERE false",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE id = 1",
        "DELETE FROM audit_event WHERE false",
        "TRUNCATE audit_event",
        "TRUNCATE audit_event, user_session CASCADE",
        "WITH gone AS (DELETE FROM audit_event RETURNING 1) SELECT count(*) FROM gone",
        "INSERT INTO audit_event (id, occurred_at, kind) OVERRIDING SYSTEM VALUE VALUES (1, now(), 'signed-in') \
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind",
    ] {
        let refused = client.batch_execute(sql).expect_err(sql);
        assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{sql}: {refused}");
        let message = refused.as_db_error().map(|error| error.message().to_owned()).unwrap_or_default();
        assert!(message.starts_with("audit_event is append-only"), "{sql}: {message}");
        database.assert_unchanged(&before, sql);
    }
    let number = "INSERT INTO audit_event (id, occurred_at, kind) VALUES (1, now(), 'signed-in')";
    assert!(client.batch_execute(number).is_err(), "numbers are given by the database");
    client.batch_execute(insert).expect("events can still be added");
}

const DOCUMENT: &str = include_str!("../../../docs/audit-trail.md");

#[test]
fn the_document_has_every_kind() {
    for kind in AuditKind::ALL {
        let row = format!("| `{}` |", kind.name());
        assert_eq!(DOCUMENT.matches(&row).count(), 1, "expected one row for {} in docs/audit-trail.md", kind.name());
    }
}

/// As the document says it.
#[test]
fn the_owner_of_the_table_can_remove_what_is_old() {
    let recipe = DOCUMENT.split("```sql\n").find(|block| block.starts_with("BEGIN;")).expect("there is a recipe");
    let recipe = recipe.split("```").next().unwrap_or_default();
    let database = TestDatabase::ready();
    let mut client = database.connect();
    for age in ["3 years", "1 year"] {
        let insert =
            format!("INSERT INTO audit_event (occurred_at, kind) VALUES (now() - interval '{age}', 'signed-out')");
        client.batch_execute(&insert).expect("events can be added");
    }
    client.batch_execute(recipe).expect("old events can be removed");
    let left: i64 = client.query_one("SELECT count(*) FROM audit_event", &[]).expect("a count").get(0);
    assert_eq!(left, 1, "the old one is gone, and the other one is not");
    assert!(client.batch_execute("DELETE FROM audit_event").is_err(), "the trail is closed again");
}

#[test]
fn events_outlive_accounts_and_sessions() {
    let database = TestDatabase::ready();
    let sql = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'audit_event'::regclass";
    let references: i64 = database.connect().query_one(sql, &[]).expect("a count").get(0);
    assert_eq!(references, 0, "expected no foreign key in audit_event");
}
