//! What may have made records, in one statement.
//!
//! Everything that makes a record of a set is in its weight and its metric, and a tie is none: of all sets of an exercise
//! with the same metric only those can be one that are heavier than all before. And a session can have made one with its
//! volume only if that is greater than all before. The database finds these, and the domain decides about them
//! (`adr/0028`).
//!
//! Sessions are numbered in the order of time. The position of a set is its session's number, then its exercise's place
//! and its own one, 8 bits each: one number by which sets are compared, and from which they are found again.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Record, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use irontrack_domain::{
    ExerciseId, SessionSetId, TrainingSessionId,
    progress::{Contender, LoggedSet},
    training::{Volume, session::SetType},
};
use irontrack_ports::query::{ExerciseContenders, RecordFilter, RecordScope};
use uuid::Uuid;

use super::version::{self, VersionColumns, VersionRow};
use crate::{
    error::CorruptValue,
    row::training_session::{metric, rpe},
    schema,
    statement::Statement,
    stored,
};

const TABLE: &str = "training_session_sets";

/// The version, and a contender unless there is none.
pub(super) type ContenderColumns = (VersionColumns, Nullable<OneColumns>);

/// The exercise and its name; the session, and whether it is the first one; its volume, unless it is about a set; the set.
type OneColumns =
    ((Nullable<SqlUuid>, Text), (SqlUuid, Timestamptz, Text, Bool), Nullable<BigInt>, Nullable<SetColumns>);

type SetColumns = (
    BigInt,
    Nullable<Integer>,
    Nullable<SmallInt>,
    Nullable<Integer>,
    Nullable<Integer>,
    schema::SetType,
    Nullable<SmallInt>,
);

/// A row of these columns.
pub(super) type ContenderRow = (VersionRow, Option<OneRow>);

pub(super) type OneRow = ((Option<Uuid>, String), (Uuid, DateTime<Utc>, String, bool), Option<i64>, Option<SetRow>);

/// The same as [`OneColumns`] in a record.
pub(super) type OneRecord =
    Record<(Nullable<SqlUuid>, Text, SqlUuid, Timestamptz, Text, Bool, Nullable<BigInt>, Nullable<Record<SetColumns>>)>;

/// A value of [`OneRecord`].
pub(super) type RecordRow = (Option<Uuid>, String, Uuid, DateTime<Utc>, String, bool, Option<i64>, Option<SetRow>);

/// A record as the row that it stands for.
pub(super) fn row((exercise, name, id, start, zone, is_first, volume, set): RecordRow) -> OneRow {
    ((exercise, name), (id, start, zone, is_first), volume, set)
}

/// A set; see [`SetColumns`].
pub(super) type SetRow = (i64, Option<i32>, Option<i16>, Option<i32>, Option<i32>, SetType, Option<i16>);

/// The sessions that count, numbered.
const NUMBERED: &str = "WITH numbered AS MATERIALIZED (SELECT t.id, t.start_time, t.user_timezone, \
    row_number() OVER (ORDER BY t.start_time, t.id) AS number FROM training_sessions t \
    WHERE t.status <> 'aborted' AND t.user_id = ";

/// The exercises in them, numbered as well, with an open table `e`.
const TRAINED: &str = "), trained AS (SELECT e.id, (n.number << 16) + (e.order_index::bigint << 8) AS position, dense_rank() OVER \
    (ORDER BY e.exercise_id, CASE WHEN e.exercise_id IS NULL THEN e.exercise_name_snapshot END) AS exercise \
    FROM numbered n JOIN (SELECT * FROM training_session_exercises WHERE user_id = ";

