//! What a set may hold: the metric of its mode, weights and distances, effort, notes.

use irontrack_tests::{harness::bodies, http::Response};
use serde_json::{Value, json};

use super::{Track, assert_shows};
use crate::gym::{array, expect, mistakes, request, text};

/// The metric of every mode.
const MODES: [(&str, Option<&str>); 4] = [
    ("reps", Some("repsCompleted")),
    ("time", Some("timeSeconds")),
    ("distance", Some("distanceKm")),
    ("sets_only", None),
];

const METRICS: [&str; 3] = ["repsCompleted", "timeSeconds", "distanceKm"];

/// The mistakes of a 422 with their types, sorted: `type path`.
fn problems(answer: &Response) -> Vec<String> {
    let details = array(&expect(answer, 422)["details"]);
    let mut all: Vec<_> = details.iter().map(|one| format!("{} {}", text(&one["type"]), text(&one["path"]))).collect();
    for (one, detail) in all.iter_mut().zip(&details) {
        assert_eq!(text(&detail["path"]).rsplit('/').next(), detail["field"].as_str(), "{one}");
    }
    all.sort_unstable();
    all
}

/// Every mode with every choice of metrics, everywhere where sets are read.
#[test]
fn only_the_metric_of_the_mode_is_taken() {
    let mut track = Track::open();
    for (mode, own) in MODES {
        let (path, exercise) = track.store_one(mode, &json!([]));
        for choice in 0..8_usize {
            let given = METRICS.iter().enumerate().filter(|(n, _)| choice & (1 << n) != 0).map(|(_, metric)| *metric);
            let given: Vec<_> = given.collect();
            let set = given.iter().fold(json!({"weight": 5}), |set, metric| bodies::with(set, metric, json!(1)));
            let mut wrong: Vec<_> = given.into_iter().filter(|metric| own != Some(metric)).collect();
            wrong.sort_unstable();
            let sets = json!([{}, set]);
            let whole = bodies::training_session(json!({"exercises": [track.done(mode, &sets)]}));
            let requests = [
                ("POST", "/training-sessions".to_owned(), whole, "/exercises/0/sets/1"),
                ("POST", format!("{path}/exercises"), track.done(mode, &sets), "/sets/1"),
                ("POST", format!("{exercise}/sets"), set.clone(), ""),
                ("PUT", format!("{exercise}/sets"), json!({"sets": sets}), "/sets/1"),
            ];
            let before = track.gym.mint.fingerprint();
            for (method, path, sent, prefix) in requests {
                let answer = track.send(method, &path, &sent);
                if wrong.is_empty() {
                    assert!([200, 201].contains(&answer.status), "{mode} {set} {path}: {}", answer.text());
                } else {
                    let expected: Vec<_> =
                        wrong.iter().map(|metric| format!("mode_mismatch {prefix}/{metric}")).collect();
                    assert_eq!(problems(&answer), expected, "{mode} {set} {method} {path}");
                    assert_eq!(track.gym.mint.fingerprint(), before);
                }
            }
        }
    }
    track.gym.close();
}

/// An exercise for the sets of a test, and the mode that has the field.
struct Scales {
    track: Track,
    reps: String,
    time: String,
    distance: String,
}

impl Scales {
    fn new() -> Self {
        let track = Track::open();
        let [reps, time, distance] = ["reps", "time", "distance"].map(|mode| track.store_one(mode, &json!([])).1);
        Self { track, reps, time, distance }
    }

