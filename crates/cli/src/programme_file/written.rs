//! A file as it is written. Members are named as in the bodies of the API; unknown ones are refused.

use serde::Deserialize;
use serde_json::Number;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WrittenProgramme {
    pub(super) slug: String,
    pub(super) tags: Vec<String>,
    pub(super) training_units: Vec<WrittenUnit>,
    pub(super) training_plan: WrittenPlan,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WrittenUnit {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) exercises: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WrittenEntry {
    pub(super) exercise_slug: String,
    pub(super) mode: String,
    pub(super) sets: Option<i64>,
    pub(super) reps_min: Option<i64>,
    pub(super) reps_max: Option<i64>,
    pub(super) target_time_seconds: Option<i64>,
    pub(super) target_distance_km: Option<Number>,
    pub(super) target_weight: Option<Number>,
    pub(super) rest_seconds: Option<i64>,
    pub(super) notes: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WrittenPlan {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) difficulty_level: String,
    pub(super) units: Vec<WrittenDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WrittenDay {
    pub(super) training_unit_slug: String,
    pub(super) day_number: i64,
}
