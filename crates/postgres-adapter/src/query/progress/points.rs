//! The course of one exercise, in one statement.
//!
//! The database adds up what was done in each session. Which day, week or month that was is not its business: its time
//! zones need not be those of the program (`adr/0028`).
//! Sets are looked up exercise by exercise, which the offset forces: where one account has most of them, the planner would
//! read them all.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use irontrack_domain::{
    SessionSetId, TimeZone, TrainingSessionId,
    progress::{BestSet, OneRepMax, Point, PointStart},
    training::Volume,
};
use irontrack_ports::query::PointFilter;
use uuid::Uuid;

use super::version::{self, VersionColumns, VersionRow};
use crate::{error::CorruptValue, statement::Statement, stored};

const TABLE: &str = "training_session_sets";

/// The version, and what was done in a session unless there is none.
pub(super) type PointColumns = (VersionColumns, Nullable<SessionColumns>);

pub(super) type SessionColumns = (
    (SqlUuid, Timestamptz, Text),
    (BigInt, BigInt, BigInt),
    (Nullable<Integer>, Nullable<BigInt>),
    (Nullable<BigInt>, Nullable<Integer>, Nullable<SmallInt>),
    (Nullable<Integer>, Nullable<BigInt>),
    (Nullable<Integer>, Nullable<BigInt>),
);

/// A row of these columns.
pub(super) type PointRow = (VersionRow, Option<SessionRow>);

/// Which session; sets, repetitions and volume; greatest weight and maximum; the best set; longest and total time and
/// distance.
pub(super) type SessionRow = (
    (Uuid, DateTime<Utc>, String),
    (i64, i64, i64),
    (Option<i32>, Option<i64>),
    (Option<i64>, Option<i32>, Option<i16>),
    (Option<i32>, Option<i64>),
    (Option<i32>, Option<i64>),
);

/// The statement that answers a filter.
pub(super) fn statement(filter: &PointFilter) -> Statement<PointColumns> {
    let columns = columns(version::version(Statement::new("SELECT "), filter.owner));
    from(columns, filter)
}

/// Goes on with the columns of [`SessionColumns`].
pub(super) fn columns<Row>(statement: Statement<Row>) -> Statement<Row> {
    statement.sql(
        ", p.id, p.start_time, p.user_timezone, p.sets, p.reps, p.volume, p.top_weight, p.best_maximum, \
         p.best_id, p.best_weight, p.best_reps, p.longest_seconds, p.total_seconds, p.longest_metres, p.total_metres",
    )
}

/// Goes on with where these come from: a row for each session in the order of time, or one row without a session.
pub(super) fn from<Row>(statement: Statement<Row>, filter: &PointFilter) -> Statement<Row> {
    summed(statement.sql(" FROM (VALUES (1)) AS one (row) LEFT JOIN ("), filter)
        .sql(") AS p ON true ORDER BY p.start_time, p.id")
}

/// Goes on with a query of the sums of each session.
fn summed<Row>(statement: Statement<Row>, filter: &PointFilter) -> Statement<Row> {
    statement
        .sql(
            "SELECT r.id, min(r.start_time) AS start_time, min(r.user_timezone) AS user_timezone, count(*) AS sets, coalesce(sum(r.reps), 0) AS reps, \
             coalesce(sum(r.weight::bigint * r.reps), 0)::bigint AS volume, \
             max(r.moved) AS top_weight, max(r.maximum) AS best_maximum, \
             max(r.set_id) FILTER (WHERE r.place = 1 AND r.says_something) AS best_id, \
             max(r.weight) FILTER (WHERE r.place = 1) AS best_weight, max(r.reps) FILTER (WHERE r.place = 1) AS best_reps, \
             max(r.seconds) AS longest_seconds, sum(r.seconds) AS total_seconds, \
             max(r.metres) AS longest_metres, sum(r.metres) AS total_metres \
             FROM (SELECT m.*, m.moved IS NOT NULL OR m.reps IS NOT NULL AS says_something, \
             row_number() OVER (PARTITION BY m.id ORDER BY m.maximum DESC NULLS LAST, m.moved DESC NULLS LAST, \
             m.reps DESC NULLS LAST, m.exercise_place, m.set_place) AS place \
             FROM (SELECT c.*, floor(nullif(c.weight, 0)::double precision * 1000000 * (",
        )
        .bind(filter.estimator.formula.factors())
        .sql(
            "::double precision[])[c.half_reps - 1] + 0.5)::bigint AS maximum \
             FROM (SELECT t.id, t.start_time, t.user_timezone, e.order_index AS exercise_place, \
             s.order_index AS set_place, s.id AS set_id, s.reps_completed AS reps, s.time_seconds AS seconds, \
             (s.weight * 1000)::integer AS weight, (s.distance_km * 1000)::integer AS metres, \
             CASE WHEN s.reps_completed = 0 THEN NULL ELSE (s.weight * 1000)::integer END AS moved, \
             s.reps_completed * 2 + CASE WHEN ",
        )
        .bind(filter.estimator.use_rpe)
        .sql(
            " AND s.rpe IS NOT NULL THEN 20 - (s.rpe * 2)::integer ELSE 0 END AS half_reps \
             FROM training_session_exercises e JOIN training_sessions t ON t.id = e.training_session_id \
             CROSS JOIN LATERAL (SELECT * FROM training_session_sets s WHERE s.session_exercise_id = e.id \
             OFFSET 0) AS s WHERE e.exercise_id = ",
        )
        .bind(filter.exercise.uuid())
        .sql(" AND e.user_id = ")
        .bind(filter.owner.uuid())
        .sql(" AND t.status <> 'aborted' AND t.start_time >= coalesce(")
        .bind(filter.period.from)
        .sql(", '-infinity') AND t.start_time < coalesce(")
        .bind(filter.period.to)
        .sql(", 'infinity') AND (s.set_type <> 'warmup' OR ")
        .bind(filter.include_warmups)
        .sql(
            ")) AS c) AS m) AS r GROUP BY r.id",
        )
}

/// What was done in a session, and where.
pub(super) fn read(row: SessionRow) -> Result<(TimeZone, Point), CorruptValue> {
    let ((id, start, zone), (sets, reps, volume), (top_weight, maximum), best, times, distances) = row;
    let corrupt = |problem: &str| CorruptValue { table: TABLE, problem: problem.to_owned() };
    let count = |number: i64| u64::try_from(number).map_err(|_| corrupt("an amount is negative"));
    let session_id = TrainingSessionId::new(id);
    let best_set = match best {
        (Some(id), weight, reps) => {
            let weight = stored::weight(TABLE, weight)?;
            Some(BestSet { session_id, set_id: SessionSetId::new(id), weight, reps })
        }
        (None, ..) => None,
    };
    let point = Point {
        start: PointStart::Session(start, session_id),
        sets: u32::try_from(sets).map_err(|_| corrupt("there are too many sets"))?,
        reps: count(reps)?,
        volume: Volume::from_grams(count(volume)?),
        top_weight: stored::weight(TABLE, top_weight)?,
        best_e1rm: maximum.map(count).transpose()?.map(OneRepMax::from_micrograms),
        best_set,
        longest_seconds: times.0,
        longest_distance: stored::distance(TABLE, distances.0)?,
        total_seconds: times.1.map(count).transpose()?,
        total_metres: distances.1.map(count).transpose()?,
    };
    Ok((stored::time_zone(&zone)?, point))
}
