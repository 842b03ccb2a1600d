//! Writing parts with training sessions.

use chrono::{DateTime, Utc};
use diesel::sql_types::BigInt;
use irontrack_domain::{ImportId, UserId};

use super::Written;
use crate::{
    repo::training_session::wanted::{EXERCISE_COLUMNS, SET_COLUMNS, SET_VALUES},
    statement::Statement,
};

/// The sessions of the content `part`.
const SESSIONS: &str = "jsonb_to_recordset(part.content -> 'sessions') AS w (id uuid, goes_on boolean, twins integer, precision text, \
    plan uuid, plan_name text, unit uuid, unit_name text, start_time timestamptz, end_time timestamptz, \
    status training_session_status_enum, duration integer, zone text, notes text)";

/// How many sessions like `w` an account has; its id follows. What clocks have shown is at most 26 hours apart from each other
/// anywhere, so that few sessions are looked at.
const LIKE_IT: &str = "(SELECT count(*) FROM training_sessions t WHERE t.start_time BETWEEN \
    w.start_time - interval '27 hours' AND w.start_time + interval '27 hours' \
    AND t.unit_name_snapshot IS NOT DISTINCT FROM w.unit_name AND CASE w.precision \
    WHEN 'minute' THEN date_trunc('minute', t.start_time AT TIME ZONE t.user_timezone) \
    = date_trunc('minute', w.start_time AT TIME ZONE w.zone) \
    AND date_trunc('minute', t.end_time AT TIME ZONE t.user_timezone) \
    IS NOT DISTINCT FROM date_trunc('minute', w.end_time AT TIME ZONE w.zone) \
    WHEN 'second' THEN date_trunc('second', t.start_time AT TIME ZONE t.user_timezone) \
    = date_trunc('second', w.start_time AT TIME ZONE w.zone) \
    AND floor(extract(epoch FROM t.end_time)) - floor(extract(epoch FROM t.start_time)) \
    IS NOT DISTINCT FROM floor(extract(epoch FROM w.end_time)) - floor(extract(epoch FROM w.start_time)) \
    ELSE t.start_time = w.start_time AND t.end_time IS NOT DISTINCT FROM w.end_time END \
    AND t.user_id = ";

/// Stores a part, and counts the sessions that begin in it and that the account has already.
pub(super) fn staging(id: ImportId, owner: UserId, place: i32, kind: &'static str, content: &str) -> Statement<BigInt> {
    Statement::new("WITH part AS (INSERT INTO import_parts (import_id, place, kind, content) SELECT ")
        .bind(id.uuid())
        .sql(", ")
        .bind(Some(place))
        .sql(", ")
        .bind(kind)
        .sql(", ")
        .bind(content)
        .sql("::jsonb RETURNING content) SELECT count(*) FROM part, ")
        .sql(SESSIONS)
        .sql(" WHERE NOT w.goes_on AND ")
        .sql(LIKE_IT)
        .bind(owner.uuid())
        .sql(") > w.twins")
}

