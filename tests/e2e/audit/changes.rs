//! What changes something is recorded with it, by whoever did it, and what changes nothing is not.

use std::collections::BTreeMap;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, AuditRow, Process, Session, TestDatabase, bodies, body, password, sign_in, unique_email},
    http::Request,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{assert_events, ours, row, send_as, start};

/// Signs in as our client; the session is the newest one.
fn signed_in(app: &App, user: Uuid, email: &str, password: &str) -> Session {
    let answer = app.send(&ours(sign_in(email, password)));
    assert_eq!(answer.status, 204, "{}", answer.text());
    let sql = "SELECT id FROM user_session WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1";
    let id = app.database.connect().query_one(sql, &[&user]).expect("there is a session").get(0);
    Session { user_id: Some(user), session_id: Some(id), email: email.to_owned(), ..Session::of(&answer) }
}

#[test]
fn owners_of_accounts() {
    let app = start(&[]);
    let email = unique_email();
    let answer = app.send(&ours(Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&email))));
    let user: Uuid = body(&answer)["id"].as_str().and_then(|id| id.parse().ok()).expect("the account has an id");
    let [one, two, three, four] = [(); 4].map(|()| signed_in(&app, user, &email, password()));
    let send = |who: &Session, request: Request| {
        let answer = send_as(&app, who, request);
        assert_eq!(answer.status, 204, "{}", answer.text());
        answer
    };

    let id = |who: &Session| who.session_id.expect("the session is known");
    send(&one, Request::new("DELETE", &format!("/api/v1/access/sessions/{}", id(&two))));
    send(&one, Request::new("DELETE", &format!("/api/v1/access/sessions/{}", id(&one))));
    send(&three, Request::new("DELETE", "/api/v1/access/sessions"));
    assert_eq!(app.get(&four, "/api/v1/access/me").status, 401);
    send(&three, Request::new("POST", "/api/v1/access/logout"));

    let stolen = signed_in(&app, user, &email, password());
    let refresh = || Request::new("POST", "/api/v1/access/refresh-jwt");
    send(&stolen, refresh());
    let thief = app.send_as(&stolen, refresh().header("X-Real-IP", "192.0.2.66").header("User-Agent", "thief/1.0"));
    assert_eq!(thief.status, 401, "{}", thief.text());

    let [five, six] = [(); 2].map(|()| signed_in(&app, user, &email, password()));
    let change = json!({"currentPassword": password(), "newPassword": "Another_1"});
    send(&five, Request::new("PATCH", "/api/v1/access/password-update").json(&change));

    let by =
        |kind: &str, session: &Session, details: Value| row(kind, Some(user), Some(user), session.session_id, details);
    let start = |session| by("signed-in", session, json!({}));
    let created = json!({"role": "application-access", "active": true});
    assert_events(
        &app.database.audit_trail(&[]),
        &[
            row("account-created", None, Some(user), None, created),
            start(&one),
            start(&two),
            start(&three),
            start(&four),
            by("session-ended", &one, json!({"ended": two.session_id})),
            by("session-ended", &one, json!({"ended": one.session_id})),
            by("other-sessions-ended", &three, json!({"sessions": 1})),
            by("signed-out", &three, json!({})),
            start(&stolen),
            AuditRow {
                address: Some("192.0.2.66".into()),
                user_agent: Some("thief/1.0".into()),
                ..row("refresh-token-reused", None, Some(user), stolen.session_id, json!({}))
            },
            start(&five),
            start(&six),
            by("password-changed", &five, json!({"sessions": 2})),
        ],
    );
    app.database.assert_invariants(true);
}

