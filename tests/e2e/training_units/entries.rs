//! Single entries: adding, changing, taking out.

use irontrack_tests::harness::{Session, bodies};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, expect, fields, mistakes, refused, tag, unit};

/// A unit with three entries of one exercise.
fn three() -> (Gym, Session, String, Uuid, [i32; 3]) {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let entries = [(); 3].map(|()| gym.mint.unit_entry(id, exercise));
    (gym, owner, unit(id), exercise, entries)
}

fn order(gym: &Gym, owner: &Session, path: &str) -> Vec<Value> {
    let entries = gym.read(owner, path)["exercises"].clone();
    let places = fields(&entries, "orderIndex");
    assert!(places.iter().enumerate().all(|(n, place)| *place == n), "{places:?}");
    fields(&entries, "id")
}

#[test]
fn an_entry_is_added_where_it_is_told_to() {
    let (gym, owner, path, exercise, [a, b, c]) = three();
    let add = |place: Value| {
        let sent = bodies::with(bodies::unit_entry(exercise), "orderIndex", place);
        let answer = gym.send(&owner, "POST", &format!("{path}/exercises"), &sent);
        let entry = expect(&answer, 201);
        assert_eq!(tag(&answer), tag(&gym.ask(&owner, "GET", &path)), "the tag is that of the unit");
        assert!(gym.read(&owner, &path)["exercises"].as_array().is_some_and(|all| all.contains(&entry)));
        (entry["id"].clone(), entry["orderIndex"].clone())
    };
    let [a, b, c] = [a, b, c].map(|id| json!(id));
    let (at_end, place) = add(Value::Null);
    assert_eq!(place, 3);
    let (first, place) = add(json!(0));
    assert_eq!(place, 0);
    let (third, place) = add(json!(2));
    assert_eq!(place, 2);
    let (past, place) = add(json!(99));
    assert_eq!(place, 6);
    let (far, place) = add(json!(i64::MAX));
    assert_eq!(place, 7);
    assert_eq!(order(&gym, &owner, &path), [first, a, third, b, c, at_end, past, far]);
    for place in [json!(-1), json!("x"), json!(1.5), json!([])] {
        let sent = bodies::with(bodies::unit_entry(exercise), "orderIndex", place.clone());
        let answer = gym.send(&owner, "POST", &format!("{path}/exercises"), &sent);
        assert_eq!(mistakes(&answer), "/orderIndex", "{place}");
    }
    let unknown = bodies::unit_entry(Uuid::now_v7());
    refused(&gym.send(&owner, "POST", &format!("{path}/exercises"), &unknown), 404, "Exercise not found");
    gym.close();
}

#[test]
fn an_entry_changes_in_what_is_named() {
    let (gym, owner, path, _, [_, entry, _]) = three();
    let whole = gym.read(&owner, &path);
    let mut expected = whole["exercises"][1].clone();
    let path_of_entry = format!("{path}/exercises/{entry}");
    for change in [
        json!({}),
        json!({"sets": 5}),
        json!({"repsMax": 12, "targetWeight": 82.5, "restSeconds": 90, "notes": " Slow. "}),
        json!({"targetTimeSeconds": 30, "targetDistanceKm": 1.25}),
        json!({"mode": "time"}),
        json!({"mode": "distance", "repsMin": null, "repsMax": null}),
        json!({"targetTimeSeconds": null, "targetWeight": null, "restSeconds": null, "notes": null}),
        json!({"mode": "sets_only", "targetDistanceKm": null}),
        json!({"mode": "reps", "repsMin": 3}),
    ] {
        let answer = gym.send(&owner, "PATCH", &path_of_entry, &change);
        change.as_object().into_iter().flatten().for_each(|(field, value)| expected[field] = value.clone());
        assert_eq!(expect(&answer, 200), expected, "{change}");
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!((tag(&answer), &expect(&read, 200)["exercises"][1]), (tag(&read), &expected), "{change}");
    }
    assert_eq!(order(&gym, &owner, &path), fields(&whole["exercises"], "id"));
    gym.close();
}

