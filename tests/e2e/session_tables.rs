//! What the database itself refuses about training sessions.

use irontrack_domain::account::Role;
use irontrack_tests::harness::App;
use uuid::Uuid;

/// A row that breaks one rule, and the name of the rule. `$session`, `$exercise`, `$set`, `$owner` and `$other` stand for
/// what is there.
const BREAKS: [(&str, &str); 19] = [
    (
        "INSERT INTO training_sessions (id, user_id, user_timezone) VALUES ($session, $owner, 'UTC')",
        "pk_training_sessions",
    ),
    ("DELETE FROM user_account WHERE id = $owner", "fk_training_sessions_user_id_user_account"),
    (
        "INSERT INTO training_session_exercises (id, training_session_id, user_id, exercise_name_snapshot, mode_snapshot, order_index) \
         VALUES ($exercise, $session, $owner, 'x', 'reps', 1)",
        "pk_training_session_exercises",
    ),
    (
        "UPDATE training_sessions SET user_id = $other WHERE id = $session",
        "fk_training_session_exercises_training_session_id",
    ),
    (
        "UPDATE training_session_exercises SET user_id = $other WHERE id = $exercise",
        "fk_training_session_sets_session_exercise_id",
    ),
    (
        "UPDATE training_session_exercises SET training_session_id = gen_random_uuid() WHERE id = $exercise",
        "fk_training_session_exercises_training_session_id",
    ),
    (
        "UPDATE training_session_exercises SET exercise_id = gen_random_uuid() WHERE id = $exercise",
        "fk_training_session_exercises_exercise_id_exercises",
    ),
    (
        "UPDATE training_session_exercises SET planned_unit_exercise_id = 0, order_index_snapshot = 0, sets_snapshot = 1 \
         WHERE id = $exercise",
        "fk_training_session_exercises_planned_unit_exercise_id",
    ),
    (
        "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_name_snapshot, mode_snapshot, order_index) \
         VALUES ($session, $owner, 'x', 'reps', 0)",
        "uq_training_session_exercises_order",
    ),
    (
        "INSERT INTO training_session_sets (id, session_exercise_id, user_id, order_index) VALUES ($set, $exercise, $owner, 1)",
        "pk_training_session_sets",
    ),
    (
        "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index) VALUES ($exercise, $owner, 0)",
        "uq_training_session_sets_order",
    ),
    (
        "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index) VALUES ($exercise, $other, 1)",
        "fk_training_session_sets_session_exercise_id",
    ),
    (
        "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index) VALUES (0, $owner, 1)",
        "fk_training_session_sets_session_exercise_id",
    ),
    ("INSERT INTO training_histories (user_id, history_version) VALUES ($owner, 1)", "pk_training_histories"),
    (
        "INSERT INTO training_histories (user_id, history_version) VALUES (gen_random_uuid(), 1)",
        "fk_training_histories_user_id_user_account",
    ),
    (
        "INSERT INTO training_sessions (id, user_id, user_timezone) VALUES (gen_random_uuid(), gen_random_uuid(), 'UTC')",
        "fk_training_sessions_user_id_user_account",
    ),
    (
        "UPDATE training_sessions SET training_plan_id = gen_random_uuid(), plan_name_snapshot = 'x'",
        "fk_training_sessions_training_plan_id_training_plans",
    ),
    (
        "UPDATE training_sessions SET training_unit_id = gen_random_uuid(), unit_name_snapshot = 'x'",
        "fk_training_sessions_training_unit_id_training_units",
    ),
    ("UPDATE training_sessions SET training_plan_id = gen_random_uuid()", "ck_training_sessions_plan"),
];

