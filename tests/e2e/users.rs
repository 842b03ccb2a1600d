//! Accounts as superusers administer them.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body, password, sign_in, unique_email},
    http::{Request, Response},
};
use serde_json::{Value, json};

const LAST: &str = "The last active superuser cannot be removed";

fn path(user: &Session) -> String {
    format!("/api/v1/users/{}", user.user_id.unwrap_or_default())
}

fn refused(answer: &Response, status: u16, detail: &str) {
    let seen = (answer.status, body(answer)["detail"].as_str().unwrap_or_default().to_owned());
    assert_eq!(seen, (status, detail.to_owned()));
}

fn change(app: &App, who: &Session, user: &Session, sent: &Value) -> Response {
    app.send_as(who, Request::new("PATCH", &path(user)).json(sent))
}

fn is_alive(app: &App, who: &Session) -> bool {
    app.get(who, "/api/v1/access/me").status == 200
}

#[test]
fn a_new_password_by_a_superuser_ends_all_sessions_of_the_user() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let here = mint.person(Role::ApplicationAccess);
    let there = mint.session(here.user_id.unwrap_or_default(), &here.email);
    assert_eq!(change(&app, &superuser, &here, &json!({"name": "Jo", "password": null})).status, 200);
    assert!(is_alive(&app, &here) && is_alive(&app, &there), "no password, no end");
    assert_eq!(change(&app, &superuser, &here, &json!({"password": "no classes"})).status, 200);
    for session in [&here, &there] {
        refused(&app.get(session, "/api/v1/access/me"), 401, "Invalid credentials");
        refused(&app.send_as(session, Request::new("POST", "/api/v1/access/refresh-jwt")), 401, "Invalid credentials");
    }
    assert!(is_alive(&app, &superuser));
    assert_eq!(app.send(&sign_in(&here.email, password())).status, 401);
    assert_eq!(app.send(&sign_in(&here.email, "no classes")).status, 204);
    app.database.assert_invariants(true);
}

#[test]
fn a_deactivated_user_is_out_at_once_and_old_sessions_stay_ended() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let user = mint.person(Role::ApplicationAccess);
    assert!(is_alive(&app, &user));
    let answer = change(&app, &superuser, &user, &json!({"isActive": false}));
    assert_eq!((answer.status, body(&answer)["isActive"].clone()), (200, json!(false)));
    let unavailable = "Invalid credentials or account is unavailable";
    refused(&app.get(&user, "/api/v1/access/me"), 401, unavailable);
    refused(&app.send_as(&user, Request::new("POST", "/api/v1/access/refresh-jwt")), 401, unavailable);
    refused(&app.send(&sign_in(&user.email, password())), 401, unavailable);
    app.database.assert_invariants(true);

    assert_eq!(change(&app, &superuser, &user, &json!({"isActive": true})).status, 200);
    refused(&app.get(&user, "/api/v1/access/me"), 401, "Invalid credentials");
    assert_eq!(app.send(&sign_in(&user.email, password())).status, 204);
}

#[test]
fn a_deleted_user_takes_custom_exercises_and_sessions_along() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let [user, other] = [(); 2].map(|()| mint.person(Role::ApplicationAccess));
    let [own, hidden] = [(); 2].map(|()| mint.exercise(user.user_id));
    let others = mint.exercise(other.user_id);
    mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&hidden]);
    let system = |app: &App| body(&app.get(&superuser, "/api/v1/exercises?scope=system"))["total"].clone();
    let before = system(&app);

    let answer = app.send_as(&superuser, Request::new("DELETE", &path(&user)));
    assert_eq!(answer.status, 204, "{}", answer.text());
    refused(&app.get(&user, "/api/v1/access/me"), 401, "Invalid authentication credentials");
    refused(
        &app.send_as(&user, Request::new("POST", "/api/v1/access/refresh-jwt")),
        401,
        "Invalid authentication credentials",
    );
    refused(&app.get(&superuser, &path(&user)), 404, "User not found");
    refused(&app.send_as(&superuser, Request::new("DELETE", &path(&user))), 404, "User not found");
    refused(&change(&app, &superuser, &user, &json!({})), 404, "User not found");
    refused(&app.get(&superuser, &format!("/api/v1/exercises/{own}")), 404, "Exercise not found");
    assert_eq!(app.get(&other, &format!("/api/v1/exercises/{others}")).status, 200);
    assert_eq!(system(&app), before, "nobody's exercises do not become those of the system");
    let sql = "SELECT count(*) FROM exercises WHERE id IN ($1, $2)";
    let left: i64 = mint.database.query_one(sql, &[&own, &hidden]).expect("exercises can be counted").get(0);
    assert_eq!(left, 0, "nothing refers to them, so that they are gone");
    app.database.assert_invariants(true);
    // The address is free again.
    let again = app.send_as(&superuser, Request::new("POST", "/api/v1/users").json(&bodies::user(&user.email)));
    assert_eq!(again.status, 201, "{}", again.text());
}