    /// Adds a set whose field is written in this way.
    fn add(&self, field: &str, written: &str) -> Response {
        let exercise = match field {
            "timeSeconds" => &self.time,
            "distanceKm" => &self.distance,
            _ => &self.reps,
        };
        let sent = request("POST", &format!("{exercise}/sets"))
            .body(Some("application/json"), format!(r#"{{"{field}":{written}}}"#));
        let answer = self.track.gym.app.send_as(&self.track.owner, sent);
        if answer.status == 201 {
            // There is room for two hundred.
            let id = expect(&answer, 201)["id"].clone();
            self.track.gym.delete(&self.track.owner, &format!("{exercise}/sets/{id}"));
        }
        answer
    }
}

#[test]
fn decimals_are_counted_on_the_value() {
    let mut scales = Scales::new();
    for (written, value) in [
        ("1.5000", 1.5),
        ("82.5", 82.5),
        ("1e2", 100.0),
        ("1500e-3", 1.5),
        ("0.001", 0.001),
        ("99999.999", 99_999.999),
        ("0.1", 0.1),
        ("16777.217", 16_777.217),
    ] {
        for field in ["weight", "distanceKm"] {
            let set = expect(&scales.add(field, written), 201);
            assert_eq!((set[field].is_number(), set[field].as_f64()), (true, Some(value)), "{field} {written}");
        }
    }
    for written in ["0", "0.000", "-0"] {
        assert_eq!(expect(&scales.add("weight", written), 201)["weight"].as_f64(), Some(0.0), "{written}");
        assert_eq!(mistakes(&scales.add("distanceKm", written)), "/distanceKm", "{written}");
    }
    let before = scales.track.gym.mint.fingerprint();
    for written in [
        "1.2345",
        "0.0001",
        "99999.9999",
        "100000",
        "1e300",
        "-1",
        "-0.001",
        "\"1\"",
        "true",
        "[]",
        "{}",
        "1.00000000000000001",
    ] {
        for field in ["weight", "distanceKm"] {
            assert_eq!(mistakes(&scales.add(field, written)), format!("/{field}"), "{field} {written}");
        }
    }
    assert_eq!(scales.track.gym.mint.fingerprint(), before);
    scales.track.gym.close();
}

#[test]
fn whole_numbers_have_limits() {
    let scales = Scales::new();
    for (field, least, most) in [("repsCompleted", 0, 10_000), ("timeSeconds", 1, 604_800)] {
        for value in [least, most] {
            assert_eq!(expect(&scales.add(field, &value.to_string()), 201)[field], value, "{field}");
        }
        for written in &[least - 1, most + 1, i64::from(i32::MAX), i64::MAX, i64::MIN].map(|value| value.to_string()) {
            assert_eq!(mistakes(&scales.add(field, written)), format!("/{field}"), "{written}");
        }
        for written in ["1.5", "\"x\"", "[]", "{}", "1e300", "9".repeat(40).as_str()] {
            assert_eq!(mistakes(&scales.add(field, written)), format!("/{field}"), "{written}");
        }
    }
    scales.track.gym.close();
}

#[test]
fn effort_goes_from_one_to_ten_in_halves() {
    let scales = Scales::new();
    for halves in 2..=20_u8 {
        let rpe = f64::from(halves) / 2.0;
        for written in [format!("{rpe}"), format!("{rpe:.3}")] {
            assert_eq!(expect(&scales.add("rpe", &written), 201)["rpe"].as_f64(), Some(rpe), "{written}");
        }
    }
    assert_eq!(expect(&scales.add("rpe", "null"), 201)["rpe"], Value::Null);
    for written in ["0.5", "0", "10.5", "11", "8.25", "8.4", "8.50001", "-8", "1e300", "\"8\"", "true", "[]"] {
        assert_eq!(mistakes(&scales.add("rpe", written)), "/rpe", "{written}");
    }
    scales.track.gym.close();
}

#[test]
fn kinds_and_notes_are_checked() {
    let scales = Scales::new();
    for kind in ["working", "warmup", "drop", "failure"] {
        assert_eq!(expect(&scales.add("setType", &format!("\"{kind}\"")), 201)["setType"], kind);
    }
    for written in ["\"Working\"", "\"warm_up\"", "\"\"", "1", "[]"] {
        assert_eq!(mistakes(&scales.add("setType", written)), "/setType", "{written}");
    }
    for notes in [String::new(), " x\n".to_owned(), "🏋".repeat(500)] {
        let written = json!(notes).to_string();
        assert_shows(&expect(&scales.add("notes", &written), 201), &json!({"notes": notes}));
    }
    for written in [json!("x".repeat(501)), json!("a\u{0}b"), json!(7), json!([])] {
        assert_eq!(mistakes(&scales.add("notes", &written.to_string())), "/notes", "{written}");
    }
    for field in ["reps", "zz", "orderindex", "volume"] {
        assert_eq!(mistakes(&scales.add(field, "1")), format!("/{field}"));
    }
    scales.track.gym.close();
}

#[test]
fn amounts_are_exact_in_the_database() {
    let mut track = Track::open();
    track
        .store_one("distance", &json!([{"weight": 0.1, "distanceKm": 0.1}, {"weight": 99_999.999, "distanceKm": 0.2}]));
    let sum = "SELECT (sum(weight) * 1000 + sum(distance_km) * 1000)::bigint FROM training_session_sets";
    assert_eq!(track.gym.count(sum), 100_000_099 + 300);
    track.gym.close();
}
