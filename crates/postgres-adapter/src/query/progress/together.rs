//! The course of an exercise and what may have made records of it, in one statement.

use diesel::sql_types::Array;
use irontrack_ports::query::{Figures, PointFilter, PointsAndContenders, RecordFilter};

use super::{
    contenders::{self, OneRecord, RecordRow},
    points::{self, SessionRecord, SessionRow},
    version::{self, VersionColumns, VersionRow},
};
use crate::{error::CorruptValue, statement::Statement};

/// The version, the sums of the sessions, and the contenders.
type Columns = (VersionColumns, Array<SessionRecord>, Array<OneRecord>);

/// A row of these columns.
pub(super) type Row = (VersionRow, Vec<SessionRow>, Vec<RecordRow>);

/// The statement that answers both filters.
pub(super) fn statement(points: &PointFilter, records: &RecordFilter) -> Statement<Columns> {
    let statement = version::version(Statement::new("SELECT "), points.owner).sql(", ARRAY(");
    let statement = points::records(statement, points).sql("), ARRAY(");
    contenders::records(statement, records).sql(")")
}

/// What the port promises.
pub(super) fn read((version, sessions, found): Row) -> Result<Figures<PointsAndContenders>, CorruptValue> {
    let points = sessions.into_iter().map(points::read).collect::<Result<_, _>>()?;
    let contenders = contenders::read(found.into_iter().map(contenders::row))?;
    Ok(Figures { version: version::read(version), value: (points, contenders) })
}
