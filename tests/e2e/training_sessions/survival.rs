//! History never breaks: sessions outlive whatever they were made from.

use irontrack_domain::account::Role;
use irontrack_tests::harness::Session;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Track;
use crate::gym::{Gym, array, expect, fields, plan, refused, tag, text, unit, user};

/// What a session refers to, all of one owner.
struct Origin {
    plan: Uuid,
    unit: Uuid,
    entry: i32,
    exercise: Uuid,
}

impl Origin {
    fn of(gym: &mut Gym, owner: &Session, status: &str) -> Self {
        let exercise = gym.mint.exercise(owner.user_id);
        let unit = gym.mint.training_unit(owner.user_id, status);
        let entry = gym.mint.unit_entry(unit, exercise);
        let plan = gym.mint.training_plan(owner.user_id, status);
        gym.mint.plan_unit(plan, unit, 1);
        Self { plan, unit, entry, exercise }
    }

    /// A finished session that somebody made from it, with sets; its path.
    fn session(&self, gym: &Gym, who: &Session) -> String {
        let from = json!({
            "userTimezone": "UTC", "trainingUnitId": self.unit, "trainingPlanId": self.plan,
            "startTime": "2025-01-01T10:00:00Z"
        });
        let created = gym.create(who, "/training-sessions", &from);
        let path = crate::gym::under("/training-sessions", &created);
        let sets = format!("{path}/exercises/{}/sets", created["exercises"][0]["id"]);
        for reps in [8, 7] {
            gym.create(who, &sets, &json!({"weight": 60, "repsCompleted": reps}));
        }
        gym.change(who, "POST", &format!("{path}/finish"), &json!({"endTime": "2025-01-01T11:00:00Z"}));
        path
    }
}

/// How many sessions somebody finds with a filter.
fn found(gym: &Gym, who: &Session, filter: &str, id: Uuid) -> i64 {
    gym.read(who, &format!("/training-sessions?{filter}={id}"))["total"].as_i64().unwrap_or_default()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    /// The entry of a unit is taken out; an exercise is deleted, and hidden because something refers to it.
    Hidden,
    Gone,
}

use Fate::{Gone, Hidden, Stays};

#[test]
fn every_combination_of_what_is_gone_is_readable() {
    let mut track = Track::open();
    let owner = track.owner.clone();
    let fates = [Stays, Hidden, Gone];
    let all = [Stays, Gone].into_iter().flat_map(|plan| fates.map(|unit| (plan, unit)));
    let all = all.flat_map(|(plan, unit)| fates.map(|exercise| (plan, unit, exercise)));
    for (of_plan, of_unit, of_exercise) in all {
        let what = format!("plan {of_plan:?}, unit {of_unit:?}, exercise {of_exercise:?}");
        let origin = Origin::of(&mut track.gym, &owner, "private");
        let path = origin.session(&track.gym, &owner);
        let before = track.ask("GET", &path);
        let (mut expected, item) = (expect(&before, 200), track.gym.items(&owner, "/training-sessions")[0].clone());
        if of_plan == Gone {
            track.gym.delete(&owner, &plan(origin.plan));
            expected["trainingPlanId"] = Value::Null;
        } else if of_unit == Gone {
            track.gym.change(&owner, "PUT", &format!("{}/units", plan(origin.plan)), &json!({"units": []}));
        }
        match of_unit {
            Stays => {}
            Hidden => track.gym.delete(&owner, &format!("{}/exercises/{}", unit(origin.unit), origin.entry)),
            Gone => {
                track.gym.delete(&owner, &unit(origin.unit));
                expected["trainingUnitId"] = Value::Null;
            }
        }
        if of_unit != Stays {
            expected["exercises"][0]["plannedUnitExerciseId"] = Value::Null;
        }
        match of_exercise {
            Stays => {}
            Hidden => track.gym.delete(&owner, &format!("/exercises/{}", origin.exercise)),
            Gone => {
                track.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&origin.exercise]);
                expected["exercises"][0]["exerciseId"] = Value::Null;
            }
        }
        let after = track.ask("GET", &path);
        assert_eq!(expect(&after, 200), expected, "{what}");
        assert_eq!(tag(&after) != tag(&before), after.body != before.body, "the tag follows: {what}");
        let mut shown = item;
        for field in ["trainingPlanId", "trainingUnitId"] {
            shown[field] = expected[field].clone();
        }
        assert_eq!(track.gym.items(&owner, "/training-sessions")[0], shown, "{what}");
        for (filter, id, is_there) in [
            ("trainingPlanId", origin.plan, of_plan == Stays),
            ("trainingUnitId", origin.unit, of_unit != Gone),
            ("exerciseId", origin.exercise, of_exercise != Gone),
        ] {
            assert_eq!(found(&track.gym, &owner, filter, id), i64::from(is_there), "{filter}: {what}");
        }
        // It can still be changed, and can go.
        let exercise = format!("{path}/exercises/{}", expected["exercises"][0]["id"]);
        track.gym.change(&owner, "PATCH", &exercise, &json!({"notes": "Later."}));
        track.gym.create(&owner, &format!("{exercise}/sets"), &json!({"repsCompleted": 3}));
        track.gym.change(&owner, "PATCH", &path, &json!({"notes": "Later.", "endTime": "2025-01-01T12:00:00Z"}));
        track.gym.delete(&owner, &path);
    }
    track.gym.close();
}

