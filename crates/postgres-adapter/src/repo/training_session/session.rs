//! Whole sessions, each written by one statement.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use irontrack_domain::{
    TrainingPlanId, TrainingSessionId, TrainingUnitId, UserId,
    training::{
        LongText, TemplateName,
        session::{SessionStatus, SessionTime},
    },
};
use irontrack_ports::repo::{DoneExercise, NewTrainingSession, SessionDetails};

use super::{
    change::{HISTORY, moved},
    wanted::{self, EXERCISE_COLUMNS, EXERCISE_VALUES, SET_COLUMNS, SET_VALUES, WANTED},
};
use crate::statement::Statement;

/// Inserts a session with its exercises and their sets. Plan, unit and what was planned may have gone meanwhile: what is
/// there is locked against deletion.
pub(super) fn insertion(session: &NewTrainingSession, exercises: &[DoneExercise], now: DateTime<Utc>) -> Statement<()> {
    let statement = wanted::exercises(Statement::new("WITH "), exercises, 0).sql(", ");
    let statement = wanted::sets_of(statement, exercises, 0)
        .sql(", history AS (INSERT INTO training_histories AS h (user_id, history_version) SELECT ")
        .bind(session.owner.uuid())
        .sql(
            ", 1 ON CONFLICT (user_id) DO UPDATE SET history_version = h.history_version + 1), \
             session AS (INSERT INTO training_sessions (id, user_id, training_plan_id, training_unit_id, \
             plan_name_snapshot, unit_name_snapshot, created_at, updated_at, start_time, end_time, status, \
             duration_seconds, user_timezone, notes) SELECT ",
        )
        .bind(session.id.uuid())
        .sql(", ")
        .bind(session.owner.uuid())
        .sql(", (SELECT p.id FROM training_plans p WHERE p.id = ")
        .bind(session.plan.as_ref().map(|(id, _)| TrainingPlanId::uuid(*id)))
        .sql(" FOR KEY SHARE), (SELECT u.id FROM training_units u WHERE u.id = ")
        .bind(session.unit.as_ref().map(|(id, _)| TrainingUnitId::uuid(*id)))
        .sql(" FOR KEY SHARE), ")
        .bind(session.plan.as_ref().map(|(_, name)| TemplateName::as_str(name)))
        .sql(", ")
        .bind(session.unit.as_ref().map(|(_, name)| TemplateName::as_str(name)))
        .sql(", ")
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(", d.* FROM (SELECT ");
    details(statement, &session.details)
        .sql(") AS d RETURNING id, user_id), added AS (INSERT INTO training_session_exercises (training_session_id, user_id, ")
        .sql(EXERCISE_COLUMNS)
        .sql(") SELECT s.id, s.user_id, ")
        .sql(EXERCISE_VALUES)
        .sql(" FROM session s CROSS JOIN")
        .sql(WANTED)
        .sql(
            " ORDER BY w.place RETURNING id, user_id, order_index) \
             INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, ",
        )
        .sql(SET_COLUMNS)
        .sql(") SELECT a.id, a.user_id, w.place, ")
        .sql(SET_VALUES)
        .sql(" FROM added a JOIN performed w ON w.exercise = a.order_index ORDER BY w.exercise, w.place")
}

/// Goes on with the columns `start_time`, `end_time`, `status`, `duration_seconds`, `user_timezone`, `notes`.
fn details<Row>(statement: Statement<Row>, details: &SessionDetails) -> Statement<Row> {
    let course = details.course;
    statement
        .bind(course.start().time())
        .sql("::timestamptz AS start_time, ")
        .bind(course.end().map(SessionTime::time))
        .sql("::timestamptz AS end_time, ")
        .bind(SessionStatus::as_str(course.status()))
        .sql("::training_session_status_enum AS status, ")
        .bind(course.duration_seconds())
        .sql("::integer AS duration_seconds, ")
        .bind(details.time_zone.name())
        .sql("::text AS user_timezone, ")
        .bind(details.notes.as_ref().map(LongText::as_str))
        .sql("::text AS notes")
}

/// Locks a session of that account.
pub(super) fn lock(owner: UserId, id: TrainingSessionId) -> Statement<SqlUuid> {
    Statement::new("SELECT t.id FROM training_sessions t WHERE t.id = ")
        .bind(id.uuid())
        .sql(" AND t.user_id = ")
        .bind(owner.uuid())
        .sql(" FOR UPDATE")
}

/// Changes a session itself, unless nothing would change.
pub(super) fn update(id: TrainingSessionId, new: &SessionDetails, now: DateTime<Utc>) -> Statement<()> {
    let statement = Statement::new(
        "WITH moved AS (UPDATE training_sessions t SET start_time = d.start_time, end_time = d.end_time, \
         status = d.status, duration_seconds = d.duration_seconds, user_timezone = d.user_timezone, notes = d.notes, ",
    );
    details(moved(statement, now).sql(" FROM (SELECT "), new)
        .sql(
            ") AS d WHERE (t.start_time, t.end_time, t.status, t.duration_seconds, t.user_timezone, t.notes) \
             IS DISTINCT FROM (d.start_time, d.end_time, d.status, d.duration_seconds, d.user_timezone, d.notes) \
             AND t.id = ",
        )
        .bind(id.uuid())
        .sql(" RETURNING t.user_id) ")
        .sql(HISTORY)
}

/// Removes a session.
pub(super) fn delete(id: TrainingSessionId) -> Statement<()> {
    Statement::new("WITH moved AS (DELETE FROM training_sessions t WHERE t.id = ")
        .bind(id.uuid())
        .sql(" RETURNING t.user_id) ")
        .sql(HISTORY)
}

/// Locks all sessions of an account, in one order for everybody.
pub(super) fn lock_of(owner: UserId) -> Statement<SqlUuid> {
    Statement::new("SELECT t.id FROM training_sessions t WHERE t.user_id = ")
        .bind(owner.uuid())
        .sql(" ORDER BY t.id FOR UPDATE")
}

/// The most sessions that are removed by one statement, and a number of sets behind which no further one is: a statement
/// has little time, and a history has no end.
const BATCH: i64 = 100;
const LARGE: i64 = 20_000;

/// Removes sessions of an account, at most a batch, and answers how many they were.
pub(super) fn delete_of(owner: UserId) -> Statement<BigInt> {
    Statement::new(
        "WITH removed AS (DELETE FROM training_sessions t WHERE t.id = ANY (ARRAY(SELECT f.id FROM \
         (SELECT n.id, sum(n.sets) OVER (ORDER BY n.id) - n.sets AS before FROM (SELECT s.id, \
         (SELECT count(*) FROM training_session_exercises e JOIN training_session_sets x ON x.session_exercise_id = e.id \
          WHERE e.training_session_id = s.id) AS sets FROM training_sessions s WHERE s.user_id = ",
    )
    .bind(owner.uuid())
    .sql(" LIMIT ")
    .bind(BATCH)
    .sql(") AS n) AS f WHERE f.before < ")
    .bind(LARGE)
    .sql(")) RETURNING t.user_id), moved AS (SELECT DISTINCT user_id FROM removed), history AS (")
    .sql(HISTORY)
    .sql(") SELECT count(*) FROM removed")
}