/// Each set that counts, with an open condition about exertion. What was counted is one number, so that groups are found
/// by numbers alone: its kind from bit 37 on, how much from bit 5 on, and the exertion.
const DONE: &str = ") AS e ON e.training_session_id = n.id), \
    done AS (SELECT e.exercise, e.position >> 16 AS number, e.position + s.order_index AS position, \
    (s.weight * 1000)::integer AS grams, s.reps_completed AS reps, (CASE \
    WHEN s.reps_completed IS NOT NULL THEN s.reps_completed \
    WHEN s.time_seconds IS NOT NULL THEN (1::bigint << 32) + s.time_seconds \
    WHEN s.distance_km IS NOT NULL THEN (2::bigint << 32) + (s.distance_km * 1000)::integer \
    ELSE 3::bigint << 32 END << 5) + CASE WHEN ";

/// Goes on with the exercises whose sets these are, with an open join.
const OF_TRAINED: &str = " AND s.rpe IS NOT NULL THEN (s.rpe * 2)::integer ELSE 0 END AS metric FROM trained e ";

/// The sets of all exercises: the planner knows best how.
const ALL_SETS: &str = "JOIN training_session_sets s ON s.session_exercise_id = e.id WHERE s.set_type <> 'warmup'";

/// The sets of a few exercises: looked up one by one, which the offset forces. Where one account has most of the sets,
/// the planner would read them all.
const FEW_SETS: &str = "CROSS JOIN LATERAL (SELECT * FROM training_session_sets s WHERE s.session_exercise_id = e.id \
    AND s.set_type <> 'warmup' OFFSET 0) AS s";

/// The weights with which something was done, and the volumes of sessions, each where it came first; then those that are
/// greater than all before of their kind. Where `number` is null a row is about sets, else about a session.
const COMPARED: &str = "), \
    grouped AS (SELECT d.exercise, d.number, d.metric, min(d.position) AS first, max(d.position) AS last, \
    CASE WHEN d.number IS NULL THEN coalesce(d.grams, 0) ELSE coalesce(sum(d.grams::bigint * d.reps), 0)::bigint END AS amount \
    FROM done d GROUP BY d.exercise, GROUPING SETS ((d.number), (d.metric, d.grams))), \
    compared AS (SELECT g.*, min(g.first) OVER exercise AS earliest, max(g.last) OVER exercise AS latest, \
    max(g.amount) OVER (PARTITION BY g.exercise, g.number IS NULL, g.metric ORDER BY g.first \
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS greatest \
    FROM grouped g WINDOW exercise AS (PARTITION BY g.exercise)), \
    chosen AS (SELECT c.*, coalesce(c.number, c.first >> 16) AS session_number, \
    CASE WHEN c.number IS NULL THEN c.first END AS position FROM compared c \
    WHERE c.amount > coalesce(c.greatest, CASE WHEN c.number IS NULL THEN -1 ELSE 0 END)) ";

/// What they are, as the table `f`. The volume of a session follows its sets. They are looked up one by
/// one, which the offsets force: a planner that expects more of them would read whole tables. A session is found by its
/// place among the ids of all.
const FOUND: &str = "(SELECT l.exercise_id, l.name, n.id, n.start_time, n.user_timezone, \
    c.session_number, c.session_number = c.earliest >> 16 AS is_first, \
    CASE WHEN c.position IS NULL THEN c.amount END AS volume, c.position, s.set_id, s.grams, s.reps_completed, \
    s.time_seconds, s.metres, s.set_type, s.halves FROM chosen c \
    CROSS JOIN LATERAL (SELECT t.id, t.start_time, t.user_timezone FROM training_sessions t \
    WHERE t.id = ((SELECT array_agg(n.id ORDER BY n.number) FROM numbered n))[c.session_number] OFFSET 0) AS n \
    CROSS JOIN LATERAL (SELECT x.exercise_id, coalesce((SELECT y.name FROM exercises y WHERE y.id = x.exercise_id), \
    x.exercise_name_snapshot) AS name FROM training_session_exercises x \
    WHERE x.training_session_id = ((SELECT array_agg(n.id ORDER BY n.number) FROM numbered n))[c.latest >> 16] \
    AND x.order_index = ((c.latest >> 8) & 255)::smallint OFFSET 0) AS l \
    LEFT JOIN LATERAL (SELECT s.id AS set_id, (s.weight * 1000)::integer AS grams, s.reps_completed, s.time_seconds, \
    (s.distance_km * 1000)::integer AS metres, s.set_type, (s.rpe * 2)::smallint AS halves \
    FROM training_session_exercises e JOIN training_session_sets s ON s.session_exercise_id = e.id \
    WHERE e.training_session_id = n.id AND e.order_index = ((c.position >> 8) & 255)::smallint \
    AND s.order_index = (c.position & 255)::smallint OFFSET 0) AS s ON true) AS f";