#[test]
fn a_condition_knows_of_a_reference_that_is_lost() {
    let mut track = Track::open();
    let owner = track.owner.clone();
    let origin = Origin::of(&mut track.gym, &owner, "private");
    let path = origin.session(&track.gym, &owner);
    let losses: [fn(&Origin) -> String; 4] = [
        |origin| format!("{}/exercises/{}", unit(origin.unit), origin.entry),
        |origin| plan(origin.plan),
        |origin| unit(origin.unit),
        |origin| format!("/exercises/{}", origin.exercise),
    ];
    for (n, loss) in losses.into_iter().enumerate() {
        let before = track.ask("GET", &path);
        track.gym.delete(&owner, &loss(&origin));
        // The exercise is only hidden while something refers to it.
        let is_lost = n < 3;
        let after = track.ask("GET", &path);
        assert_eq!((tag(&before) != tag(&after), before.body != after.body), (is_lost, is_lost), "{n}");
        let condition = ("If-Match", tag(&before));
        let answer = track.gym.send_with(&owner, "PATCH", &path, (condition.0, &condition.1), &json!({}));
        assert_eq!(answer.status, if is_lost { 412 } else { 200 }, "{n}: {}", answer.text());
        let known = track.gym.ask_with(&owner, "GET", &path, ("If-None-Match", &tag(&before)));
        assert_eq!(known.status, if is_lost { 200 } else { 304 }, "{n}");
    }
    track.gym.close();
}

#[test]
fn an_exercise_that_was_done_is_hidden_and_not_removed() {
    let mut track = Track::open();
    let owner = track.owner.clone();
    let superuser = track.gym.mint.person(Role::Superuser);
    let (own, of_system) = (track.gym.mint.exercise(owner.user_id), track.exercise);
    let done = [own, of_system].map(|exercise| json!({"exerciseId": exercise, "mode": "reps", "sets": [{}]}));
    let (path, before) = track.store(json!({"exercises": done}));
    for (who, exercise) in [(&owner, own), (&superuser, of_system)] {
        track.gym.delete(who, &format!("/exercises/{exercise}"));
        refused(&track.gym.ask(&owner, "GET", &format!("/exercises/{exercise}")), 404, "Exercise not found");
        assert_eq!(found(&track.gym, &owner, "exerciseId", exercise), 1);
    }
    assert_eq!(track.read(&path), before);
    let hidden = "SELECT count(*) FROM exercises WHERE NOT is_active";
    assert_eq!(track.gym.count(hidden), 2);
    // They cannot be chosen again.
    for done in done {
        refused(&track.send("POST", &format!("{path}/exercises"), &done), 404, "Exercise not found");
    }
    // When nothing refers to it any more, it goes at once.
    let unused = track.gym.mint.exercise(owner.user_id);
    let more = json!({"exerciseId": unused, "mode": "reps", "sets": []});
    let added = track.gym.create(&owner, &format!("{path}/exercises"), &more);
    track.gym.delete(&owner, &format!("{path}/exercises/{}", added["id"]));
    track.gym.delete(&owner, &format!("/exercises/{unused}"));
    assert_eq!(track.gym.count(hidden), 2);
    track.gym.close();
}

