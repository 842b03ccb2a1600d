//! Putting exercises, and the sets of one, into another order.

use serde_json::{Value, json};

use super::{Track, ordered};
use crate::gym::{expect, mistakes, tag};

/// A session with three exercises, the first of which has three sets: their ids, the path of the session, and the paths
/// where the two orders are put.
fn three(track: &Track) -> (String, [([Value; 3], String); 2]) {
    let sets = json!([{"repsCompleted": 1}, {"repsCompleted": 2}, {"repsCompleted": 3}]);
    let exercises = [track.done("reps", &sets), track.done("time", &json!([])), track.done("reps", &sets)];
    let (path, created) = track.store(json!({"exercises": exercises}));
    let ids = |of: &Value| [0, 1, 2].map(|n| of[n]["id"].clone());
    let (exercises, sets) = (ids(&created["exercises"]), ids(&created["exercises"][0]["sets"]));
    let of_sets = format!("{path}/exercises/{}/sets/order", exercises[0]);
    let of_exercises = format!("{path}/exercises/order");
    (path, [(exercises, of_exercises), (sets, of_sets)])
}

#[test]
fn every_permutation_is_accepted() {
    let track = Track::open();
    let (path, [exercises, sets]) = three(&track);
    for (n, ([a, b, c], order)) in [exercises, sets].into_iter().enumerate() {
        for ids in [[&c, &a, &b], [&a, &c, &b], [&b, &c, &a], [&a, &b, &c], [&a, &b, &c]] {
            let before = tag(&track.ask("GET", &path));
            let answer = track.send("PUT", &order, &json!({"ids": ids}));
            let read = track.ask("GET", &path);
            let session = expect(&read, 200);
            let (shown, list) = if n == 0 {
                (session.clone(), &session["exercises"])
            } else {
                (session["exercises"][0]["sets"].clone(), &session["exercises"][0]["sets"])
            };
            assert_eq!((expect(&answer, 200), tag(&answer)), (shown, tag(&read)));
            assert_eq!(ordered(list), ids.map(Clone::clone));
            let is_same = ids == [&a, &b, &c] && before == tag(&read);
            assert!(is_same || before != tag(&read), "another order is another state");
        }
    }
    let (path, exercise) = track.store_one("reps", &json!([]));
    assert_eq!(
        track.gym.change(&track.owner, "PUT", &format!("{exercise}/sets/order"), &json!({"ids": []})),
        json!([])
    );
    track.gym.delete(&track.owner, &exercise);
    let empty = track.gym.change(&track.owner, "PUT", &format!("{path}/exercises/order"), &json!({"ids": []}));
    assert_eq!(empty["exercises"], json!([]));
    track.gym.close();
}

#[test]
fn nothing_else_is() {
    let mut track = Track::open();
    let (_, [exercises, sets]) = three(&track);
    let (_, [other_exercises, other_sets]) = three(&track);
    let before = track.gym.mint.fingerprint();
    for (([a, b, c], order), ([foreign, ..], _)) in [(exercises, other_exercises), (sets, other_sets)] {
        for ids in [
            json!([]),
            json!([a, b]),
            json!([a, a, b]),
            json!([a, b, c, a]),
            json!([a, b, c, foreign]),
            json!([a, b, foreign]),
            json!([a, b, c, 0]),
            json!([a, b, c, i64::MAX]),
            json!(["x", a, b, c]),
            json!({"0": a}),
            Value::Null,
        ] {
            let wrong = mistakes(&track.send("PUT", &order, &json!({"ids": ids})));
            assert!(!wrong.is_empty() && wrong.split(' ').all(|path| path.starts_with("/ids")), "{ids}: {wrong}");
        }
        assert_eq!(mistakes(&track.send("PUT", &order, &json!({}))), "/ids");
        assert_eq!(mistakes(&track.send("PUT", &order, &json!({"ids": [c, b, a], "zz": 1}))), "/zz");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.close();
}

#[test]
fn two_hundred_sets_are_put_in_order() {
    let track = Track::open();
    let sets: Vec<Value> = (0..200).map(|n| json!({"repsCompleted": n})).collect();
    let (path, exercise) = track.store_one("reps", &json!(sets));
    let mut ids = ordered(&track.read(&path)["exercises"][0]["sets"]);
    ids.reverse();
    ids.swap(7, 100);
    let after = track.gym.change(&track.owner, "PUT", &format!("{exercise}/sets/order"), &json!({"ids": ids}));
    assert_eq!(ordered(&after), ids);
    assert_eq!((&after[0]["repsCompleted"], &after[7]["repsCompleted"]), (&json!(199), &json!(99)));
    track.gym.close();
}
