//! Bodies that every server accepts.

use serde_json::{Value, json};

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

/// A body with another value of one field; with `Value::Null` for null, whole or as an addition.
#[must_use]
pub fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}