#[test]
fn the_merged_entry_keeps_the_rules() {
    let (mut gym, owner, path, exercise, [_, entry, _]) = three();
    let path_of_entry = format!("{path}/exercises/{entry}");
    gym.change(&owner, "PATCH", &path_of_entry, &json!({"repsMax": 12}));
    let before = gym.mint.fingerprint();
    for (change, wrong) in [
        (json!({"repsMin": 13}), "/repsMax"),
        (json!({"repsMax": 7}), "/repsMax"),
        (json!({"repsMin": null, "repsMax": null}), "/repsMin"),
        (json!({"mode": "time"}), "/targetTimeSeconds"),
        (json!({"mode": "distance"}), "/targetDistanceKm"),
        (json!({"mode": "sets_only"}), "/repsMax /repsMin"),
        (json!({"mode": "sets_only", "repsMin": null, "repsMax": null, "targetTimeSeconds": 5}), "/targetTimeSeconds"),
        (json!({"exerciseId": null}), "/exerciseId"),
        (json!({"mode": null}), "/mode"),
        (json!({"sets": null}), "/sets"),
        (json!({"sets": 0}), "/sets"),
        (json!({"orderIndex": 0}), "/orderIndex"),
        (json!({"id": entry}), "/id"),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "PATCH", &path_of_entry, &change)), wrong, "{change}");
    }
    let null = expect(&gym.send(&owner, "PATCH", &path_of_entry, &json!({"sets": null})), 422);
    assert_eq!(null["details"][0]["type"], "null_not_allowed");
    let unreadable = json!({"exerciseId": Uuid::now_v7(), "repsMin": 13});
    refused(&gym.send(&owner, "PATCH", &path_of_entry, &unreadable), 404, "Exercise not found");
    assert_eq!(gym.mint.fingerprint(), before);
    let merged =
        gym.change(&owner, "PATCH", &path_of_entry, &json!({"repsMin": 13, "repsMax": 14, "exerciseId": exercise}));
    assert_eq!((&merged["repsMin"], &merged["repsMax"]), (&json!(13), &json!(14)));
    gym.close();
}

#[test]
fn another_exercise_is_checked_and_brings_its_name() {
    let (mut gym, owner, path, exercise, [entry, ..]) = three();
    let stranger = gym.person();
    let [other, theirs] = [gym.mint.exercise(owner.user_id), gym.mint.exercise(stranger.user_id)];
    let path_of_entry = format!("{path}/exercises/{entry}");
    let name = |entry: &Value| entry["exerciseName"].clone();
    let first = gym.read(&owner, &path)["exercises"][0].clone();
    gym.rename_exercise(exercise, "Called otherwise");
    gym.rename_exercise(other, "Another one");
    let same = gym.change(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": exercise, "sets": 4}));
    assert_eq!(name(&same), name(&first), "the exercise is not new");
    refused(&gym.send(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": theirs})), 404, "Exercise not found");
    let swapped = gym.change(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": other}));
    assert_eq!((name(&swapped), &swapped["exerciseId"]), (json!("Another one"), &json!(other)));
    assert_eq!((&swapped["sets"], &swapped["id"]), (&json!(4), &json!(entry)));
    // One that cannot be read any more may stay, and cannot come back.
    gym.delete(&owner, &format!("/exercises/{other}"));
    let kept = gym.change(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": other, "sets": 6}));
    assert_eq!((name(&kept), &kept["sets"]), (json!("Another one"), &json!(6)));
    let back = gym.change(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": exercise}));
    assert_eq!(name(&back), json!("Called otherwise"));
    refused(&gym.send(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": other})), 404, "Exercise not found");
    // An entry without an exercise can be changed, and can get one.
    gym.mint.execute("UPDATE training_unit_exercises SET exercise_id = NULL WHERE id = $1", &[&entry]);
    let gone = gym.change(&owner, "PATCH", &path_of_entry, &json!({"notes": "Which one?"}));
    assert_eq!((&gone["exerciseId"], name(&gone)), (&Value::Null, json!("Called otherwise")));
    let found = gym.change(&owner, "PATCH", &path_of_entry, &json!({"exerciseId": exercise}));
    assert_eq!(found["exerciseId"], json!(exercise));
    gym.close();
}

#[test]
fn an_entry_is_taken_out_and_the_gap_closes() {
    let (gym, owner, path, _, [a, b, c]) = three();
    let answer = gym.ask(&owner, "DELETE", &format!("{path}/exercises/{b}"));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(tag(&answer), tag(&gym.ask(&owner, "GET", &path)), "also without a body it carries the new tag");
    assert_eq!(order(&gym, &owner, &path), [json!(a), json!(c)]);
    gym.delete(&owner, &format!("{path}/exercises/{a}"));
    gym.delete(&owner, &format!("{path}/exercises/{c}"));
    assert_eq!(order(&gym, &owner, &path), Vec::<Value>::new());
    gym.close();
}

#[test]
fn an_entry_of_another_unit_is_not_found() {
    let (mut gym, owner, path, exercise, [entry, ..]) = three();
    let other = gym.mint.training_unit(owner.user_id, "private");
    let foreign = gym.mint.unit_entry(other, exercise);
    let before = gym.mint.fingerprint();
    for id in [foreign.to_string(), "0".into(), "-1".into(), i64::MAX.to_string(), "9".repeat(30)] {
        let path = format!("{path}/exercises/{id}");
        refused(&gym.send(&owner, "PATCH", &path, &json!({"sets": 2})), 404, "Entry not found");
        refused(&gym.ask(&owner, "DELETE", &path), 404, "Entry not found");
    }
    assert_eq!(mistakes(&gym.send(&owner, "PATCH", &format!("{path}/exercises/x"), &json!({}))), "{entry_id}");
    assert_eq!(gym.mint.fingerprint(), before);
    gym.delete(&owner, &format!("{path}/exercises/{entry}"));
    refused(&gym.ask(&owner, "DELETE", &format!("{path}/exercises/{entry}")), 404, "Entry not found");
    gym.close();
}
