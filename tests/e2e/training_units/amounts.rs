//! Weights and distances: JSON numbers with at most three decimals, counted on the value.

use irontrack_tests::{harness::Session, http::Response};
use serde_json::{Value, json};

use crate::gym::{Gym, expect, mistakes, request, unit};

/// A unit, and an exercise that goes in.
struct Scales {
    gym: Gym,
    owner: Session,
    path: String,
    exercise: String,
}

impl Scales {
    fn new() -> Self {
        let mut gym = Gym::open();
        let owner = gym.person();
        let id = gym.mint.training_unit(owner.user_id, "private");
        let exercise = gym.mint.exercise(None).to_string();
        Self { path: format!("{}/exercises", unit(id)), gym, owner, exercise }
    }

    /// Adds an entry whose amount is written in this way.
    fn add(&self, field: &str, written: &str) -> Response {
        let distance = if field == "targetDistanceKm" { "" } else { r#","targetDistanceKm":1"# };
        let body = format!(r#"{{"exerciseId":"{}","mode":"distance"{distance},"{field}":{written}}}"#, self.exercise);
        self.gym.app.send_as(&self.owner, request("POST", &self.path).body(Some("application/json"), body))
    }
}

#[test]
fn decimals_are_counted_on_the_value() {
    let scales = Scales::new();
    for (written, value) in [
        ("1.5000", 1.5),
        ("82.5", 82.5),
        ("1e2", 100.0),
        ("1.23456E2", 123.456),
        ("1500e-3", 1.5),
        ("0.001", 0.001),
        ("99999.999", 99_999.999),
        ("99999.9990", 99_999.999),
        ("7", 7.0),
        ("0.1", 0.1),
        ("16777.217", 16_777.217),
    ] {
        for field in ["targetWeight", "targetDistanceKm"] {
            let entry = expect(&scales.add(field, written), 201);
            assert!(entry[field].is_number(), "{field} {written}: {entry}");
            assert_eq!(entry[field].as_f64(), Some(value), "{field} {written}");
        }
    }
    for written in ["0", "0.000", "-0", "0e5"] {
        assert_eq!(expect(&scales.add("targetWeight", written), 201)["targetWeight"].as_f64(), Some(0.0), "{written}");
    }
    scales.gym.close();
}

#[test]
fn other_amounts_are_refused() {
    let mut scales = Scales::new();
    let before = scales.gym.mint.fingerprint();
    for written in [
        "1.2345",
        "0.0001",
        "1e-4",
        "99999.9999",
        "100000",
        "1e5",
        "1e300",
        "1e400",
        "1e99999999999999999999",
        "-1",
        "-0.001",
        "-1e300",
        "\"1\"",
        "\"\"",
        "true",
        "[]",
        "{}",
        "[1]",
    ] {
        for field in ["targetWeight", "targetDistanceKm"] {
            assert_eq!(mistakes(&scales.add(field, written)), format!("/{field}"), "{field} {written}");
        }
    }
    for written in ["0", "0.000", "-0", "null"] {
        assert_eq!(mistakes(&scales.add("targetDistanceKm", written)), "/targetDistanceKm", "{written}");
    }
    assert_eq!(scales.gym.mint.fingerprint(), before);
    scales.gym.close();
}

/// Also those that no double has: the value is what was written.
#[test]
fn decimals_beyond_a_double_count_too() {
    let scales = Scales::new();
    for written in ["1.00000000000000001", "99999.99900000000000001", "0.1000000000000000055511151231257827"] {
        for field in ["targetWeight", "targetDistanceKm"] {
            assert_eq!(mistakes(&scales.add(field, written)), format!("/{field}"), "{field} {written}");
        }
    }
    scales.gym.close();
}

#[test]
fn an_amount_is_exact_in_the_database() {
    let mut scales = Scales::new();
    expect(&scales.add("targetWeight", "0.1"), 201);
    expect(&scales.add("targetWeight", "99999.999"), 201);
    let sum = "SELECT (sum(target_weight) * 1000)::bigint FROM training_unit_exercises";
    assert_eq!(scales.gym.count(sum), 100_000_099);
    let unit = scales.gym.read(&scales.owner, scales.path.trim_end_matches("/exercises"));
    let weights: Vec<Value> = crate::gym::fields(&unit["exercises"], "targetWeight");
    assert_eq!(weights, [json!(0.1), json!(99_999.999)]);
    scales.gym.close();
}
