//! How much fits.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::{Track, ordered};
use crate::{
    gym::{array, expect, mistakes, request},
    races::{at_once, statuses},
};

fn many(element: &Value, count: usize) -> Value {
    Value::from(vec![element.clone(); count])
}

#[test]
fn a_session_holds_two_hundred_exercises() {
    let mut track = Track::open();
    let done = track.done("sets_only", &json!([]));
    let session = |count: usize| bodies::training_session(json!({"exercises": many(&done, count)}));
    let before = track.gym.mint.fingerprint();
    assert_eq!(mistakes(&track.send("POST", "/training-sessions", &session(201))), "/exercises");
    assert_eq!(track.gym.mint.fingerprint(), before);
    let (_, full) = track.store(session(200));
    assert_eq!(ordered(&full["exercises"]).len(), 200);

    let (path, created) = track.store(session(199));
    let path = format!("{path}/exercises");
    let first = bodies::with(done.clone(), "orderIndex", json!(0));
    assert_eq!(track.gym.create(&track.owner, &path, &first)["orderIndex"], 0, "the last one that fits, at the front");
    let before = track.gym.mint.fingerprint();
    assert_eq!(track.send("POST", &path, &first).status, 422);
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.delete(&track.owner, &format!("{path}/{}", created["exercises"][7]["id"]));
    track.gym.create(&track.owner, &path, &first);
    track.gym.close();
}

#[test]
fn an_exercise_holds_two_hundred_sets() {
    let mut track = Track::open();
    let set = bodies::set(60.0, 8);
    let squat = track.exercise;
    let done = |count: usize| bodies::session_exercise(squat, "reps", &many(&set, count));
    let (path, exercise) = track.store_one("reps", &many(&set, 199));
    let sets = format!("{exercise}/sets");
    let before = track.gym.mint.fingerprint();
    let session = bodies::training_session(json!({"exercises": [done(1), done(201)]}));
    assert_eq!(mistakes(&track.send("POST", "/training-sessions", &session)), "/exercises/1/sets");
    assert_eq!(mistakes(&track.send("POST", &format!("{path}/exercises"), &done(201))), "/sets");
    assert_eq!(mistakes(&track.send("PUT", &sets, &json!({"sets": many(&set, 201)}))), "/sets");
    assert_eq!(track.gym.mint.fingerprint(), before);
    expect(&track.send("POST", &format!("{path}/exercises"), &done(200)), 201);
    let first = bodies::with(set.clone(), "orderIndex", json!(0));
    assert_eq!(track.gym.create(&track.owner, &sets, &first)["orderIndex"], 0);
    assert_eq!(track.send("POST", &sets, &set).status, 422);
    let replaced = track.gym.change(&track.owner, "PUT", &sets, &json!({"sets": many(&set, 200)}));
    assert_eq!(ordered(&replaced).len(), 200);
    track.gym.delete(&track.owner, &format!("{sets}/{}", replaced[100]["id"]));
    track.gym.create(&track.owner, &sets, &set);
    track.gym.close();
}

#[test]
fn the_limits_hold_against_many() {
    let track = Track::open();
    let set = bodies::set(60.0, 8);
    let (path, exercise) = track.store_one("reps", &many(&set, 195));
    let expected = [[201; 5].as_slice(), [422; 15].as_slice()].concat();
    let append = request("POST", &format!("{exercise}/sets")).json(&set);
    let answers = at_once(&track.gym.app, &vec![(track.owner.clone(), append); 20]);
    assert_eq!(statuses(&answers), expected);
    let (full, _) = track.store(json!({"exercises": many(&track.done("sets_only", &json!([])), 195)}));
    let append = request("POST", &format!("{full}/exercises")).json(&track.done("reps", &json!([set])));
    let answers = at_once(&track.gym.app, &vec![(track.owner.clone(), append); 20]);
    assert_eq!(statuses(&answers), expected);
    assert_eq!(ordered(&track.read(&path)["exercises"][0]["sets"]).len(), 200);
    assert_eq!(ordered(&track.read(&full)["exercises"]).len(), 200);
    track.gym.close();
}

#[test]
fn a_body_has_at_most_one_mebibyte() {
    let mut track = Track::open();
    let (path, exercise) = track.store_one("reps", &json!([{}]));
    let before = track.gym.mint.fingerprint();
    for (method, path) in [
        ("POST", "/training-sessions".to_owned()),
        ("PATCH", path.clone()),
        ("POST", format!("{path}/finish")),
        ("POST", format!("{path}/exercises")),
        ("PUT", format!("{exercise}/sets")),
    ] {
        let body = |length: usize| json!({"notes": "x".repeat(length)});
        assert_eq!(track.send(method, &path, &body(1024 * 1024)).status, 413, "{method} {path}");
        assert_ne!(mistakes(&track.send(method, &path, &body(1000 * 1000))), "413", "{method} {path}");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    // A long workout fits, with a note at every set.
    let sets = many(&bodies::with(bodies::set(82.5, 5), "notes", json!("x".repeat(100))), 20);
    let (_, long) = track.store(json!({"exercises": many(&track.done("reps", &sets), 200)}));
    assert!(array(&long["exercises"]).iter().all(|exercise| ordered(&exercise["sets"]).len() == 20));
    track.gym.close();
}
