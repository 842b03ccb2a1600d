//! Sets of an exercise of a session, each change one statement.
//!
//! The unique order is checked when a statement ends, so that sets may exchange their places in it.

use chrono::{DateTime, Utc};
use diesel::sql_types::BigInt;
use irontrack_domain::{SessionExerciseId, SessionSetId, TrainingSessionId, training::session::PerformedSet};

use super::{
    change::finished,
    wanted::{self, SET_COLUMNS, SET_VALUES},
};
use crate::statement::Statement;

/// Goes on with the exercise `e`, if it is one of that session; further conditions can follow.
fn exercise<Row>(statement: Statement<Row>, session: TrainingSessionId, exercise: SessionExerciseId) -> Statement<Row> {
    statement
        .sql(" training_session_exercises e WHERE e.id = ")
        .bind(exercise.number())
        .sql(" AND e.training_session_id = ")
        .bind(session.uuid())
}

/// Puts a set at a place.
pub(super) fn insertion(
    session: TrainingSessionId,
    into: SessionExerciseId,
    place: usize,
    set: &PerformedSet,
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let statement = wanted::sets(Statement::new("WITH "), std::slice::from_ref(set), place)
        .sql(", target AS (SELECT e.id, e.user_id FROM");
    let statement = exercise(statement, session, into)
        .sql(
            "), shifted AS (UPDATE training_session_sets s SET order_index = s.order_index + 1 FROM target i, performed w \
             WHERE s.session_exercise_id = i.id AND s.order_index >= w.place), \
             changed AS (INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, ",
        )
        .sql(SET_COLUMNS)
        .sql(") SELECT i.id, i.user_id, w.place, ")
        .sql(SET_VALUES)
        .sql(" FROM target i, performed w RETURNING id)");
    finished(statement, session, now)
}

/// Replaces all sets, unless there are none and shall be none.
pub(super) fn replacement(
    session: TrainingSessionId,
    of: SessionExerciseId,
    sets: &[PerformedSet],
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let statement = wanted::sets(Statement::new("WITH "), sets, 0).sql(", changed AS (SELECT e.id, e.user_id FROM");
    let statement = exercise(statement, session, of)
        .sql(
            " AND (EXISTS (SELECT 1 FROM performed) \
             OR EXISTS (SELECT 1 FROM training_session_sets s WHERE s.session_exercise_id = e.id))), \
             removed AS (DELETE FROM training_session_sets s USING changed c WHERE s.session_exercise_id = c.id), \
             added AS (INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, ",
        )
        .sql(SET_COLUMNS)
        .sql(") SELECT c.id, c.user_id, w.place, ")
        .sql(SET_VALUES)
        .sql(" FROM changed c, performed w ORDER BY w.place)");
    finished(statement, session, now)
}

/// Changes a set, unless nothing would change.
pub(super) fn update(
    session: TrainingSessionId,
    id: SessionSetId,
    set: &PerformedSet,
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let statement = wanted::sets(Statement::new("WITH "), std::slice::from_ref(set), 0)
        .sql(", changed AS (UPDATE training_session_sets s SET (")
        .sql(SET_COLUMNS)
        .sql(") = (")
        .sql(SET_VALUES)
        .sql(
            ") FROM performed w, training_session_exercises e WHERE e.id = s.session_exercise_id \
             AND (s.weight, s.reps_completed, s.time_seconds, s.distance_km, s.set_type, s.rpe, s.notes) \
             IS DISTINCT FROM (",
        )
        .sql(SET_VALUES)
        .sql(") AND s.id = ")
        .bind(id.number())
        .sql(" AND e.training_session_id = ")
        .bind(session.uuid())
        .sql(" RETURNING s.id)");
    finished(statement, session, now)
}

/// Removes a set.
pub(super) fn delete(
    session: TrainingSessionId,
    of: SessionExerciseId,
    id: SessionSetId,
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let statement = Statement::new("WITH changed AS (DELETE FROM training_session_sets s USING");
    let statement =
        exercise(statement, session, of).sql(" AND s.session_exercise_id = e.id AND s.id = ").bind(id.number()).sql(
            " RETURNING s.id, s.session_exercise_id, s.order_index), shifted AS (UPDATE training_session_sets s \
             SET order_index = s.order_index - 1 FROM changed c \
             WHERE s.session_exercise_id = c.session_exercise_id AND s.order_index > c.order_index)",
        );
    finished(statement, session, now)
}

/// Puts sets into an order.
pub(super) fn order(
    session: TrainingSessionId,
    of: SessionExerciseId,
    ids: &[SessionSetId],
    now: DateTime<Utc>,
) -> Statement<BigInt> {
    let ids: Vec<i64> = ids.iter().map(|id| id.number()).collect();
    let statement =
        Statement::new("WITH changed AS (UPDATE training_session_sets s SET order_index = w.place - 1 FROM unnest(")
            .bind(ids)
            .sql(") WITH ORDINALITY AS w (id, place),");
    let statement = exercise(statement, session, of)
        .sql(" AND s.session_exercise_id = e.id AND s.id = w.id AND s.order_index <> w.place - 1 RETURNING s.id)");
    finished(statement, session, now)
}
