//! Copying plans.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{planned, schedule, units};
use crate::{
    gym::{Gym, array, expect, fields, mistakes, refused, request, tag, text, under, unit, user},
    races::{at_once, statuses},
};

#[test]
fn a_copy_is_the_callers_own_with_each_unit_once() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    let exercise = gym.mint.exercise(owner.user_id);
    gym.mint.unit_entry(legs, exercise);
    let (id, source) = planned(&mut gym, &owner, "shared", &[(legs, 1), (arms, 1), (legs, 9), (legs, 9)]);
    gym.mint.plan_access(id, user(&reader), "read");
    gym.change(
        &owner,
        "PATCH",
        &source,
        &json!({"name": "Summer", "description": "Hot.", "difficultyLevel": "expert"}),
    );
    units(&mut gym, &reader, ["LEGS"]);
    let original = gym.read(&owner, &source);
    for (who, name, names) in
        [(&reader, "Summer", ["Legs (2)", "Arms"]), (&owner, "Summer (2)", ["Legs (2)", "Arms (2)"])]
    {
        let answer = gym.ask(who, "POST", &format!("{source}/copy"));
        let copy = expect(&answer, 201);
        let path = under("/training-plans", &copy);
        assert!(answer.header("location").is_some_and(|location| location.ends_with(&format!("/api/v1{path}"))));
        let read = gym.ask(who, "GET", &path);
        assert_eq!((expect(&read, 200), tag(&read)), (copy.clone(), tag(&answer)));
        for (field, value) in [
            ("name", json!(name)),
            ("description", json!("Hot.")),
            ("difficultyLevel", json!("expert")),
            ("sharingStatus", json!("private")),
            ("createdBy", json!(user(who))),
            ("myAccess", json!("owner")),
        ] {
            assert_eq!(copy[field], value, "{field}");
        }
        let [first, second] = names;
        let expected = [("1.0", first), ("1.1", second), ("9.0", first), ("9.1", first)];
        assert_eq!(schedule(&copy), expected.map(|(place, name)| format!("{place} {name}")));
        let ids = fields(&copy["units"], "trainingUnitId");
        assert!(ids[0] == ids[2] && ids[0] == ids[3] && ids[0] != json!(legs) && ids[1] != json!(arms), "{ids:?}");
        let made = gym.read(who, &unit(text(&ids[0])));
        let seen = (&made["createdBy"], &made["sharingStatus"], &made["exercises"][0]["exerciseId"]);
        assert_eq!(seen, (&json!(user(who)), &json!("private"), &json!(exercise)));
        assert_eq!(gym.read(who, &format!("{path}/access")), json!([]), "no grants");
    }
    assert_eq!(gym.read(&owner, &source), original, "the source stays as it was");
    gym.close();
}

#[test]
fn names_get_numbers_or_must_be_free() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let long = "x".repeat(100);
    let created = gym.create(&owner, "/training-plans", &bodies::training_plan(&long));
    let copy = format!("{}/copy", under("/training-plans", &created));
    for number in [2, 3] {
        let name = gym.create(&owner, &copy, &json!({"name": null}))["name"].clone();
        assert_eq!(name, format!("{} ({number})", "x".repeat(96)));
    }
    assert_eq!(gym.create(&owner, &copy, &json!({"name": " My \n plan "}))["name"], "My plan");
    let before = gym.mint.fingerprint();
    let taken = gym.send(&owner, "POST", &copy, &json!({"name": "my PLAN"}));
    refused(&taken, 409, "A training plan with the name 'my PLAN' already exists");
    for (sent, wrong) in [
        (json!({"name": ""}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"difficultyLevel": "expert"}), "/difficultyLevel"),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "POST", &copy, &sent)), wrong, "{sent}");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn copies_at_the_same_time_do_not_meet() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(legs, 1), (arms, 2)]);
    let requests = vec![(owner.clone(), request("POST", &format!("{path}/copy"))); 8];
    assert_eq!(statuses(&at_once(&gym.app, &requests)), [201; 8]);
    assert_eq!(gym.items(&owner, "/training-plans").len(), 9);
    assert_eq!(array(&gym.read(&owner, "/training-units")["items"]).len(), 18);
    gym.close();
}
