//! Exercises of sessions on the wire.

use irontrack_domain::{
    ExerciseId, UnitEntryId,
    training::{
        Distance, LongText, Weight,
        session::{Planned, RecordedExercise},
    },
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SessionSet, sets};
use crate::training::{ModeName, thousandths};

/// What the training unit prescribed when the session was started.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlannedExercise {
    /// Place in the unit, from 0.
    order_index: i16,
    /// With how much weight, in kilograms.
    #[schema(required)]
    target_weight: Option<f64>,
    /// How many sets.
    sets: i16,
    /// The fewest repetitions of a set.
    #[schema(required)]
    reps_min: Option<i16>,
    /// The most repetitions of a set.
    #[schema(required)]
    reps_max: Option<i16>,
    /// How long a set takes, in seconds.
    #[schema(required)]
    target_time_seconds: Option<i32>,
    /// How far a set goes, in kilometres.
    #[schema(required)]
    target_distance_km: Option<f64>,
    /// The pause between sets, in seconds.
    #[schema(required)]
    rest_seconds: Option<i32>,
}

impl From<&Planned> for PlannedExercise {
    fn from(planned: &Planned) -> Self {
        let prescription = &planned.prescription;
        let targets = &prescription.targets;
        Self {
            order_index: planned.order_index,
            target_weight: targets.weight.map(Weight::grams).map(thousandths),
            sets: prescription.sets,
            reps_min: targets.reps_min,
            reps_max: targets.reps_max,
            target_time_seconds: targets.time_seconds,
            target_distance_km: targets.distance.map(Distance::metres).map(thousandths),
            rest_seconds: prescription.rest_seconds,
        }
    }
}

/// An exercise of a training session with its sets.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": 97, "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Back Squat",
    "mode": "reps", "orderIndex": 0, "plannedUnitExerciseId": 41,
    "planned": {"orderIndex": 0, "targetWeight": 82.5, "sets": 3, "repsMin": 5, "repsMax": 8, "targetTimeSeconds": null,
        "targetDistanceKm": null, "restSeconds": 180},
    "notes": "Deeper than last week.",
    "sets": [
        {"id": 811, "orderIndex": 0, "weight": 40.0, "repsCompleted": 8, "timeSeconds": null, "distanceKm": null,
         "setType": "warmup", "rpe": null, "notes": null},
        {"id": 812, "orderIndex": 1, "weight": 82.5, "repsCompleted": 8, "timeSeconds": null, "distanceKm": null,
         "setType": "working", "rpe": 8.5, "notes": null}
    ]
}))]
pub(crate) struct SessionExercise {
    /// Identifier.
    id: i64,
    /// The exercise; null once it is gone for good.
    #[schema(required)]
    exercise_id: Option<Uuid>,
    /// The name of the exercise when it was put in.
    exercise_name: String,
    /// What is counted in its sets.
    #[schema(value_type = ModeName, inline)]
    mode: &'static str,
    /// Place in the session, from 0.
    order_index: usize,
    /// The entry of the training unit that it comes from; null for an exercise that was not planned, and once the entry is
    /// gone.
    #[schema(required)]
    planned_unit_exercise_id: Option<i32>,
    /// What was planned when the session was started, whatever became of the unit since; null for an exercise that was not
    /// planned.
    #[schema(required)]
    planned: Option<PlannedExercise>,
    /// How it went.
    #[schema(required)]
    notes: Option<String>,
    /// Sets in their order.
    sets: Vec<SessionSet>,
}

impl From<&RecordedExercise> for SessionExercise {
    fn from(recorded: &RecordedExercise) -> Self {
        let exercise = &recorded.exercise;
        let planned = exercise.planned.as_ref();
        Self {
            id: recorded.id.number(),
            exercise_id: exercise.exercise_id.map(ExerciseId::uuid),
            exercise_name: exercise.exercise_name.clone(),
            mode: exercise.mode.as_str(),
            order_index: recorded.place,
            planned_unit_exercise_id: planned.and_then(|planned| planned.entry).map(UnitEntryId::number),
            planned: planned.map(PlannedExercise::from),
            notes: exercise.notes.as_ref().map(LongText::as_str).map(str::to_owned),
            sets: sets(&recorded.sets),
        }
    }
}
