//! Rate limits of sign-in, sign-up, refresh and password change.

mod brute_force;
mod shared;
mod simultaneous;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body, password, sign_in, unique_email},
    http::{Request, Response},
};
use serde_json::json;

const WRONG: &str = "Wrong_pass1!";

/// Limits hold, and a proxy says who the client is.
const LIMITED: [(&str, &str); 2] = [("RATE_LIMIT_ENABLED", "true"), ("TRUSTED_PROXIES", "127.0.0.0/8")];

/// Starts a server with rate limits, these among them, behind a proxy that says who the client is.
fn start(limits: &[(&str, &str)]) -> App {
    App::start_with(&[&LIMITED, limits].concat())
}

fn from(address: &str, request: Request) -> Request {
    request.header("X-Real-IP", address)
}

fn try_from(app: &App, address: &str, email: &str, password: &str) -> Response {
    app.send(&from(address, sign_in(email, password)))
}

/// Expects a refusal that says when to come back: within the window, and not long before its end, though a slow machine
/// may need some of it.
fn assert_limited(answer: &Response, window: u64) {
    assert_eq!(answer.status, 429, "{}", answer.text());
    let seconds: u64 = answer.header("retry-after").and_then(|value| value.parse().ok()).expect("whole seconds");
    assert!(seconds <= window && seconds + (window / 2).max(50) >= window, "{seconds} of {window} seconds");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert!(answer.set_cookies().is_empty());
    let body = body(answer);
    assert_eq!(body["detail"], "Too many requests");
    assert_eq!(body["type"], "urn:irontrack:problem:rate-limited");
    assert_eq!(body["title"], "Too Many Requests");
    assert_eq!(body["status"], 429);
    assert_eq!(body["requestId"].as_str(), answer.header("x-request-id"));
}

const SIGN_IN_WINDOW: u64 = 15 * 60;

#[test]
fn failed_sign_ins_are_limited_for_each_account_known_or_not() {
    let app = start(&[]);
    let (known, unknown, inactive) = (format!("jürgen.{}", unique_email()), unique_email(), unique_email());
    app.insert_account(&known, Role::ApplicationAccess, true);
    app.insert_account(&inactive, Role::ApplicationAccess, false);
    for (email, password) in [(&known, WRONG), (&unknown, WRONG), (&inactive, password())] {
        for n in 0..10_u8 {
            // Neither another spelling nor another place makes it another account.
            let spelled = if n % 2 == 0 { email.clone() } else { format!(" Jo <{}>", email.to_uppercase()) };
            let answer = try_from(&app, &format!("192.0.2.{n}"), &spelled, password);
            assert_eq!(answer.status, 401, "{spelled}, try {n}: {}", answer.text());
        }
        assert_limited(&try_from(&app, "192.0.2.99", email, password), SIGN_IN_WINDOW);
    }
    // Not even the right password helps now.
    assert_limited(&try_from(&app, "192.0.2.99", &known, password()), SIGN_IN_WINDOW);
    let log = app.process.wait_for_log("rate limit reached");
    assert!(!log.contains(&known) && !log.contains(&unknown), "{log}");

    let other = unique_email();
    app.insert_account(&other, Role::ApplicationAccess, true);
    assert_eq!(try_from(&app, "192.0.2.1", &other, password()).status, 204, "another account is not affected");
}

