//! Training sessions, as the contract has them in its section 6.

mod crash;
mod creating;
mod cursors;
mod ending;
mod exercises;
mod from_templates;
mod limits;
mod listing;
mod metrics;
mod ordering;
mod races;
mod reading;
mod sets;
mod survival;
mod times;
mod updating;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use irontrack::SystemClock;
use irontrack_ports::Clock;
use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::Value;
use uuid::Uuid;

use crate::gym::{Gym, fields, under};

const NO_SESSION: &str = "Training session not found";
const NO_EXERCISE: &str = "Session exercise not found";
const NO_SET: &str = "Set not found";
const ENDED: &str = "The training session is not in progress";
const GOING_ON: &str = "The training session is in progress";

/// Somebody who trains, and an exercise of the system.
struct Track {
    gym: Gym,
    owner: Session,
    exercise: Uuid,
}

impl Track {
    fn open() -> Self {
        Self::of(Gym::open())
    }

    fn of(mut gym: Gym) -> Self {
        let owner = gym.person();
        let exercise = gym.mint.exercise(None);
        Self { gym, owner, exercise }
    }

    /// Stores a session with these fields, and answers its path and what was created.
    #[track_caller]
    fn store(&self, fields: Value) -> (String, Value) {
        let created = self.gym.create(&self.owner, "/training-sessions", &bodies::training_session(fields));
        (under("/training-sessions", &created), created)
    }

    /// Stores a session with one exercise, and answers their paths.
    #[track_caller]
    fn store_one(&self, mode: &str, sets: &Value) -> (String, String) {
        let (path, created) = self.store(serde_json::json!({"exercises": [self.done(mode, sets)]}));
        let exercise = format!("{path}/exercises/{}", created["exercises"][0]["id"]);
        (path, exercise)
    }

    /// The exercise with these sets, as it is sent.
    fn done(&self, mode: &str, sets: &Value) -> Value {
        bodies::session_exercise(self.exercise, mode, sets)
    }

    #[track_caller]
    fn read(&self, path: &str) -> Value {
        self.gym.read(&self.owner, path)
    }

    fn send(&self, method: &str, path: &str, sent: &Value) -> Response {
        self.gym.send(&self.owner, method, path, sent)
    }

    fn ask(&self, method: &str, path: &str) -> Response {
        self.gym.ask(&self.owner, method, path)
    }
}

/// A moment so many minutes from now, as it is sent.
fn minutes(from_now: i64) -> String {
    (SystemClock.now() + TimeDelta::minutes(from_now)).to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// A moment that was answered.
#[track_caller]
fn moment(value: &Value) -> DateTime<Utc> {
    let text = value.as_str().unwrap_or_default();
    text.parse().unwrap_or_else(|error| panic!("expected a time, got {value}: {error}"))
}

/// Fails unless the places of these are 0, 1, 2 and so on, and answers their ids.
#[track_caller]
fn ordered(elements: &Value) -> Vec<Value> {
    let places = fields(elements, "orderIndex");
    assert!(places.iter().enumerate().all(|(n, place)| *place == n), "expected no gaps: {places:?}");
    fields(elements, "id")
}

/// Fails unless something shows all these fields; numbers are the same however they are written.
#[track_caller]
fn assert_shows(shown: &Value, expected: &Value) {
    for (field, value) in expected.as_object().into_iter().flatten() {
        let seen = &shown[field];
        let is_equal = if value.is_number() { value.as_f64() == seen.as_f64() } else { value == seen };
        assert!(is_equal, "expected {value} as {field}: {shown}");
    }
}
