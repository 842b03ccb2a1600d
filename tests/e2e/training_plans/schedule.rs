//! The schedule of a plan: replacing it, and adding, moving and taking out single units.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{planned, schedule, units};
use crate::gym::{Gym, array, expect, fields, mistakes, refused, tag, unit};

#[test]
fn a_schedule_is_replaced_whole() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(legs, 1), (arms, 1), (legs, 5)]);
    let before = gym.read(&owner, &path);
    let same: Vec<Value> = [(legs, 1), (arms, 1), (legs, 5)].map(|(unit, day)| bodies::plan_unit(unit, day)).into();
    for (list, expected) in [
        (json!(same), &["1.0 Legs", "1.1 Arms", "5.0 Legs"][..]),
        (
            json!([bodies::plan_unit(arms, 2), bodies::plan_unit(legs, 1), bodies::plan_unit(legs, 2)]),
            &["1.0 Legs", "2.0 Arms", "2.1 Legs"],
        ),
        (json!([]), &[]),
    ] {
        let answer = gym.send(&owner, "PUT", &format!("{path}/units"), &json!({"units": list}));
        let after = expect(&answer, 200);
        assert_eq!(schedule(&after), expected);
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!((expect(&read, 200), tag(&read)), (after.clone(), tag(&answer)));
        let old = fields(&before["units"], "id");
        assert!(fields(&after["units"], "id").iter().all(|id| !old.contains(id)), "the ids are new");
    }
    let stored = gym.mint.fingerprint();
    for (sent, wrong) in [
        (json!({}), "/units"),
        (json!({"units": null}), "/units"),
        (json!({"units": [bodies::plan_unit(legs, -1)]}), "/units/0/dayNumber"),
        (json!({"units": [bodies::with(bodies::plan_unit(legs, 1), "id", json!(1))]}), "/units/0/id"),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "PUT", &format!("{path}/units"), &sent)), wrong, "{sent}");
    }
    let unknown = json!({"units": [bodies::plan_unit(legs, 1), bodies::plan_unit(Uuid::now_v7(), 1)]});
    refused(&gym.send(&owner, "PUT", &format!("{path}/units"), &unknown), 404, "Training unit not found");
    assert_eq!(gym.mint.fingerprint(), stored);
    gym.close();
}

#[test]
fn a_unit_is_added_where_it_is_told_to() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [a, b] = units(&mut gym, &owner, ["A", "B"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(a, 2), (a, 2), (a, 7)]);
    for (sent, place) in [
        (bodies::plan_unit(b, 2), 2),
        (bodies::with(bodies::plan_unit(b, 2), "orderIndex", json!(0)), 0),
        (bodies::with(bodies::plan_unit(b, 2), "orderIndex", json!(99)), 4),
        (bodies::with(bodies::plan_unit(b, 3), "orderIndex", json!(5)), 0),
        (bodies::with(bodies::plan_unit(b, 7), "orderIndex", Value::Null), 1),
    ] {
        let answer = gym.send(&owner, "POST", &format!("{path}/units"), &sent);
        let added = expect(&answer, 201);
        let seen = (&added["orderIndex"], &added["dayNumber"], &added["trainingUnitId"], &added["unitName"]);
        assert_eq!(seen, (&json!(place), &sent["dayNumber"], &json!(b), &json!("B")), "{sent}");
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!(tag(&answer), tag(&read), "the tag is that of the plan");
        assert!(array(&expect(&read, 200)["units"]).contains(&added), "{sent}");
    }
    let expected = ["2.0 B", "2.1 A", "2.2 A", "2.3 B", "2.4 B", "3.0 B", "7.0 A", "7.1 B"];
    assert_eq!(schedule(&gym.read(&owner, &path)), expected);
    let before = gym.mint.fingerprint();
    for (field, values) in [
        ("dayNumber", [json!(0), json!(3661), json!("x"), Value::Null]),
        ("orderIndex", [json!(-1), json!(1.5), json!("x"), json!([])]),
        ("trainingUnitId", [json!(7), json!("x"), Value::Null, json!([])]),
        ("zz", [json!(1), json!(2), json!(3), Value::Null]),
    ] {
        for value in values {
            let sent = bodies::with(bodies::plan_unit(a, 1), field, value.clone());
            let answer = gym.send(&owner, "POST", &format!("{path}/units"), &sent);
            assert_eq!(mistakes(&answer), format!("/{field}"), "{value}");
        }
    }
    let unknown = bodies::plan_unit(Uuid::now_v7(), 1);
    refused(&gym.send(&owner, "POST", &format!("{path}/units"), &unknown), 404, "Training unit not found");
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn a_move_takes_out_first_and_leaves_no_gap() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [a, b, c, d] = units(&mut gym, &owner, ["A", "B", "C", "D"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(a, 1), (b, 1), (c, 1), (d, 2)]);
    let id_of = |gym: &Gym, name: &str| {
        let units = array(&gym.read(&owner, &path)["units"]);
        units.iter().find(|unit| unit["unitName"] == name).map(|unit| unit["id"].clone()).unwrap_or_default()
    };
    for (name, sent, expected) in [
        ("A", json!({"orderIndex": 1}), ["1.0 B", "1.1 A", "1.2 C", "2.0 D"]),
        ("B", json!({"orderIndex": 99}), ["1.0 A", "1.1 C", "1.2 B", "2.0 D"]),
        ("B", json!({"orderIndex": 0}), ["1.0 B", "1.1 A", "1.2 C", "2.0 D"]),
        ("B", json!({"dayNumber": 2}), ["1.0 A", "1.1 C", "2.0 D", "2.1 B"]),
        ("A", json!({"dayNumber": 2, "orderIndex": 1}), ["1.0 C", "2.0 D", "2.1 A", "2.2 B"]),
        ("C", json!({"dayNumber": 3660, "orderIndex": 7}), ["2.0 D", "2.1 A", "2.2 B", "3660.0 C"]),
        ("D", json!({"dayNumber": 3660, "orderIndex": 0}), ["2.0 A", "2.1 B", "3660.0 D", "3660.1 C"]),
        ("A", json!({"dayNumber": 2, "orderIndex": 0}), ["2.0 A", "2.1 B", "3660.0 D", "3660.1 C"]),
        ("A", json!({"dayNumber": 2}), ["2.0 A", "2.1 B", "3660.0 D", "3660.1 C"]),
        ("A", json!({}), ["2.0 A", "2.1 B", "3660.0 D", "3660.1 C"]),
    ] {
        let id = id_of(&gym, name);
        let answer = gym.send(&owner, "PATCH", &format!("{path}/units/{id}"), &sent);
        let moved = expect(&answer, 200);
        assert_eq!((&moved["id"], &moved["unitName"]), (&id, &json!(name)), "{name} {sent}");
        let read = gym.ask(&owner, "GET", &path);
        let whole = expect(&read, 200);
        assert_eq!((schedule(&whole), tag(&read)), (expected.map(str::to_owned).into(), tag(&answer)), "{name} {sent}");
        assert!(array(&whole["units"]).contains(&moved), "{name} {sent}");
    }
    let (before, id) = (gym.read(&owner, &path), id_of(&gym, "A"));
    for (sent, wrong) in [
        (json!({"dayNumber": 0}), "/dayNumber"),
        (json!({"dayNumber": 3661}), "/dayNumber"),
        (json!({"dayNumber": null}), "/dayNumber"),
        (json!({"orderIndex": -1}), "/orderIndex"),
        (json!({"orderIndex": null}), "/orderIndex"),
        (json!({"trainingUnitId": b}), "/trainingUnitId"),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "PATCH", &format!("{path}/units/{id}"), &sent)), wrong, "{sent}");
    }
    assert_eq!(gym.read(&owner, &path), before);
    gym.close();
}