/// What was shared is taken back, or goes with its owner.
#[test]
fn history_outlives_the_sharing() {
    let mut track = Track::open();
    let (reader, superuser) = (track.owner.clone(), track.gym.mint.person(Role::Superuser));
    for (status, ends) in [("shared", "revoked"), ("shared", "private"), ("public", "private"), ("shared", "deleted")] {
        let owner = track.gym.person();
        let origin = Origin::of(&mut track.gym, &owner, status);
        track.gym.mint.plan_access(origin.plan, user(&reader), "read");
        track.gym.mint.unit_access(origin.unit, user(&reader), "read");
        let path = origin.session(&track.gym, &reader);
        let before = track.ask("GET", &path);
        for template in [plan(origin.plan), unit(origin.unit)] {
            match ends {
                "revoked" => track.gym.delete(&owner, &format!("{template}/access/{}", user(&reader))),
                "private" => {
                    track.gym.change(&owner, "PATCH", &template, &json!({"sharingStatus": "private"}));
                }
                _ => {}
            }
        }
        if ends != "deleted" {
            refused(&track.ask("GET", &unit(origin.unit)), 404, "Training unit not found");
            let after = track.ask("GET", &path);
            assert_eq!((tag(&after), &after.body), (tag(&before), &before.body), "{status} {ends}");
        }
        assert_eq!(found(&track.gym, &reader, "trainingUnitId", origin.unit), 1);
        track.gym.delete(&superuser, &format!("/users/{}", user(&owner)));
        let (after, mut expected) = (track.read(&path), expect(&before, 200));
        // A template that nobody else could use any more went with the account.
        let is_kept = ends == "deleted";
        if !is_kept {
            (expected["trainingPlanId"], expected["trainingUnitId"]) = (Value::Null, Value::Null);
            expected["exercises"][0]["plannedUnitExerciseId"] = Value::Null;
        }
        assert_eq!(after, expected, "{status} {ends}: with the exercise of who went");
        assert_eq!(found(&track.gym, &reader, "trainingPlanId", origin.plan), i64::from(is_kept));
        assert_eq!(found(&track.gym, &reader, "exerciseId", origin.exercise), 1);
    }
    let names = texts_of(&track.gym.items(&reader, "/training-sessions"));
    assert!(names.len() == 4 && names.iter().all(|name| name.contains("plan ") && name.contains("unit ")), "{names:?}");
    track.gym.close();
}

/// The snapshots of names in a list.
fn texts_of(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| format!("{} {}", text(&item["planName"]), text(&item["unitName"]))).collect()
}

/// A whole list of sessions whose references are gone in every way is read at once.
#[test]
fn lists_and_counts_stay() {
    let mut track = Track::open();
    let owner = track.owner.clone();
    let origins = [(); 4].map(|()| Origin::of(&mut track.gym, &owner, "private"));
    for origin in &origins {
        origin.session(&track.gym, &owner);
    }
    let before = track.gym.items(&owner, "/training-sessions");
    let counts = ["exerciseCount", "setCount", "totalVolumeKg", "durationSeconds", "planName", "unitName", "updatedAt"];
    for table in ["training_plans", "training_units", "exercises"] {
        let sql = format!("DELETE FROM {table} WHERE created_by IS NOT NULL");
        assert!(track.gym.mint.execute(&sql, &[]) >= 4, "{table}");
        let after = track.gym.items(&owner, "/training-sessions");
        for field in counts {
            assert_eq!(fields(&json!(after), field), fields(&json!(before), field), "{field} after {table}");
        }
    }
    assert!(array(&json!(before)).iter().all(|item| item["totalVolumeKg"].as_f64() == Some(900.0)));
    track.gym.close();
}
