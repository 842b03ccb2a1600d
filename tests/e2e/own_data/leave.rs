//! `DELETE /access/me`.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, password, sign_in},
    http::{Request, Response},
};
use serde_json::json;

use super::{furnish, member};
use crate::{
    gym::{Gym, mistakes, plan, refused, request, unit, user},
    races::{at_once, statuses},
};

const WRONG: &str = "Current password is incorrect";

fn leaving(password: &str) -> Request {
    request("DELETE", "/access/me").json(&json!({"password": password}))
}

fn leave(gym: &Gym, who: &Session, password: &str) -> Response {
    gym.app.send_as(who, leaving(password))
}

#[test]
fn whoever_leaves_takes_everything_private_along() {
    let mut gym = Gym::open();
    let owner = member(&gym, Role::ApplicationAccess);
    let elsewhere = gym.app.sign_in(&owner.email, password());
    let other = gym.person();
    furnish(&mut gym, &owner, "mine");
    let kept = furnish(&mut gym, &other, "not mine");
    let [public, private] = ["public", "private"].map(|status| gym.mint.training_unit(owner.user_id, status));
    let schedule = gym.mint.training_plan(owner.user_id, "public");
    let answer = leave(&gym, &owner, password());
    assert_eq!(answer.status, 204, "{}", answer.text());
    let names: Vec<_> = answer.set_cookies().iter().map(|cookie| cookie.name.clone()).collect();
    assert_eq!(names, ["access_token", "refresh_token"], "both cookies are deleted");
    for session in [&owner, &elsewhere] {
        assert_eq!(gym.ask(session, "GET", "/access/me").status, 401);
    }
    assert_eq!(gym.app.send(&sign_in(&owner.email, password())).status, 401);
    for at in [unit(public), plan(schedule)] {
        assert!(gym.read(&other, &at)["createdBy"].is_null(), "{at}");
    }
    assert_eq!(gym.ask(&other, "GET", &unit(private)).status, 404);
    gym.read(&other, &kept);
    assert_eq!(gym.count("SELECT count(*) FROM training_sessions"), 1);
    let sql = "SELECT count(*) FROM audit_event WHERE kind = 'account-deleted' AND subject_id = actor_id";
    assert_eq!(gym.count(sql), 1);
    gym.close();
}

#[test]
fn a_wrong_password_changes_nothing() {
    let mut gym = Gym::open();
    let owner = member(&gym, Role::ApplicationAccess);
    let at = furnish(&mut gym, &owner, "mine");
    let before = gym.mint.fingerprint();
    for wrong in ["Passw0rd?", "x"] {
        refused(&leave(&gym, &owner, wrong), 401, WRONG);
    }
    for (sent, expected) in [
        (json!({}), "/password"),
        (json!({"password": null}), "/password"),
        (json!({"password": 5}), "/password"),
        (json!({"password": password(), "purge": true}), "/purge"),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "DELETE", "/access/me", &sent)), expected, "{sent}");
    }
    assert_eq!(gym.ask(&owner, "DELETE", "/access/me").status, 422, "without a body");
    refused(&leave(&gym, &Session::anonymous(), password()), 401, "Not authenticated");
    gym.read(&owner, &at);
    let unchanged = |prints: Vec<(String, i64, i64)>| -> Vec<_> {
        prints.into_iter().filter(|(table, ..)| table != "audit_event").collect()
    };
    assert_eq!(unchanged(gym.mint.fingerprint()), unchanged(before));
    gym.close();
}

#[test]
fn who_must_stay_stays() {
    let app = App::start_with(&[("ADMIN_EMAIL", "The.Admin@example.com")]);
    let gym = Gym { mint: app.mint(), app };
    let superuser = member(&gym, Role::Superuser);
    refused(&leave(&gym, &superuser, password()), 409, "The last active superuser cannot be removed");
    let second = member(&gym, Role::Superuser);
    gym.app.insert_account("the.admin@example.com", Role::Superuser, true);
    let administrator = gym.app.sign_in("the.admin@example.com", password());
    refused(
        &leave(&gym, &administrator, password()),
        409,
        "The primary system administrator account cannot be deleted",
    );
    assert_eq!(leave(&gym, &second, password()).status, 204);
    gym.close();
}

/// Ten thousand sessions, all of them started from a unit that goes as well.
#[test]
fn a_long_planned_history_goes_as_well() {
    let mut gym = Gym::open();
    let owner = member(&gym, Role::ApplicationAccess);
    let id = user(&owner);
    let exercise = gym.mint.exercise(Some(id));
    let private = gym.mint.training_unit(Some(id), "private");
    let entry = gym.mint.unit_entry(private, exercise);
    gym.mint.execute("INSERT INTO training_histories (user_id, history_version) VALUES ($1, 1)", &[&id]);
    let sql = "INSERT INTO training_sessions (id, user_id, user_timezone, training_unit_id, unit_name_snapshot) \
               SELECT gen_random_uuid(), $1, 'UTC', $2, 'A' FROM generate_series(1, 10000)";
    assert_eq!(gym.mint.execute(sql, &[&id, &private]), 10_000);
    let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
               exercise_name_snapshot, mode_snapshot, order_index, planned_unit_exercise_id, order_index_snapshot, \
               sets_snapshot) SELECT s.id, s.user_id, $1, 'X', 'reps', n, $2, n, 3 \
               FROM training_sessions s, generate_series(0, 4) AS n";
    assert_eq!(gym.mint.execute(sql, &[&exercise, &entry]), 50_000);
    let answer = leave(&gym, &owner, password());
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(gym.count("SELECT count(*) FROM training_session_exercises"), 0);
    gym.close();
}

/// Of two last superusers who leave at once, one stays.
#[test]
fn the_last_two_cannot_leave_together() {
    let gym = Gym::open();
    let both = [member(&gym, Role::Superuser), member(&gym, Role::Superuser)];
    let requests = both.map(|who| (who, leaving(password())));
    assert_eq!(statuses(&at_once(&gym.app, &requests)), [204, 409]);
    gym.close();
}

/// A session that is started while its owner leaves is gone with them, or was refused.
#[test]
fn nothing_is_left_behind_by_requests_on_the_way() {
    let mut gym = Gym::open();
    for _ in 0..10 {
        let owner = member(&gym, Role::ApplicationAccess);
        let start = request("POST", "/training-sessions").json(&bodies::training_session(json!({})));
        let mut requests = vec![(owner.clone(), start); 6];
        requests[0].1 = leaving(password());
        let answers = at_once(&gym.app, &requests);
        assert_eq!(answers[0].status, 204, "{}", answers[0].text());
        for answer in &answers[1..] {
            assert!([201, 401].contains(&answer.status), "{} {}", answer.status, answer.text());
        }
        let left = format!("SELECT count(*) FROM training_sessions WHERE user_id = '{}'", user(&owner));
        assert_eq!(gym.count(&left), 0);
    }
    gym.close();
}
