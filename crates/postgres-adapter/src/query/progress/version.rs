//! Which state of a history figures were computed from.

use diesel::sql_types::BigInt;
use irontrack_domain::UserId;
use irontrack_ports::query::HistoryVersion;

use crate::statement::Statement;

/// The types of the columns that [`version`] selects.
pub(super) type VersionColumns = (BigInt, BigInt);

/// A row of these columns.
pub(super) type VersionRow = (i64, i64);

/// Goes on with the columns of the version. What is lost is found in the index of exercises.
pub(super) fn version<Row>(statement: Statement<Row>, owner: UserId) -> Statement<Row> {
    statement
        .sql("coalesce((SELECT h.history_version FROM training_histories h WHERE h.user_id = ")
        .bind(owner.uuid())
        .sql("), 0), (SELECT count(*) FROM training_session_exercises l WHERE l.exercise_id IS NULL AND l.user_id = ")
        .bind(owner.uuid())
        .sql(")")
}

/// The version.
pub(super) const fn read((writes, lost_exercises): VersionRow) -> HistoryVersion {
    HistoryVersion { writes, lost_exercises }
}
