//! Training units on the wire.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, UserId,
    training::{Distance, LongText, TrainingUnit as DomainUnit, UnitEntry as DomainEntry, UnitSummary, Weight},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    template::{MyAccessName, SharingStatusName},
    training::thousandths,
};

/// An entry of a training unit: a prescribed exercise.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": 41, "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Back Squat",
    "orderIndex": 0, "mode": "reps", "sets": 3, "repsMin": 5, "repsMax": 8, "targetTimeSeconds": null,
    "targetDistanceKm": null, "targetWeight": 82.5, "restSeconds": 180, "notes": "Two warm-up sets first."
}))]
pub(crate) struct UnitEntry {
    /// Identifier.
    id: i32,
    /// The exercise; null once it is gone for good.
    #[schema(required)]
    exercise_id: Option<Uuid>,
    /// The name of the exercise when it was chosen.
    exercise_name: String,
    /// Place in the unit, from 0.
    order_index: usize,
    /// What is counted: `reps`, `time`, `distance` or `sets_only`.
    mode: &'static str,
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
    /// With how much weight, in kilograms.
    #[schema(required)]
    target_weight: Option<f64>,
    /// The pause between sets, in seconds.
    #[schema(required)]
    rest_seconds: Option<i32>,
    /// Whatever else is to be said.
    #[schema(required)]
    notes: Option<String>,
}

impl UnitEntry {
    pub(crate) fn new(order_index: usize, entry: &DomainEntry) -> Self {
        let prescription = &entry.prescription;
        let targets = &prescription.targets;
        Self {
            id: entry.id.number(),
            exercise_id: entry.exercise_id.map(ExerciseId::uuid),
            exercise_name: entry.exercise_name.clone(),
            order_index,
            mode: entry.mode.as_str(),
            sets: prescription.sets,
            reps_min: targets.reps_min,
            reps_max: targets.reps_max,
            target_time_seconds: targets.time_seconds,
            target_distance_km: targets.distance.map(Distance::metres).map(thousandths),
            target_weight: targets.weight.map(Weight::grams).map(thousandths),
            rest_seconds: prescription.rest_seconds,
            notes: entry.notes.as_ref().map(LongText::as_str).map(str::to_owned),
        }
    }
}

/// A training unit.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000dd", "name": "Full Body A", "description": "Squat, press, row.",
    "sharingStatus": "private", "createdBy": "0192a000-0000-7000-8000-0000000000bb", "myAccess": "owner",
    "createdAt": "2026-11-28T18:41:46.082726Z", "updatedAt": "2026-11-28T18:41:46.082726Z",
    "exercises": [
        {"id": 41, "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Back Squat",
         "orderIndex": 0, "mode": "reps", "sets": 3, "repsMin": 5, "repsMax": 8, "targetTimeSeconds": null,
         "targetDistanceKm": null, "targetWeight": 82.5, "restSeconds": 180, "notes": null},
        {"id": 42, "exerciseId": "0192a000-0000-7000-8000-0000000000ab", "exerciseName": "Plank",
         "orderIndex": 1, "mode": "time", "sets": 3, "repsMin": null, "repsMax": null, "targetTimeSeconds": 45,
         "targetDistanceKm": null, "targetWeight": null, "restSeconds": 60, "notes": null}
    ]
}))]
pub(crate) struct TrainingUnit {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// Name, unique among the units of its owner, ignoring case.
    name: String,
    /// What it is for.
    #[schema(required)]
    description: Option<String>,
    /// For whom it is there.
    #[schema(value_type = SharingStatusName, inline)]
    sharing_status: &'static str,
    /// The owner; null once their account is gone.
    #[schema(required)]
    created_by: Option<Uuid>,
    /// What the caller may do with it.
    #[schema(value_type = MyAccessName, inline)]
    my_access: &'static str,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// Prescribed exercises in their order.
    exercises: Vec<UnitEntry>,
}

impl TrainingUnit {
    pub(crate) fn new(unit: &DomainUnit) -> Self {
        let head = &unit.head;
        Self {
            id: unit.id.uuid(),
            name: head.name.as_str().to_owned(),
            description: head.description.as_ref().map(LongText::as_str).map(str::to_owned),
            sharing_status: head.sharing_status.as_str(),
            created_by: head.created_by.map(UserId::uuid),
            my_access: head.my_access.as_str(),
            created_at: head.created_at,
            updated_at: head.updated_at,
            exercises: unit.entries.iter().enumerate().map(|(place, entry)| UnitEntry::new(place, entry)).collect(),
        }
    }
}

/// A training unit in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000dd", "name": "Full Body A", "description": "Squat, press, row.",
    "sharingStatus": "public", "createdBy": "0192a000-0000-7000-8000-0000000000bb", "myAccess": "read",
    "createdAt": "2026-11-28T18:41:46.082726Z", "updatedAt": "2026-11-28T18:41:46.082726Z", "exerciseCount": 6
}))]
pub(crate) struct TrainingUnitSummary {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// Name.
    name: String,
    /// What it is for.
    #[schema(required)]
    description: Option<String>,
    /// For whom it is there.
    #[schema(value_type = SharingStatusName, inline)]
    sharing_status: &'static str,
    /// The owner; null once their account is gone.
    #[schema(required)]
    created_by: Option<Uuid>,
    /// What the caller may do with it.
    #[schema(value_type = MyAccessName, inline)]
    my_access: &'static str,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// How many entries it has.
    exercise_count: i64,
}

impl From<UnitSummary> for TrainingUnitSummary {
    fn from(UnitSummary { id, head, entry_count }: UnitSummary) -> Self {
        Self {
            id: id.uuid(),
            name: head.name.as_str().to_owned(),
            description: head.description.as_ref().map(LongText::as_str).map(str::to_owned),
            sharing_status: head.sharing_status.as_str(),
            created_by: head.created_by.map(UserId::uuid),
            my_access: head.my_access.as_str(),
            created_at: head.created_at,
            updated_at: head.updated_at,
            exercise_count: entry_count,
        }
    }
}

/// One page of training units.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrainingUnitPage {
    /// The units of the page.
    pub(super) items: Vec<TrainingUnitSummary>,
    /// The page size.
    pub(super) limit: i64,
    /// How many units come before the page.
    pub(super) offset: i64,
    /// How many units match on all pages.
    pub(super) total: i64,
}
