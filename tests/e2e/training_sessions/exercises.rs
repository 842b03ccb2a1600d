//! Exercises of a session: adding, changing, swapping, taking out.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Track, ordered};
use crate::gym::{expect, mistakes, refused, tag, unit};

const MODE_STAYS: &str = "The mode of an exercise with sets cannot be changed";

/// A session with three exercises: two with sets of repetitions, one without.
fn three(track: &Track) -> (String, Value) {
    let sets = json!([bodies::set(60.0, 8), bodies::set(60.0, 7)]);
    let exercises = [track.done("reps", &sets), track.done("reps", &sets), track.done("reps", &json!([]))];
    track.store(json!({"exercises": exercises}))
}

#[test]
fn an_exercise_is_added_where_it_is_told_to() {
    let track = Track::open();
    let (path, created) = three(&track);
    let [a, b, c] = [0, 1, 2].map(|n| created["exercises"][n]["id"].clone());
    let sets = json!([{"timeSeconds": 60, "setType": "failure"}, {}]);
    let add = |place: Value| {
        let sent = bodies::with(bodies::with(track.done("time", &sets), "orderIndex", place), "notes", json!("Hold."));
        let answer = track.send("POST", &format!("{path}/exercises"), &sent);
        let exercise = expect(&answer, 201);
        let read = track.ask("GET", &path);
        assert_eq!(tag(&answer), tag(&read), "the tag is that of the session");
        assert!(expect(&read, 200)["exercises"].as_array().is_some_and(|all| all.contains(&exercise)));
        assert_eq!((&exercise["mode"], &exercise["notes"]), (&json!("time"), &json!("Hold.")));
        assert!(exercise["planned"].is_null() && ordered(&exercise["sets"]).len() == 2, "{exercise}");
        (exercise["id"].clone(), exercise["orderIndex"].clone())
    };
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
    assert_eq!(ordered(&track.read(&path)["exercises"]), [first, a, third, b, c, at_end, past, far]);
    track.gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut track = Track::open();
    let (path, _) = three(&track);
    let theirs = track.gym.person();
    let theirs = track.gym.mint.exercise(theirs.user_id);
    let before = track.gym.mint.fingerprint();
    let good = track.done("reps", &json!([]));
    for (field, values) in [
        ("exerciseId", vec![Value::Null, json!("x"), json!(7)]),
        ("mode", vec![Value::Null, json!("sets"), json!("Reps"), json!(1)]),
        ("notes", vec![json!(7), json!("\u{0}"), json!("x".repeat(10_001))]),
        ("orderIndex", vec![json!(-1), json!(1.5), json!("x"), json!([])]),
        ("sets", vec![json!({}), json!("x"), json!(7)]),
        ("planned", vec![Value::Null, json!({})]),
        ("exerciseName", vec![json!("x")]),
        ("zz", vec![json!(1)]),
    ] {
        for value in values {
            let sent = bodies::with(good.clone(), field, value.clone());
            let answer = track.send("POST", &format!("{path}/exercises"), &sent);
            assert_eq!(mistakes(&answer), format!("/{field}"), "{value}");
        }
    }
    let sets = track.done("reps", &json!([{}, {"timeSeconds": 5, "rpe": 11}]));
    let wrong = mistakes(&track.send("POST", &format!("{path}/exercises"), &sets));
    assert_eq!(wrong, "/sets/1/rpe /sets/1/timeSeconds");
    for exercise in [theirs, Uuid::now_v7()] {
        let sent = bodies::session_exercise(exercise, "reps", &json!([]));
        refused(&track.send("POST", &format!("{path}/exercises"), &sent), 404, "Exercise not found");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.close();
}

#[test]
fn notes_and_mode_change() {
    let track = Track::open();
    let (path, created) = three(&track);
    let [full, empty] = [0, 2].map(|n| (format!("{path}/exercises/{}", created["exercises"][n]["id"]), n));
    let mut expected = created.clone();
    for ((at, n), change) in [
        (&full, json!({"notes": " Slow.\n"})),
        (&full, json!({"mode": "reps"})),
        (&full, json!({"notes": null})),
        (&empty, json!({"mode": "distance", "notes": "x".repeat(10_000)})),
        (&empty, json!({"mode": "time"})),
        (&empty, json!({"mode": "sets_only", "notes": null})),
        (&empty, json!({})),
    ] {
        let answer = track.send("PATCH", at, &change);
        let exercise = &mut expected["exercises"][*n];
        change.as_object().into_iter().flatten().for_each(|(field, value)| exercise[field] = value.clone());
        assert_eq!(expect(&answer, 200), *exercise, "{change}");
        let read = track.ask("GET", &path);
        let session = expect(&read, 200);
        assert_eq!((tag(&answer), &session["exercises"]), (tag(&read), &expected["exercises"]), "{change}");
    }
    let before = track.read(&path);
    for mode in ["time", "distance", "sets_only"] {
        refused(&track.send("PATCH", &full.0, &json!({"mode": mode, "notes": "x"})), 409, MODE_STAYS);
    }
    for (change, wrong) in [
        (json!({"mode": null}), "/mode"),
        (json!({"mode": "x"}), "/mode"),
        (json!({"exerciseId": null}), "/exerciseId"),
        (json!({"exerciseId": "x"}), "/exerciseId"),
        (json!({"notes": "\u{0}"}), "/notes"),
        (json!({"orderIndex": 0, "sets": []}), "/orderIndex /sets"),
        (json!({"planned": null, "plannedUnitExerciseId": null}), "/planned /plannedUnitExerciseId"),
        (json!([]), ""),
    ] {
        assert_eq!(mistakes(&track.send("PATCH", &full.0, &change)), wrong, "{change}");
    }
    let null = expect(&track.send("PATCH", &full.0, &json!({"mode": null})), 422);
    assert_eq!(null["details"][0]["type"], "null_not_allowed");
    assert_eq!(track.read(&path), before);
    // Without sets the mode is free again.
    track.gym.change(&track.owner, "PUT", &format!("{}/sets", full.0), &json!({"sets": []}));
    track.gym.change(&track.owner, "PATCH", &full.0, &json!({"mode": "time"}));
    track.gym.create(&track.owner, &format!("{}/sets", full.0), &json!({"timeSeconds": 5}));
    refused(&track.send("PATCH", &full.0, &json!({"mode": "reps"})), 409, MODE_STAYS);
    track.gym.close();
}

#[test]
fn another_exercise_takes_its_place() {
    let mut track = Track::open();
    let stranger = track.gym.person();
    let [other, theirs] = [&track.owner, &stranger].map(|who| who.user_id).map(|id| track.gym.mint.exercise(id));
    let template = track.gym.mint.training_unit(track.owner.user_id, "private");
    track.gym.mint.unit_entry(template, track.exercise);
    let (path, created) = track.store(json!({"trainingUnitId": template}));
    let mut expected = created["exercises"][0].clone();
    let at = format!("{path}/exercises/{}", expected["id"]);
    expected["sets"] = json!([track.gym.create(&track.owner, &format!("{at}/sets"), &bodies::set(60.0, 8))]);
    track.gym.rename_exercise(track.exercise, "Called otherwise");
    track.gym.rename_exercise(other, "Another one");
    let same = json!({"exerciseId": track.exercise});
    assert_eq!(track.gym.change(&track.owner, "PATCH", &at, &same), expected, "the exercise is not new");
    for sent in [json!({"exerciseId": theirs}), json!({"exerciseId": Uuid::now_v7(), "mode": "time"})] {
        refused(&track.send("PATCH", &at, &sent), 404, "Exercise not found");
    }
    refused(&track.send("PATCH", &at, &json!({"exerciseId": other, "mode": "time"})), 409, MODE_STAYS);
    // With its sets, and with what had been planned.
    let swapped = track.gym.change(&track.owner, "PATCH", &at, &json!({"exerciseId": other}));
    (expected["exerciseId"], expected["exerciseName"]) = (json!(other), json!("Another one"));
    assert_eq!(swapped, expected);
    // One that cannot be read any more may stay, and cannot come back.
    track.gym.delete(&track.owner, &format!("/exercises/{other}"));
    let kept = track.gym.change(&track.owner, "PATCH", &at, &json!({"exerciseId": other, "notes": "x"}));
    assert_eq!((&kept["exerciseName"], &kept["exerciseId"]), (&json!("Another one"), &json!(other)));
    let back = track.gym.change(&track.owner, "PATCH", &at, &same);
    assert_eq!(back["exerciseName"], "Called otherwise");
    refused(&track.send("PATCH", &at, &json!({"exerciseId": other})), 404, "Exercise not found");
    // One that is gone can be replaced.
    track.gym.mint.execute("UPDATE training_session_exercises SET exercise_id = NULL", &[]);
    let gone = track.gym.change(&track.owner, "PATCH", &at, &json!({"notes": "Which one?"}));
    assert_eq!((&gone["exerciseId"], &gone["exerciseName"]), (&Value::Null, &json!("Called otherwise")));
    let found = track.gym.change(&track.owner, "PATCH", &at, &same);
    assert_eq!(found["exerciseId"], json!(track.exercise));
    assert_eq!(track.read(&unit(template))["exercises"][0]["exerciseId"], json!(track.exercise));
    track.gym.close();
}

#[test]
fn an_exercise_is_taken_out_with_its_sets_and_the_gap_closes() {
    let mut track = Track::open();
    let (path, created) = three(&track);
    let [a, b, c] = [0, 1, 2].map(|n| created["exercises"][n]["id"].clone());
    let answer = track.ask("DELETE", &format!("{path}/exercises/{b}"));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(tag(&answer), tag(&track.ask("GET", &path)), "also without a body it carries the new tag");
    assert_eq!(ordered(&track.read(&path)["exercises"]), [a.clone(), c.clone()]);
    assert_eq!(track.gym.count("SELECT count(*) FROM training_session_sets"), 2);
    refused(&track.ask("DELETE", &format!("{path}/exercises/{b}")), 404, super::NO_EXERCISE);
    for id in [a, c] {
        track.gym.delete(&track.owner, &format!("{path}/exercises/{id}"));
    }
    assert_eq!(track.read(&path)["exercises"], json!([]));
    track.gym.close();
}
