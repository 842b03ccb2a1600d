//! The course of an exercise and what may have made records of it, in one statement.
//!
//! Each session is a row, because PostgreSQL writes thousands of rows much faster than an array of as many records. The few
//! contenders are in the first one.

use diesel::sql_types::{Array, Nullable};
use irontrack_ports::query::{Figures, HistoryVersion, PointFilter, PointsAndContenders, RecordFilter};

use super::{
    contenders::{self, OneRecord, RecordRow},
    points::{self, SessionColumns, SessionRow},
    version::{self, VersionColumns, VersionRow},
};
use crate::{error::CorruptValue, statement::Statement};

/// The version, the sums of a session unless there is none, and in the first row the contenders.
type Columns = (VersionColumns, Nullable<SessionColumns>, Nullable<Array<OneRecord>>);

/// A row of these columns.
pub(super) type Row = (VersionRow, Option<SessionRow>, Option<Vec<RecordRow>>);

/// The statement that answers both filters.
pub(super) fn statement(points: &PointFilter, records: &RecordFilter) -> Statement<Columns> {
    let statement = points::columns(version::version(Statement::new("SELECT "), points.owner))
        .sql(", CASE WHEN row_number() OVER (ORDER BY p.start_time, p.id) = 1 THEN ARRAY(");
    points::from(contenders::records(statement, records).sql(") END"), points)
}

/// What the port promises.
pub(super) fn read(rows: Vec<Row>) -> Result<Figures<PointsAndContenders>, CorruptValue> {
    let mut version = HistoryVersion::default();
    let mut sessions = Vec::with_capacity(rows.len());
    let mut found = Vec::new();
    for (of_history, session, contenders) in rows {
        version = version::read(of_history);
        sessions.extend(session.map(points::read).transpose()?);
        found.extend(contenders.into_iter().flatten().map(contenders::row));
    }
    Ok(Figures { version, value: (sessions, contenders::read(found)?) })
}