#[test]
fn failed_sign_ins_are_limited_for_each_address() {
    let app = start(&[("RATE_LIMIT_SIGN_IN_ADDRESS", "3"), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "2")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    for (address, neighbour, stranger) in
        [("192.0.2.1", "192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:3::1")]
    {
        for _ in 0..3 {
            assert_eq!(try_from(&app, address, &unique_email(), WRONG).status, 401);
        }
        // Refused for the address: the account is not touched, however often.
        for _ in 0..5 {
            assert_limited(&try_from(&app, neighbour, &email, WRONG), SIGN_IN_WINDOW);
        }
        assert_limited(&try_from(&app, neighbour, &email, password()), SIGN_IN_WINDOW);
        assert_eq!(try_from(&app, stranger, &email, password()).status, 204, "another address is not affected");
    }
}

#[test]
fn successful_sign_ins_are_free() {
    let app = start(&[("RATE_LIMIT_SIGN_IN_ADDRESS", "2"), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "2")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let attempt = |password: &str| app.send(&sign_in(&email, password)).status;
    for _ in 0..5 {
        assert_eq!(attempt(password()), 204);
    }
    assert_eq!(attempt(WRONG), 401);
    for _ in 0..5 {
        assert_eq!(attempt(password()), 204, "one more failure is allowed");
    }
    assert_eq!(attempt(WRONG), 401);
    assert_limited(&app.send(&sign_in(&email, password())), SIGN_IN_WINDOW);
    // What breaks the rules of the input is no attempt.
    assert_eq!(app.send(&from("192.0.2.1", sign_in(&email, &"x".repeat(200)))).status, 422);
}

#[test]
fn sign_ups_are_limited_for_each_address() {
    let app = start(&[("RATE_LIMIT_SIGN_UP", "3")]);
    let sign_up = |address: &str, email: &str| {
        app.send(&from(address, Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(email))))
    };
    let email = unique_email();
    // Successes count, and so does asking who is there already.
    for (email, status) in [(&email, 201), (&email, 409), (&unique_email(), 201)] {
        assert_eq!(sign_up("192.0.2.1", email).status, status);
    }
    for email in [&email, &unique_email()] {
        assert_limited(&sign_up("192.0.2.1", email), 60 * 60);
    }
    assert_eq!(sign_up("192.0.2.2", &unique_email()).status, 201, "another address is not affected");
    let accounts = app.database.connect().query_one("SELECT count(*) FROM user_account", &[]).expect("a count");
    assert_eq!(accounts.get::<_, i64>(0), 3);
}

#[test]
fn refreshes_are_limited_for_each_session() {
    let app = start(&[("RATE_LIMIT_REFRESH", "3")]);
    let refresh = |who: &Session| {
        app.send_as(&Session { access: None, ..who.clone() }, Request::new("POST", "/api/v1/access/refresh-jwt"))
    };
    let mut session = app.sign_in_new(Role::ApplicationAccess);
    let other = app.sign_in(&session.email, password());
    // A forged token counts for nobody.
    for _ in 0..5 {
        let mut forged = session.clone();
        forged.refresh = forged.refresh.map(|token| format!("{token}A"));
        assert_eq!(refresh(&forged).status, 401);
    }
    for _ in 0..3 {
        let answer = refresh(&session);
        assert_eq!(answer.status, 204, "{}", answer.text());
        session = Session::of(&answer);
    }
    assert_limited(&refresh(&session), 60);
    assert_eq!(app.get(&session, "/api/v1/access/me").status, 200, "the session lives on");
    assert_eq!(refresh(&other).status, 204, "another session is not affected");
}

#[test]
fn password_changes_with_a_wrong_password_are_limited_for_each_account() {
    let app = start(&[("RATE_LIMIT_PASSWORD_CHANGE", "3")]);
    let change = |who: &Session, current: &str, next: &str| {
        let body = json!({"currentPassword": current, "newPassword": next});
        app.send_as(who, Request::new("PATCH", "/api/v1/access/password-update").json(&body))
    };
    let session = app.sign_in_new(Role::ApplicationAccess);
    // Successes are free.
    let mut passwords = vec![password().to_owned()];
    for n in 0..4 {
        let (current, next) = (passwords[n].clone(), format!("Passw0rd!{n}"));
        assert_eq!(change(&app.sign_in(&session.email, &current), &current, &next).status, 204);
        passwords.push(next);
    }
    let current = &passwords[4];
    let [one, two] = [(); 2].map(|()| app.sign_in(&session.email, current));
    for who in [&one, &two, &one] {
        assert_eq!(change(who, WRONG, password()).status, 401);
    }
    for who in [&one, &two] {
        assert_limited(&change(who, current, password()), SIGN_IN_WINDOW);
    }
    // Signing in is counted apart.
    let again = app.sign_in(&session.email, current);
    assert_limited(&change(&again, current, password()), SIGN_IN_WINDOW);
    let other = app.sign_in_new(Role::ApplicationAccess);
    assert_eq!(change(&other, WRONG, password()).status, 401, "another account is not affected");
    // Whoever deletes their own account has to know the password as well: guesses count, in both places.
    let leave = |who: &Session, password: &str| {
        app.send_as(who, Request::new("DELETE", "/api/v1/access/me").json(&json!({"password": password})))
    };
    assert_limited(&leave(&again, current), SIGN_IN_WINDOW);
    for _ in 0..2 {
        assert_eq!(leave(&other, WRONG).status, 401);
    }
    assert_limited(&leave(&other, password()), SIGN_IN_WINDOW);
    assert_limited(&change(&other, password(), "Passw0rd!9"), SIGN_IN_WINDOW);
}

#[test]
fn a_limit_of_zero_is_none_and_all_can_be_turned_off() {
    let zero = ["SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS", "PASSWORD_CHANGE", "SIGN_UP", "REFRESH"]
        .map(|name| (format!("RATE_LIMIT_{name}"), "0"));
    let zero: Vec<_> = zero.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let off = [("RATE_LIMIT_ENABLED", "false"), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "1")];
    for settings in [&zero[..], &off] {
        let app = start(settings);
        let email = unique_email();
        for n in 0..12 {
            assert_eq!(app.send(&sign_in(&email, WRONG)).status, 401, "{settings:?}, try {n}");
        }
    }
}
