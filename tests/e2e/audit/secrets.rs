//! Neither the trail nor the log holds anything with which somebody could get in.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, password, sign_in, unique_email},
    http::Request,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{AGENT, ours, send_as};

#[test]
fn no_secret_and_nothing_that_was_typed_is_kept() {
    let app = App::start_with(&[
        ("APP_ENVIRONMENT", "prod"),
        ("COOKIE_SECURE", "true"),
        ("LOG_LEVEL", "debug"),
        ("JWT_PRIVATE_KEY", &irontrack_auth::generate_jwk().expect("a key can be made")),
    ]);
    let typed = "Typed_in_the_wrong_field1!";
    let (wrong, next, set) = ("Wrong_pass1!", "Next_pass1!", "Set by the boss");
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let boss = unique_email();
    app.insert_account(&boss, Role::Superuser, true);
    let mut secrets: Vec<String> = [typed, wrong, next, set, password(), "$argon2"].map(str::to_owned).to_vec();
    let keep = |secrets: &mut Vec<String>, session: &Session| {
        secrets.extend([session.access.clone(), session.refresh.clone()].into_iter().flatten());
        let sql = "SELECT refresh_id FROM user_session UNION ALL \
                   SELECT previous_refresh_id FROM user_session WHERE previous_refresh_id IS NOT NULL";
        let ids = app.database.connect().query(sql, &[]).expect("refresh ids can be read");
        secrets.extend(ids.iter().map(|row| row.get::<_, Uuid>(0).to_string()));
        let hashes = app.database.connect().query("SELECT password FROM user_account", &[]).expect("hashes");
        secrets.extend(hashes.iter().map(|row| row.get::<_, String>(0)));
    };
    let signed_in = |secrets: &mut Vec<String>, email: &str, password: &str| {
        let session = Session::of(&app.send(&ours(sign_in(email, password))));
        assert!(session.access.is_some(), "{email} is signed in");
        keep(secrets, &session);
        session
    };

    for (email, password) in [(typed, wrong), (email.as_str(), typed), (email.as_str(), wrong)] {
        assert_eq!(app.send(&ours(sign_in(email, password))).status, 401);
    }
    let old = signed_in(&mut secrets, &email, password());
    let new = Session::of(&send_as(&app, &old, Request::new("POST", "/api/v1/access/refresh-jwt")));
    keep(&mut secrets, &new);
    let thief = app.send_as(&old, Request::new("POST", "/api/v1/access/refresh-jwt").header("User-Agent", "thief/1.0"));
    assert_eq!(thief.status, 401);
    let session = signed_in(&mut secrets, &email, password());
    let change = |current: &str, status| {
        let sent = json!({"currentPassword": current, "newPassword": next});
        let answer = send_as(&app, &session, Request::new("PATCH", "/api/v1/access/password-update").json(&sent));
        assert_eq!(answer.status, status, "{}", answer.text());
    };
    change(wrong, 401);
    change(password(), 204);
    let last = signed_in(&mut secrets, &email, next);
    assert_eq!(send_as(&app, &last, Request::new("POST", "/api/v1/access/logout")).status, 204);
    let boss = signed_in(&mut secrets, &boss, password());
    let path = format!("/api/v1/users/{id}");
    let reset = Request::new("PATCH", &path).json(&json!({"password": set}));
    assert_eq!(send_as(&app, &boss, reset).status, 200);
    keep(&mut secrets, &boss);
    assert_eq!(send_as(&app, &boss, Request::new("DELETE", &path)).status, 204);

    assert_eq!(app.database.wait_for_audit(&["sign-in-failed", "password-refused"], 4).len(), 4);
    let rows = app.database.connect().query("SELECT e::text FROM audit_event e", &[]).expect("the trail can be read");
    let trail: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let log = app.process.wait_for_log("account deleted, sessions ended");
    assert!(secrets.len() > 20, "the test knows the secrets");
    for secret in &secrets {
        assert!(!log.contains(secret), "the log holds {secret}:\n{log}");
        assert!(!trail.iter().any(|row| row.contains(secret)), "the trail holds {secret}: {trail:#?}");
    }
    every_event_is_a_line(&log, &app, id);
}

/// One line for each row, with the same fields, in the span of its request.
fn every_event_is_a_line(log: &str, app: &App, user: Uuid) {
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("lines are JSON")).collect();
    let lines: Vec<&Value> = lines.iter().filter(|line| line["target"] == "audit").collect();
    let mut told: Vec<_> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    let rows = app.database.audit_trail(&[]);
    let mut stored: Vec<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    told.sort_unstable();
    stored.sort_unstable();
    assert_eq!(told, stored, "as many lines as rows of each kind");
    for line in lines {
        let kind = line["kind"].as_str().unwrap_or_default();
        assert!(line["span"]["request_id"].is_string(), "{line}");
        let level = if kind == "refresh-token-reused" { "WARN" } else { "INFO" };
        assert_eq!(line["level"], level, "{line}");
        assert_eq!(line["address"], "127.0.0.1", "{line}");
        let row = rows.iter().find(|row| {
            let same = |field: &str, id: Option<Uuid>| line[field].as_str() == id.map(|id| id.to_string()).as_deref();
            row.kind == kind && same("actor", row.actor) && same("subject", row.subject) && same("session", row.session)
        });
        let row = row.unwrap_or_else(|| panic!("no row says {line}"));
        assert_eq!(line["user_agent"].as_str(), row.user_agent.as_deref(), "{line}");
        if let Some(details) = line["details"].as_str() {
            let details: Value = serde_json::from_str(details).expect("details are JSON");
            assert!(rows.iter().any(|row| row.kind == kind && row.details == details), "{line}");
        }
    }
    let deleted = rows.iter().find(|row| row.kind == "account-deleted").expect("a row");
    assert_eq!((deleted.subject, deleted.user_agent.as_deref()), (Some(user), Some(AGENT)));
}
