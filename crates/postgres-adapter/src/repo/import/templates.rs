//! Writing parts with training units and plans. One that the account has already, by its identity or by its name, is that one
//! and stays as it is.

use chrono::{DateTime, Utc};
use irontrack_domain::{ImportId, UserId};

use super::Written;
use crate::statement::Statement;

/// Goes on with the tables `existing`, those of `wanted` that are there, and `fresh`, those that are not, each name once.
fn sorted_out(statement: Statement<Written>, table: &'static str, owner: UserId) -> Statement<Written> {
    statement
        .sql(", existing AS MATERIALIZED (SELECT DISTINCT ON (w.id) w.id, t.id AS target_id FROM wanted w JOIN ")
        .sql(table)
        .sql(" t ON (t.id = w.source OR lower(t.name) = lower(w.name)) AND t.created_by = ")
        .bind(owner.uuid())
        .sql(
            " ORDER BY w.id, (t.id = w.source) DESC, t.id), \
             fresh AS MATERIALIZED (SELECT DISTINCT ON (lower(w.name)) w.* FROM wanted w \
             WHERE w.id NOT IN (SELECT e.id FROM existing e) ORDER BY lower(w.name), w.id)",
        )
}

/// Goes on with the rows that say what became of each of `wanted`.
fn identities(
    statement: Statement<Written>,
    id: ImportId,
    kind: &'static str,
    is_same: &'static str,
) -> Statement<Written> {
    statement
        .sql(", known AS (INSERT INTO import_identities (import_id, kind, source_id, target_id, is_same) SELECT ")
        .bind(id.uuid())
        .sql(", ")
        .bind(kind)
        .sql(", w.source, coalesce(e.target_id, f.id), ")
        .sql(is_same)
        .sql(
            " FROM wanted w LEFT JOIN existing e ON e.id = w.id LEFT JOIN fresh f ON lower(f.name) = lower(w.name) \
             ON CONFLICT DO NOTHING)",
        )
}

/// Writes the units of a part that the account does not have.
pub(super) fn units(id: ImportId, owner: UserId, place: i32, now: DateTime<Utc>) -> Statement<Written> {
    let statement = super::part(Statement::new("WITH "), id, place).sql(
        ", wanted AS MATERIALIZED (SELECT w.* FROM part, jsonb_to_recordset(part.content -> 'units') AS w (id uuid, \
         source uuid, name text, description text, sharing_status sharing_status_enum))",
    );
    let statement = sorted_out(statement, "training_units", owner)
        .sql(
            ", listed AS MATERIALIZED (SELECT w.*, r.target_id, r.decision IS NOT DISTINCT FROM 'skip' AS is_skipped \
             FROM part CROSS JOIN LATERAL jsonb_to_recordset(part.content -> 'entries') AS w (unit uuid, place integer, \
             exercise integer, name text, mode training_mode_enum, notes text, sets smallint, reps_min smallint, \
             reps_max smallint, seconds integer, metres integer, grams integer, rest integer) \
             LEFT JOIN import_exercises r ON r.number = w.exercise AND r.import_id = ",
        )
        .bind(id.uuid())
        .sql(")");
    let is_same =
        "coalesce(f.id = w.id, false) AND NOT EXISTS (SELECT 1 FROM listed l WHERE l.unit = w.id AND l.is_skipped)";
    identities(statement, id, "unit", is_same)
        .sql(
            ", added AS (INSERT INTO training_units (id, created_by, name, description, sharing_status, created_at, \
             updated_at) SELECT f.id, ",
        )
        .bind(owner.uuid())
        .sql(", f.name, f.description, f.sharing_status, ")
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(
            " FROM fresh f ORDER BY f.id RETURNING id), entries AS (INSERT INTO training_unit_exercises \
             (training_unit_id, order_index, exercise_id, exercise_name_snapshot, mode, sets, reps_min, reps_max, \
             target_time_seconds, target_distance_km, target_weight, rest_seconds, unit_exercise_notes) \
             SELECT l.unit, row_number() OVER (PARTITION BY l.unit ORDER BY l.place) - 1, l.target_id, l.name, l.mode, \
             l.sets, l.reps_min, l.reps_max, l.seconds, l.metres::numeric / 1000, l.grams::numeric / 1000, l.rest, \
             l.notes FROM listed l JOIN fresh f ON f.id = l.unit WHERE NOT l.is_skipped ORDER BY l.unit, l.place) \
             SELECT (SELECT count(*) FROM added), 0::bigint, 0::bigint",
        )
}

/// Writes the plans of a part that the account does not have. Units that are not in the file, or could not be read, are
/// missing in them.
pub(super) fn plans(id: ImportId, owner: UserId, place: i32, now: DateTime<Utc>) -> Statement<Written> {
    let statement = super::part(Statement::new("WITH "), id, place).sql(
        ", wanted AS MATERIALIZED (SELECT w.* FROM part, jsonb_to_recordset(part.content -> 'plans') AS w (id uuid, \
         source uuid, name text, description text, sharing_status sharing_status_enum, \
         difficulty_level difficulty_level_enum))",
    );
    let statement = sorted_out(statement, "training_plans", owner);
    identities(statement, id, "plan", "coalesce(f.id = w.id, false)")
        .sql(
            ", added AS (INSERT INTO training_plans (id, created_by, name, description, sharing_status, \
             difficulty_level, created_at, updated_at) SELECT f.id, ",
        )
        .bind(owner.uuid())
        .sql(", f.name, f.description, f.sharing_status, f.difficulty_level, ")
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(
            " FROM fresh f ORDER BY f.id RETURNING id), scheduled AS (INSERT INTO training_plan_units \
             (training_plan_id, training_unit_id, day_number, order_index) SELECT w.plan, u.target_id, w.day, \
             row_number() OVER (PARTITION BY w.plan, w.day ORDER BY w.place) - 1 FROM part CROSS JOIN LATERAL \
             jsonb_to_recordset(part.content -> 'schedule') AS w (plan uuid, day smallint, place smallint, unit uuid) \
             JOIN fresh f ON f.id = w.plan JOIN import_identities u ON u.source_id = w.unit AND u.kind = 'unit' \
             AND u.import_id = ",
        )
        .bind(id.uuid())
        .sql(" ORDER BY w.plan, w.day, w.place) SELECT (SELECT count(*) FROM added), 0::bigint, 0::bigint")
}
