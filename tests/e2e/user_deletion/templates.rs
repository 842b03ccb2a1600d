//! Training units and plans of an account that goes.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{Session, bodies};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    gym::{Gym, array, expect, plan, refused, request, text, unit, user},
    races::at_once,
};

const NO_UNIT: &str = "Training unit not found";
const NO_PLAN: &str = "Training plan not found";

/// An account, and who deletes it.
struct Farewell {
    gym: Gym,
    superuser: Session,
    owner: Session,
    reader: Session,
    stranger: Session,
}

impl Farewell {
    fn new() -> Self {
        let mut gym = Gym::open();
        let superuser = gym.mint.person(Role::Superuser);
        let [owner, reader, stranger] = gym.people();
        Self { gym, superuser, owner, reader, stranger }
    }

    /// A unit of the one who goes; with a grant, if a level is given.
    fn unit(&mut self, status: &str, level: Option<&str>) -> Uuid {
        let id = self.gym.mint.training_unit(self.owner.user_id, status);
        if let Some(level) = level {
            self.gym.mint.unit_access(id, user(&self.reader), level);
        }
        id
    }

    /// Likewise a plan.
    fn plan(&mut self, status: &str, level: Option<&str>) -> Uuid {
        let id = self.gym.mint.training_plan(self.owner.user_id, status);
        if let Some(level) = level {
            self.gym.mint.plan_access(id, user(&self.reader), level);
        }
        id
    }

    fn delete(&self) {
        self.gym.delete(&self.superuser, &format!("/users/{}", user(&self.owner)));
    }

    fn exists(&mut self, table: &str, id: Uuid) -> bool {
        self.gym.count(&format!("SELECT count(*) FROM {table} WHERE id = '{id}'")) == 1
    }
}

#[test]
fn what_nobody_else_uses_goes_and_the_rest_stays() {
    let mut all = Farewell::new();
    let cases = [
        ("private", None, false),
        ("private", Some("read"), false),
        ("private", Some("write"), false),
        ("shared", None, false),
        ("shared", Some("read"), true),
        ("shared", Some("write"), true),
        ("public", None, true),
        ("public", Some("write"), true),
    ];
    let made =
        cases.map(|(status, level, stays)| (all.unit(status, level), all.plan(status, level), status, level, stays));
    let before = made.map(|(unit_id, plan_id, _, _, stays)| {
        stays.then(|| {
            let who = [&all.reader, &all.stranger]
                .into_iter()
                .find(|who| all.gym.ask(who, "GET", &unit(unit_id)).status == 200);
            let who = who.expect("somebody reads it");
            [all.gym.read(who, &unit(unit_id)), all.gym.read(who, &plan(plan_id))]
        })
    });
    all.delete();
    for ((unit_id, plan_id, status, level, stays), before) in made.into_iter().zip(before) {
        let what = format!("{status} {level:?}");
        let exist = [all.exists("training_units", unit_id), all.exists("training_plans", plan_id)];
        assert_eq!(exist, [stays; 2], "{what}");
        for who in [&all.reader, &all.stranger] {
            let reads = stays && (status == "public" || user(who) == user(&all.reader));
            for (path, detail) in [(unit(unit_id), NO_UNIT), (plan(plan_id), NO_PLAN)] {
                let answer = all.gym.ask(who, "GET", &path);
                if !reads {
                    refused(&answer, 404, detail);
                    continue;
                }
                let now = expect(&answer, 200);
                assert_eq!(now["createdBy"], Value::Null, "{what}");
                let earlier = before.iter().flatten().find(|earlier| earlier["id"] == now["id"]).expect("it was there");
                for field in ["name", "sharingStatus", "createdAt"] {
                    assert_eq!(now[field], earlier[field], "{what} {field}");
                }
                let may_write = level == Some("write") && user(who) == user(&all.reader);
                let changed = all.gym.send(who, "PATCH", &path, &json!({"description": "x"}));
                assert_eq!(changed.status, if may_write { 200 } else { 403 }, "{what}: {}", changed.text());
            }
        }
    }
    all.gym.close();
}

