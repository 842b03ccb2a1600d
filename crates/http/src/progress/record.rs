//! Records on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use irontrack_domain::{
    ExerciseId,
    progress::{ExerciseRecord, RecordValue},
};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::point::{kilograms, kilometres, one_rep_max};
use crate::{timestamp, training::Kilograms};

/// What a record is about.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum RecordKindName {
    MaxWeight,
    MaxRepsAtWeight,
    #[schema(rename = "max_e1rm")]
    MaxE1rm,
    MaxSetVolume,
    MaxSessionVolume,
    LongestTime,
    LongestDistance,
}

/// In what a record is measured.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum RecordUnitName {
    Kg,
    Reps,
    S,
    Km,
}

/// A record: what had never been reached before, and what was reached until then. What was done in the first session of an
/// exercise is no record, and neither is what was only reached again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressRecord, example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Squat", "kind": "max_e1rm",
    "value": 116.67, "previousValue": 112.5, "unit": "kg", "sessionId": "0192a000-0000-7000-8000-0000000000ff",
    "startTime": "2026-11-28T17:30:00Z", "date": "2026-11-28",
    "setId": 812, "weight": 100.0, "reps": 5
}))]
pub(crate) struct Record {
    /// The exercise; null if it is gone.
    #[schema(required)]
    exercise_id: Option<Uuid>,
    /// What the exercise is called now; if it is gone, what it was called when it was trained.
    exercise_name: String,
    /// What it is about: the greatest weight, the most repetitions with at least the weight of this set, the greatest
    /// estimated one-repetition maximum (by Epley's formula), the greatest volume of a set or of a session, the longest
    /// time, or the longest distance.
    #[schema(value_type = RecordKindName, inline)]
    kind: &'static str,
    /// What was reached.
    #[schema(value_type = f64)]
    value: Amount,
    /// What had been the best until then.
    #[schema(value_type = f64)]
    previous_value: Amount,
    /// In what both are measured: kilograms, repetitions, seconds or kilometres.
    #[schema(value_type = RecordUnitName, inline)]
    unit: &'static str,
    /// In which session.
    session_id: Uuid,
    /// When this began, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    start_time: DateTime<Utc>,
    /// Which day that was in the time zone of the session.
    date: NaiveDate,
    /// In which set; null if it took the whole session.
    #[schema(required)]
    set_id: Option<i64>,
    /// The weight of this set, in kilograms.
    #[schema(required)]
    weight: Option<f64>,
    /// The repetitions of this set.
    #[schema(required)]
    reps: Option<i16>,
}

/// A list of records.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressRecordList)]
pub(crate) struct RecordList {
    /// The exercise that was asked for; null for all.
    #[schema(required)]
    pub(super) exercise_id: Option<Uuid>,
    /// The records that stand, by name of the exercise and kind: of each kind at most one.
    pub(super) records: Vec<Record>,
}

/// What was reached, in the unit of its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Amount(RecordValue);

impl Amount {
    const fn unit(self) -> &'static str {
        match self.0 {
            RecordValue::Weight(_) | RecordValue::OneRepMax(_) | RecordValue::Volume(_) => "kg",
            RecordValue::Reps(_) => "reps",
            RecordValue::Seconds(_) => "s",
            RecordValue::Distance(_) => "km",
        }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            RecordValue::Weight(weight) => kilograms(weight).serialize(serializer),
            RecordValue::Reps(reps) => reps.serialize(serializer),
            RecordValue::OneRepMax(max) => one_rep_max(max).serialize(serializer),
            RecordValue::Volume(volume) => Kilograms(volume).serialize(serializer),
            RecordValue::Seconds(seconds) => seconds.serialize(serializer),
            RecordValue::Distance(distance) => kilometres(distance).serialize(serializer),
        }
    }
}

impl From<ExerciseRecord> for Record {
    fn from(ExerciseRecord { exercise, name, record }: ExerciseRecord) -> Self {
        let value = Amount(record.value);
        Self {
            exercise_id: exercise.map(ExerciseId::uuid),
            exercise_name: name,
            kind: record.kind.as_str(),
            value,
            previous_value: Amount(record.previous),
            unit: value.unit(),
            session_id: record.session_id.uuid(),
            start_time: record.start,
            date: record.zone.date(record.start),
            set_id: record.set.map(|set| set.id.number()),
            weight: record.set.and_then(|set| set.weight).map(kilograms),
            reps: record.set.and_then(|set| set.reps()),
        }
    }
}
