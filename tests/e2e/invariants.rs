//! What must never be in a database is noticed when it is there: other tests rely on it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use irontrack_domain::account::Role;
use irontrack_tests::harness::TestDatabase;

/// Ways to break a database, and a word of what must be said about it.
const BREAKS: [(&str, &str); 11] = [
    ("UPDATE user_account SET is_superuser = true", "flag and role"),
    (
        "DROP INDEX uq_user_email_lower; INSERT INTO user_account (id, email, password, role_id) \
         SELECT gen_random_uuid(), e, 'x', id FROM role, unnest(ARRAY['ÄÖ@example.com', 'äö@example.com']) e \
         WHERE slug = 'application-access'",
        "two accounts of one address",
    ),
    ("UPDATE exercises SET slug = slug || 'x' WHERE slug = 'plank'", "whose slug"),
    ("DELETE FROM exercise_primary_muscles", "without a primary muscle"),
    (
        "INSERT INTO exercise_secondary_muscles SELECT * FROM exercise_primary_muscles ON CONFLICT DO NOTHING",
        "primary and secondary",
    ),
    ("UPDATE exercises SET name = replace(name, ' ', '  ')", "blanks too many"),
    (
        "UPDATE user_account SET is_active = false WHERE id IN (SELECT user_id FROM user_session)",
        "sessions without an active account",
    ),
    (
        "UPDATE exercises SET created_by = u.id, is_system_default = false, slug = NULL FROM user_account u \
         WHERE exercises.slug = 'plank'",
        "tags or aliases",
    ),
    (
        "INSERT INTO audit_event (occurred_at, kind, user_agent) VALUES (now(), 'signed-out', 'access_token=eyJhbGciO')",
        "a hash or a token",
    ),
    (
        "INSERT INTO audit_event (occurred_at, kind, subject_id) SELECT now(), 'account-deleted', id FROM user_account",
        "deletions of accounts",
    ),
    (
        "INSERT INTO audit_event (occurred_at, kind, details) \
         VALUES (now(), 'role-changed', '{\"from\": \"superuser\", \"to\": \"superuser\"}')",
        "changed nothing",
    ),
];

fn complaint(database: &TestDatabase) -> Option<String> {
    let panicked = catch_unwind(AssertUnwindSafe(|| database.assert_invariants(true))).err()?;
    panicked.downcast_ref::<String>().cloned()
}

#[test]
fn every_break_is_noticed() {
    for (sql, expected) in BREAKS {
        let database = TestDatabase::ready();
        let mut client = database.connect();
        let account = "INSERT INTO user_account (id, email, password, role_id) \
                       SELECT gen_random_uuid(), 'jo@example.com', 'x', id FROM role WHERE slug = $1";
        client.execute(account, &[&Role::ApplicationAccess.slug()]).expect("an account can be added");
        let session = "INSERT INTO user_session (id, user_id, expires_at, refresh_id) \
                       SELECT gen_random_uuid(), id, now() + interval '1 day', gen_random_uuid() FROM user_account";
        client.execute(session, &[]).expect("a session can be added");
        assert_eq!(complaint(&database), None, "a new database is consistent");
        let before = database.contents();
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let complaint = complaint(&database).unwrap_or_default();
        assert!(complaint.contains(expected), "expected a complaint about {expected} after {sql}, got {complaint:?}");
        assert!(catch_unwind(|| database.assert_unchanged(&before, sql)).is_err(), "expected {sql} to be seen");
    }
}
