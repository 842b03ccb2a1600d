//! What is in a database: whether it changed, and whether it is consistent.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::TestDatabase;

/// All rows of all tables, by table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents(BTreeMap<String, Vec<String>>);

/// What must never be found, as statements that find it, with what it would be.
const BROKEN: [(&str, &str); 24] = [
    (
        "accounts whose flag and role disagree",
        "SELECT u.email FROM user_account u JOIN role r ON r.id = u.role_id \
         WHERE u.is_superuser <> (r.slug = 'superuser')",
    ),
    ("accounts without a role", "SELECT email FROM user_account WHERE role_id NOT IN (SELECT id FROM role)"),
    (
        "exercises whose owner does not fit their kind",
        "SELECT name FROM exercises WHERE CASE WHEN is_system_default THEN created_by IS NOT NULL \
         ELSE created_by IS NULL AND is_active END",
    ),
    (
        "exercises of an owner who is gone",
        "SELECT name FROM exercises WHERE created_by IS NOT NULL AND created_by NOT IN (SELECT id FROM user_account)",
    ),
    (
        "system exercises whose slug is not that of their name, or custom ones with a slug",
        "SELECT name FROM exercises WHERE slug IS DISTINCT FROM CASE WHEN is_system_default \
         THEN trim('-' FROM regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')) END",
    ),
    (
        "names of exercises with blanks too many",
        "SELECT name FROM exercises WHERE name <> trim(regexp_replace(name, '\\s+', ' ', 'g'))",
    ),
    (
        "muscles that are primary and secondary",
        "SELECT e.name FROM exercises e JOIN exercise_primary_muscles p ON p.exercise_id = e.id \
         JOIN exercise_secondary_muscles s ON s.exercise_id = e.id AND s.muscle_group_id = p.muscle_group_id",
    ),
    (
        "custom exercises with tags or aliases",
        "SELECT name FROM exercises WHERE NOT is_system_default AND (id IN (SELECT exercise_id FROM exercise_tag_map) \
         OR id IN (SELECT exercise_id FROM exercise_aliases))",
    ),
    (
        "sessions without an active account",
        "SELECT id::text FROM user_session WHERE user_id NOT IN (SELECT id FROM user_account WHERE is_active)",
    ),
    ("audit events with a hash or a token", "SELECT id::text FROM audit_event e WHERE e::text ~ '\\$argon2|eyJ'"),
    (
        "audit events of deletions of accounts that are there",
        "SELECT id::text FROM audit_event \
         WHERE kind = 'account-deleted' AND subject_id IN (SELECT id FROM user_account)",
    ),
    (
        "audit events of changes of roles that changed nothing",
        "SELECT id::text FROM audit_event WHERE kind = 'role-changed' AND details ->> 'from' = details ->> 'to'",
    ),
    ("entries of training units with gaps in their order", ENTRIES_WITH_GAPS),
    ("days of training plans with gaps in their order", DAYS_WITH_GAPS),
    (
        "units of somebody else in training plans",
        "SELECT p.name FROM training_plans p JOIN training_plan_units s ON s.training_plan_id = p.id \
         JOIN training_units u ON u.id = s.training_unit_id WHERE u.created_by IS DISTINCT FROM p.created_by",
    ),
    (
        "private plans without an owner",
        "SELECT name FROM training_plans WHERE created_by IS NULL AND sharing_status = 'private'",
    ),
    (
        "names of templates with blanks too many",
        "SELECT name FROM (SELECT name FROM training_units UNION ALL SELECT name FROM training_plans) AS template \
         WHERE name <> trim(regexp_replace(name, '\\s+', ' ', 'g'))",
    ),
    (
        "grants to the owner",
        "SELECT name FROM training_units t JOIN training_unit_access a ON a.training_unit_id = t.id \
         WHERE a.user_id = t.created_by UNION ALL \
         SELECT name FROM training_plans t JOIN training_plan_access a ON a.training_plan_id = t.id \
         WHERE a.user_id = t.created_by",
    ),
    ("exercises of training sessions with gaps in their order", EXERCISES_WITH_GAPS),
    ("sets of training sessions with gaps in their order", SETS_WITH_GAPS),
    (
        "training sessions whose duration is not the time between start and end",
        "SELECT id::text FROM training_sessions \
         WHERE duration_seconds <> floor(extract(epoch FROM end_time - start_time))",
    ),
    (
        "sets that count something else than their exercise",
        "SELECT s.id::text FROM training_session_sets s JOIN training_session_exercises e \
         ON e.id = s.session_exercise_id WHERE CASE e.mode_snapshot \
         WHEN 'reps' THEN num_nonnulls(s.time_seconds, s.distance_km) \
         WHEN 'time' THEN num_nonnulls(s.reps_completed, s.distance_km) \
         WHEN 'distance' THEN num_nonnulls(s.reps_completed, s.time_seconds) \
         ELSE num_nonnulls(s.reps_completed, s.time_seconds, s.distance_km) END > 0",
    ),
    (
        "training sessions without a version of their history",
        "SELECT id::text FROM training_sessions WHERE user_id NOT IN (SELECT user_id FROM training_histories)",
    ),
    (
        "links that lead nowhere",
        "SELECT exercise_id::text FROM (\
         SELECT exercise_id, muscle_group_id IN (SELECT id FROM muscle_groups) AS found FROM exercise_primary_muscles \
         UNION ALL SELECT exercise_id, muscle_group_id IN (SELECT id FROM muscle_groups) FROM exercise_secondary_muscles \
         UNION ALL SELECT exercise_id, equipment_id IN (SELECT id FROM equipment) FROM exercise_equipment \
         UNION ALL SELECT exercise_id, tag_id IN (SELECT id FROM exercise_tags) FROM exercise_tag_map) AS link \
         WHERE NOT found OR exercise_id NOT IN (SELECT id FROM exercises)",
    ),
];