#[test]
fn units_in_a_plan_that_stays_stay_with_it() {
    let mut all = Farewell::new();
    let exercise = all.gym.mint.exercise(None);
    let [kept, lost, both] = [(); 3].map(|()| all.unit("private", None));
    all.gym.mint.unit_entry(kept, exercise);
    let (stays, goes) = (all.plan("shared", Some("write")), all.plan("private", Some("write")));
    for (schedule, unit) in [(stays, kept), (stays, both), (goes, both), (goes, lost)] {
        all.gym.mint.plan_unit(schedule, unit, 1);
    }
    let before = all.gym.read(&all.reader, &plan(stays));
    all.delete();
    let after = all.gym.read(&all.reader, &plan(stays));
    assert_eq!((&after["createdBy"], &after["units"]), (&Value::Null, &before["units"]));
    for id in [kept, both] {
        let unit = all.gym.read(&all.reader, &unit(id));
        let seen = (&unit["createdBy"], &unit["myAccess"], &unit["sharingStatus"]);
        assert_eq!(seen, (&Value::Null, &json!("read"), &json!("private")));
    }
    let forbidden = "You do not have permission to change this training unit";
    refused(&all.gym.send(&all.reader, "PATCH", &unit(kept), &json!({"name": "x"})), 403, forbidden);
    refused(&all.gym.ask(&all.stranger, "GET", &unit(kept)), 404, NO_UNIT);
    assert!(!all.exists("training_units", lost) && !all.exists("training_plans", goes));
    assert!(all.gym.items(&all.reader, "/training-units?scope=all").is_empty(), "they are in no list");
    // The plan lives on: its grantee moves and adds what it holds.
    let place = after["units"][0]["id"].clone();
    all.gym.change(&all.reader, "PATCH", &format!("{}/units/{place}", plan(stays)), &json!({"dayNumber": 3}));
    all.gym.create(&all.reader, &format!("{}/units", plan(stays)), &bodies::plan_unit(kept, 4));
    all.gym.close();
}

#[test]
fn a_unit_that_is_shared_itself_outlives_the_private_plan() {
    let mut all = Farewell::new();
    let [shared, public] = [("shared", Some("read")), ("public", None)].map(|(status, level)| all.unit(status, level));
    let schedule = all.plan("private", None);
    for id in [shared, public] {
        all.gym.mint.plan_unit(schedule, id, 1);
    }
    all.delete();
    assert!(!all.exists("training_plans", schedule));
    assert_eq!(all.gym.read(&all.reader, &unit(shared))["createdBy"], Value::Null);
    assert_eq!(all.gym.read(&all.stranger, &unit(public))["createdBy"], Value::Null);
    refused(&all.gym.ask(&all.stranger, "GET", &unit(shared)), 404, NO_UNIT);
    all.gym.close();
}

#[test]
fn grants_to_who_goes_go_and_grants_from_them_stay() {
    let mut all = Farewell::new();
    let theirs = all.gym.mint.training_unit(all.stranger.user_id, "shared");
    let their_plan = all.gym.mint.training_plan(all.stranger.user_id, "shared");
    all.gym.mint.unit_access(theirs, user(&all.owner), "write");
    all.gym.mint.plan_access(their_plan, user(&all.owner), "read");
    let given = all.unit("shared", Some("write"));
    all.delete();
    for path in [unit(theirs), plan(their_plan)] {
        assert_eq!(all.gym.read(&all.stranger, &format!("{path}/access")), json!([]));
    }
    assert_eq!(all.gym.count("SELECT count(*) FROM training_unit_access WHERE granted_by IS NULL"), 1);
    assert_eq!(all.gym.read(&all.reader, &unit(given))["myAccess"], "write");
    assert_eq!(all.gym.names(&all.reader, "/training-units?scope=shared").len(), 1);
    all.gym.close();
}

#[test]
fn a_grant_only_to_who_goes_keeps_nothing_of_others() {
    let mut all = Farewell::new();
    let theirs = all.gym.mint.training_unit(all.reader.user_id, "shared");
    all.gym.mint.unit_access(theirs, user(&all.owner), "write");
    all.delete();
    // Then the owner of it goes too, and there is no grant left.
    all.gym.delete(&all.superuser, &format!("/users/{}", user(&all.reader)));
    assert!(!all.exists("training_units", theirs));
    all.gym.close();
}

