//! Putting entries into another order.

use serde_json::{Value, json};

use crate::gym::{Gym, expect, fields, mistakes, tag, unit};

#[test]
fn every_permutation_is_accepted() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let [a, b, c] = [(); 3].map(|()| gym.mint.unit_entry(id, exercise));
    let path = unit(id);
    for ids in [[c, a, b], [a, c, b], [b, c, a], [a, b, c]] {
        let answer = gym.send(&owner, "PUT", &format!("{path}/exercises/order"), &json!({"ids": ids}));
        let after = expect(&answer, 200);
        assert_eq!(fields(&after["exercises"], "id"), ids.map(|id| json!(id)));
        assert_eq!(fields(&after["exercises"], "orderIndex"), [0, 1, 2]);
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!((tag(&answer), &after), (tag(&read), &expect(&read, 200)));
    }
    let empty = gym.mint.training_unit(owner.user_id, "private");
    let after = gym.change(&owner, "PUT", &format!("{}/exercises/order", unit(empty)), &json!({"ids": []}));
    assert_eq!(after["exercises"], json!([]));
    gym.close();
}

#[test]
fn nothing_else_is() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let [id, other] = [(); 2].map(|()| gym.mint.training_unit(owner.user_id, "private"));
    let [a, b] = [(); 2].map(|()| gym.mint.unit_entry(id, exercise));
    let foreign = gym.mint.unit_entry(other, exercise);
    let path = format!("{}/exercises/order", unit(id));
    let before = gym.mint.fingerprint();
    for ids in [
        json!([]),
        json!([a]),
        json!([a, a]),
        json!([a, b, a]),
        json!([a, b, foreign]),
        json!([a, foreign]),
        json!([a, b, 0]),
        json!([a, b, i64::MAX]),
        json!(["x", a, b]),
        json!({"0": a}),
        Value::Null,
    ] {
        let wrong = mistakes(&gym.send(&owner, "PUT", &path, &json!({"ids": ids})));
        assert!(!wrong.is_empty() && wrong.split(' ').all(|path| path.starts_with("/ids")), "{ids}: {wrong}");
    }
    assert_eq!(mistakes(&gym.send(&owner, "PUT", &path, &json!({}))), "/ids");
    assert_eq!(mistakes(&gym.send(&owner, "PUT", &path, &json!({"ids": [b, a], "zz": 1}))), "/zz");
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}
