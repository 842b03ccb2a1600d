//! What elements of the lists look like. Members that are not named here are left out.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Number;
use uuid::Uuid;

use super::limited::list;

/// An item of a catalogue.
#[derive(Deserialize)]
pub(super) struct Item {
    pub(super) id: i16,
    pub(super) name: String,
}

/// A custom exercise.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exercise {
    pub(super) id: Uuid,
    pub(super) name: String,
    #[serde(deserialize_with = "list")]
    pub(super) primary_muscles: Vec<Item>,
    #[serde(default, deserialize_with = "list")]
    pub(super) secondary_muscles: Vec<Item>,
    pub(super) force: Option<String>,
    pub(super) difficulty_level: String,
    pub(super) mechanic: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) equipment: Vec<Item>,
    pub(super) category: String,
    pub(super) instructions: Option<String>,
    pub(super) created_by: Option<Uuid>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// What units and plans have in common.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) sharing_status: String,
    pub(super) created_by: Option<Uuid>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// What else a training unit has.
#[derive(Deserialize)]
pub(super) struct Unit {
    #[serde(deserialize_with = "list")]
    pub(super) exercises: Vec<Entry>,
}

/// What else a training plan has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plan {
    pub(super) difficulty_level: String,
    #[serde(deserialize_with = "list")]
    pub(super) units: Vec<PlanUnit>,
}

/// A unit of a plan.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PlanUnit {
    pub(super) id: i32,
    pub(super) day_number: i16,
    pub(super) order_index: i16,
    pub(super) training_unit_id: Uuid,
    pub(super) unit_name: String,
    pub(super) exercise_count: i64,
}

/// An entry of a unit.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) id: i32,
    pub(super) exercise_id: Option<Uuid>,
    pub(super) exercise_name: String,
    pub(super) mode: String,
    pub(super) sets: i16,
    pub(super) reps_min: Option<i16>,
    pub(super) reps_max: Option<i16>,
    pub(super) target_time_seconds: Option<i32>,
    pub(super) target_distance_km: Option<Number>,
    pub(super) target_weight: Option<Number>,
    pub(super) rest_seconds: Option<i32>,
    pub(super) notes: Option<String>,
}

/// A training session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Session {
    pub(super) training_plan_id: Option<Uuid>,
    pub(super) training_unit_id: Option<Uuid>,
    pub(super) plan_name: Option<String>,
    pub(super) unit_name: Option<String>,
    pub(super) status: String,
    pub(super) start_time: DateTime<Utc>,
    pub(super) end_time: Option<DateTime<Utc>>,
    pub(super) user_timezone: String,
    pub(super) notes: Option<String>,
    #[serde(deserialize_with = "list")]
    pub(super) exercises: Vec<SessionExercise>,
}

/// An exercise of a session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionExercise {
    pub(super) exercise_id: Option<Uuid>,
    pub(super) exercise_name: String,
    pub(super) mode: String,
    pub(super) planned_unit_exercise_id: Option<i32>,
    pub(super) planned: Option<Planned>,
    pub(super) notes: Option<String>,
    #[serde(deserialize_with = "list")]
    pub(super) sets: Vec<Set>,
}

/// What was planned for it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Planned {
    pub(super) order_index: i16,
    pub(super) target_weight: Option<Number>,
    pub(super) sets: i16,
    pub(super) reps_min: Option<i16>,
    pub(super) reps_max: Option<i16>,
    pub(super) target_time_seconds: Option<i32>,
    pub(super) target_distance_km: Option<Number>,
    pub(super) rest_seconds: Option<i32>,
}

/// A set.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Set {
    pub(super) weight: Option<Number>,
    pub(super) reps_completed: Option<i16>,
    pub(super) time_seconds: Option<i32>,
    pub(super) distance_km: Option<Number>,
    #[serde(rename = "setType")]
    pub(super) kind: String,
    pub(super) rpe: Option<Number>,
    pub(super) notes: Option<String>,
}