/// Writes the sessions of a part that the account does not have, and goes on with those that were begun before. Places are
/// counted anew, because exercises may be left out.
pub(super) fn writing(id: ImportId, owner: UserId, place: i32, now: DateTime<Utc>) -> Statement<Written> {
    let statement = super::part(Statement::new("WITH "), id, place)
        .sql(", wanted AS MATERIALIZED (SELECT w.* FROM part, ")
        .sql(SESSIONS)
        .sql("), fresh AS MATERIALIZED (SELECT w.*, 0::bigint AS before FROM wanted w WHERE NOT w.goes_on AND ")
        .sql(LIKE_IT)
        .bind(owner.uuid())
        .sql(
            ") <= w.twins UNION ALL SELECT w.*, (SELECT count(*) FROM training_session_exercises e \
             WHERE e.training_session_id = w.id) FROM wanted w WHERE w.goes_on \
             AND EXISTS (SELECT 1 FROM training_sessions t WHERE t.id = w.id AND t.user_id = ",
        )
        .bind(owner.uuid())
        .sql(
            ")), added AS (INSERT INTO training_sessions (id, user_id, training_plan_id, training_unit_id, \
             plan_name_snapshot, unit_name_snapshot, created_at, updated_at, start_time, end_time, status, \
             duration_seconds, user_timezone, notes) SELECT f.id, ",
        )
        .bind(owner.uuid())
        .sql(
            ", CASE WHEN f.plan_name IS NOT NULL THEN p.target_id END, \
             CASE WHEN f.unit_name IS NOT NULL THEN u.target_id END, f.plan_name, f.unit_name, ",
        )
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(
            ", f.start_time, f.end_time, f.status, f.duration, f.zone, f.notes FROM fresh f \
             LEFT JOIN import_identities p ON p.source_id = f.plan AND p.kind = 'plan' AND p.import_id = ",
        )
        .bind(id.uuid())
        .sql(" LEFT JOIN import_identities u ON u.source_id = f.unit AND u.kind = 'unit' AND u.import_id = ")
        .bind(id.uuid())
        .sql(" WHERE NOT f.goes_on ORDER BY f.start_time, f.id RETURNING id), ");
    let statement = exercises(statement, id)
        .sql(", done AS (INSERT INTO training_session_exercises (training_session_id, user_id, ")
        .sql(EXERCISE_COLUMNS)
        .sql(") SELECT c.session, ")
        .bind(owner.uuid())
        .sql(
            ", c.new_place, c.exercise_id, c.exercise_name, c.mode, c.notes, c.entry_id, c.planned_place, c.sets, \
             c.reps_min, c.reps_max, c.seconds, c.metres::numeric / 1000, c.grams::numeric / 1000, c.rest \
             FROM chosen c ORDER BY c.session, c.new_place RETURNING id, training_session_id, order_index), \
             performed AS (INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, ",
        )
        .sql(SET_COLUMNS)
        .sql(") SELECT d.id, ")
        .bind(owner.uuid())
        .sql(", w.place, ")
        .sql(SET_VALUES);
    statement.sql(
        " FROM part, jsonb_to_recordset(part.content -> 'sets') AS w (session uuid, exercise integer, place smallint, \
         grams integer, reps smallint, seconds integer, metres integer, set_type set_type_enum, halves smallint, \
         notes text) JOIN chosen c ON c.session = w.session AND c.place = w.exercise \
         JOIN done d ON d.training_session_id = c.session AND d.order_index = c.new_place \
         ORDER BY d.id, w.place RETURNING 1) \
         SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM done), (SELECT count(*) FROM performed)",
    )
}

/// Goes on with the table `chosen`: exercises of sessions in `fresh` that are not left out. The entry that was planned is found by
/// its place in a unit that was just made, and by its id in the one that it came from.
fn exercises(statement: Statement<Written>, id: ImportId) -> Statement<Written> {
    statement
        .sql(
            "chosen AS MATERIALIZED (SELECT w.*, f.before + row_number() OVER (PARTITION BY w.session ORDER BY w.place) \
             - 1 AS new_place, x.id AS exercise_id, coalesce(w.name, x.name) AS exercise_name, n.id AS entry_id \
             FROM part CROSS JOIN LATERAL jsonb_to_recordset(part.content -> 'exercises') AS w (session uuid, \
             place integer, exercise integer, name text, mode training_mode_enum, notes text, entry integer, \
             entry_place smallint, planned_place smallint, sets smallint, reps_min smallint, reps_max smallint, \
             seconds integer, metres integer, grams integer, rest integer) JOIN fresh f ON f.id = w.session \
             LEFT JOIN import_exercises r ON r.number = w.exercise AND r.import_id = ",
        )
        .bind(id.uuid())
        .sql(
            " LEFT JOIN exercises x ON x.id = r.target_id \
             LEFT JOIN import_identities u ON u.source_id = f.unit AND u.kind = 'unit' AND u.import_id = ",
        )
        .bind(id.uuid())
        .sql(
            " LEFT JOIN training_unit_exercises n ON n.training_unit_id = u.target_id AND CASE WHEN u.is_same \
             THEN n.order_index = w.entry_place WHEN u.target_id = u.source_id THEN n.id = w.entry ELSE false END \
             WHERE r.decision IS DISTINCT FROM 'skip')",
        )
}
