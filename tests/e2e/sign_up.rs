//! `POST /access/signup`.

use irontrack_tests::{
    harness::{App, body, password, unique_email},
    http::{Request, Response},
};
use serde_json::{Value, json};

fn form(email: &str) -> Value {
    json!({"name": " Jo ", "email": email, "password": password(), "confirmPassword": password()})
}

fn sign_up(app: &App, body: &Value) -> Response {
    app.send(&Request::new("POST", "/api/v1/access/signup").json(body))
}

#[test]
fn a_new_account_is_answered_and_stored() {
    let app = App::start();
    let email = unique_email();
    let answer = sign_up(&app, &form(&email));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let account = body(&answer);
    assert_eq!(account["email"], *email);
    assert_eq!(account["name"], "Jo");
    assert_eq!(account["roleSlug"], "application-access");
    assert_eq!(account["createdAt"], account["updatedAt"]);
    assert!(answer.set_cookies().is_empty(), "sign-up signs nobody in");

    let row =
        app.database.connect().query_one("SELECT password, is_active FROM user_account WHERE email = $1", &[&email]);
    let row = row.expect("the account is stored");
    let hash: &str = row.get(0);
    assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hash}");
    assert!(row.get::<_, bool>(1));
}

#[test]
fn an_address_is_taken_in_every_case() {
    let app = App::start();
    let email = unique_email();
    assert_eq!(sign_up(&app, &form(&email)).status, 201);
    let again = sign_up(&app, &form(&email.to_uppercase()));
    assert_eq!(again.status, 409);
    assert_eq!(body(&again)["detail"], "A user with this email already exists");
    assert_eq!(body(&again)["type"], "urn:irontrack:problem:email-taken");
}

#[test]
fn all_mistakes_are_named_at_once() {
    let app = App::start();
    let answer = sign_up(
        &app,
        &json!({"zz": 1, "email": "jo", "password": "weak", "confirm_password": null, "name": "x".repeat(256)}),
    );
    assert_eq!(answer.status, 422);
    let body = body(&answer);
    assert_eq!(body["message"], "Validation Error");
    let seen: Vec<_> = body["details"]
        .as_array()
        .expect("details are a list")
        .iter()
        .map(|entry| (entry["type"].as_str().unwrap_or_default(), entry["path"].as_str().unwrap_or_default()))
        .collect();
    let expected = [
        ("string_too_long", "/name"),
        ("value_error", "/email"),
        ("value_error", "/password"),
        ("string_type", "/confirm_password"),
        ("extra_forbidden", "/zz"),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn of_simultaneous_sign_ups_one_wins() {
    let app = App::start();
    let email = unique_email();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|i| {
                let email = if i % 2 == 0 { email.clone() } else { email.to_uppercase() };
                let app = &app;
                scope.spawn(move || sign_up(app, &form(&email)).status)
            })
            .collect();
        tries.into_iter().map(|t| t.join().expect("the request was sent")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
}
