//! Training sessions keep an account from being deleted by accident.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{Session, bodies};
use serde_json::json;

use crate::{
    gym::{Gym, mistakes, plan, refused, request, session, unit, user},
    races::at_once,
};

const HISTORY: &str = "User has training history; deactivate the account or delete it with purge=true";

/// A session with one exercise that has two sets.
fn train(gym: &mut Gym, who: &Session) -> String {
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_session(user(who));
    let entry = gym.mint.session_exercise(id, exercise);
    gym.mint.session_set(entry);
    gym.mint.session_set(entry);
    session(id)
}

fn path(who: &Session) -> String {
    format!("/users/{}", user(who))
}

#[test]
fn history_keeps_an_account() {
    let mut gym = Gym::open();
    let superuser = gym.mint.person(Role::Superuser);
    let owner = gym.person();
    let at = train(&mut gym, &owner);
    let template = gym.mint.training_unit(owner.user_id, "public");
    let read = gym.read(&owner, &at);
    let before = gym.mint.fingerprint();
    for query in ["", "?purge=false", "?purge=0", "?purge=no"] {
        refused(&gym.ask(&superuser, "DELETE", &format!("{}{query}", path(&owner))), 409, HISTORY);
    }
    for query in ["?purge=x", "?purge=2", "?purge="] {
        let answer = gym.ask(&superuser, "DELETE", &format!("{}{query}", path(&owner)));
        assert_eq!(mistakes(&answer), "?purge", "{query}");
    }
    refused(&gym.ask(&owner, "DELETE", &format!("{}?purge=true", path(&owner))), 403, FORBIDDEN);
    assert_eq!(gym.mint.fingerprint(), before);
    assert_eq!(gym.read(&owner, &at), read);
    assert_eq!(gym.read(&owner, &unit(template))["createdBy"], json!(user(&owner)));
    // Without the last session it is like any other account.
    gym.delete(&owner, &at);
    gym.delete(&superuser, &path(&owner));
    gym.close();
}

const FORBIDDEN: &str = "Access denied: Superuser privileges required";

#[test]
fn a_purge_takes_the_history_along() {
    let mut gym = Gym::open();
    let superuser = gym.mint.person(Role::Superuser);
    let [owner, other] = gym.people();
    for _ in 0..3 {
        train(&mut gym, &owner);
    }
    let kept = train(&mut gym, &other);
    let [private, public] = ["private", "public"].map(|status| gym.mint.training_unit(owner.user_id, status));
    let schedule = gym.mint.training_plan(owner.user_id, "public");
    let started =
        gym.create(&other, "/training-sessions", &bodies::training_session(json!({"trainingUnitId": public})));
    let before = [kept.clone(), crate::gym::under("/training-sessions", &started)].map(|at| gym.read(&other, &at));
    gym.delete(&superuser, &format!("{}?purge=true", path(&owner)));
    for (table, count) in [("training_sessions", 2), ("training_session_exercises", 1), ("training_session_sets", 2)] {
        assert_eq!(gym.count(&format!("SELECT count(*) FROM {table}")), count, "{table}");
    }
    refused(&gym.ask(&superuser, "GET", &path(&owner)), 404, "User not found");
    let after = [kept, crate::gym::under("/training-sessions", &started)].map(|at| gym.read(&other, &at));
    assert_eq!(after, before, "nothing of others");
    assert_eq!(gym.ask(&other, "GET", &unit(private)).status, 404);
    for at in [unit(public), plan(schedule)] {
        assert!(gym.read(&other, &at)["createdBy"].is_null(), "templates go their own way: {at}");
    }
    gym.close();
}

#[test]
fn a_purge_of_who_never_trained_is_a_deletion() {
    let mut gym = Gym::open();
    let superuser = gym.mint.person(Role::Superuser);
    for query in ["?purge=true", "?purge=1", "?purge=yes", "?purge=false", ""] {
        let owner = gym.person();
        gym.delete(&superuser, &format!("{}{query}", path(&owner)));
        let again = gym.ask(&superuser, "DELETE", &format!("{}{query}", path(&owner)));
        refused(&again, 404, "User not found");
    }
    gym.close();
}

/// The exercises of who went stay while a session of somebody else refers to them.
#[test]
fn a_purge_removes_exercises_that_nobody_else_did() {
    let mut gym = Gym::open();
    let superuser = gym.mint.person(Role::Superuser);
    let [owner, other] = gym.people();
    let [own, done] = [(); 2].map(|()| gym.mint.exercise(owner.user_id));
    for (who, exercise) in [(&owner, own), (&owner, done), (&other, done)] {
        let id = gym.mint.training_session(user(who));
        gym.mint.session_exercise(id, exercise);
    }
    gym.delete(&superuser, &format!("{}?purge=true", path(&owner)));
    for (exercise, count) in [(own, 0), (done, 1)] {
        assert_eq!(gym.count(&format!("SELECT count(*) FROM exercises WHERE id = '{exercise}'")), count);
    }
    assert_eq!(gym.read(&other, &format!("/training-sessions?exerciseId={done}"))["total"], 1);
    gym.close();
}

#[test]
fn the_end_of_an_account_meets_its_training() {
    let mut gym = Gym::open();
    let superuser = gym.mint.person(Role::Superuser);
    let body = bodies::training_session(json!({}));
    for round in 0..8 {
        let owner = gym.person();
        let has_trained = round % 2 == 0;
        let at = has_trained.then(|| train(&mut gym, &owner));
        let query = if round % 4 < 2 { "?purge=true" } else { "" };
        let mut requests = vec![(superuser.clone(), request("DELETE", &format!("{}{query}", path(&owner))))];
        requests.extend((0..4).map(|_| (owner.clone(), request("POST", "/training-sessions").json(&body))));
        requests.extend(at.iter().map(|at| (owner.clone(), request("POST", &format!("{at}/finish")))));
        let answers = at_once(&gym.app, &requests);
        let is_gone = answers[0].status == 204;
        if !is_gone {
            refused(&answers[0], 409, HISTORY);
        }
        assert!(is_gone || query.is_empty(), "a purge is not kept from it: {}", answers[0].text());
        assert!(!is_gone || !query.is_empty() || !has_trained, "there was history");
        let expected: &[u16] = if is_gone { &[200, 201, 401, 404] } else { &[200, 201] };
        for answer in &answers[1..] {
            assert!(expected.contains(&answer.status), "{} {}", answer.status, answer.text());
        }
        let left = format!("SELECT count(*) FROM training_sessions WHERE user_id = '{}'", user(&owner));
        let landed = answers[1..5].iter().filter(|answer| answer.status == 201).count() + usize::from(has_trained);
        let expected = if is_gone { 0 } else { i64::try_from(landed).unwrap_or_default() };
        assert_eq!(gym.count(&left), expected, "round {round}");
    }
    gym.close();
}
