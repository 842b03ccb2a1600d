//! All that somebody has trained, in one statement and one row.
//!
//! Sets are added up for each exercise of a session; what lies in between, from days to muscles, is the domain's. So
//! whatever is asked, in whatever period, is answered from the same few columns, and time zones are those of the program:
//! PostgreSQL may know others (`adr/0031`).
//!
//! A log that is known is not read again: where the history is as it was, the scans never start.

use async_trait::async_trait;
use diesel::sql_types::{Array, Bool, Nullable, Text};
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, UserId, progress::TrainingLog};
use irontrack_ports::{
    RepositoryError,
    query::{Figures, HistoryVersion, KnownLog, LogNews, TrainingLogQueries},
};
use uuid::Uuid;

use super::version::{self, VersionColumns, VersionRow};
use crate::{
    query::PostgresQueries,
    row::training_log::{
        self as row, EXERCISE, ExerciseColumns, ExerciseRow, SESSION, SessionColumns, SessionRow, WorkColumns, WorkRow,
    },
    statement::Statement,
    stored,
};

/// The state of the history, whether it is the known one, what the known exercises are now, the time zone of the latest
/// session, the sessions in the order of time, and what was done of each exercise.
type Columns =
    (VersionColumns, Bool, Array<ExerciseColumns>, Nullable<Text>, Array<SessionColumns>, Array<WorkColumns>);

type Row = (VersionRow, bool, Vec<ExerciseRow>, Option<String>, Vec<SessionRow>, Vec<WorkRow>);

/// Goes on behind the owner of the sessions `t`: those that were not aborted, unless the log is known, and the sums of
/// their sets that count, by exercise and session, and then as arrays by exercise.
const SUMS: &str = " AND t.status <> 'aborted' AND NOT (SELECT is_known FROM history)), \
    done AS (SELECT e.exercise_id, CASE WHEN e.exercise_id IS NULL THEN e.exercise_name_snapshot END AS name, \
    h.place, count(*)::integer AS sets, coalesce(sum(s.reps_completed), 0) AS reps, \
    coalesce(sum((s.weight * 1000)::bigint * s.reps_completed), 0)::bigint AS grams, \
    coalesce(sum(s.time_seconds), 0) AS seconds, coalesce(sum((s.distance_km * 1000)::bigint), 0)::bigint AS metres \
    FROM held h JOIN training_session_exercises e ON e.training_session_id = h.id \
    JOIN training_session_sets s ON s.session_exercise_id = e.id WHERE s.set_type <> 'warmup' GROUP BY 1, 2, 3), \
    work AS (SELECT exercise_id, name, array_agg(place ORDER BY place) AS places, \
    array_agg(sets ORDER BY place) AS sets, array_agg(reps ORDER BY place) AS reps, \
    array_agg(grams ORDER BY place) AS grams, array_agg(seconds ORDER BY place) AS seconds, \
    array_agg(metres ORDER BY place) AS metres FROM done GROUP BY exercise_id, name)";

#[async_trait]
impl TrainingLogQueries for PostgresQueries {
    async fn training_log(&self, owner: UserId, known: Option<&KnownLog>) -> Result<LogNews, RepositoryError> {
        let statement = statement(owner, known);
        let mut connection = self.pool.checkout().await?;
        let row = connection.run(|postgres| statement.get_result::<Row>(postgres)).await?;
        drop(connection);
        let (version, is_known, exercises, latest_zone, sessions, work) = row;
        if is_known {
            return Ok(LogNews::Exercises(exercises.into_iter().map(row::exercise).collect()));
        }
        let sessions = sessions.into_iter().map(row::session).collect::<Result<_, _>>()?;
        let latest_zone = latest_zone.as_deref().map(stored::time_zone).transpose()?;
        let log = TrainingLog::new(sessions, work.into_iter().map(row::work), latest_zone);
        Ok(LogNews::Log(Figures { version: version::read(version), value: log }))
    }
}

fn statement(owner: UserId, known: Option<&KnownLog>) -> Statement<Columns> {
    let exercises = known.map(|known| known.exercises.iter().copied().map(ExerciseId::uuid).collect::<Vec<Uuid>>());
    let known = known.map_or(UNKNOWN, |known| known.version);
    let statement = Statement::new("WITH history AS MATERIALIZED (SELECT v.writes, v.lost, v.writes = ")
        .bind(known.writes)
        .sql(" AND v.lost = ")
        .bind(known.lost_exercises)
        .sql(" AS is_known FROM (SELECT ");
    version::version(statement, owner)
        .sql(
            ") AS v (writes, lost)), held AS MATERIALIZED (SELECT t.id, t.start_time, t.user_timezone, t.duration_seconds, \
             t.unit_name_snapshot, (row_number() OVER (ORDER BY t.start_time, t.id))::integer - 1 AS place \
             FROM training_sessions t WHERE t.user_id = ",
        )
        .bind(owner.uuid())
        .sql(SUMS)
        .sql(" SELECT history.writes, history.lost, history.is_known, ARRAY(SELECT ROW(x.id, x.name, ")
        .sql(EXERCISE)
        .sql(") FROM exercises x WHERE x.id = ANY (")
        .bind(exercises.unwrap_or_default())
        .sql(")), (SELECT t.user_timezone FROM training_sessions t WHERE t.user_id = ")
        .bind(owner.uuid())
        .sql(" ORDER BY t.start_time DESC, t.id DESC LIMIT 1), ARRAY(SELECT ")
        .sql(SESSION)
        .sql(" FROM held h ORDER BY h.place), ARRAY(SELECT ROW(ROW(w.exercise_id, coalesce(x.name, w.name), ")
        .sql(EXERCISE)
        .sql(
            "), w.places, w.sets, w.reps, w.grams, w.seconds, w.metres) \
             FROM work w LEFT JOIN exercises x ON x.id = w.exercise_id) FROM history",
        )
}

/// No history is in this state.
const UNKNOWN: HistoryVersion = HistoryVersion { writes: -1, lost_exercises: -1 };

#[cfg(test)]
mod tests {
    use diesel::{debug_query, pg::Pg};

    use super::*;

    #[test]
    fn there_is_one_text() {
        let text = |known: Option<&KnownLog>| {
            let text = debug_query::<Pg, _>(&statement(UserId::new(Uuid::nil()), known)).to_string();
            text.split(" -- binds").next().unwrap().to_owned()
        };
        let exercises = vec![ExerciseId::new(Uuid::nil())];
        assert_eq!(text(None), text(Some(&KnownLog { version: HistoryVersion::default(), exercises })));
    }
}