#[test]
fn administrators() {
    let app = start(&[]);
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let send = |method: &str, path: &str, sent: Option<&Value>| {
        let request = Request::new(method, path);
        let answer = send_as(&app, &superuser, sent.iter().fold(request, |request, sent| request.json(sent)));
        assert!(answer.status < 300, "{method} {path} {sent:?}: {}", answer.text());
        answer
    };
    let email = unique_email();
    let wanted = bodies::with(bodies::user(&email), "isActive", json!(false));
    let user = body(&send("POST", "/api/v1/users", Some(&wanted)))["id"].clone();
    let user: Uuid = user.as_str().and_then(|id| id.parse().ok()).expect("the account has an id");
    let path = format!("/api/v1/users/{user}");
    let patch = |sent: Value| send("PATCH", &path, Some(&sent));
    patch(json!({"isActive": true}));
    for (action, slug) in [("assign", "fitness-trainer"), ("revoke", "fitness-trainer"), ("assign", "superuser")] {
        send("PATCH", &format!("/api/v1/roles/{email}/{action}"), Some(&json!({"roleSlug": slug})));
    }
    patch(json!({"isSuperuser": false}));
    patch(json!({"isSuperuser": true, "name": "Jo"}));
    mint.session(user, &email);
    patch(json!({"password": "set by somebody else"}));
    mint.session(user, &email);
    mint.session(user, &email);
    patch(json!({"isActive": false, "isSuperuser": false, "password": "once more"}));
    // What is as it is already is no event.
    patch(json!({"isActive": false, "isSuperuser": false, "name": "Al", "email": format!("x{email}")}));
    patch(json!({"isActive": true}));
    mint.session(user, &email);
    send("DELETE", &path, None);

    let by = |kind: &str, details: Value| row(kind, superuser.user_id, Some(user), superuser.session_id, details);
    let role = |from: &str, to: &str| by("role-changed", json!({"from": from, "to": to}));
    let (plain, trainer, boss) = ("application-access", "fitness-trainer", "superuser");
    assert_events(
        &app.database.audit_trail(&[]),
        &[
            by("account-created", json!({"role": plain, "active": false})),
            by("account-activated", json!({})),
            role(plain, trainer),
            role(trainer, plain),
            role(plain, boss),
            role(boss, plain),
            role(plain, boss),
            by("password-reset", json!({"sessions": 1})),
            role(boss, plain),
            by("password-reset", json!({"sessions": 2})),
            by("account-deactivated", json!({"sessions": 2})),
            by("account-activated", json!({})),
            by("account-deleted", json!({"role": plain, "sessions": 1})),
        ],
    );
    app.database.assert_invariants(true);
}

#[test]
fn the_command_line() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let environment = BTreeMap::from([("DATABASE_URL".to_owned(), database.url.clone())]);
    let arguments = ["server", "dev", "--port", "0", "--workers", "1", "--bootstrap"];
    for _again in 0..2 {
        let mut process = Process::start(&arguments, folder.path(), &environment);
        process.wait_until_ready();
        process.signal("TERM");
        assert!(process.wait().status.success());
    }
    let sql = "SELECT id FROM user_account";
    let user = database.connect().query_one(sql, &[]).expect("there is one account").get(0);
    let details = json!({"role": "superuser", "active": true, "via": "command-line"});
    let created =
        AuditRow { address: None, user_agent: None, ..row("account-created", None, Some(user), None, details) };
    assert_events(&database.audit_trail(&[]), &[created]);
}

