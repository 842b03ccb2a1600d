//! How much fits.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use crate::gym::{Gym, mistakes, unit};

#[test]
fn a_unit_holds_two_hundred_entries() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let entries = |count: usize| Value::from(vec![json!({"exerciseId": exercise, "mode": "sets_only"}); count]);
    let create = |gym: &Gym, name: &str, count| {
        gym.send(&owner, "POST", "/training-units", &json!({"name": name, "exercises": entries(count)}))
    };
    assert_eq!(create(&gym, "Too many", 201).status, 422);
    let created = crate::gym::expect(&create(&gym, "Full", 200), 201);
    assert_eq!(created["exercises"].as_array().map(Vec::len), Some(200));

    let id = gym.mint.training_unit(owner.user_id, "private");
    gym.mint.unit_entries(id, exercise, 199);
    let path = format!("{}/exercises", unit(id));
    let first = bodies::with(bodies::unit_entry(exercise), "orderIndex", json!(0));
    assert_eq!(gym.create(&owner, &path, &first)["orderIndex"], 0, "the last one that fits, at the front");
    let before = gym.mint.fingerprint();
    assert_eq!(gym.send(&owner, "POST", &path, &first).status, 422);
    assert_eq!(gym.send(&owner, "PUT", &path, &json!({"exercises": entries(201)})).status, 422);
    assert_eq!(gym.mint.fingerprint(), before);
    let full = gym.change(&owner, "PUT", &path, &json!({"exercises": entries(200)}));
    assert_eq!(full["exercises"].as_array().map(Vec::len), Some(200));
    gym.create(&owner, &format!("{}/copy", unit(id)), &json!({}));
    gym.delete(&owner, &format!("{path}/{}", full["exercises"][0]["id"]));
    gym.create(&owner, &path, &first);
    gym.close();
}

#[test]
fn a_body_has_at_most_one_mebibyte() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let path = unit(gym.mint.training_unit(owner.user_id, "private"));
    let before = gym.mint.fingerprint();
    let body = |length: usize| json!({"name": "x".repeat(length)});
    for (method, path) in [("POST", "/training-units"), ("PATCH", &path), ("POST", &format!("{path}/exercises"))] {
        assert_eq!(gym.send(&owner, method, path, &body(1024 * 1024)).status, 413, "{method} {path}");
        assert_ne!(mistakes(&gym.send(&owner, method, path, &body(1000 * 1000))), "413", "{method} {path}");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}
