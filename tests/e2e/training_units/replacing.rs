//! The whole list of entries at once.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, array, expect, fields, mistakes, refused, tag, under, unit};

#[test]
fn the_new_list_keeps_creates_and_removes() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [squat, press] = [(); 2].map(|()| gym.mint.exercise(None));
    let id = gym.mint.training_unit(owner.user_id, "private");
    let [a, b, c] = [(); 3].map(|()| gym.mint.unit_entry(id, squat));
    let path = unit(id);
    let full = json!({"sets": 5, "targetWeight": 60, "notes": "Slow.", "restSeconds": 90});
    gym.change(&owner, "PATCH", &format!("{path}/exercises/{c}"), &full);
    gym.rename_exercise(squat, "Called otherwise");
    let before = gym.read(&owner, &path);
    let list = json!([
        {"id": c, "exerciseId": squat, "mode": "time", "targetTimeSeconds": 30},
        {"exerciseId": press, "mode": "sets_only", "sets": 4},
        {"id": a, "exerciseId": press, "mode": "reps", "repsMax": 3},
        {"id": null, "exerciseId": squat, "mode": "sets_only"},
    ]);
    let answer = gym.send(&owner, "PUT", &format!("{path}/exercises"), &json!({"exercises": list}));
    let after = expect(&answer, 200);
    assert_eq!((gym.read(&owner, &path), tag(&gym.ask(&owner, "GET", &path))), (after.clone(), tag(&answer)));
    let entries = array(&after["exercises"]);
    assert_eq!(fields(&after["exercises"], "orderIndex"), [0, 1, 2, 3]);
    assert_eq!((&entries[0]["id"], &entries[2]["id"]), (&json!(c), &json!(a)), "these are kept");
    for new in [&entries[1]["id"], &entries[3]["id"]] {
        assert!(![a, b, c].map(|id| json!(id)).contains(new), "{new} is new");
    }
    // Kept entries are replaced whole: what is not named is empty again.
    for (field, value) in [("mode", json!("time")), ("targetTimeSeconds", json!(30)), ("sets", json!(1))] {
        assert_eq!(entries[0][field], value, "{field}");
    }
    for field in ["repsMin", "targetWeight", "notes", "restSeconds"] {
        assert_eq!(entries[0][field], Value::Null, "{field}");
    }
    let names = fields(&after["exercises"], "exerciseName");
    assert_eq!(names[0], before["exercises"][2]["exerciseName"], "the same exercise keeps the name of the snapshot");
    assert_eq!(names[3], "Called otherwise");
    assert_eq!(names[1], names[2], "another exercise brings its own");
    assert!(after["updatedAt"].as_str() > before["updatedAt"].as_str());
    let empty = gym.change(&owner, "PUT", &format!("{path}/exercises"), &json!({"exercises": []}));
    assert_eq!(empty["exercises"], json!([]));
    gym.close();
}

#[test]
fn ids_are_those_of_the_unit_and_come_once() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let [id, other] = [(); 2].map(|()| gym.mint.training_unit(owner.user_id, "private"));
    let [a, b] = [(); 2].map(|()| gym.mint.unit_entry(id, exercise));
    let foreign = gym.mint.unit_entry(other, exercise);
    let entry = |id: Value| bodies::with(bodies::unit_entry(exercise), "id", id);
    let before = gym.mint.fingerprint();
    for (list, wrong) in [
        (json!([entry(json!(foreign))]), "/exercises/0/id"),
        (json!([entry(json!(a)), entry(json!(foreign)), entry(json!(0))]), "/exercises/1/id /exercises/2/id"),
        (json!([entry(json!(a)), entry(json!(b)), entry(json!(a))]), "/exercises/2/id"),
        (json!([entry(json!(i64::MAX))]), "/exercises/0/id"),
        (json!([entry(json!("x"))]), "/exercises/0/id"),
        (json!([bodies::with(entry(json!(a)), "orderIndex", json!(0))]), "/exercises/0/orderIndex"),
    ] {
        let answer = gym.send(&owner, "PUT", &format!("{}/exercises", unit(id)), &json!({"exercises": list}));
        assert_eq!(mistakes(&answer), wrong, "{list}");
    }
    for sent in [json!({}), json!({"exercises": null})] {
        let answer = gym.send(&owner, "PUT", &format!("{}/exercises", unit(id)), &sent);
        assert_eq!(mistakes(&answer), "/exercises", "{sent}: without a list nothing is meant");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn only_new_and_changed_exercises_must_be_readable() {
    let mut gym = Gym::open();
    let [owner, stranger, writer] = gym.people();
    let [own, gone] = [(); 2].map(|()| gym.mint.exercise(owner.user_id));
    let theirs = gym.mint.exercise(stranger.user_id);
    let id = gym.mint.training_unit(owner.user_id, "shared");
    gym.mint.unit_access(id, writer.user_id.unwrap_or_default(), "write");
    let [a, b] = [own, gone].map(|exercise| gym.mint.unit_entry(id, exercise));
    gym.delete(&owner, &format!("/exercises/{gone}"));
    let path = format!("{}/exercises", unit(id));
    let entry = |id: i32, exercise: Uuid| bodies::with(bodies::unit_entry(exercise), "id", json!(id));
    let before = gym.mint.fingerprint();
    for list in [
        json!([entry(a, theirs), entry(b, gone)]),
        json!([entry(a, gone), entry(b, gone)]),
        json!([entry(a, own), entry(b, gone), bodies::unit_entry(gone)]),
        json!([entry(a, own), bodies::unit_entry(gone)]),
    ] {
        refused(&gym.send(&owner, "PUT", &path, &json!({"exercises": list})), 404, "Exercise not found");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    // A grantee may read neither of the two, and keeps both.
    let kept = gym.change(&writer, "PUT", &path, &json!({"exercises": [entry(b, gone), entry(a, own)]}));
    assert_eq!(fields(&kept["exercises"], "exerciseId"), [json!(gone), json!(own)]);
    gym.close();
}

#[test]
fn the_last_list_wins() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let created = gym.create(&owner, "/training-units", &bodies::training_unit("Unit"));
    let path = under("/training-units", &created);
    let list = |sets: i32| bodies::with(bodies::unit_entry(exercise), "sets", json!(sets));
    for sets in [3, 4] {
        let after = gym.change(&owner, "PUT", &format!("{path}/exercises"), &json!({"exercises": [list(sets)]}));
        assert_eq!(fields(&after["exercises"], "sets"), [sets]);
    }
    assert_eq!(gym.count("SELECT count(*) FROM training_unit_exercises"), 1);
    gym.close();
}
