//! Sets: adding, replacing, changing, taking out.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::{Track, assert_shows, ordered};
use crate::gym::{array, expect, fields, mistakes, tag};

fn three() -> Value {
    json!([
        {"weight": 60, "repsCompleted": 8, "setType": "warmup"},
        {"weight": 82.5, "repsCompleted": 5, "rpe": 8.5, "notes": "Deep."},
        {"repsCompleted": 12},
    ])
}

/// The sets of the one exercise of a session.
fn sets_of(track: &Track, path: &str) -> Value {
    track.read(path)["exercises"][0]["sets"].clone()
}

#[test]
fn a_set_is_added_where_it_is_told_to() {
    let mut track = Track::open();
    let (path, exercise) = track.store_one("reps", &three());
    let [a, b, c] = [0, 1, 2].map(|n| sets_of(&track, &path)[n]["id"].clone());
    let add = |place: Value| {
        let sent = json!({"weight": 70.125, "repsCompleted": 6, "setType": "drop", "rpe": 9.5, "notes": " ü\n"});
        let answer = track.send("POST", &format!("{exercise}/sets"), &bodies::with(sent.clone(), "orderIndex", place));
        let set = expect(&answer, 201);
        assert_shows(&set, &sent);
        assert_eq!(tag(&answer), tag(&track.ask("GET", &path)), "the tag is that of the session");
        assert!(array(&sets_of(&track, &path)).contains(&set), "{set}");
        (set["id"].clone(), set["orderIndex"].clone())
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
    assert_eq!(ordered(&sets_of(&track, &path)), [first, a, third, b, c, at_end, past, far]);
    let before = track.gym.mint.fingerprint();
    for place in [json!(-1), json!("x"), json!(1.5), json!([])] {
        let sent = bodies::with(bodies::set(60.0, 8), "orderIndex", place.clone());
        assert_eq!(mistakes(&track.send("POST", &format!("{exercise}/sets"), &sent)), "/orderIndex", "{place}");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    let empty = track.gym.create(&track.owner, &format!("{exercise}/sets"), &json!({}));
    assert_shows(&empty, &json!({"setType": "working", "weight": null, "repsCompleted": null, "orderIndex": 8}));
    track.gym.close();
}

#[test]
fn all_sets_are_replaced_at_once() {
    let track = Track::open();
    let (path, exercise) = track.store_one("reps", &three());
    let put = format!("{exercise}/sets");
    for list in [three(), json!([{"repsCompleted": 0}]), json!([{}, {}, {}, {}]), json!([])] {
        let old = ordered(&sets_of(&track, &path));
        let answer = track.send("PUT", &put, &json!({"sets": list}));
        let after = expect(&answer, 200);
        let read = track.ask("GET", &path);
        assert_eq!((tag(&answer), &after), (tag(&read), &expect(&read, 200)["exercises"][0]["sets"]));
        assert!(ordered(&after).iter().all(|id| !old.contains(id)), "the ids are new");
        assert_eq!(array(&after).len(), array(&list).len());
        for (set, sent) in array(&after).iter().zip(array(&list)) {
            assert_shows(set, &sent);
        }
    }
    track.gym.change(&track.owner, "PUT", &put, &json!({"sets": three()}));
    let before = track.gym.app.database.contents();
    for (sent, wrong) in [
        (json!({}), "/sets"),
        (json!({"sets": null}), "/sets"),
        (json!({"sets": {}}), "/sets"),
        (json!({"sets": [7]}), "/sets/0"),
        (json!({"sets": [{}, {"rpe": 0.5}]}), "/sets/1/rpe"),
        (json!({"sets": [{"id": 1, "orderIndex": 0}]}), "/sets/0/id /sets/0/orderIndex"),
        (json!({"sets": [{}, {}, {"distanceKm": 1, "timeSeconds": 1}]}), "/sets/2/distanceKm /sets/2/timeSeconds"),
        (json!({"sets": [], "zz": 1}), "/zz"),
        (json!([]), ""),
    ] {
        assert_eq!(mistakes(&track.send("PUT", &put, &sent)), wrong, "{sent}");
    }
    track.gym.app.database.assert_unchanged(&before, "lists that were refused");
    track.gym.close();
}

#[test]
fn a_set_changes_in_what_is_named() {
    let track = Track::open();
    let (path, exercise) = track.store_one("reps", &three());
    let mut expected = sets_of(&track, &path);
    let at = format!("{exercise}/sets/{}", expected[1]["id"]);
    for change in [
        json!({}),
        json!({"weight": 85.125}),
        json!({"repsCompleted": 4, "rpe": 9.5, "setType": "failure"}),
        json!({"notes": " ü\n"}),
        json!({"timeSeconds": null, "distanceKm": null}),
        json!({"weight": null, "rpe": null, "notes": null}),
        json!({"repsCompleted": null}),
        json!({"repsCompleted": 0, "weight": 0}),
        json!({"setType": "working"}),
    ] {
        let answer = track.send("PATCH", &at, &change);
        let set = expect(&answer, 200);
        assert_shows(&set, &change);
        for (field, value) in change.as_object().into_iter().flatten() {
            // However the number is written.
            expected[1][field] = if value.is_null() { Value::Null } else { set[field].clone() };
        }
        assert_eq!(set, expected[1], "{change}");
        let read = track.ask("GET", &path);
        let sets = expect(&read, 200)["exercises"][0]["sets"].clone();
        assert_eq!((tag(&answer), sets), (tag(&read), expected.clone()), "{change}");
    }
    track.gym.close();
}

#[test]
fn the_merged_set_keeps_the_rules() {
    let mut track = Track::open();
    for (mode, set, changes) in [
        (
            "reps",
            json!({"repsCompleted": 5}),
            vec![
                (json!({"timeSeconds": 5}), "/timeSeconds"),
                (json!({"repsCompleted": null, "timeSeconds": 5}), "/timeSeconds"),
                (json!({"distanceKm": 1, "timeSeconds": 5}), "/distanceKm /timeSeconds"),
            ],
        ),
        (
            "time",
            json!({"timeSeconds": 5}),
            vec![
                (json!({"repsCompleted": 0}), "/repsCompleted"),
                (json!({"timeSeconds": null, "distanceKm": 1, "repsCompleted": 1}), "/distanceKm /repsCompleted"),
            ],
        ),
        ("distance", json!({"distanceKm": 5}), vec![(json!({"repsCompleted": 0}), "/repsCompleted")]),
        ("sets_only", json!({"weight": 5}), vec![(json!({"distanceKm": 0.001}), "/distanceKm")]),
    ] {
        let (path, exercise) = track.store_one(mode, &json!([set]));
        let at = format!("{exercise}/sets/{}", sets_of(&track, &path)[0]["id"]);
        let before = track.gym.mint.fingerprint();
        for (change, wrong) in changes {
            let answer = track.send("PATCH", &at, &change);
            assert_eq!(mistakes(&answer), wrong, "{mode} {change}");
            let kinds = fields(&expect(&answer, 422)["details"], "type");
            assert!(kinds.iter().all(|kind| kind == "mode_mismatch"), "{mode} {change}: {kinds:?}");
        }
        for (change, wrong) in [
            (json!({"setType": null}), "/setType"),
            (json!({"setType": "Working"}), "/setType"),
            (json!({"rpe": 10.5}), "/rpe"),
            (json!({"weight": -0.001}), "/weight"),
            (json!({"notes": "x".repeat(501)}), "/notes"),
            (json!({"orderIndex": 0, "id": 1}), "/id /orderIndex"),
            (json!([]), ""),
        ] {
            assert_eq!(mistakes(&track.send("PATCH", &at, &change)), wrong, "{mode} {change}");
        }
        let null = expect(&track.send("PATCH", &at, &json!({"setType": null})), 422);
        assert_eq!(null["details"][0]["type"], "null_not_allowed");
        assert_eq!(track.gym.mint.fingerprint(), before, "{mode}");
    }
    track.gym.close();
}

#[test]
fn a_set_is_taken_out_and_the_gap_closes() {
    let track = Track::open();
    let (path, exercise) = track.store_one("reps", &three());
    let [a, b, c] = [0, 1, 2].map(|n| sets_of(&track, &path)[n]["id"].clone());
    let answer = track.ask("DELETE", &format!("{exercise}/sets/{b}"));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(tag(&answer), tag(&track.ask("GET", &path)), "also without a body it carries the new tag");
    assert_eq!(ordered(&sets_of(&track, &path)), [a.clone(), c.clone()]);
    crate::gym::refused(&track.ask("DELETE", &format!("{exercise}/sets/{b}")), 404, super::NO_SET);
    for id in [a, c] {
        track.gym.delete(&track.owner, &format!("{exercise}/sets/{id}"));
    }
    assert_eq!(sets_of(&track, &path), json!([]));
    track.gym.close();
}