#[test]
fn a_unit_is_taken_out_and_the_gap_closes() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [a, b] = units(&mut gym, &owner, ["A", "B"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(a, 1), (b, 1), (a, 1), (b, 2)]);
    let ids = fields(&gym.read(&owner, &path)["units"], "id");
    let answer = gym.ask(&owner, "DELETE", &format!("{path}/units/{}", ids[1]));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    let read = gym.ask(&owner, "GET", &path);
    assert_eq!(tag(&answer), tag(&read), "also without a body it carries the new tag");
    assert_eq!(schedule(&expect(&read, 200)), ["1.0 A", "1.1 A", "2.0 B"]);
    gym.delete(&owner, &format!("{path}/units/{}", ids[0]));
    assert_eq!(schedule(&gym.read(&owner, &path)), ["1.0 A", "2.0 B"]);
    gym.read(&owner, &unit(a));
    // Of another plan, or of none.
    let other = gym.mint.training_plan(owner.user_id, "private");
    let foreign = gym.mint.plan_unit(other, a, 1).to_string();
    for id in [foreign, "0".to_owned(), "-1".to_owned(), i64::MAX.to_string(), ids[0].to_string()] {
        let path = format!("{path}/units/{id}");
        refused(&gym.send(&owner, "PATCH", &path, &json!({"dayNumber": 3})), 404, "Entry not found");
        refused(&gym.ask(&owner, "DELETE", &path), 404, "Entry not found");
    }
    assert_eq!(mistakes(&gym.ask(&owner, "DELETE", &format!("{path}/units/x"))), "{plan_unit_id}");
    gym.close();
}

#[test]
fn a_plan_holds_four_hundred_units() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [legs] = units(&mut gym, &owner, ["Legs"]);
    let list = |count: usize| Value::from(vec![bodies::plan_unit(legs, 1); count]);
    let create = |gym: &Gym, name: &str, count| {
        gym.send(&owner, "POST", "/training-plans", &bodies::with(bodies::training_plan(name), "units", list(count)))
    };
    assert_eq!(create(&gym, "Too many", 401).status, 422);
    assert_eq!(array(&expect(&create(&gym, "Full", 400), 201)["units"]).len(), 400);
    let (_, path) = planned(&mut gym, &owner, "private", &[]);
    gym.change(&owner, "PUT", &format!("{path}/units"), &json!({"units": list(399)}));
    gym.create(&owner, &format!("{path}/units"), &bodies::plan_unit(legs, 2));
    let before = gym.mint.fingerprint();
    assert_eq!(gym.send(&owner, "POST", &format!("{path}/units"), &bodies::plan_unit(legs, 3)).status, 422);
    assert_eq!(gym.send(&owner, "PUT", &format!("{path}/units"), &json!({"units": list(401)})).status, 422);
    assert_eq!(gym.mint.fingerprint(), before);
    let copy = gym.create(&owner, &format!("{path}/copy"), &json!({}));
    assert_eq!(array(&copy["units"]).len(), 400);
    gym.close();
}
