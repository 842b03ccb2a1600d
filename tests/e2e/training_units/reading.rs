//! Reading and deleting units, and what becomes of their exercises.

use irontrack_tests::harness::{bodies, body};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, mistakes, plan, refused, tag, text, under, unit};

const NOT_FOUND: &str = "Training unit not found";

#[test]
fn a_unit_that_is_not_there_is_not_found() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let absent = unit(Uuid::now_v7());
    refused(&gym.ask(&owner, "GET", &absent), 404, NOT_FOUND);
    for (method, path, sent) in [
        ("PATCH", absent.clone(), json!({})),
        ("PUT", format!("{absent}/exercises"), json!({"exercises": []})),
        ("POST", format!("{absent}/exercises"), json!({"exerciseId": Uuid::now_v7(), "mode": "sets_only"})),
        ("PATCH", format!("{absent}/exercises/1"), json!({})),
        ("PUT", format!("{absent}/exercises/order"), json!({"ids": []})),
        ("POST", format!("{absent}/copy"), json!({})),
        ("PUT", format!("{absent}/access"), json!({"email": "jo@example.com"})),
    ] {
        refused(&gym.send(&owner, method, &path, &sent), 404, NOT_FOUND);
    }
    for (method, path) in [
        ("DELETE", absent.clone()),
        ("DELETE", format!("{absent}/exercises/1")),
        ("GET", format!("{absent}/access")),
        ("DELETE", format!("{absent}/access/{}", Uuid::now_v7())),
    ] {
        refused(&gym.ask(&owner, method, &path), 404, NOT_FOUND);
    }
    for (method, path) in
        [("GET", "/training-units/x"), ("DELETE", "/training-units/7"), ("POST", "/training-units/x/copy")]
    {
        assert_eq!(mistakes(&gym.ask(&owner, method, path)), "{unit_id}", "{method} {path}");
    }
    gym.close();
}

#[test]
fn a_head_answers_like_a_read_without_the_body() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let path = unit(gym.mint.training_unit(owner.user_id, "private"));
    let (head, read) = (gym.ask(&owner, "HEAD", &path), gym.ask(&owner, "GET", &path));
    assert_eq!((head.status, tag(&head), head.body.len()), (200, tag(&read), 0));
    gym.close();
}

#[test]
fn an_entry_outlives_its_exercise() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [renamed, hidden, gone] = [(); 3].map(|()| gym.mint.exercise(owner.user_id));
    for (exercise, name) in [(renamed, "First"), (hidden, "Second"), (gone, "Third")] {
        gym.rename_exercise(exercise, name);
    }
    let entries = [renamed, hidden, gone].map(bodies::unit_entry);
    let created = gym.create(&owner, "/training-units", &json!({"name": "Unit", "exercises": entries}));
    let path = under("/training-units", &created);

    let name = json!({"name": "Otherwise"});
    gym.change(&owner, "PATCH", &format!("/exercises/user/{renamed}"), &name);
    gym.delete(&owner, &format!("/exercises/{hidden}"));
    refused(&gym.ask(&owner, "GET", &format!("/exercises/{hidden}")), 404, "Exercise not found");
    assert_eq!(gym.read(&owner, &path), created, "renamed and hidden exercises leave it as it is");
    // The name is free again, also for an exercise that replaces the hidden one.
    gym.create(&owner, "/exercises/user", &bodies::exercise("Second"));

    gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&gone]);
    let mut expected = created.clone();
    expected["exercises"][2]["exerciseId"] = Value::Null;
    assert_eq!(gym.read(&owner, &path), expected, "the name stays when the row goes");
    assert_eq!(gym.items(&owner, "/training-units")[0]["exerciseCount"], 3);
    gym.close();
}

#[test]
fn an_exercise_that_nothing_refers_to_any_more_is_deleted() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(owner.user_id);
    let id = gym.mint.training_unit(owner.user_id, "private");
    gym.mint.unit_entry(id, exercise);
    gym.delete(&owner, &unit(id));
    gym.delete(&owner, &format!("/exercises/{exercise}"));
    assert_eq!(gym.count("SELECT count(*) FROM exercises WHERE NOT is_active"), 0);
    gym.close();
}

#[test]
fn a_deleted_unit_is_gone_with_entries_and_grants() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let id = gym.mint.training_unit(owner.user_id, "shared");
    let exercise = gym.mint.exercise(None);
    gym.mint.unit_entry(id, exercise);
    gym.mint.unit_access(id, reader.user_id.unwrap_or_default(), "write");
    let answer = gym.ask(&owner, "DELETE", &unit(id));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for who in [&owner, &reader] {
        refused(&gym.ask(who, "GET", &unit(id)), 404, NOT_FOUND);
        refused(&gym.ask(who, "DELETE", &unit(id)), 404, NOT_FOUND);
    }
    for table in ["training_units", "training_unit_exercises", "training_unit_access"] {
        assert_eq!(gym.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    gym.close();
}

#[test]
fn a_unit_in_plans_stays_and_the_plans_are_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let id = gym.mint.training_unit(owner.user_id, "private");
    let mut plans = Vec::new();
    for n in 10..22 {
        let created = gym.create(&owner, "/training-plans", &bodies::training_plan(&format!("Plan {n}")));
        let path = under("/training-plans", &created);
        gym.create(&owner, &format!("{path}/units"), &bodies::plan_unit(id, 1));
        gym.create(&owner, &format!("{path}/units"), &bodies::plan_unit(id, 2));
        plans.push(path);
    }
    let before = gym.mint.fingerprint();
    let answer = gym.ask(&owner, "DELETE", &unit(id));
    let detail = text(&body(&answer)["detail"]);
    let named = (10..22).filter(|n| detail.contains(&format!("Plan {n}"))).count();
    assert_eq!((answer.status, named), (409, 10), "{detail}");
    assert_eq!(gym.mint.fingerprint(), before);
    for path in &plans[1..] {
        gym.delete(&owner, path);
    }
    let detail = text(&body(&gym.ask(&owner, "DELETE", &unit(id)))["detail"]);
    assert!(detail.contains("Plan 10") && !detail.contains("Plan 11"), "{detail}");
    let last = gym.read(&owner, &plans[0]);
    gym.delete(&owner, &format!("{}/units/{}", plans[0], last["units"][0]["id"]));
    assert_eq!(gym.ask(&owner, "DELETE", &unit(id)).status, 409, "it stands there once more");
    gym.delete(&owner, &format!("{}/units/{}", plans[0], last["units"][1]["id"]));
    gym.delete(&owner, &unit(id));
    gym.close();
}

#[test]
fn deleting_a_plan_leaves_its_units() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let id = gym.mint.training_unit(owner.user_id, "private");
    let schedule = gym.mint.training_plan(owner.user_id, "private");
    gym.mint.plan_unit(schedule, id, 1);
    gym.delete(&owner, &plan(schedule));
    refused(&gym.ask(&owner, "GET", &plan(schedule)), 404, "Training plan not found");
    gym.read(&owner, &unit(id));
    gym.delete(&owner, &unit(id));
    gym.close();
}
