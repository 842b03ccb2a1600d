//! Lists of entries, each written by one statement.
//!
//! A list goes over the wire as one JSON text, which becomes the table `wanted`: a row for each entry, with its place.
//! The unique order is checked when the statement ends, so that entries may exchange their places in it.

use chrono::{DateTime, Utc};
use diesel::sql_types::Uuid as SqlUuid;
use irontrack_domain::{
    TrainingUnitId, UserId,
    training::{Distance, LongText, Weight},
};
use irontrack_ports::repo::{EntryToStore, NewTemplate, UnitCopy};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{repo::template, statement::Statement};

/// The table `wanted`.
const WANTED: &str = "::jsonb) AS w (id integer, place smallint, exercise_id uuid, exercise_name text, \
    mode training_mode_enum, sets smallint, reps_min smallint, reps_max smallint, seconds integer, metres integer, \
    grams integer, rest integer, notes text)";

/// Columns of entries but for the unit and the id, and where they come from.
const COLUMNS: &str = "order_index, exercise_id, exercise_name_snapshot, mode, sets, reps_min, reps_max, \
    target_time_seconds, target_distance_km, target_weight, rest_seconds, unit_exercise_notes";
const VALUES: &str = "w.place, w.exercise_id, w.exercise_name, w.mode, w.sets, w.reps_min, w.reps_max, w.seconds, \
    w.metres::numeric / 1000, w.grams::numeric / 1000, w.rest, w.notes";

fn json_of(entries: &[EntryToStore]) -> String {
    let entries = entries.iter().enumerate().map(|(place, entry)| {
        let prescription = &entry.prescription;
        let targets = &prescription.targets;
        json!({
            "id": entry.id.map(irontrack_domain::UnitEntryId::number),
            "place": place,
            "exercise_id": entry.exercise_id.map(irontrack_domain::ExerciseId::uuid),
            "exercise_name": entry.exercise_name,
            "mode": entry.mode.as_str(),
            "sets": prescription.sets,
            "reps_min": targets.reps_min,
            "reps_max": targets.reps_max,
            "seconds": targets.time_seconds,
            "metres": targets.distance.map(Distance::metres),
            "grams": targets.weight.map(Weight::grams),
            "rest": prescription.rest_seconds,
            "notes": entry.notes.as_ref().map(LongText::as_str),
        })
    });
    Value::Array(entries.collect()).to_string()
}

fn wanted<Row>(statement: Statement<Row>, entries: &[EntryToStore]) -> Statement<Row> {
    statement.sql("jsonb_to_recordset(").bind(json_of(entries).as_str()).sql(WANTED)
}

/// Inserts a unit with its entries.
pub(super) fn insertion(
    id: TrainingUnitId,
    unit: &NewTemplate,
    entries: &[EntryToStore],
    now: DateTime<Utc>,
) -> Statement<()> {
    let statement = Statement::new(
        "WITH unit AS (INSERT INTO training_units \
         (id, created_by, name, description, sharing_status, created_at, updated_at) SELECT ",
    );
    let statement = template::values(statement, id.uuid(), unit, now)
        .sql(" RETURNING id) INSERT INTO training_unit_exercises (training_unit_id, ")
        .sql(COLUMNS)
        .sql(") SELECT unit.id, ")
        .sql(VALUES)
        .sql(" FROM unit, ");
    wanted(statement, entries).sql(" ORDER BY w.place")
}

/// Makes the entries of a unit equal to the list.
pub(super) fn replacement(id: TrainingUnitId, entries: &[EntryToStore], now: DateTime<Utc>) -> Statement<()> {
    let statement = wanted(Statement::new("WITH wanted AS MATERIALIZED (SELECT * FROM "), entries)
        .sql("), removed AS (DELETE FROM training_unit_exercises e WHERE e.training_unit_id = ")
        .bind(id.uuid())
        .sql(
            " AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = e.id)), \
             changed AS (UPDATE training_unit_exercises e SET (",
        )
        .sql(COLUMNS)
        .sql(") = (")
        .sql(VALUES)
        .sql(") FROM wanted w WHERE e.id = w.id AND e.training_unit_id = ")
        .bind(id.uuid())
        .sql(
            " AND (e.order_index, e.exercise_id, e.exercise_name_snapshot, e.mode, e.sets, e.reps_min, e.reps_max, \
             e.target_time_seconds, e.target_distance_km, e.target_weight, e.rest_seconds, e.unit_exercise_notes) \
             IS DISTINCT FROM (",
        )
        .sql(VALUES)
        .sql(")), added AS (INSERT INTO training_unit_exercises (training_unit_id, ")
        .sql(COLUMNS)
        .sql(") SELECT ")
        .bind(id.uuid())
        .sql(", ")
        .sql(VALUES)
        .sql(" FROM wanted w WHERE w.id IS NULL ORDER BY w.place) UPDATE training_units t SET ");
    template::moved(statement, now).sql(" WHERE t.id = ").bind(id.uuid())
}

/// Copies units with their entries into an account; one row for each that was copied.
pub(super) fn copying(copies: &[UnitCopy], owner: UserId, now: DateTime<Utc>) -> Statement<SqlUuid> {
    let ids = |id: fn(&UnitCopy) -> TrainingUnitId| copies.iter().map(|copy| id(copy).uuid()).collect::<Vec<Uuid>>();
    let names: Vec<_> = copies.iter().map(|copy| Some(copy.name.as_str().to_owned())).collect();
    Statement::new("WITH wanted AS MATERIALIZED (SELECT * FROM unnest(")
        .bind(ids(|copy| copy.id))
        .sql(", ")
        .bind(ids(|copy| copy.source))
        .sql(", ")
        .bind(names)
        .sql(
            ") AS w (id, source, name)), copied AS (INSERT INTO training_units \
             (id, created_by, name, description, created_at, updated_at) SELECT w.id, ",
        )
        .bind(owner.uuid())
        .sql(", w.name, t.description, ")
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(
            " FROM wanted w JOIN training_units t ON t.id = w.source RETURNING id), \
             entries AS (INSERT INTO training_unit_exercises (training_unit_id, ",
        )
        .sql(COLUMNS)
        .sql(") SELECT w.id, ")
        .sql(COLUMNS)
        .sql(
            " FROM copied JOIN wanted w USING (id) JOIN training_unit_exercises e ON e.training_unit_id = w.source \
             ORDER BY w.id, order_index) SELECT id FROM copied",
        )
}
