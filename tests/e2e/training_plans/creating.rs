//! Creating and reading plans.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{schedule, units};
use crate::gym::{Gym, array, expect, fields, keys, mistakes, plan, refused, request, tag, text, under, user};

const NOT_FOUND: &str = "Training plan not found";

#[test]
fn a_plan_is_stored_with_everything_it_was_given() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    let exercise = gym.mint.exercise(None);
    gym.mint.unit_entries(legs, exercise, 3);
    let sent = json!({
        "name": "  Summer \t plan ", "description": " Hot.\n", "difficultyLevel": "expert", "sharingStatus": "public",
        "units": [
            bodies::plan_unit(legs, 3660), bodies::plan_unit(arms, 1), bodies::plan_unit(legs, 1), bodies::plan_unit(arms, 3660),
            bodies::plan_unit(legs, 3660)
        ]
    });
    let answer = gym.send(&owner, "POST", "/training-plans", &sent);
    let created = expect(&answer, 201);
    let path = under("/training-plans", &created);
    let location = answer.header("location").unwrap_or_default();
    assert!(location.ends_with(&format!("/api/v1{path}")), "the place of the plan: {location:?}");
    let of_plan = [
        "createdAt",
        "createdBy",
        "description",
        "difficultyLevel",
        "id",
        "myAccess",
        "name",
        "sharingStatus",
        "units",
        "updatedAt",
    ];
    assert_eq!(keys(&created), of_plan);
    assert_eq!(Uuid::try_parse(&text(&created["id"])).unwrap_or_default().get_version_num(), 7);
    for (field, value) in [
        ("name", json!("Summer plan")),
        ("description", json!(" Hot.\n")),
        ("difficultyLevel", json!("expert")),
        ("sharingStatus", json!("public")),
        ("createdBy", json!(user(&owner))),
        ("myAccess", json!("owner")),
    ] {
        assert_eq!(created[field], value, "{field}");
    }
    assert_eq!(schedule(&created), ["1.0 Arms", "1.1 Legs", "3660.0 Legs", "3660.1 Arms", "3660.2 Legs"]);
    let of_unit = ["dayNumber", "exerciseCount", "id", "orderIndex", "trainingUnitId", "unitName"];
    assert!(array(&created["units"]).iter().all(|unit| keys(unit) == of_unit && unit["id"].is_i64()));
    assert_eq!(fields(&created["units"], "exerciseCount"), [0, 3, 3, 0, 3]);
    assert_eq!(fields(&created["units"], "trainingUnitId"), [arms, legs, legs, arms, legs].map(|id| json!(id)));
    let read = gym.ask(&owner, "GET", &path);
    assert_eq!((expect(&read, 200), tag(&read)), (created, tag(&answer)));
    gym.close();
}