/// Refused requests, and those that find nothing to do.
#[test]
fn what_changes_nothing_leaves_no_event() {
    let app = start(&[]);
    let mut mint = app.mint();
    let [superuser, other] = [(); 2].map(|()| mint.person(Role::Superuser));
    let user = mint.person(Role::ApplicationAccess);
    let path = |who: &Session| format!("/api/v1/users/{}", who.user_id.unwrap_or_default());
    let json = |method: &str, path: &str, sent: Value| Request::new(method, path).json(&sent);
    let role = |who: &Session, action: &str, slug: &str| {
        json("PATCH", &format!("/api/v1/roles/{}/{action}", who.email), json!({"roleSlug": slug}))
    };
    let nobody = Uuid::now_v7();
    let foreign_token = Session { refresh: other.refresh.clone(), ..user.clone() };
    for (who, request, status) in [
        (&user, Request::new("DELETE", "/api/v1/access/sessions"), 204),
        (&user, Request::new("DELETE", &format!("/api/v1/access/sessions/{nobody}")), 404),
        (
            &user,
            Request::new("DELETE", &format!("/api/v1/access/sessions/{}", other.session_id.unwrap_or_default())),
            404,
        ),
        (&foreign_token, Request::new("POST", "/api/v1/access/logout"), 401),
        (&user, Request::new("DELETE", &path(&other)), 403),
        (&user, json("PATCH", "/api/v1/access/me", json!({"name": "Jo"})), 200),
        (&superuser, Request::new("DELETE", &path(&superuser)), 403),
        (&superuser, json("PATCH", &path(&superuser), json!({"isSuperuser": false})), 403),
        (&superuser, Request::new("DELETE", &format!("/api/v1/users/{nobody}")), 404),
        (&superuser, json("PATCH", &path(&user), json!({})), 200),
        (&superuser, json("PATCH", &path(&user), json!({"email": other.email, "isSuperuser": true})), 409),
        (&superuser, json("POST", "/api/v1/users", bodies::user(&user.email)), 409),
        (&superuser, json("POST", "/api/v1/access/signup", bodies::sign_up(&user.email)), 409),
        (&superuser, role(&other, "assign", "superuser"), 409),
        (&superuser, role(&user, "revoke", "superuser"), 409),
    ] {
        let what = format!("{} {}", request.method, request.path);
        assert_eq!(send_as(&app, who, request).status, status, "{what}");
        assert_events(&app.database.audit_trail(&[]), &[]);
    }
}

/// Everything is done and recorded, and then the commit fails.
#[test]
fn a_change_that_fails_at_the_last_moment_leaves_no_event() {
    let app = start(&[]);
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let user = mint.person(Role::ApplicationAccess);
    for table in ["user_account", "user_session"] {
        let sql = format!(
            "CREATE CONSTRAINT TRIGGER fail_at_commit AFTER INSERT OR UPDATE OR DELETE ON {table} \
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        );
        mint.execute(&sql, &[]);
    }
    let before = app.database.contents();
    let path = format!("/api/v1/users/{}", user.user_id.unwrap_or_default());
    let assign = format!("/api/v1/roles/{}/assign", user.email);
    let change = json!({"currentPassword": password(), "newPassword": password()});
    for (who, request) in [
        (&user, sign_in(&user.email, password())),
        (&user, Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&unique_email()))),
        (&user, Request::new("POST", "/api/v1/access/logout")),
        (&user, Request::new("PATCH", "/api/v1/access/password-update").json(&change)),
        (&superuser, Request::new("POST", "/api/v1/users").json(&bodies::user(&unique_email()))),
        (&superuser, Request::new("PATCH", &path).json(&json!({"isActive": false}))),
        (&superuser, Request::new("PATCH", &assign).json(&json!({"roleSlug": "fitness-trainer"}))),
        (&superuser, Request::new("DELETE", &path)),
    ] {
        let what = format!("{} {}", request.method, request.path);
        assert_eq!(send_as(&app, who, request).status, 500, "{what}");
        app.database.assert_unchanged(&before, &what);
    }
    let log = app.process.log();
    assert!(!log.contains("kind="), "the log tells what did not happen:\n{log}");
}

/// Two superusers remove each other at the same moment: as many events as removals.
#[test]
fn the_loser_of_a_race_leaves_no_event() {
    let app = start(&[]);
    let mut mint = app.mint();
    for round in 0..5 {
        mint.execute("UPDATE user_account SET is_active = false WHERE is_superuser", &[]);
        mint.execute("DELETE FROM user_session", &[]);
        let people = [(); 2].map(|()| mint.person(Role::Superuser));
        let remove = |by: &Session, of: &Session| {
            let path = format!("/api/v1/users/{}", of.user_id.unwrap_or_default());
            send_as(&app, by, Request::new("PATCH", &path).json(&json!({"isSuperuser": false}))).status
        };
        let statuses = std::thread::scope(|scope| {
            let [one, other] = &people;
            let first = scope.spawn(move || remove(one, other));
            [remove(other, one), first.join().expect("an answer")]
        });
        let removals = statuses.iter().filter(|status| **status == 200).count();
        assert_eq!(removals, 1, "round {round}: {statuses:?}");
        assert_eq!(app.database.audit_trail(&["role-changed"]).len(), round + 1, "round {round}: {statuses:?}");
    }
}