/// The order that the port promises.
const ORDER: &str =
    "ORDER BY lower(f.name) COLLATE \"C\", f.name COLLATE \"C\", f.exercise_id, f.session_number, f.position";

/// The statement that answers a filter.
pub(super) fn statement(filter: &RecordFilter) -> Statement<ContenderColumns> {
    let statement = chosen(Statement::new(NUMBERED), filter).sql("SELECT ");
    version::version(statement, filter.owner)
        .sql(
            ", f.exercise_id, f.name, f.id, f.start_time, f.user_timezone, f.is_first, f.volume, f.set_id, f.grams, \
             f.reps_completed, f.time_seconds, f.metres, f.set_type, f.halves \
             FROM (VALUES (1)) AS one (row) LEFT JOIN ",
        )
        .sql(FOUND)
        .sql(" ON true ")
        .sql(ORDER)
}

/// Goes on with a query of the same rows as records of the type [`OneRecord`].
pub(super) fn records<Row>(statement: Statement<Row>, filter: &RecordFilter) -> Statement<Row> {
    chosen(statement.sql(NUMBERED), filter)
        .sql(
            "SELECT ROW(f.exercise_id, f.name, f.id, f.start_time, f.user_timezone, f.is_first, f.volume, \
             CASE WHEN f.set_id IS NOT NULL THEN ROW(f.set_id, f.grams, f.reps_completed, f.time_seconds, f.metres, \
             f.set_type, f.halves) END) FROM ",
        )
        .sql(FOUND)
        .sql(" ")
        .sql(ORDER)
}

/// Goes on behind [`NUMBERED`] with the table `chosen`.
fn chosen<Row>(statement: Statement<Row>, filter: &RecordFilter) -> Statement<Row> {
    let owner = filter.owner.uuid();
    let mut statement = statement.bind(owner);
    if let RecordScope::UpTo(session) = filter.scope {
        statement = statement
            .sql(" AND (t.start_time, t.id) <= (SELECT u.start_time, u.id FROM training_sessions u WHERE u.id = ")
            .bind(session.uuid())
            .sql(" AND u.user_id = ")
            .bind(owner)
            .sql(")");
    }
    statement = statement.sql(TRAINED).bind(owner);
    statement = match filter.scope {
        RecordScope::All => statement,
        RecordScope::Exercise(exercise) => statement.sql(" AND exercise_id = ").bind(exercise.uuid()),
        // In two parts, so that each of them is read from the index of exercises.
        RecordScope::UpTo(session) => statement
            .sql(" AND exercise_id = ANY (ARRAY(SELECT x.exercise_id FROM training_session_exercises x WHERE x.training_session_id = ")
            .bind(session.uuid())
            .sql(")) UNION ALL SELECT * FROM training_session_exercises WHERE user_id = ")
            .bind(owner)
            .sql(
                " AND exercise_id IS NULL AND exercise_name_snapshot = ANY (ARRAY(SELECT x.exercise_name_snapshot \
                 FROM training_session_exercises x WHERE x.exercise_id IS NULL AND x.training_session_id = ",
            )
            .bind(session.uuid())
            .sql("))"),
    };
    let sets = if filter.scope == RecordScope::All { ALL_SETS } else { FEW_SETS };
    statement.sql(DONE).bind(filter.by_exertion).sql(OF_TRAINED).sql(sets).sql(COMPARED)
}