#[test]
fn templates_keep_the_exercises_of_who_goes() {
    let mut all = Farewell::new();
    let [copied, own, unused] = [(); 3].map(|()| all.gym.mint.exercise(all.owner.user_id));
    all.gym.rename_exercise(copied, "Their curl");
    let (source, staying, going) =
        (all.unit("public", None), all.unit("shared", Some("read")), all.unit("private", None));
    for (id, exercise) in [(source, copied), (staying, own), (going, unused)] {
        all.gym.mint.unit_entry(id, exercise);
    }
    let copy = all.gym.create(&all.reader, &format!("{}/copy", unit(source)), &json!({}));
    let copy = unit(text(&copy["id"]));
    let staying_before = all.gym.read(&all.reader, &unit(staying));
    all.delete();
    let entry = all.gym.read(&all.reader, &copy)["exercises"][0].clone();
    assert_eq!((&entry["exerciseId"], &entry["exerciseName"]), (&json!(copied), &json!("Their curl")));
    refused(&all.gym.ask(&all.reader, "GET", &format!("/exercises/{copied}")), 404, "Exercise not found");
    let entry = all.gym.read(&all.reader, &unit(staying))["exercises"][0].clone();
    assert_eq!(entry["exerciseName"], staying_before["exercises"][0]["exerciseName"]);
    assert!(!all.exists("exercises", unused), "nothing refers to it any more");
    // What is kept can still be copied and changed.
    all.gym.create(&all.stranger, &format!("{}/copy", unit(source)), &json!({}));
    all.gym.change(
        &all.reader,
        "PATCH",
        &format!("{copy}/exercises/{}", all.gym.read(&all.reader, &copy)["exercises"][0]["id"]),
        &json!({"sets": 7}),
    );
    all.gym.close();
}

#[test]
fn equal_names_of_those_who_went_do_not_meet() {
    let all = Farewell::new();
    let name = json!({"name": "The same", "sharingStatus": "public"});
    let with_level = bodies::with(name.clone(), "difficultyLevel", json!("expert"));
    for who in [&all.owner, &all.reader] {
        all.gym.create(who, "/training-units", &name);
        all.gym.create(who, "/training-plans", &with_level);
    }
    all.delete();
    all.gym.delete(&all.superuser, &format!("/users/{}", user(&all.reader)));
    for list in ["/training-units", "/training-plans"] {
        let items = all.gym.items(&all.stranger, &format!("{list}?scope=public"));
        assert_eq!(items.iter().map(|item| &item["name"]).collect::<Vec<_>>(), ["The same"; 2], "{list}");
        assert!(items.iter().all(|item| item["createdBy"].is_null() && item["myAccess"] == "read"), "{list}");
    }
    all.gym.close();
}

#[test]
fn the_end_of_an_account_meets_its_use() {
    let mut all = Farewell::new();
    for _ in 0..6 {
        all.owner = all.gym.person();
        let exercise = all.gym.mint.exercise(all.owner.user_id);
        let (public, schedule) = (all.unit("public", None), all.plan("shared", Some("write")));
        all.gym.mint.unit_entry(public, exercise);
        all.gym.mint.plan_unit(schedule, public, 1);
        let private = all.unit("private", None);
        let requests = [
            (all.superuser.clone(), request("DELETE", &format!("/users/{}", user(&all.owner)))),
            (all.stranger.clone(), request("POST", &format!("{}/copy", unit(public)))),
            (all.reader.clone(), request("POST", &format!("{}/copy", plan(schedule)))),
            (
                all.reader.clone(),
                request("POST", &format!("{}/units", plan(schedule))).json(&bodies::plan_unit(public, 2)),
            ),
            (all.owner.clone(), request("POST", "/training-units").json(&bodies::training_unit("Late"))),
            (
                all.owner.clone(),
                request("POST", &format!("{}/units", plan(schedule))).json(&bodies::plan_unit(private, 1)),
            ),
            (all.owner.clone(), request("PATCH", &unit(private)).json(&json!({"sharingStatus": "public"}))),
            (
                all.owner.clone(),
                request("POST", &format!("{}/exercises", unit(public))).json(&bodies::unit_entry(exercise)),
            ),
        ];
        let answers = at_once(&all.gym.app, &requests);
        // Whoever was let in before the account was gone may find that a public unit is not theirs any more (403), and
        // that a private one is no more (404).
        let expected: [&[u16]; 8] =
            [&[204], &[201], &[201], &[201], &[201, 401], &[201, 401, 404], &[200, 401, 404], &[201, 401, 403, 404]];
        for ((_, asked), (answer, expected)) in requests.iter().zip(answers.iter().zip(expected)) {
            let status = answer.status;
            assert!(expected.contains(&status), "{asked:?}: {status}, not one of {expected:?}: {}", answer.text());
        }
        assert!(array(&all.gym.read(&all.reader, &plan(schedule))["units"]).len() >= 2);
        assert_eq!(
            all.gym.count("SELECT count(*) FROM training_units WHERE created_by NOT IN (SELECT id FROM user_account)"),
            0
        );
        all.gym.app.database.assert_invariants(true);
    }
    all.gym.close();
}