/// What is set in the session, the exercise or the set so that it breaks one rule, and the name of the rule.
const UPDATES: [(&str, &str, &str); 48] = [
    ("training_sessions", "training_unit_id = gen_random_uuid()", "ck_training_sessions_unit"),
    ("training_sessions", "plan_name_snapshot = ''", "ck_training_sessions_plan_name"),
    ("training_sessions", "unit_name_snapshot = ''", "ck_training_sessions_unit_name"),
    ("training_sessions", "user_timezone = ''", "ck_training_sessions_timezone"),
    ("training_sessions", "notes = repeat('x', 10001)", "ck_training_sessions_notes"),
    ("training_sessions", "end_time = start_time", "ck_training_sessions_status"),
    ("training_sessions", "status = 'aborted'", "ck_training_sessions_status"),
    ("training_sessions", "status = 'completed', duration_seconds = 0", "ck_training_sessions_status"),
    ("training_sessions", "duration_seconds = 0", "ck_training_sessions_duration"),
    (
        "training_sessions",
        "status = 'aborted', end_time = start_time, duration_seconds = 0",
        "ck_training_sessions_duration",
    ),
    ("training_sessions", "status = 'completed', end_time = start_time", "ck_training_sessions_duration"),
    (
        "training_sessions",
        "status = 'completed', end_time = start_time, duration_seconds = -1",
        "ck_training_sessions_duration_seconds",
    ),
    (
        "training_sessions",
        "status = 'aborted', end_time = start_time - interval '1 microsecond'",
        "ck_training_sessions_end",
    ),
    (
        "training_sessions",
        "status = 'aborted', end_time = start_time + interval '744 hours 1 microsecond'",
        "ck_training_sessions_length",
    ),
    ("training_session_exercises", "order_index = -1", "ck_training_session_exercises_order"),
    ("training_session_exercises", "order_index = 200", "ck_training_session_exercises_order"),
    ("training_session_exercises", "exercise_name_snapshot = ''", "ck_training_session_exercises_name"),
    ("training_session_exercises", "notes = repeat('x', 10001)", "ck_training_session_exercises_notes"),
    ("training_session_exercises", "order_index_snapshot = 0", "check_planned"),
    ("training_session_exercises", "sets_snapshot = 1", "check_planned"),
    ("training_session_exercises", "reps_min_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "reps_max_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "target_weight_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "target_time_seconds_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "target_distance_km_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "rest_seconds_snapshot = 1", "check_unplanned"),
    ("training_session_exercises", "planned_unit_exercise_id = 1", "check_unplanned"),
    ("training_session_exercises", "order_index_snapshot = 200, sets_snapshot = 1", "check_planned_order"),
    ("training_session_exercises", "order_index_snapshot = 0, sets_snapshot = 0", "check_planned_sets"),
    ("planned", "reps_min_snapshot = 0", "check_planned_reps_min"),
    ("planned", "reps_max_snapshot = 10001", "check_planned_reps_max"),
    ("planned", "reps_min_snapshot = 9, reps_max_snapshot = 8", "check_planned_reps_range"),
    ("planned", "target_weight_snapshot = -0.001", "check_planned_weight"),
    ("planned", "target_distance_km_snapshot = 0", "check_planned_distance"),
    ("planned", "target_time_seconds_snapshot = 86401", "check_planned_time"),
    ("planned", "rest_seconds_snapshot = -1", "check_planned_rest"),
    ("training_session_sets", "order_index = 200", "ck_training_session_sets_order"),
    ("training_session_sets", "time_seconds = 1", "check_set_performance"),
    ("training_session_sets", "distance_km = 1", "check_set_performance"),
    ("training_session_sets", "reps_completed = NULL, time_seconds = 1, distance_km = 1", "check_set_performance"),
    ("training_session_sets", "weight = -0.001", "check_set_weight"),
    ("training_session_sets", "reps_completed = -1", "check_set_reps"),
    ("training_session_sets", "reps_completed = 10001", "check_set_reps"),
    ("training_session_sets", "reps_completed = NULL, time_seconds = 604801", "check_set_time"),
    ("training_session_sets", "reps_completed = NULL, distance_km = 0", "check_set_distance"),
    ("training_session_sets", "rpe = 0.5", "check_set_rpe"),
    ("training_session_sets", "rpe = 10.5", "check_set_rpe"),
    ("training_session_sets", "rpe = 8.3", "check_set_rpe_halves"),
];

fn update((table, set, rule): (&str, &str, &'static str)) -> (String, &'static str) {
    match table {
        "planned" => {
            let set = format!("order_index_snapshot = 0, sets_snapshot = 1, {set}");
            (format!("UPDATE training_session_exercises SET {set}"), rule)
        }
        _ => (format!("UPDATE {table} SET {set}"), rule),
    }
}

#[test]
fn rows_of_sessions_that_break_a_rule_are_refused() {
    let app = App::start();
    let mut mint = app.mint();
    let [owner, other] = [(); 2].map(|()| mint.person(Role::ApplicationAccess).user_id.unwrap_or_default());
    let session = mint.training_session(owner);
    let exercise = mint.exercise(Some(owner));
    let exercise = mint.session_exercise(session, exercise);
    let set = mint.session_set(exercise);
    let quoted = |id: Uuid| format!("'{id}'");
    let values = [
        ("$session", quoted(session)),
        ("$exercise", exercise.to_string()),
        ("$set", set.to_string()),
        ("$owner", quoted(owner)),
        ("$other", quoted(other)),
    ];
    let breaks = BREAKS.map(|(sql, rule)| (sql.to_owned(), rule)).into_iter().chain(UPDATES.map(update));
    for (sql, rule) in breaks {
        let sql = values.iter().fold(sql, |sql, (name, value)| sql.replace(name, value));
        let error = mint.database.batch_execute(&sql).expect_err(&sql);
        let broken = error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default();
        assert_eq!(broken, rule, "{sql}: {error:?}");
    }
    app.database.assert_invariants(true);
}

/// What is at the edge of every rule is let in.
#[test]
fn rows_of_sessions_at_the_limits_are_taken() {
    let app = App::start();
    let mut mint = app.mint();
    let owner = mint.person(Role::ApplicationAccess).user_id.unwrap_or_default();
    let session = mint.training_session(owner);
    let exercise = mint.exercise(Some(owner));
    let exercise = mint.session_exercise(session, exercise);
    mint.session_set(exercise);
    for sql in [
        "UPDATE training_sessions SET status = 'completed', end_time = start_time + interval '744 hours', duration_seconds = 2678400",
        "UPDATE training_sessions SET status = 'aborted', end_time = start_time, duration_seconds = NULL",
        "UPDATE training_sessions SET notes = repeat('ü', 10000)",
        "UPDATE training_session_exercises SET order_index_snapshot = 199, sets_snapshot = 100, reps_min_snapshot = 10000, \
         reps_max_snapshot = 10000, target_weight_snapshot = 0, target_distance_km_snapshot = 0.001, \
         target_time_seconds_snapshot = 86400, rest_seconds_snapshot = 86400",
        "UPDATE training_session_sets SET weight = 99999.999, reps_completed = 10000, rpe = 1",
        "UPDATE training_session_sets SET weight = 0, reps_completed = 0, rpe = 9.5, notes = repeat('ü', 500)",
    ] {
        mint.database.batch_execute(sql).expect(sql);
    }
    app.database.assert_invariants(true);
}
