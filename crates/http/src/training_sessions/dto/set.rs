//! Sets on the wire.

use irontrack_domain::training::{
    Distance, Weight,
    session::{Performance, RecordedSet, Rpe, SetNotes},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{training::thousandths, training_sessions::set_input::SetTypeName};

/// A set of an exercise of a training session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": 812, "orderIndex": 0, "weight": 82.5, "repsCompleted": 8, "timeSeconds": null, "distanceKm": null,
    "setType": "working", "rpe": 8.5, "notes": null
}))]
pub(crate) struct SessionSet {
    /// Identifier.
    id: i64,
    /// Place in the exercise, from 0.
    order_index: usize,
    /// With how much weight, in kilograms.
    #[schema(required)]
    weight: Option<f64>,
    /// How many repetitions; only in mode `reps`.
    #[schema(required)]
    reps_completed: Option<i16>,
    /// How long it took, in seconds; only in mode `time`.
    #[schema(required)]
    time_seconds: Option<i32>,
    /// How far it went, in kilometres; only in mode `distance`.
    #[schema(required)]
    distance_km: Option<f64>,
    /// What it was for.
    #[schema(value_type = SetTypeName, inline)]
    set_type: &'static str,
    /// How hard it was, from 1 to 10 in steps of 0.5: 10 is the most that was possible.
    #[schema(required)]
    rpe: Option<f64>,
    /// What else there is to say.
    #[schema(required)]
    notes: Option<String>,
}

impl SessionSet {
    pub(in crate::training_sessions) fn new(order_index: usize, recorded: &RecordedSet) -> Self {
        let set = &recorded.set;
        let performance = Performance::from(set.metric);
        Self {
            id: recorded.id.number(),
            order_index,
            weight: set.weight.map(Weight::grams).map(thousandths),
            reps_completed: performance.reps,
            time_seconds: performance.time_seconds,
            distance_km: performance.distance.map(Distance::metres).map(thousandths),
            set_type: set.set_type.as_str(),
            rpe: set.rpe.map(|rpe: Rpe| f64::from(rpe.halves()) / 2.0),
            notes: set.notes.as_ref().map(SetNotes::as_str).map(str::to_owned),
        }
    }
}

/// All sets of an exercise.
pub(crate) fn sets(recorded: &[RecordedSet]) -> Vec<SessionSet> {
    recorded.iter().enumerate().map(|(place, set)| SessionSet::new(place, set)).collect()
}