/// The contenders by exercise; they stand in the order of the statement.
pub(super) fn read(rows: impl IntoIterator<Item = OneRow>) -> Result<Vec<ExerciseContenders>, CorruptValue> {
    let mut exercises: Vec<ExerciseContenders> = Vec::new();
    for ((id, name), (session, start, zone, is_baseline), grams, set) in rows {
        let exercise = id.map(ExerciseId::new);
        let session_id = TrainingSessionId::new(session);
        if exercises.last().is_none_or(|last| last.exercise != exercise || last.name != name) {
            exercises.push(ExerciseContenders { exercise, name, sessions: Vec::new() });
        }
        let Some(sessions) = exercises.last_mut().map(|last| &mut last.sessions) else { continue };
        if sessions.last().is_none_or(|last| last.session_id != session_id) {
            let (zone, volume) = (stored::time_zone(&zone)?, Volume::ZERO);
            sessions.push(Contender { session_id, start, zone, is_baseline, sets: Vec::new(), volume });
        }
        let Some(contender) = sessions.last_mut() else { continue };
        contender.volume += Volume::from_grams(grams.and_then(|grams| u64::try_from(grams).ok()).unwrap_or(0));
        contender.sets.extend(set.map(logged).transpose()?);
    }
    Ok(exercises)
}

fn logged((id, grams, reps, seconds, metres, set_type, halves): SetRow) -> Result<LoggedSet, CorruptValue> {
    Ok(LoggedSet {
        id: SessionSetId::new(id),
        weight: stored::weight(TABLE, grams)?,
        metric: metric(reps, seconds, metres)?,
        set_type,
        rpe: rpe(halves)?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::UserId;

    use super::*;

    #[test]
    fn there_is_one_text_for_each_scope() {
        let scopes = [
            RecordScope::All,
            RecordScope::Exercise(ExerciseId::new(Uuid::nil())),
            RecordScope::UpTo(TrainingSessionId::new(Uuid::nil())),
        ];
        let mut texts = HashSet::new();
        for scope in scopes {
            for by_exertion in [false, true] {
                let filter = RecordFilter { owner: UserId::new(Uuid::nil()), scope, by_exertion };
                let text = debug_query::<Pg, _>(&statement(&filter)).to_string();
                texts.insert(text.split(" -- binds").next().unwrap().to_owned());
            }
        }
        assert_eq!(texts.len(), scopes.len());
    }

    #[test]
    fn rows_are_put_together_by_exercise_and_session() {
        let (here, there) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let session = |id: Uuid, is_first| (id, DateTime::UNIX_EPOCH, "UTC".to_owned(), is_first);
        let set = |id| Some((id, Some(60_000), Some(5), None, None, SetType::Working, Some(17)));
        let rows = [
            ((Some(here), "Row".to_owned()), session(here, true), None, set(1)),
            ((Some(here), "Row".to_owned()), session(here, true), None, set(2)),
            ((Some(here), "Row".to_owned()), session(here, true), Some(600_000), None),
            ((Some(here), "Row".to_owned()), session(there, false), Some(700_000), None),
            ((None, "Row".to_owned()), session(there, true), None, set(3)),
        ];
        let exercises = read(rows).unwrap();
        let shape: Vec<Vec<_>> = exercises
            .iter()
            .map(|exercise| exercise.sessions.iter().map(|s| (s.is_baseline, s.sets.len(), s.volume.grams())).collect())
            .collect();
        assert_eq!(shape, [vec![(true, 2, 600_000), (false, 0, 700_000)], vec![(true, 1, 0)]]);
        assert_eq!(exercises[0].sessions[0].sets[0].rpe.map(|rpe| rpe.to_string()).as_deref(), Some("8.5"));
        assert_eq!((exercises[0].exercise, exercises[1].exercise), (Some(ExerciseId::new(here)), None));
    }
}
