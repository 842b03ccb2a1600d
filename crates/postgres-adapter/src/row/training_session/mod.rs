//! Training sessions: heads, and whole sessions in one row.

mod exercise;
mod head;

use diesel::{Queryable, sql_types::Array};
use irontrack_domain::{TrainingSessionId, UserId, training::session::TrainingSession};

use crate::{error::CorruptValue, statement::Statement};

pub(crate) use exercise::{EXERCISE, ExerciseColumns, ExerciseRow, metric, recorded, rpe};
pub(crate) use head::{HEAD, HeadColumns, HeadRow};

/// The exercises of the session `t` with their sets, all in their order.
const EXERCISES: &str = " FROM training_session_exercises e WHERE e.training_session_id = t.id ORDER BY e.order_index)";

/// The types of the columns that [`by_id`] selects.
pub(crate) type SessionColumns = (HeadColumns, Array<ExerciseColumns>);

/// A row that [`by_id`] selects.
#[derive(Queryable)]
pub(crate) struct SessionRow {
    head: HeadRow,
    exercises: Vec<ExerciseRow>,
}

/// One session of that account.
pub(crate) fn by_id(owner: UserId, id: TrainingSessionId) -> Statement<SessionColumns> {
    sessions().sql("t.id = ").bind(id.uuid()).sql(" AND t.user_id = ").bind(owner.uuid())
}

/// Sessions `t`, with an open condition.
pub(crate) fn sessions() -> Statement<SessionColumns> {
    Statement::new("SELECT ")
        .sql(HEAD)
        .sql(", ARRAY(SELECT ")
        .sql(EXERCISE)
        .sql(EXERCISES)
        .sql(" FROM training_sessions t WHERE ")
}

/// The same without its exercises.
pub(crate) fn head_by_id(owner: UserId, id: TrainingSessionId) -> Statement<HeadColumns> {
    Statement::new("SELECT ")
        .sql(HEAD)
        .sql(" FROM training_sessions t WHERE t.id = ")
        .bind(id.uuid())
        .sql(" AND t.user_id = ")
        .bind(owner.uuid())
}

impl SessionRow {
    /// The session.
    pub(crate) fn session(self) -> Result<TrainingSession, CorruptValue> {
        let exercises = self.exercises.into_iter().map(recorded).collect::<Result<_, _>>()?;
        Ok(TrainingSession { head: self.head.head()?, exercises })
    }
}
