//! Sessions, exercises and work of a training log, as records.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Record, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use irontrack_domain::{
    ExerciseId, TrainingSessionId,
    catalogue::CatalogueItem,
    exercise::Category,
    progress::{Effort, LoggedSession, TrainedExercise, Work},
    training::Volume,
};
use uuid::Uuid;

use crate::{error::CorruptValue, schema, stored};

const SESSIONS: &str = "training_sessions";

/// The session `h`.
pub(crate) const SESSION: &str = "ROW(h.id, h.start_time, h.user_timezone, h.duration_seconds, h.unit_name_snapshot)";

/// The type of [`SESSION`].
pub(crate) type SessionColumns = Record<(SqlUuid, Timestamptz, Text, Nullable<Integer>, Nullable<Text>)>;

/// A value of [`SESSION`].
pub(crate) type SessionRow = (Uuid, DateTime<Utc>, String, Option<i32>, Option<String>);

/// What is known about the exercise `x`, in a record with open ends.
pub(crate) const EXERCISE: &str = "x.category, \
    ARRAY(SELECT ROW(m.id, m.name) FROM exercise_primary_muscles l JOIN muscle_groups m ON m.id = l.muscle_group_id \
          WHERE l.exercise_id = x.id ORDER BY m.id), \
    ARRAY(SELECT ROW(m.id, m.name) FROM exercise_secondary_muscles l JOIN muscle_groups m ON m.id = l.muscle_group_id \
          WHERE l.exercise_id = x.id ORDER BY m.id)";

type Items = Array<Record<(SmallInt, Text)>>;

/// An id, a name and [`EXERCISE`].
pub(crate) type ExerciseColumns = Record<(Nullable<SqlUuid>, Text, Nullable<schema::Category>, Items, Items)>;

/// A value of [`ExerciseColumns`].
pub(crate) type ExerciseRow = (Option<Uuid>, String, Option<Category>, Vec<(i16, String)>, Vec<(i16, String)>);

/// An exercise, and of each session in which it was done: where that stands in the log, sets, repetitions, grams, seconds
/// and metres.
pub(crate) type WorkColumns = Record<(
    ExerciseColumns,
    Array<Integer>,
    Array<Integer>,
    Array<BigInt>,
    Array<BigInt>,
    Array<BigInt>,
    Array<BigInt>,
)>;

/// A value of [`WorkColumns`].
pub(crate) type WorkRow = (ExerciseRow, Vec<i32>, Vec<i32>, Vec<i64>, Vec<i64>, Vec<i64>, Vec<i64>);

/// The session.
pub(crate) fn session(row: SessionRow) -> Result<LoggedSession, CorruptValue> {
    let (id, start, zone, seconds, unit_name) = row;
    Ok(LoggedSession {
        id: TrainingSessionId::new(id),
        start,
        date: stored::time_zone(&zone)?.date(start),
        duration_seconds: seconds.and_then(|seconds| u32::try_from(seconds).ok()),
        unit_name: unit_name.as_deref().map(|name| stored::template_name(SESSIONS, name)).transpose()?,
    })
}

/// The exercise.
pub(crate) fn exercise((id, name, category, primary, secondary): ExerciseRow) -> TrainedExercise {
    let items = |pairs: Vec<(i16, String)>| pairs.into_iter().map(|(id, name)| CatalogueItem { id, name }).collect();
    TrainedExercise {
        id: id.map(ExerciseId::new),
        name,
        category,
        primary_muscles: items(primary),
        secondary_muscles: items(secondary),
    }
}

/// The exercise with its work.
pub(crate) fn work((done, places, sets, reps, grams, seconds, metres): WorkRow) -> (TrainedExercise, Vec<Work>) {
    fn natural<T: TryInto<u64>>(number: T) -> u64 {
        number.try_into().unwrap_or(0)
    }
    let efforts = sets.into_iter().zip(reps).zip(grams).zip(seconds).zip(metres);
    let efforts = efforts.map(|((((sets, reps), grams), seconds), metres)| Effort {
        sets: natural(sets),
        reps: natural(reps),
        volume: Volume::from_grams(natural(grams)),
        seconds: natural(seconds),
        metres: natural(metres),
    });
    let work = places.into_iter().zip(efforts);
    let work = work.map(|(place, effort)| Work { session: usize::try_from(place).unwrap_or(usize::MAX), effort });
    (exercise(done), work.collect())
}
