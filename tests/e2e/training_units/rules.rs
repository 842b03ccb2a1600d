//! The rules of an entry: each one broken is a 422 that names the field, wherever an entry is read.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, mistakes, unit};

/// An entry with these fields, and which of them are wrong.
fn cases(exercise: Uuid) -> Vec<(Value, &'static str)> {
    let entry = |more: Value| {
        let mut entry = json!({"exerciseId": exercise});
        more.as_object().into_iter().flatten().for_each(|(field, value)| entry[field] = value.clone());
        entry
    };
    let reps = |field: &str, value: Value| entry(bodies::with(json!({"mode": "reps", "repsMin": 5}), field, value));
    let mut cases = vec![
        // What each mode asks for.
        (entry(json!({"mode": "reps"})), "repsMin"),
        (entry(json!({"mode": "reps", "targetTimeSeconds": 5})), "repsMin"),
        (entry(json!({"mode": "time"})), "targetTimeSeconds"),
        (entry(json!({"mode": "time", "repsMin": 5})), "targetTimeSeconds"),
        (entry(json!({"mode": "distance"})), "targetDistanceKm"),
        (entry(json!({"mode": "sets_only", "repsMin": 1})), "repsMin"),
        (entry(json!({"mode": "sets_only", "repsMax": 1, "targetDistanceKm": 1})), "repsMax targetDistanceKm"),
        (
            entry(
                json!({"mode": "sets_only", "repsMin": 1, "repsMax": 1, "targetTimeSeconds": 1, "targetDistanceKm": 1}),
            ),
            "repsMax repsMin targetDistanceKm targetTimeSeconds",
        ),
        (entry(json!({"mode": "reps", "repsMin": 9, "repsMax": 8})), "repsMax"),
        (entry(json!({"mode": "time", "targetTimeSeconds": 9, "repsMin": 9, "repsMax": 8})), "repsMax"),
        (entry(json!({"mode": "sets"})), "mode"),
        (entry(json!({"mode": "Reps", "repsMin": 5})), "mode"),
        (entry(json!({"mode": null, "repsMin": 5})), "mode"),
        (entry(json!({"repsMin": 5})), "mode"),
        (json!({"mode": "sets_only"}), "exerciseId"),
        (reps("exerciseId", Value::Null), "exerciseId"),
        (reps("exerciseId", json!("x")), "exerciseId"),
        (reps("exerciseId", json!(7)), "exerciseId"),
        (reps("notes", json!("a\u{0}b")), "notes"),
        (reps("notes", json!("x".repeat(10_001))), "notes"),
        (reps("notes", json!(7)), "notes"),
        (reps("exerciseName", json!("x")), "exerciseName"),
        (reps("zz", json!(1)), "zz"),
        (reps("targetWeight", json!(-0.5)), "targetWeight"),
        (reps("targetDistanceKm", json!(0)), "targetDistanceKm"),
        (reps("targetDistanceKm", json!(-1)), "targetDistanceKm"),
    ];
    // Limits of whole numbers: the least, the most.
    for (field, least, most) in [
        ("sets", 1, 100),
        ("repsMin", 1, 10_000),
        ("repsMax", 1, 10_000),
        ("targetTimeSeconds", 1, 86_400),
        ("restSeconds", 0, 86_400),
    ] {
        for value in
            [json!(least - 1), json!(most + 1), json!(i64::MAX), json!(i64::MIN), json!(1.5), json!("x"), json!([])]
        {
            cases.push((reps(field, value), field));
        }
    }
    cases
}

#[test]
fn every_broken_rule_is_named_wherever_an_entry_is_read() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let path = unit(id);
    let good = bodies::unit_entry(exercise);
    let before = gym.mint.fingerprint();
    let paths = |prefix: &str, fields: &str| {
        fields.split(' ').map(|field| format!("{prefix}/{field}")).collect::<Vec<_>>().join(" ")
    };
    for (entry, wrong) in cases(exercise) {
        let shown: String = entry.to_string().chars().take(200).collect();
        let single = gym.send(&owner, "POST", &format!("{path}/exercises"), &entry);
        assert_eq!(mistakes(&single), paths("", wrong), "{shown}");
        let list = json!([good, entry]);
        let whole = gym.send(&owner, "PUT", &format!("{path}/exercises"), &json!({"exercises": list}));
        assert_eq!(mistakes(&whole), paths("/exercises/1", wrong), "{shown}");
        let new = gym.send(&owner, "POST", "/training-units", &json!({"name": "New", "exercises": list}));
        assert_eq!(mistakes(&new), paths("/exercises/1", wrong), "{shown}");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn the_field_of_a_mistake_is_the_last_name_of_its_path() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let entry = json!({"exerciseId": gym.mint.exercise(None), "mode": "reps"});
    let answer = gym.send(&owner, "POST", "/training-units", &json!({"name": "Unit", "exercises": [entry]}));
    let problem = crate::gym::expect(&answer, 422);
    let kind = answer.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("application/problem+json"), "{kind}");
    assert_eq!((&problem["message"], &problem["status"]), (&json!("Validation Error"), &json!(422)));
    let mistake = &problem["details"][0];
    assert_eq!((&mistake["path"], &mistake["field"]), (&json!("/exercises/0/repsMin"), &json!("repsMin")));
    gym.close();
}

#[test]
fn what_the_rules_allow_is_accepted() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let path = format!("{}/exercises", unit(id));
    for more in [
        json!({"mode": "reps", "repsMin": 1}),
        json!({"mode": "reps", "repsMax": 10_000}),
        json!({"mode": "reps", "repsMin": 8, "repsMax": 8}),
        json!({"mode": "reps", "repsMin": 8, "targetTimeSeconds": 1, "targetDistanceKm": 99_999.999, "targetWeight": 0}),
        json!({"mode": "time", "targetTimeSeconds": 86_400, "repsMin": 1, "repsMax": 2}),
        json!({"mode": "distance", "targetDistanceKm": 0.001, "restSeconds": 86_400}),
        json!({"mode": "sets_only", "sets": 100, "targetWeight": 60, "restSeconds": 0, "notes": ""}),
        json!({"mode": "sets_only", "sets": 1, "notes": "ü".repeat(10_000)}),
    ] {
        let entry = gym.create(&owner, &path, &bodies::with(more.clone(), "exerciseId", json!(exercise)));
        for (field, value) in more.as_object().into_iter().flatten() {
            assert_eq!(entry[field].as_f64(), value.as_f64(), "{field} of {more}");
            assert_eq!(entry[field].as_str(), value.as_str(), "{field} of {more}");
        }
    }
    gym.close();
}
