//! An exercise of a session with its sets, as one record.

use diesel::sql_types::{Array, BigInt, Integer, Nullable, Record, SmallInt, Text, Uuid as SqlUuid};
use irontrack_domain::{
    ExerciseId, SessionExerciseId, SessionSetId, UnitEntryId,
    training::{
        Mode, Prescription, Targets,
        session::{
            Metric, PerformedSet, Planned, RecordedExercise, RecordedSet, Rpe, SessionExercise, SetNotes, SetType,
        },
    },
};
use uuid::Uuid;

use crate::{error::CorruptValue, schema, stored};

const SETS: &str = "training_session_sets";

/// The exercise `e`; its sets in their order.
pub(crate) const EXERCISE: &str = "ROW(e.id, e.order_index, e.exercise_id, e.exercise_name_snapshot, \
    e.mode_snapshot, e.notes, e.planned_unit_exercise_id, e.order_index_snapshot, e.sets_snapshot, \
    e.reps_min_snapshot, e.reps_max_snapshot, e.target_time_seconds_snapshot, \
    (e.target_distance_km_snapshot * 1000)::integer, (e.target_weight_snapshot * 1000)::integer, \
    e.rest_seconds_snapshot, \
    ARRAY(SELECT ROW(s.id, (s.weight * 1000)::integer, s.reps_completed, s.time_seconds, \
    (s.distance_km * 1000)::integer, s.set_type, (s.rpe * 2)::smallint, s.notes) \
    FROM training_session_sets s WHERE s.session_exercise_id = e.id ORDER BY s.order_index))";

/// The type of [`EXERCISE`].
pub(crate) type ExerciseColumns = Record<(
    BigInt,
    SmallInt,
    Nullable<SqlUuid>,
    Text,
    schema::Mode,
    Nullable<Text>,
    Nullable<Integer>,
    Nullable<SmallInt>,
    Nullable<SmallInt>,
    Nullable<SmallInt>,
    Nullable<SmallInt>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Integer>,
    Nullable<Integer>,
    Array<SetColumns>,
)>;

type SetColumns = Record<(
    BigInt,
    Nullable<Integer>,
    Nullable<SmallInt>,
    Nullable<Integer>,
    Nullable<Integer>,
    schema::SetType,
    Nullable<SmallInt>,
    Nullable<Text>,
)>;

/// A value of [`EXERCISE`].
pub(crate) type ExerciseRow = (
    i64,
    i16,
    Option<Uuid>,
    String,
    Mode,
    Option<String>,
    Option<i32>,
    Option<i16>,
    Option<i16>,
    Option<i16>,
    Option<i16>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    Option<i32>,
    Vec<SetRow>,
);

type SetRow = (i64, Option<i32>, Option<i16>, Option<i32>, Option<i32>, SetType, Option<i16>, Option<String>);

/// The exercise with its sets.
pub(crate) fn recorded(row: ExerciseRow) -> Result<RecordedExercise, CorruptValue> {
    const TABLE: &str = "training_session_exercises";
    let (id, place, exercise_id, exercise_name, mode, notes, entry, order_index, sets, ..) = row;
    let (.., reps_min, reps_max, time_seconds, metres, grams, rest_seconds, performed) = row;
    let planned = match (order_index, sets) {
        (Some(order_index), Some(sets)) => {
            let (distance, weight) = (stored::distance(TABLE, metres)?, stored::weight(TABLE, grams)?);
            let targets = Targets { reps_min, reps_max, time_seconds, distance, weight };
            let prescription = Prescription { sets, targets, rest_seconds };
            Some(Planned { entry: entry.map(UnitEntryId::new), order_index, prescription })
        }
        _ => None,
    };
    let exercise = SessionExercise {
        exercise_id: exercise_id.map(ExerciseId::new),
        exercise_name,
        mode,
        planned,
        notes: stored::long_text(TABLE, notes.as_deref())?,
    };
    let place = usize::try_from(place).unwrap_or(0);
    let sets = performed.into_iter().map(set).collect::<Result<_, _>>()?;
    Ok(RecordedExercise { id: SessionExerciseId::new(id), place, exercise, sets })
}

fn set((id, grams, reps, seconds, metres, set_type, halves, notes): SetRow) -> Result<RecordedSet, CorruptValue> {
    let notes = notes.map(|notes| SetNotes::parse(&notes).map_err(|problem| corrupt_set(&format!("notes {problem}"))));
    let set = PerformedSet {
        weight: stored::weight(SETS, grams)?,
        metric: metric(reps, seconds, metres)?,
        set_type,
        rpe: rpe(halves)?,
        notes: notes.transpose()?,
    };
    Ok(RecordedSet { id: SessionSetId::new(id), set })
}

/// What was counted in a set: at most one of the three.
pub(crate) fn metric(
    reps: Option<i16>,
    seconds: Option<i32>,
    metres: Option<i32>,
) -> Result<Option<Metric>, CorruptValue> {
    match (reps, seconds, stored::distance(SETS, metres)?) {
        (None, None, None) => Ok(None),
        (Some(reps), None, None) => Ok(Some(Metric::Reps(reps))),
        (None, Some(seconds), None) => Ok(Some(Metric::TimeSeconds(seconds))),
        (None, None, Some(distance)) => Ok(Some(Metric::Distance(distance))),
        _ => Err(corrupt_set("a set has two metrics")),
    }
}

/// How hard a set was, in halves.
pub(crate) fn rpe(halves: Option<i16>) -> Result<Option<Rpe>, CorruptValue> {
    let read = |halves: i16| u8::try_from(halves).ok().and_then(Rpe::from_halves).ok_or_else(|| corrupt_set("rpe"));
    halves.map(read).transpose()
}

fn corrupt_set(problem: &str) -> CorruptValue {
    CorruptValue { table: SETS, problem: problem.to_owned() }
}
