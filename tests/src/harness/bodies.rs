//! Bodies that every server accepts.

use serde_json::{Value, json};
use uuid::Uuid;

use super::password;

/// Somebody who signs up.
#[must_use]
pub fn sign_up(email: &str) -> Value {
    json!({"email": email, "password": password(), "confirmPassword": password()})
}

/// An account that a superuser creates.
#[must_use]
pub fn user(email: &str) -> Value {
    json!({"email": email, "password": password()})
}

/// A custom exercise with the fields that it needs.
#[must_use]
pub fn exercise(name: &str) -> Value {
    json!({"name": name, "primaryMuscles": [5], "difficultyLevel": "beginner", "category": "strength"})
}

/// A system exercise with the fields that it needs.
#[must_use]
pub fn system_exercise(name: &str) -> Value {
    json!({
        "name": name, "primaryMuscles": [5], "difficultyLevel": "beginner", "category": "strength",
        "instructions": "Lift.", "tags": [5]
    })
}

/// A training unit without entries.
#[must_use]
pub fn training_unit(name: &str) -> Value {
    json!({"name": name})
}

/// An entry of a training unit.
#[must_use]
pub fn unit_entry(exercise: Uuid) -> Value {
    json!({"exerciseId": exercise, "mode": "reps", "repsMin": 8})
}

/// A training plan without units.
#[must_use]
pub fn training_plan(name: &str) -> Value {
    json!({"name": name, "difficultyLevel": "beginner"})
}

/// A training unit on a day of a plan.
#[must_use]
pub fn plan_unit(unit: Uuid, day: i16) -> Value {
    json!({"trainingUnitId": unit, "dayNumber": day})
}

/// A training session with these fields; without any it starts now and has nothing in it.
#[must_use]
pub fn training_session(mut fields: Value) -> Value {
    if fields["userTimezone"].is_null() {
        fields["userTimezone"] = json!("Europe/Berlin");
    }
    fields
}

/// An exercise of a training session, with its sets.
#[must_use]
pub fn session_exercise(exercise: Uuid, mode: &str, sets: &Value) -> Value {
    json!({"exerciseId": exercise, "mode": mode, "sets": sets})
}

/// A set in which repetitions were counted.
#[must_use]
pub fn set(weight: f64, reps: i32) -> Value {
    json!({"weight": weight, "repsCompleted": reps})
}

/// A body with another value of one field; with `Value::Null` for null, whole or as an addition.
#[must_use]
pub fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}
