//! A training unit with its entries, in one row.

use diesel::{
    Queryable,
    sql_types::{Array, Integer, Nullable, Record, SmallInt, Text, Uuid as SqlUuid},
};
use irontrack_domain::{
    ExerciseId, TrainingUnitId, UnitEntryId, UserId,
    training::{Mode, Prescription, Targets, TrainingUnit, UnitEntry},
};
use uuid::Uuid;

use super::template::{HeadColumns, HeadRow, UNITS, head_of_unit};
use crate::{error::CorruptValue, schema, statement::Statement, stored};

/// The entries of the unit `t` in their order.
const ENTRIES: &str = "ARRAY(SELECT ROW(e.id, e.exercise_id, e.exercise_name_snapshot, e.mode, e.sets, e.reps_min, \
    e.reps_max, e.target_time_seconds, (e.target_distance_km * 1000)::integer, (e.target_weight * 1000)::integer, \
    e.rest_seconds, e.unit_exercise_notes) \
    FROM training_unit_exercises e WHERE e.training_unit_id = t.id ORDER BY e.order_index)";

type EntryColumns = Record<(
    Integer,
    Nullable<SqlUuid>,
    Text,
    schema::Mode,
    SmallInt,
    Nullable<SmallInt>,
    Nullable<SmallInt>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Text>,
)>;

type EntryRow = (
    i32,
    Option<Uuid>,
    String,
    Mode,
    i16,
    Option<i16>,
    Option<i16>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    Option<String>,
);

/// The types of the columns that [`by_id`] selects.
pub(crate) type UnitColumns = (HeadColumns, Array<EntryColumns>);

/// A row that [`by_id`] selects.
#[derive(Queryable)]
pub(crate) struct UnitRow {
    head: HeadRow,
    entries: Vec<EntryRow>,
}

/// One unit, and how that reader stands to it.
pub(crate) fn by_id(reader: UserId, id: TrainingUnitId) -> Statement<UnitColumns> {
    units(reader).sql("t.id = ").bind(id.uuid())
}

/// Units `t`, and how that reader stands to them, with an open condition.
pub(crate) fn units(reader: UserId) -> Statement<UnitColumns> {
    head_of_unit(Statement::new("SELECT "), reader).sql(", ").sql(ENTRIES).sql(" FROM training_units t WHERE ")
}

impl UnitRow {
    /// The unit as that reader, for whom it was selected, sees it; `None` if for them it is not there.
    pub(crate) fn seen_by(self, reader: UserId) -> Result<Option<TrainingUnit>, CorruptValue> {
        let Some(head) = self.head.seen_by(reader, &UNITS)? else { return Ok(None) };
        let entries = self.entries.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Some(TrainingUnit { id: TrainingUnitId::new(self.head.id), head, entries }))
    }
}

fn entry(row: EntryRow) -> Result<UnitEntry, CorruptValue> {
    const TABLE: &str = "training_unit_exercises";
    let (id, exercise_id, exercise_name, mode, sets, reps_min, reps_max, time_seconds, metres, grams, rest, notes) =
        row;
    let (distance, weight) = (stored::distance(TABLE, metres)?, stored::weight(TABLE, grams)?);
    let targets = Targets { reps_min, reps_max, time_seconds, distance, weight };
    let notes = stored::long_text(TABLE, notes.as_deref())?;
    Ok(UnitEntry {
        id: UnitEntryId::new(id),
        exercise_id: exercise_id.map(ExerciseId::new),
        exercise_name,
        mode,
        prescription: Prescription { sets, targets, rest_seconds: rest },
        notes,
    })
}
