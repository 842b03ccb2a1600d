//! What every change of a session moves besides: the number of its writes, its time, and the version of the history.

use chrono::{DateTime, Utc};
use irontrack_domain::TrainingSessionId;

use crate::{repo::template, statement::Statement};

/// Goes on with what moves in the session `t`.
pub(super) fn moved<Row>(statement: Statement<Row>, now: DateTime<Utc>) -> Statement<Row> {
    template::moved(statement.sql("write_count = t.write_count + 1, "), now)
}

/// Moves the history of the owner who stands in the table `moved`.
pub(super) const HISTORY: &str =
    "UPDATE training_histories h SET history_version = h.history_version + 1 FROM moved m WHERE h.user_id = m.user_id";

/// Goes on after the table `changed` of what was changed in a session: moves the session unless that is nothing, and
/// answers the ids.
pub(super) fn finished<Row>(
    statement: Statement<Row>,
    session: TrainingSessionId,
    now: DateTime<Utc>,
) -> Statement<Row> {
    moved(statement.sql(", moved AS (UPDATE training_sessions t SET "), now)
        .sql(" WHERE t.id = ")
        .bind(session.uuid())
        .sql(" AND EXISTS (SELECT 1 FROM changed) RETURNING t.user_id), history AS (")
        .sql(HISTORY)
        .sql(") SELECT id FROM changed")
}