#[test]
fn flag_and_role_always_agree() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let roles = |answer: &Response| {
        let user = body(answer);
        (user["isSuperuser"].clone(), user["roleSlug"].as_str().unwrap_or_default().to_owned())
    };
    let (yes, no) = ((json!(true), "superuser".to_owned()), (json!(false), "application-access".to_owned()));
    for (flag, expected) in [(json!(true), &yes), (json!(false), &no), (json!("on"), &yes)] {
        let sent = bodies::with(bodies::user(&unique_email()), "isSuperuser", flag);
        let answer = app.send_as(&superuser, Request::new("POST", "/api/v1/users").json(&sent));
        assert_eq!((answer.status, roles(&answer)), (201, expected.clone()));
    }
    let user = mint.person(Role::ApplicationAccess);
    for (flag, expected) in [(true, &yes), (true, &yes), (false, &no), (false, &no)] {
        let answer = change(&app, &superuser, &user, &json!({"isSuperuser": flag}));
        assert_eq!((answer.status, roles(&answer)), (200, expected.clone()));
        let status = app.get(&user, "/api/v1/users").status;
        assert_eq!(status, if flag { 200 } else { 403 }, "the new rights count at once, in the same session");
    }
    let trainer = mint.person(Role::FitnessTrainer);
    let answer = change(&app, &superuser, &trainer, &json!({"isSuperuser": false}));
    assert_eq!(roles(&answer), (json!(false), "fitness-trainer".to_owned()), "a trainer stays a trainer");
    assert_eq!(roles(&change(&app, &superuser, &trainer, &json!({"isSuperuser": true}))), yes);
    assert_eq!(roles(&change(&app, &superuser, &trainer, &json!({"isSuperuser": false}))), no);
    app.database.assert_invariants(true);
}

/// The caller is a superuser, so that the last one is only reached by another one who is going at the same time; here the
/// caller's own row is taken away behind the server's back while the server still remembers the caller.
#[test]
fn the_last_active_superuser_stays() {
    let app = App::start();
    let mut mint = app.mint();
    let [one, other] = [(); 2].map(|()| mint.person(Role::Superuser));
    let _inactive = {
        let person = mint.person(Role::Superuser);
        mint.execute("DELETE FROM user_session WHERE user_id = $1", &[&person.user_id]);
        mint.execute("UPDATE user_account SET is_active = false WHERE id = $1", &[&person.user_id]);
        person
    };
    let revoke = format!("/api/v1/roles/{}/revoke", one.email);
    let requests = [
        Request::new("PATCH", &path(&one)).json(&json!({"isSuperuser": false})),
        Request::new("PATCH", &path(&one)).json(&json!({"isActive": false})),
        Request::new("DELETE", &path(&one)),
        Request::new("PATCH", &revoke).json(&json!({"roleSlug": "superuser"})),
        Request::new("PATCH", &revoke.replace("revoke", "assign")).json(&json!({"roleSlug": "fitness-trainer"})),
    ];
    for request in requests {
        // Remembered as a superuser for less than a second; the row says otherwise already.
        let mut answer = None;
        for _ in 0..20 {
            mint.execute("UPDATE user_account SET is_superuser = true, role_id = (SELECT id FROM role WHERE slug = 'superuser') WHERE id = $1", &[&other.user_id]);
            let fresh = mint.session(other.user_id.unwrap_or_default(), &other.email);
            assert_eq!(app.get(&fresh, "/api/v1/users").status, 200);
            mint.execute("UPDATE user_account SET is_superuser = false, role_id = (SELECT id FROM role WHERE slug = 'application-access') WHERE id = $1", &[&other.user_id]);
            let tried = app.send_as(&fresh, request.clone());
            if tried.status != 403 {
                answer = Some(tried);
                break;
            }
        }
        let answer = answer.expect("expected the server to remember the caller for a moment");
        refused(&answer, 409, LAST);
        assert!(is_alive(&app, &one), "{} {}", request.method, request.path);
        assert_eq!(app.get(&one, "/api/v1/users").status, 200, "{} {}", request.method, request.path);
    }
    assert!(app.database.audit_trail(&[]).is_empty(), "what was refused has left an event");
    app.database.assert_invariants(true);
}

