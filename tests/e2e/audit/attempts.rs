//! What is refused is recorded a little later, and by whom only as far as it is known.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, AuditRow, Session, bodies, password, sign_in, unique_email},
    http::Request,
};
use serde_json::json;
use uuid::Uuid;

use super::{assert_events, ours, row, send_as, start};

const WRONG: &str = "Wrong_pass1!";

fn try_in(app: &App, email: &str, password: &str, status: u16) {
    let answer = app.send(&ours(sign_in(email, password)));
    assert_eq!(answer.status, status, "{email}: {}", answer.text());
}

fn failed(subject: Option<Uuid>, reason: &str) -> AuditRow {
    row("sign-in-failed", None, subject, None, json!({"reason": reason}))
}

fn limit(name: &str) -> AuditRow {
    row("rate-limit-reached", None, None, None, json!({"limit": name}))
}

fn change_password(app: &App, who: &Session, status: u16) {
    let sent = json!({"currentPassword": WRONG, "newPassword": password()});
    let answer = send_as(app, who, Request::new("PATCH", "/api/v1/access/password-update").json(&sent));
    assert_eq!(answer.status, status, "{}", answer.text());
}

#[test]
fn failed_proofs_of_identity() {
    let app = start(&[]);
    let [known, inactive, unknown] = [(); 3].map(|()| unique_email());
    let known_id = app.insert_account(&known, Role::ApplicationAccess, true);
    let inactive_id = app.insert_account(&inactive, Role::ApplicationAccess, false);
    try_in(&app, &known.to_uppercase(), WRONG, 401);
    try_in(&app, &inactive, WRONG, 401);
    try_in(&app, &inactive, password(), 401);
    try_in(&app, &unknown, password(), 401);
    try_in(&app, "no address at all", password(), 401);
    // Wrong input is no attempt.
    try_in(&app, &known, "", 422);
    let person = app.mint().person(Role::ApplicationAccess);
    change_password(&app, &person, 401);
    assert_events(
        &app.database.wait_for_audit(&[], 6),
        &[
            failed(Some(known_id), "wrong-password"),
            failed(Some(inactive_id), "wrong-password"),
            failed(Some(inactive_id), "inactive"),
            failed(None, "unknown-account"),
            failed(None, "unknown-account"),
            row("password-refused", person.user_id, person.user_id, person.session_id, json!({})),
        ],
    );
    let times = "SELECT bool_and(occurred_at BETWEEN now() - interval '1 minute' AND now()) FROM audit_event";
    assert!(app.database.connect().query_one(times, &[]).expect("times").get::<_, bool>(0));
}

#[test]
fn limits_once_for_each_place() {
    let app = start(&[
        ("RATE_LIMIT_ENABLED", "true"),
        ("RATE_LIMIT_SIGN_IN_ACCOUNT", "1"),
        ("RATE_LIMIT_SIGN_IN_ADDRESS", "2"),
        ("RATE_LIMIT_SIGN_UP", "1"),
        ("RATE_LIMIT_REFRESH", "1"),
        ("RATE_LIMIT_PASSWORD_CHANGE", "1"),
    ]);
    let mut mint = app.mint();
    let person = mint.person(Role::ApplicationAccess);
    let [one, other] = [(); 2].map(|()| unique_email());
    for (email, status) in [(&one, 401), (&one, 429), (&one, 429), (&other, 401), (&other, 429), (&one, 429)] {
        try_in(&app, email, WRONG, status);
    }
    for status in [201, 429, 429] {
        let sign_up = Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&unique_email()));
        assert_eq!(app.send(&ours(sign_up)).status, status);
    }
    for status in [401, 429, 429] {
        change_password(&app, &person, status);
    }
    let mut tokens = person.clone();
    for status in [204, 429, 429] {
        let answer = send_as(&app, &tokens, Request::new("POST", "/api/v1/access/refresh-jwt"));
        assert_eq!(answer.status, status, "{}", answer.text());
        if status == 204 {
            tokens = Session::of(&answer);
        }
    }
    let own = |actor, name| row("rate-limit-reached", actor, person.user_id, person.session_id, json!({"limit": name}));
    assert_events(
        &app.database.wait_for_audit(&["sign-in-failed", "rate-limit-reached", "password-refused"], 8),
        &[
            failed(None, "unknown-account"),
            limit("sign-in-account"),
            failed(None, "unknown-account"),
            limit("sign-in-address"),
            limit("sign-up"),
            row("password-refused", person.user_id, person.user_id, person.session_id, json!({})),
            own(person.user_id, "password-change"),
            // Who holds a token need not be its owner.
            own(None, "refresh"),
        ],
    );
    let log = app.process.wait_for_log("rate limit reached");
    assert_eq!(log.matches("rate limit reached").count(), 5, "one line for each event:\n{log}");
}

#[test]
fn a_sign_in_that_comes_too_late_is_one_that_failed() {
    let app = start(&[]);
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let mut changing = app.database.connect();
    let mut change = changing.transaction().expect("a transaction");
    change.execute("UPDATE user_account SET password = 'changed' WHERE id = $1", &[&id]).expect("a change");
    std::thread::scope(|scope| {
        let signing_in = scope.spawn(|| try_in(&app, &email, password(), 401));
        let waiting =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut database = app.database.connect();
        while database.query_one(waiting, &[]).expect("a count").get::<_, i64>(0) == 0 {
            assert!(!signing_in.is_finished(), "the sign-in did not look at the account again");
        }
        change.commit().expect("the change is committed");
    });
    assert_events(&app.database.wait_for_audit(&[], 1), &[failed(Some(id), "changed-meanwhile")]);
}
