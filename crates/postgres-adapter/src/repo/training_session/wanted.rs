//! Exercises and sets on their way to the server: each list goes over the wire as one JSON text, which becomes a table.

use irontrack_domain::{
    ExerciseId, UnitEntryId,
    training::{
        Distance, LongText, Weight,
        session::{Performance, PerformedSet, Rpe, SessionExercise, SetNotes},
    },
};
use irontrack_ports::repo::DoneExercise;
use serde_json::{Value, json};

use crate::statement::Statement;

/// Columns of exercises that are taken from the table `wanted`.
pub(in crate::repo) const EXERCISE_COLUMNS: &str = "order_index, exercise_id, exercise_name_snapshot, mode_snapshot, notes, \
    planned_unit_exercise_id, order_index_snapshot, sets_snapshot, reps_min_snapshot, reps_max_snapshot, \
    target_time_seconds_snapshot, target_distance_km_snapshot, target_weight_snapshot, rest_seconds_snapshot";

/// Their values. What was planned does not fail if the exercise or the entry has gone meanwhile; an exercise that was
/// chosen does.
pub(super) const EXERCISE_VALUES: &str = "w.place, \
    CASE WHEN w.planned_place IS NULL THEN w.exercise_id ELSE x.id END, w.exercise_name, w.mode, w.notes, \
    n.id, w.planned_place, w.planned_sets, w.reps_min, w.reps_max, w.seconds, w.metres::numeric / 1000, \
    w.grams::numeric / 1000, w.rest";

/// What `wanted` and those of its references that are there are joined by.
pub(super) const WANTED: &str =
    " wanted w LEFT JOIN there x ON x.id = w.exercise_id LEFT JOIN entries n ON n.id = w.entry";

/// Columns of sets but for their place and their exercise, and their values from the table `performed`.
pub(in crate::repo) const SET_COLUMNS: &str = "weight, reps_completed, time_seconds, distance_km, set_type, rpe, notes";
pub(in crate::repo) const SET_VALUES: &str =
    "w.grams::numeric / 1000, w.reps, w.seconds, w.metres::numeric / 1000, w.set_type, w.halves::numeric / 2, w.notes";

/// Goes on with the table `wanted` of these exercises, the first of them at that place, and with the exercises and entries
/// to which they refer: locked against deletion, in one order for everybody.
pub(super) fn exercises<Row>(statement: Statement<Row>, exercises: &[DoneExercise], first: usize) -> Statement<Row> {
    let rows = (first..).zip(exercises).map(|(place, done)| exercise_json(place, &done.exercise));
    statement
        .sql("wanted AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(")
        .bind(Value::Array(rows.collect()).to_string().as_str())
        .sql(
            "::jsonb) AS w (place smallint, exercise_id uuid, exercise_name text, mode training_mode_enum, notes text, \
             entry integer, planned_place smallint, planned_sets smallint, reps_min smallint, reps_max smallint, \
             seconds integer, metres integer, grams integer, rest integer)), \
             there AS MATERIALIZED (SELECT x.id FROM exercises x \
             WHERE x.id IN (SELECT w.exercise_id FROM wanted w) ORDER BY x.id FOR KEY SHARE), \
             entries AS MATERIALIZED (SELECT n.id FROM training_unit_exercises n \
             WHERE n.id IN (SELECT w.entry FROM wanted w) ORDER BY n.id FOR KEY SHARE)",
        )
}

fn exercise_json(place: usize, exercise: &SessionExercise) -> Value {
    let planned = exercise.planned.as_ref();
    let prescription = planned.map(|planned| &planned.prescription);
    let targets = prescription.map(|prescription| &prescription.targets);
    json!({
        "place": place,
        "exercise_id": exercise.exercise_id.map(ExerciseId::uuid),
        "exercise_name": exercise.exercise_name,
        "mode": exercise.mode.as_str(),
        "notes": exercise.notes.as_ref().map(LongText::as_str),
        "entry": planned.and_then(|planned| planned.entry).map(UnitEntryId::number),
        "planned_place": planned.map(|planned| planned.order_index),
        "planned_sets": prescription.map(|prescription| prescription.sets),
        "reps_min": targets.and_then(|targets| targets.reps_min),
        "reps_max": targets.and_then(|targets| targets.reps_max),
        "seconds": targets.and_then(|targets| targets.time_seconds),
        "metres": targets.and_then(|targets| targets.distance).map(Distance::metres),
        "grams": targets.and_then(|targets| targets.weight).map(Weight::grams),
        "rest": prescription.and_then(|prescription| prescription.rest_seconds),
    })
}

/// Goes on with the table `performed` of the sets of these exercises, the first of them at that place.
pub(super) fn sets_of<Row>(statement: Statement<Row>, exercises: &[DoneExercise], first: usize) -> Statement<Row> {
    let rows = (first..).zip(exercises).flat_map(|(exercise, done)| {
        done.sets.iter().enumerate().map(move |(place, set)| set_json(exercise, place, set))
    });
    performed(statement, rows.collect())
}

/// Goes on with the table `performed` of these sets, the first of them at that place.
pub(super) fn sets<Row>(statement: Statement<Row>, sets: &[PerformedSet], first: usize) -> Statement<Row> {
    let rows = (first..).zip(sets).map(|(place, set)| set_json(0, place, set));
    performed(statement, rows.collect())
}

fn performed<Row>(statement: Statement<Row>, rows: Vec<Value>) -> Statement<Row> {
    statement
        .sql("performed AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(")
        .bind(Value::Array(rows).to_string().as_str())
        .sql(
            "::jsonb) AS w (exercise smallint, place smallint, grams integer, reps smallint, seconds integer, \
             metres integer, set_type set_type_enum, halves smallint, notes text))",
        )
}

/// A row of the table `performed`: a set at a place of the exercise at a place.
pub(in crate::repo) fn set_json(exercise: usize, place: usize, set: &PerformedSet) -> Value {
    let Performance { reps, time_seconds, distance } = set.metric.into();
    json!({
        "exercise": exercise,
        "place": place,
        "grams": set.weight.map(Weight::grams),
        "reps": reps,
        "seconds": time_seconds,
        "metres": distance.map(Distance::metres),
        "set_type": set.set_type.as_str(),
        "halves": set.rpe.map(Rpe::halves),
        "notes": set.notes.as_ref().map(SetNotes::as_str),
    })
}
