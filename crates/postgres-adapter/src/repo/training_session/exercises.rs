//! Exercises of a session, each change one statement.
//!
//! The unique order is checked when a statement ends, so that exercises may exchange their places in it.

use chrono::{DateTime, Utc};
use diesel::sql_types::BigInt;
use irontrack_domain::{
    ExerciseId, SessionExerciseId, TrainingSessionId,
    training::{LongText, session::SessionExercise},
};
use irontrack_ports::repo::DoneExercise;

use super::{
    change::finished,
    wanted::{self, EXERCISE_COLUMNS, EXERCISE_VALUES, SET_COLUMNS, SET_VALUES, WANTED},
};
use crate::statement::Statement;

/// The exercises of a session in their order.
pub(super) fn ids(session: TrainingSessionId) -> Statement<BigInt> {
    Statement::new("SELECT e.id FROM training_session_exercises e WHERE e.training_session_id = ")
        .bind(session.uuid())
        .sql(" ORDER BY e.order_index")
}

/// Puts an exercise with its sets at a place.
pub(super) fn insertion(
    session: TrainingSessionId,
    place: usize,
    exercise: &DoneExercise,
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let exercises = std::slice::from_ref(exercise);
    let statement = wanted::exercises(Statement::new("WITH "), exercises, place).sql(", ");
    let statement = wanted::sets_of(statement, exercises, place)
        .sql(
            ", shifted AS (UPDATE training_session_exercises e SET order_index = e.order_index + 1 FROM wanted w \
             WHERE e.order_index >= w.place AND e.training_session_id = ",
        )
        .bind(session.uuid())
        .sql("), changed AS (INSERT INTO training_session_exercises (training_session_id, user_id, ")
        .sql(EXERCISE_COLUMNS)
        .sql(") SELECT t.id, t.user_id, ")
        .sql(EXERCISE_VALUES)
        .sql(" FROM training_sessions t CROSS JOIN")
        .sql(WANTED)
        .sql(" WHERE t.id = ")
        .bind(session.uuid())
        .sql(
            " RETURNING id, user_id), \
             added AS (INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, ",
        )
        .sql(SET_COLUMNS)
        .sql(") SELECT c.id, c.user_id, w.place, ")
        .sql(SET_VALUES)
        .sql(" FROM changed c CROSS JOIN performed w ORDER BY w.place)");
    finished(statement, session, now)
}

/// Changes an exercise but for what had been planned, unless nothing would change.
pub(super) fn update(
    session: TrainingSessionId,
    id: SessionExerciseId,
    exercise: &SessionExercise,
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let statement = Statement::new(
        "WITH changed AS (UPDATE training_session_exercises e SET exercise_id = w.exercise_id, \
         exercise_name_snapshot = w.exercise_name, mode_snapshot = w.mode, notes = w.notes FROM (SELECT ",
    )
    .bind(exercise.exercise_id.map(ExerciseId::uuid))
    .sql("::uuid AS exercise_id, ")
    .bind(exercise.exercise_name.as_str())
    .sql("::text AS exercise_name, ")
    .bind(exercise.mode.as_str())
    .sql("::training_mode_enum AS mode, ")
    .bind(exercise.notes.as_ref().map(LongText::as_str))
    .sql(
        "::text AS notes) AS w WHERE (e.exercise_id, e.exercise_name_snapshot, e.mode_snapshot, e.notes) \
         IS DISTINCT FROM (w.exercise_id, w.exercise_name, w.mode, w.notes) AND e.id = ",
    )
    .bind(id.number())
    .sql(" AND e.training_session_id = ")
    .bind(session.uuid())
    .sql(" RETURNING e.id)");
    finished(statement, session, now)
}

/// Removes an exercise.
pub(super) fn delete(session: TrainingSessionId, id: SessionExerciseId, now: DateTime<Utc>) -> Statement<BigInt> {
    let statement = Statement::new("WITH changed AS (DELETE FROM training_session_exercises e WHERE e.id = ")
        .bind(id.number())
        .sql(" AND e.training_session_id = ")
        .bind(session.uuid())
        .sql(
            " RETURNING e.id, e.order_index), shifted AS (UPDATE training_session_exercises e \
             SET order_index = e.order_index - 1 FROM changed c WHERE e.order_index > c.order_index \
             AND e.training_session_id = ",
        )
        .bind(session.uuid())
        .sql(")");
    finished(statement, session, now)
}

/// Puts exercises into an order.
pub(super) fn order(session: TrainingSessionId, ids: &[SessionExerciseId], now: DateTime<Utc>) -> Statement<BigInt> {
    let ids: Vec<i64> = ids.iter().map(|id| id.number()).collect();
    let statement = Statement::new(
        "WITH changed AS (UPDATE training_session_exercises e SET order_index = w.place - 1 FROM unnest(",
    )
    .bind(ids)
    .sql(
        ") WITH ORDINALITY AS w (id, place) WHERE e.id = w.id AND e.order_index <> w.place - 1 \
         AND e.training_session_id = ",
    )
    .bind(session.uuid())
    .sql(" RETURNING e.id)");
    finished(statement, session, now)
}