/// Places start at 0 and have no gaps: then the last one is the number of places less one.
const ENTRIES_WITH_GAPS: &str = "SELECT training_unit_id::text FROM training_unit_exercises GROUP BY training_unit_id \
                                 HAVING min(order_index) <> 0 OR max(order_index) <> count(*) - 1";
const DAYS_WITH_GAPS: &str = "SELECT training_plan_id || ' day ' || day_number FROM training_plan_units \
                              GROUP BY training_plan_id, day_number \
                              HAVING min(order_index) <> 0 OR max(order_index) <> count(*) - 1";
const EXERCISES_WITH_GAPS: &str = "SELECT training_session_id::text FROM training_session_exercises \
                                   GROUP BY training_session_id \
                                   HAVING min(order_index) <> 0 OR max(order_index) <> count(*) - 1";
const SETS_WITH_GAPS: &str = "SELECT session_exercise_id::text FROM training_session_sets GROUP BY session_exercise_id \
                              HAVING min(order_index) <> 0 OR max(order_index) <> count(*) - 1";

/// Broken only while no item of a catalogue was removed.
const WITHOUT_MUSCLE: (&str, &str) = (
    "exercises without a primary muscle",
    "SELECT name FROM exercises WHERE id NOT IN (SELECT exercise_id FROM exercise_primary_muscles)",
);

/// What must be there once only, ignoring case.
const UNIQUE: [(&str, &str); 4] = [
    ("two accounts of one address", "SELECT email FROM user_account"),
    (
        "two visible exercises of one owner and name",
        "SELECT concat(created_by, ' ', name) FROM exercises WHERE is_active",
    ),
    (
        "two templates of one owner and name",
        "SELECT concat('unit ', created_by, name) FROM training_units WHERE created_by IS NOT NULL \
         UNION ALL SELECT concat('plan ', created_by, name) FROM training_plans WHERE created_by IS NOT NULL",
    ),
    (
        "two items of one catalogue and name",
        "SELECT 'muscle ' || name FROM muscle_groups UNION ALL SELECT 'equipment ' || name FROM equipment \
         UNION ALL SELECT 'tag ' || name FROM exercise_tags",
    ),
];

/// The rows of a table by which one tells whether anything has changed. Audit events of attempts that failed do not count:
/// they are stored later, of a refused request as well.
pub(super) fn lasting_rows(table: &str) -> String {
    let attempts = "'sign-in-failed', 'rate-limit-reached', 'password-refused'";
    match table {
        "audit_event" => format!("audit_event t WHERE kind NOT IN ({attempts})"),
        _ => format!("\"{table}\" t"),
    }
}

impl TestDatabase {
    /// All rows of all tables, but audit events of attempts that failed.
    #[must_use]
    pub fn contents(&self) -> Contents {
        let mut client = self.connect();
        let sql = "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace";
        let tables = client.query(sql, &[]).expect("tables can be listed");
        let mut rows_of = |table: &str| {
            let sql = format!("SELECT t::text FROM {} ORDER BY 1", lasting_rows(table));
            let rows = client.query(&sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
            rows.iter().map(|row| row.get(0)).collect()
        };
        Contents(tables.iter().map(|row| (row.get(0), rows_of(row.get(0)))).collect())
    }

    /// Fails, and tells which rows differ, unless the database holds what it held before.
    pub fn assert_unchanged(&self, before: &Contents, after_what: &str) {
        let now = self.contents();
        let mut report = String::new();
        for (table, rows) in &now.0 {
            let old = before.0.get(table).map(Vec::as_slice).unwrap_or_default();
            for (sign, some, others) in [('-', old, rows.as_slice()), ('+', rows.as_slice(), old)] {
                for row in some.iter().filter(|row| !others.contains(row)).take(5) {
                    let shown: String = row.chars().take(300).collect();
                    writeln!(report, "{sign} {table} {shown}").expect("a text can be written to");
                }
            }
        }
        assert!(*before == now, "expected an unchanged database after {after_what}:\n{report}");
    }

    /// Fails when the database holds anything that must never be there. `catalogues_whole` says that no item of a
    /// catalogue was removed, so that every exercise must have a primary muscle.
    pub fn assert_invariants(&self, catalogues_whole: bool) {
        let mut client = self.connect();
        let mut report = String::new();
        for (what, sql) in BROKEN.into_iter().chain(catalogues_whole.then_some(WITHOUT_MUSCLE)) {
            let rows = client.query(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
            if !rows.is_empty() {
                let found: Vec<Option<String>> = rows.iter().take(5).map(|row| row.get(0)).collect();
                writeln!(report, "{} {what}, such as {found:?}", rows.len()).expect("a text can be written to");
            }
        }
        // Whatever the collation of the database takes for upper and lower case.
        for (what, sql) in UNIQUE {
            let rows = client.query(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
            let mut seen = BTreeSet::new();
            for row in rows {
                let key: String = row.get(0);
                if !seen.insert(key.to_lowercase()) {
                    writeln!(report, "{what}, such as {key:?}").expect("a text can be written to");
                }
            }
        }
        assert!(report.is_empty(), "expected a consistent database, found\n{report}");
    }
}
