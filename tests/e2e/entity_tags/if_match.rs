//! `If-Match`: a write that does not know what it changes is refused.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::things;
use crate::{
    gym::{Gym, plan, refused, request, tag, unit, user},
    races::{at_once, statuses},
};

const CHANGED: &str = "The resource was changed in the meantime";

#[test]
fn every_write_honours_it() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for thing in things(&mut gym, &owner) {
        for (method, below, sent) in &thing.writes {
            let path = format!("{}{below}", thing.path);
            let write = |condition: &str| match method {
                &"DELETE" => gym.ask_with(&owner, method, &path, ("If-Match", condition)),
                _ => gym.send_with(&owner, method, &path, ("If-Match", condition), sent),
            };
            let current = tag(&gym.ask(&owner, "GET", &thing.path));
            let before = gym.app.database.contents();
            for stale in ["\"stale\"", "\"\"", &format!("W/{current}"), "\"a\", \"b\""] {
                refused(&write(stale), 412, CHANGED);
            }
            gym.app.database.assert_unchanged(&before, &format!("{method} {path}"));
            let answer = write(&current);
            assert!(answer.status < 300, "{method} {path}: {}", answer.text());
        }
    }
    gym.close();
}

#[test]
fn every_form_is_understood() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let path = unit(gym.mint.training_unit(owner.user_id, "private"));
    for n in 0..7 {
        let current = tag(&gym.ask(&owner, "GET", &path));
        let headers = match n {
            0 => vec![current],
            1 => vec!["*".to_owned()],
            2 => vec![format!("\"other\", {current}")],
            3 => vec![format!("W/\"other\",{current} , \"another\"")],
            4 => vec!["\"other\"".to_owned(), current],
            5 => vec![format!("  {current}\t")],
            _ => vec![format!("\"with, comma\", {current}")],
        };
        let mut write = request("PATCH", &path).json(&json!({"description": format!("{n}")}));
        for header in &headers {
            write = write.header("If-Match", header);
        }
        let answer = gym.app.send_as(&owner, write);
        assert_eq!(answer.status, 200, "{headers:?}: {}", answer.text());
    }
    // A name in any case of letters; without a condition the last one wins.
    let lower = gym.send_with(&owner, "PATCH", &path, ("if-match", "\"stale\""), &json!({}));
    refused(&lower, 412, CHANGED);
    gym.change(&owner, "PATCH", &path, &json!({"description": "last"}));
    gym.close();
}

/// 422 for what the request alone shows, 404, 403, 412, and then what it names and what is taken.
#[test]
fn it_has_its_place_in_the_order_of_checks() {
    let mut gym = Gym::open();
    let [owner, reader, stranger] = gym.people();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "shared");
    let entry = gym.mint.unit_entry(id, exercise);
    gym.mint.unit_access(id, user(&reader), "read");
    gym.create(&owner, "/training-units", &bodies::training_unit("Taken"));
    let path = unit(id);
    let stale = ("If-Match", "\"stale\"");
    let patch = |who, sent: Value| gym.send_with(who, "PATCH", &path, stale, &sent);
    assert_eq!(patch(&stranger, json!({"name": ""})).status, 422);
    assert_eq!(patch(&stranger, json!({"name": "x"})).status, 404);
    assert_eq!(patch(&reader, json!({"name": "x"})).status, 403);
    refused(&patch(&owner, json!({"name": "Taken"})), 412, CHANGED);
    let unknown = bodies::unit_entry(Uuid::now_v7());
    let put = json!({"exercises": [unknown]});
    refused(&gym.send_with(&owner, "PUT", &format!("{path}/exercises"), stale, &put), 412, CHANGED);
    let nobody = json!({"email": "nobody@example.com"});
    refused(&gym.send_with(&owner, "PUT", &format!("{path}/access"), stale, &nobody), 412, CHANGED);
    let myself = json!({"email": owner.email});
    refused(&gym.send_with(&owner, "PUT", &format!("{path}/access"), stale, &myself), 412, CHANGED);
    // What needs stored data comes after it, what is named in the path before it.
    let order = json!({"ids": []});
    refused(&gym.send_with(&owner, "PUT", &format!("{path}/exercises/order"), stale, &order), 412, CHANGED);
    let merged = json!({"repsMin": null});
    refused(&gym.send_with(&owner, "PATCH", &format!("{path}/exercises/{entry}"), stale, &merged), 412, CHANGED);
    refused(&gym.ask_with(&owner, "DELETE", &format!("{path}/exercises/0"), stale), 404, "Entry not found");
    let nowhere = unit(Uuid::now_v7());
    let any = gym.send_with(&owner, "PATCH", &nowhere, ("If-Match", "*"), &json!({}));
    refused(&any, 404, "Training unit not found");
    let schedule = gym.mint.training_plan(owner.user_id, "private");
    gym.mint.plan_unit(schedule, id, 1);
    refused(&gym.ask_with(&owner, "DELETE", &path, stale), 412, CHANGED);
    assert_eq!(gym.ask(&owner, "DELETE", &path).status, 409);
    let unit_unknown = json!({"units": [bodies::plan_unit(Uuid::now_v7(), 1)]});
    let answer = gym.send_with(&owner, "PUT", &format!("{}/units", plan(schedule)), stale, &unit_unknown);
    refused(&answer, 412, CHANGED);
    gym.close();
}

/// A grantee writes with the tag of what the grantee has read.
#[test]
fn a_writer_uses_the_own_tag() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let id = gym.mint.training_unit(owner.user_id, "shared");
    gym.mint.unit_access(id, user(&writer), "write");
    for who in [&writer, &owner, &writer] {
        let current = tag(&gym.ask(who, "GET", &unit(id)));
        let sent = json!({"description": Uuid::new_v4().to_string()});
        let answer = gym.send_with(who, "PATCH", &unit(id), ("If-Match", &current), &sent);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let again = gym.send_with(who, "PATCH", &unit(id), ("If-Match", &current), &json!({"description": null}));
        refused(&again, 412, CHANGED);
        let with_answered = gym.send_with(who, "PATCH", &unit(id), ("If-Match", &tag(&answer)), &json!({}));
        assert_eq!(with_answered.status, 200);
    }
    gym.close();
}

#[test]
fn of_many_writes_that_saw_the_same_one_wins() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for thing in things(&mut gym, &owner) {
        let current = tag(&gym.ask(&owner, "GET", &thing.path));
        let write = |n: usize| {
            let write = request("PATCH", &thing.path).header("If-Match", &current);
            (owner.clone(), write.json(&json!({"description": format!("{n}")})))
        };
        let answers = at_once(&gym.app, &(0..20).map(write).collect::<Vec<_>>());
        assert_eq!(statuses(&answers), [[200].as_slice(), &[412; 19]].concat(), "{}", thing.path);
        let winner = answers.iter().find(|answer| answer.status == 200).expect("one wins");
        assert_eq!(tag(winner), tag(&gym.ask(&owner, "GET", &thing.path)));
    }
    gym.close();
}
