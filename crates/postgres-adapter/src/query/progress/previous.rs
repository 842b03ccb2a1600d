//! What was done of an exercise the last time, in one statement.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use irontrack_domain::{ExerciseId, TrainingSessionId, UserId};
use irontrack_ports::query::PreviousSession;
use uuid::Uuid;

use super::known::{self, KnownColumns, KnownRow};
use crate::{
    error::CorruptValue,
    row::training_session::{EXERCISE, ExerciseColumns, ExerciseRow, recorded},
    statement::Statement,
    stored,
};

/// The exercise, if there is one, and the session, if there is one: with the exercise as often as it stands in it.
pub(super) type PreviousColumns =
    (Nullable<KnownColumns>, Nullable<(SqlUuid, Timestamptz, Text, Nullable<Text>, Array<ExerciseColumns>)>);

/// A row of these columns.
pub(super) type PreviousRow = (Option<KnownRow>, Option<SessionRow>);

/// The session; see [`PreviousColumns`].
pub(super) type SessionRow = (Uuid, DateTime<Utc>, String, Option<String>, Vec<ExerciseRow>);

/// The statement for an exercise in a history.
pub(super) fn statement(owner: UserId, exercise: ExerciseId) -> Statement<PreviousColumns> {
    let statement = known::columns(Statement::new("SELECT "), owner)
        .sql(", t.id, t.start_time, t.user_timezone, t.unit_name_snapshot, ARRAY(SELECT ")
        .sql(EXERCISE)
        .sql(" FROM training_session_exercises e WHERE e.training_session_id = t.id AND e.exercise_id = ")
        .bind(exercise.uuid())
        .sql(" ORDER BY e.order_index) FROM (VALUES (1)) AS one (row)");
    known::join(statement, exercise)
        .sql(
            " LEFT JOIN LATERAL (SELECT s.* FROM training_session_exercises d \
             JOIN training_sessions s ON s.id = d.training_session_id WHERE d.exercise_id = x.id AND d.user_id = ",
        )
        .bind(owner.uuid())
        .sql(
            " AND s.status = 'completed' AND EXISTS (SELECT 1 FROM training_session_sets c \
             WHERE c.session_exercise_id = d.id) ORDER BY s.start_time DESC, s.id DESC LIMIT 1) AS t ON true",
        )
}

/// The session.
pub(super) fn read((id, start, zone, unit_name, exercises): SessionRow) -> Result<PreviousSession, CorruptValue> {
    let name = |name: &str| stored::template_name("training_sessions", name);
    let mut sets = Vec::new();
    for exercise in exercises {
        sets.extend(recorded(exercise)?.sets);
    }
    Ok(PreviousSession {
        id: TrainingSessionId::new(id),
        start,
        zone: stored::time_zone(&zone)?,
        unit_name: unit_name.as_deref().map(name).transpose()?,
        sets,
    })
}
