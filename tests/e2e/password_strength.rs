//! The optional check of new passwords.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body, password, sign_in, unique_email},
    http::{Request, Response},
};
use serde_json::{Value, json};

/// Satisfies the policy, and everybody tries it.
const COMMON: &str = "Passw0rd!";
const GOOD: &str = "Squ4t_Deep";

/// Where a password is set: what it is called there, and a request that sets it.
struct Place {
    name: &'static str,
    field: &'static str,
    who: Session,
    request: Box<dyn Fn(&str) -> Request>,
    done: u16,
}

/// The four places, for people whose name is `Kniebeuge`. Each may be used once successfully.
fn places(app: &App) -> Vec<Place> {
    let mut mint = app.mint();
    let [owner, target, superuser] =
        [Role::ApplicationAccess, Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    mint.execute("UPDATE user_account SET name = 'Jo Kniebeuge' WHERE id = $1", &[&owner.user_id]);
    mint.execute("UPDATE user_account SET name = 'Jo Kniebeuge' WHERE id = $1", &[&target.user_id]);
    let named = |body: Value| bodies::with(body, "name", json!("Jo Kniebeuge"));
    let (new, other) = (named(bodies::sign_up(&unique_email())), named(bodies::user(&unique_email())));
    let user = format!("/api/v1/users/{}", target.user_id.unwrap_or_default());
    let change = |field: &'static str| {
        move |chosen: &str| {
            let body = json!({"currentPassword": password(), field: chosen});
            Request::new("PATCH", "/api/v1/access/password-update").json(&body)
        }
    };
    let anonymous = Session::anonymous();
    vec![
        Place {
            name: "sign-up",
            field: "password",
            who: anonymous,
            request: Box::new(move |chosen| {
                let body = bodies::with(new.clone(), "password", json!(chosen));
                let body = bodies::with(body, "confirmPassword", json!(chosen));
                Request::new("POST", "/api/v1/access/signup").json(&body)
            }),
            done: 201,
        },
        Place {
            name: "creation by an administrator",
            field: "password",
            who: superuser.clone(),
            request: Box::new(move |chosen| {
                Request::new("POST", "/api/v1/users").json(&bodies::with(other.clone(), "password", json!(chosen)))
            }),
            done: 201,
        },
        Place {
            name: "change by an administrator",
            field: "password",
            who: superuser,
            request: Box::new(move |chosen| Request::new("PATCH", &user).json(&json!({"password": chosen}))),
            done: 200,
        },
        Place {
            name: "change in snake case",
            field: "new_password",
            who: owner.clone(),
            request: Box::new(change("new_password")),
            done: 204,
        },
        Place {
            name: "change by the owner",
            field: "newPassword",
            who: mint.session(owner.user_id.unwrap_or_default(), &owner.email),
            request: Box::new(change("newPassword")),
            done: 401,
        },
    ]
}

fn assert_too_weak(answer: &Response, place: &Place, chosen: &str) {
    let what = format!("{chosen} at {}: {}", place.name, answer.text());
    assert_eq!(answer.status, 422, "{what}");
    let entry = &body(answer)["details"][0];
    assert_eq!((&entry["type"], &entry["field"]), (&json!("value_error"), &json!(place.field)), "{what}");
    assert_eq!(entry["path"], format!("/{}", place.field), "{what}");
    let message = entry["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("Value error, The password is too easy to guess. "), "{what}");
    assert!(!answer.text().contains(chosen) && answer.set_cookies().is_empty(), "{what}");
}

#[test]
fn a_weak_password_is_refused_wherever_one_is_set() {
    let app = App::start_with(&[("PASSWORD_MIN_STRENGTH", "3"), ("LOG_LEVEL", "debug")]);
    let before = app.database.contents();
    let places = places(&app);
    let prepared = app.database.contents();
    assert_ne!(before, prepared, "there are people");
    for place in &places {
        // Common; not hard enough for this installation; and what everybody knows about the owner.
        for chosen in [COMMON, "Summer2024!", "Kniebeuge_1"] {
            let answer = app.send_as(&place.who, (place.request)(chosen));
            assert_too_weak(&answer, place, chosen);
        }
    }
    app.database.assert_unchanged(&prepared, "refused passwords");
    for place in &places {
        let answer = app.send_as(&place.who, (place.request)(GOOD));
        assert_eq!(answer.status, place.done, "{}: {}", place.name, answer.text());
    }
    let log = app.process.log();
    assert!(!log.contains("Kniebeuge_1") && !log.contains(GOOD), "{log}");
}

#[test]
fn common_passwords_are_refused_at_the_lowest_level_and_none_without() {
    for (level, expected) in [(&[("PASSWORD_MIN_STRENGTH", "1")][..], Some(422)), (&[], None)] {
        let app = App::start_with(level);
        for place in places(&app) {
            let answer = app.send_as(&place.who, (place.request)(COMMON));
            assert_eq!(answer.status, expected.unwrap_or(place.done), "{}: {}", place.name, answer.text());
        }
    }
}

#[test]
fn the_check_comes_after_the_rules_of_the_input_and_before_the_current_password() {
    let app = App::start_with(&[("PASSWORD_MIN_STRENGTH", "3")]);
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let change = |current: &str, next: &str| {
        let body = json!({"currentPassword": current, "newPassword": next});
        app.send_as(&user, Request::new("PATCH", "/api/v1/access/password-update").json(&body))
    };
    let message = |answer: &Response| body(answer)["details"][0]["message"].as_str().unwrap_or_default().to_owned();
    assert!(message(&change(password(), "password")).contains("a minimum of eight characters"));
    assert!(message(&change("Wrong_pass1!", COMMON)).contains("too easy to guess"));
    assert_eq!(change("Wrong_pass1!", GOOD).status, 401);
    // An account that may not be changed is none of the caller's business, whatever the password.
    let own = format!("/api/v1/users/{}", superuser.user_id.unwrap_or_default());
    let absent = format!("/api/v1/users/{}", uuid::Uuid::now_v7());
    for (path, status) in [(own, 403), (absent, 404)] {
        let answer = app.send_as(&superuser, Request::new("PATCH", &path).json(&json!({"password": COMMON})));
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    // The address of an account is told only to those whose password is good.
    let body = bodies::with(bodies::sign_up(&user.email), "password", json!(COMMON));
    let answer = app.send(&Request::new("POST", "/api/v1/access/signup").json(&body));
    assert!(message(&answer).contains("too easy to guess"), "{}", answer.text());
    // What was set before stays good.
    assert_eq!(app.send(&sign_in(&user.email, password())).status, 204);
}
