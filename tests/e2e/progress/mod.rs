//! Progress, as the contract has it: what a training history says.

mod athlete;
mod calendar;
mod calendar_chart;
mod chart;
mod made_up;
mod pictures;
mod points;
mod previous;
mod random;
mod records;
mod speed;
mod summary;
mod versions;
mod volume;
mod whole_history;

use athlete::Athlete;
use irontrack_tests::harness::{Session, bodies, documented_operations};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, array, text};

const NO_EXERCISE: &str = "Exercise not found";

/// Somebody who trains, and an exercise of the system.
struct Diary {
    gym: Gym,
    owner: Session,
    exercise: Uuid,
}

impl Diary {
    fn open() -> Self {
        let mut gym = Gym::open();
        let owner = gym.person();
        let exercise = gym.mint.exercise(None);
        Self { gym, owner, exercise }
    }

    /// Stores a completed session in Berlin with these sets of the exercise, and answers it.
    #[track_caller]
    fn train(&self, start: &str, sets: Value) -> Value {
        self.train_with(start, json!({"exercises": [bodies::session_exercise(self.exercise, "reps", &sets)]}))
    }

    /// Stores a completed session with these fields, an hour long.
    #[track_caller]
    fn train_with(&self, start: &str, mut fields: Value) -> Value {
        fields["startTime"] = json!(start);
        fields["endTime"] = json!(start.replace(":00:00", ":59:59"));
        fields["status"] = json!("completed");
        self.gym.create(&self.owner, "/training-sessions", &bodies::training_session(fields))
    }

    #[track_caller]
    fn read(&self, path: &str) -> Value {
        self.gym.read(&self.owner, path)
    }

    /// The points of the exercise, for these parameters.
    #[track_caller]
    fn points(&self, parameters: &str) -> Vec<Value> {
        array(&self.read(&format!("{}?{parameters}", course(self.exercise)))["points"])
    }

    /// The records that stand, each as exercise, kind, value and previous value.
    #[track_caller]
    fn records(&self) -> Vec<(String, String, f64, f64)> {
        told(&self.read("/progress/records"))
    }
}

/// The path of the course of an exercise.
fn course(exercise: impl std::fmt::Display) -> String {
    format!("/progress/exercises/{exercise}")
}

/// The picture that the OpenAPI document gives as the example of an operation.
#[track_caller]
fn documented_picture(operation: &str) -> String {
    let found = documented_operations().into_iter().find(|documented| documented.id == operation);
    let found = found.unwrap_or_else(|| panic!("expected an operation {operation}"));
    text(&found.definition["responses"]["200"]["content"]["image/svg+xml"]["example"])
}

/// The records of an answer, each as the name of its exercise, kind, value and previous value.
#[track_caller]
fn told(answer: &Value) -> Vec<(String, String, f64, f64)> {
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("expected a number: {value}"));
    let record = |record: &Value| {
        (
            text(&record["exerciseName"]),
            text(&record["kind"]),
            number(&record["value"]),
            number(&record["previousValue"]),
        )
    };
    array(&answer["records"]).iter().map(record).collect()
}

/// The same without the name, which is always that.
#[track_caller]
fn of(name: &str, records: &[(String, String, f64, f64)]) -> Vec<(String, f64, f64)> {
    let of_it = records.iter().filter(|record| record.0 == name);
    of_it.map(|(_, kind, value, previous)| (kind.clone(), *value, *previous)).collect()
}