#[test]
fn the_administrator_is_recognised_in_any_case_and_protected() {
    let app = App::start_with(&[("ADMIN_EMAIL", "The.Admin@Example.com")]);
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let admin = mint.person_called("tHE.aDMIN@example.com", Role::Superuser);
    let forbidden = "Forbidden: Cannot modify the primary system administrator account";
    for who in [&superuser, &admin] {
        refused(&change(&app, who, &admin, &json!({})), 403, forbidden);
        refused(&change(&app, who, &admin, &json!({"email": "x@example.com"})), 403, forbidden);
        refused(&app.send_as(who, Request::new("DELETE", &path(&admin))), 403, forbidden);
    }
    // Neither can anybody become the administrator by taking the address.
    let taken = change(&app, &admin, &superuser, &json!({"email": "THE.ADMIN@EXAMPLE.COM"}));
    refused(&taken, 409, "A user with the email 'THE.ADMIN@example.com' is already registered in the system");
    // The administrator changes their own password and name like everybody.
    let renamed = app.send_as(&admin, Request::new("PATCH", "/api/v1/access/me").json(&json!({"name": "Root"})));
    assert_eq!(renamed.status, 200);
}

#[test]
fn every_change_shows_at_once_in_every_read() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let user = mint.person(Role::ApplicationAccess);
    for n in 0..10 {
        let (name, email) = (format!("Name {n}"), format!("New.{n}.{}", user.email));
        let changed = change(&app, &superuser, &user, &json!({"name": name, "email": email}));
        assert_eq!(changed.status, 200, "{}", changed.text());
        let changed = body(&changed);
        assert_eq!((changed["name"].clone(), changed["email"].clone()), (json!(name), json!(email)));
        assert_eq!(body(&app.get(&superuser, &path(&user))), changed);
        let search = Request::new("GET", "/api/v1/users").query("searchString", &email.to_uppercase());
        assert_eq!(body(&app.send_as(&superuser, search))["items"], json!([changed]));
        let me = body(&app.get(&user, "/api/v1/access/me"));
        assert_eq!((me["name"].clone(), me["email"].clone()), (json!(name), json!(email)), "the session lives on");
    }
}

#[test]
fn filters_of_the_list_combine() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    for n in 0..6_i32 {
        let person = mint.person_called(&format!("combined{n}@example.com"), Role::ApplicationAccess);
        let sql = "UPDATE user_account SET is_active = $1, created_at = '2026-11-20Z'::timestamptz + $2 * interval '1 day' WHERE id = $3";
        mint.execute("DELETE FROM user_session WHERE user_id = $1", &[&person.user_id]);
        mint.execute(sql, &[&(n % 2 == 0), &f64::from(n), &person.user_id]);
    }
    let found = |query: &str| {
        let page = body(&app.get(&superuser, &format!("/api/v1/users?searchString=combined&orderBy=email&{query}")));
        let emails = page["items"].as_array().cloned().unwrap_or_default();
        assert_eq!(page["total"], json!(emails.len()), "{query}");
        emails.iter().map(|user| user["email"].as_str().unwrap_or_default()[8..9].to_owned()).collect::<String>()
    };
    for (query, expected) in [
        ("", "012345"),
        ("isActive=true", "024"),
        ("isActive=false&sortOrder=desc", "531"),
        ("createdAfter=2026-11-22T00:00:00Z", "2345"),
        ("createdAfter=2026-11-22T00:00:00.000001Z", "345"),
        ("createdBefore=2026-11-22T00:00:00Z", "012"),
        ("createdBefore=2026-11-22T01:00:00%2B01:00", "012"),
        ("createdAfter=2026-11-21T00:00:00Z&createdBefore=2026-11-23T00:00:00Z", "123"),
        ("createdAfter=2026-11-21T00:00:00Z&createdBefore=2026-11-23T00:00:00Z&isActive=on", "2"),
        ("createdAfter=2026-11-23T00:00:00Z&createdBefore=2026-11-21T00:00:00Z", ""),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
}
