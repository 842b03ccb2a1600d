//! What the database itself refuses about training units, plans, access and kept answers.

use irontrack_domain::account::Role;
use irontrack_tests::harness::App;

/// A row that breaks one rule, and the name of the rule. `$unit`, `$plan`, `$owner` and `$other` stand for ids.
const BREAKS: [(&str, &str); 15] = [
    ("INSERT INTO training_units (id, name) VALUES ($unit, 'again')", "pk_training_units"),
    ("INSERT INTO training_units (id, name) VALUES (gen_random_uuid(), '')", "ck_training_units_name"),
    (
        "INSERT INTO training_units (id, name, created_by) SELECT gen_random_uuid(), upper(name), $owner FROM training_units WHERE id = $unit",
        "uq_training_units_created_by_name",
    ),
    (
        "INSERT INTO training_units (id, name, description) VALUES (gen_random_uuid(), 'x', repeat('x', 10001))",
        "ck_training_units_description",
    ),
    (
        "INSERT INTO training_units (id, name, created_by) VALUES (gen_random_uuid(), 'x', gen_random_uuid())",
        "fk_training_units_created_by_user_account",
    ),
    (
        "INSERT INTO training_plans (id, name, difficulty_level) VALUES (gen_random_uuid(), '', 'expert')",
        "ck_training_plans_name",
    ),
    (
        "INSERT INTO training_plans (id, name, difficulty_level, created_by) \
         SELECT gen_random_uuid(), upper(name), 'expert', $owner FROM training_plans WHERE id = $plan",
        "uq_training_plans_created_by_name",
    ),
    ("UPDATE training_plans SET description = repeat('x', 10001)", "ck_training_plans_description"),
    ("DELETE FROM training_units WHERE id = $unit", "fk_training_plan_units_training_unit_id_training_units"),
    (
        "INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) VALUES ($plan, $unit, 1, 0)",
        "uq_training_plan_units_order",
    ),
    (
        "INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) VALUES ($plan, $unit, 3661, 0)",
        "ck_training_plan_units_day",
    ),
    (
        "INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) VALUES ($plan, $unit, 1, 400)",
        "ck_training_plan_units_order",
    ),
    (
        "INSERT INTO training_unit_access (training_unit_id, user_id, granted_by) VALUES ($unit, $owner, $owner)",
        "check_not_self_grant",
    ),
    (
        "INSERT INTO training_plan_access (training_plan_id, user_id, granted_by) VALUES ($plan, $other, $other)",
        "check_not_self_grant",
    ),
    (
        "INSERT INTO idempotency_keys (user_id, key, request_hash, status, headers, body) VALUES ($owner, 'k', 'short', 201, '{}', '')",
        "ck_idempotency_keys_request_hash",
    ),
];

/// Columns and values of an entry that breaks one rule, and the name of the rule.
const ENTRIES: [(&str, &str, &str); 16] = [
    ("order_index, sets, reps_min", "'reps', 0, 1, 5", "uq_training_unit_exercises_order"),
    ("order_index, sets, reps_min", "'reps', 200, 1, 5", "ck_training_unit_exercises_order"),
    ("order_index, sets, reps_min", "'reps', -1, 1, 5", "ck_training_unit_exercises_order"),
    ("order_index, sets, reps_min", "'reps', 1, 0, 5", "check_sets_count"),
    ("order_index, sets, reps_min", "'reps', 1, 101, 5", "check_sets_count"),
    ("order_index, sets, reps_min", "'reps', 1, 1, 0", "check_reps_min"),
    ("order_index, sets, reps_max", "'reps', 1, 1, 10001", "check_reps_max"),
    ("order_index, reps_min, reps_max", "'reps', 1, 9, 8", "check_reps_range"),
    ("order_index, sets, target_time_seconds", "'reps', 1, 1, 5", "check_mode_consistency"),
    ("order_index, sets, reps_min", "'time', 1, 1, 5", "check_mode_consistency"),
    ("order_index, sets, reps_min", "'distance', 1, 1, 5", "check_mode_consistency"),
    ("order_index, sets, target_distance_km", "'sets_only', 1, 1, 5", "check_mode_consistency"),
    ("order_index, sets, target_weight", "'sets_only', 1, 1, -0.001", "check_target_weight"),
    ("order_index, sets, target_distance_km", "'distance', 1, 1, 0", "check_target_distance"),
    ("order_index, sets, target_time_seconds", "'time', 1, 1, 86401", "check_target_time"),
    ("order_index, sets, rest_seconds", "'sets_only', 1, 1, -1", "check_rest"),
];

#[test]
fn rows_that_break_a_rule_are_refused() {
    let app = App::start();
    let mut mint = app.mint();
    let [owner, other] = [(); 2].map(|()| mint.person(Role::ApplicationAccess).user_id.unwrap_or_default());
    let (unit, plan) = (mint.training_unit(Some(owner), "private"), mint.training_plan(Some(owner), "private"));
    let exercise = mint.exercise(None);
    mint.unit_entry(unit, exercise);
    mint.plan_unit(plan, unit, 1);
    let ids = [("$unit", unit), ("$plan", plan), ("$owner", owner), ("$other", other)];
    let entry = |(columns, values, rule): (&str, &str, &'static str)| {
        let columns = format!("training_unit_id, exercise_name_snapshot, mode, {columns}");
        (format!("INSERT INTO training_unit_exercises ({columns}) VALUES ($unit, 'x', {values})"), rule)
    };
    let breaks = BREAKS.map(|(sql, rule)| (sql.to_owned(), rule)).into_iter().chain(ENTRIES.map(entry));
    for (sql, rule) in breaks {
        let sql = ids.iter().fold(sql, |sql, (name, id)| sql.replace(name, &format!("'{id}'")));
        let error = mint.database.batch_execute(&sql).expect_err(&sql);
        let broken = error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default();
        assert_eq!(broken, rule, "{sql}: {error:?}");
    }
    app.database.assert_invariants(true);
}
