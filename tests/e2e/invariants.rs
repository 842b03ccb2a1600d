//! What must never be in a database is noticed when it is there: other tests rely on it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use irontrack_tests::harness::TestDatabase;

/// Ways to break a database, and a word of what must be said about it.
const BREAKS: [(&str, &str); 23] = [
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
    ("DELETE FROM training_unit_exercises WHERE order_index = 0", "gaps in their order"),
    ("UPDATE training_plan_units SET order_index = 2 WHERE order_index = 1", "days of training plans with gaps"),
    ("UPDATE training_units SET created_by = NULL", "units of somebody else"),
    ("UPDATE training_plans SET created_by = NULL, sharing_status = 'private'", "private plans without an owner"),
    ("UPDATE training_plans SET name = 'Plan  ' || name", "blanks too many"),
    (
        "INSERT INTO training_plan_access (training_plan_id, user_id) SELECT id, created_by FROM training_plans",
        "grants to the owner",
    ),
    (
        "DROP INDEX uq_training_units_created_by_name; INSERT INTO training_units (id, name, created_by) \
         SELECT gen_random_uuid(), 'ÜBUNGEN', created_by FROM training_units",
        "two templates of one owner",
    ),
    ("DELETE FROM training_session_exercises WHERE order_index = 0", "exercises of training sessions with gaps"),
    ("UPDATE training_session_sets SET order_index = 2 WHERE order_index = 1", "sets of training sessions with gaps"),
    ("UPDATE training_sessions SET end_time = end_time + interval '1 second'", "duration is not the time"),
    ("UPDATE training_session_exercises SET mode_snapshot = 'time'", "something else than their exercise"),
    ("DELETE FROM training_histories", "without a version of their history"),
];

/// An account with a session, a plan and a unit that stands in it twice, and a workout of two exercises with two sets each.
const CONTENTS: &str = "\
    INSERT INTO user_account (id, email, password, role_id) \
        SELECT gen_random_uuid(), 'jo@example.com', 'x', id FROM role WHERE slug = 'application-access'; \
    INSERT INTO user_session (id, user_id, expires_at, refresh_id) \
        SELECT gen_random_uuid(), id, now() + interval '1 day', gen_random_uuid() FROM user_account; \
    INSERT INTO training_units (id, name, created_by) SELECT gen_random_uuid(), 'Übungen', id FROM user_account; \
    INSERT INTO training_unit_exercises (training_unit_id, exercise_name_snapshot, mode, order_index) \
        SELECT id, 'Plank', 'sets_only', n FROM training_units, generate_series(0, 1) n; \
    INSERT INTO training_plans (id, name, difficulty_level, created_by) \
        SELECT gen_random_uuid(), 'Plan', 'beginner', id FROM user_account; \
    INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) \
        SELECT p.id, u.id, 3, n FROM training_plans p, training_units u, generate_series(0, 1) n; \
    INSERT INTO training_histories (user_id, history_version) SELECT id, 1 FROM user_account; \
    INSERT INTO training_sessions (id, user_id, user_timezone, end_time, status, duration_seconds) \
        SELECT gen_random_uuid(), id, 'UTC', now() + interval '1.9 seconds', 'completed', 1 FROM user_account; \
    INSERT INTO training_session_exercises \
        (training_session_id, user_id, exercise_name_snapshot, mode_snapshot, order_index) \
        SELECT id, user_id, 'Plank', 'reps', n FROM training_sessions, generate_series(0, 1) n; \
    INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, reps_completed) \
        SELECT id, user_id, n, 5 FROM training_session_exercises, generate_series(0, 1) n";

fn complaint(database: &TestDatabase) -> Option<String> {
    let panicked = catch_unwind(AssertUnwindSafe(|| database.assert_invariants(true))).err()?;
    panicked.downcast_ref::<String>().cloned()
}

#[test]
fn every_break_is_noticed() {
    for (sql, expected) in BREAKS {
        let database = TestDatabase::ready();
        let mut client = database.connect();
        client.batch_execute(CONTENTS).expect("the database can be filled");
        assert_eq!(complaint(&database), None, "a new database is consistent");
        let before = database.contents();
        client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let complaint = complaint(&database).unwrap_or_default();
        assert!(complaint.contains(expected), "expected a complaint about {expected} after {sql}, got {complaint:?}");
        assert!(catch_unwind(|| database.assert_unchanged(&before, sql)).is_err(), "expected {sql} to be seen");
    }
}