#[test]
fn null_is_absence() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for (name, more) in
        [("One", json!({})), ("Two", json!({"description": null, "sharingStatus": null, "units": null}))]
    {
        let mut sent = bodies::training_plan(name);
        more.as_object().into_iter().flatten().for_each(|(field, value)| sent[field] = value.clone());
        let plan = gym.create(&owner, "/training-plans", &sent);
        let seen = (&plan["description"], &plan["sharingStatus"], &plan["units"]);
        assert_eq!(seen, (&Value::Null, &json!("private"), &json!([])), "{sent}");
    }
    gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [unit] = units(&mut gym, &owner, ["Unit"]);
    let base = || bodies::training_plan("Plan");
    let with_units = |units: Value| bodies::with(base(), "units", units);
    let before = gym.mint.fingerprint();
    for (sent, wrong) in [
        (json!({}), "/difficultyLevel /name"),
        (json!({"name": null, "difficultyLevel": null}), "/difficultyLevel /name"),
        (bodies::with(base(), "name", json!(" ")), "/name"),
        (bodies::with(base(), "name", json!("x".repeat(101))), "/name"),
        (bodies::with(base(), "name", json!("a\u{0}")), "/name"),
        (bodies::with(base(), "description", json!("\u{0}")), "/description"),
        (bodies::with(base(), "description", json!("x".repeat(10_001))), "/description"),
        (bodies::with(base(), "difficultyLevel", json!("Expert")), "/difficultyLevel"),
        (bodies::with(base(), "sharingStatus", json!("x")), "/sharingStatus"),
        (bodies::with(base(), "exercises", json!([])), "/exercises"),
        (with_units(json!({})), "/units"),
        (with_units(json!([7])), "/units/0"),
        (with_units(json!([bodies::plan_unit(unit, 0)])), "/units/0/dayNumber"),
        (with_units(json!([bodies::plan_unit(unit, 1), bodies::plan_unit(unit, 3661)])), "/units/1/dayNumber"),
        (with_units(json!([{"trainingUnitId": unit}])), "/units/0/dayNumber"),
        (with_units(json!([{"dayNumber": 1}])), "/units/0/trainingUnitId"),
        (with_units(json!([{"dayNumber": null, "trainingUnitId": "x"}])), "/units/0/dayNumber /units/0/trainingUnitId"),
        (with_units(json!([bodies::with(bodies::plan_unit(unit, 1), "orderIndex", json!(0))])), "/units/0/orderIndex"),
    ] {
        let shown: String = sent.to_string().chars().take(200).collect();
        assert_eq!(mistakes(&gym.send(&owner, "POST", "/training-plans", &sent)), wrong, "{shown}");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn a_name_is_taken_for_its_owner_only() {
    let mut gym = Gym::open();
    let [one, other] = gym.people();
    let [unit] = units(&mut gym, &one, ["Übung eins"]);
    gym.create(&one, "/training-plans", &bodies::training_plan("Übung eins"));
    gym.create(&other, "/training-plans", &bodies::training_plan("Übung eins"));
    for name in ["Übung eins", "  ÜBUNG \t eins "] {
        let shown = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let detail = format!("A training plan with the name '{shown}' already exists");
        refused(&gym.send(&one, "POST", "/training-plans", &bodies::training_plan(name)), 409, &detail);
    }
    // First what is named must be there.
    let mut sent = bodies::training_plan("Übung eins");
    sent["units"] = json!([bodies::plan_unit(unit, 1), bodies::plan_unit(Uuid::now_v7(), 1)]);
    refused(&gym.send(&one, "POST", "/training-plans", &sent), 404, "Training unit not found");
    sent["units"] = json!([bodies::plan_unit(unit, 0)]);
    assert_eq!(mistakes(&gym.send(&one, "POST", "/training-plans", &sent)), "/units/0/dayNumber");
    refused(&gym.app.send(&request("POST", "/training-plans").json(&sent)), 401, "Not authenticated");
    gym.close();
}

#[test]
fn a_plan_that_is_not_there_is_not_found() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [unit] = units(&mut gym, &owner, ["Unit"]);
    let absent = plan(Uuid::now_v7());
    for (method, path, sent) in [
        ("PATCH", absent.clone(), json!({})),
        ("PUT", format!("{absent}/units"), json!({"units": []})),
        ("POST", format!("{absent}/units"), bodies::plan_unit(unit, 1)),
        ("PATCH", format!("{absent}/units/1"), json!({})),
        ("POST", format!("{absent}/copy"), json!({})),
        ("PUT", format!("{absent}/access"), json!({"email": "jo@example.com"})),
    ] {
        refused(&gym.send(&owner, method, &path, &sent), 404, NOT_FOUND);
    }
    for (method, path) in [
        ("GET", absent.clone()),
        ("DELETE", absent.clone()),
        ("DELETE", format!("{absent}/units/1")),
        ("GET", format!("{absent}/access")),
        ("DELETE", format!("{absent}/access/{}", Uuid::now_v7())),
    ] {
        refused(&gym.ask(&owner, method, &path), 404, NOT_FOUND);
    }
    assert_eq!(mistakes(&gym.ask(&owner, "GET", "/training-plans/x")), "{plan_id}");
    gym.close();
}
