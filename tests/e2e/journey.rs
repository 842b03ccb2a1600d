//! What a new user does first.

use std::time::Duration;

use irontrack_tests::{
    harness::{App, Session, body, password, sign_in, unique_email, until},
    http::Request,
};
use serde_json::json;

#[test]
fn sign_up_sign_in_read_filter_and_log_out() {
    let app = App::start();
    let email = unique_email();
    let form = json!({"email": email, "password": password(), "confirmPassword": password()});
    assert_eq!(app.send(&Request::new("POST", "/api/v1/access/signup").json(&form)).status, 201);

    let session = Session::of(&app.send(&sign_in(&email, password())));
    let me = app.get(&session, "/api/v1/access/me");
    assert_eq!((me.status, body(&me)["email"].as_str()), (200, Some(email.as_str())));

    let chest = app.get(&session, "/api/v1/exercises?primaryMuscles=7&pageSize=5&searchString=bench");
    assert_eq!(chest.status, 200, "{}", chest.text());
    let page = body(&chest);
    assert!(page["total"].as_i64() >= Some(5), "{page}");
    for exercise in page["items"].as_array().expect("items are a list") {
        assert_eq!(exercise["primaryMuscles"], json!([{"id": 7, "name": "chest"}]));
    }

    let logout = app.send_as(&session, Request::new("POST", "/api/v1/access/logout"));
    assert_eq!(logout.status, 204, "{}", logout.text());
    assert!(logout.set_cookies().iter().all(|cookie| cookie.attribute("Max-Age") == Some("0")));
    let after = app.get(&session, "/api/v1/access/me");
    assert_eq!((after.status, body(&after)["detail"].as_str()), (401, Some("Invalid credentials")));
}

#[test]
fn a_logout_ends_its_own_session_only() {
    let app = App::start();
    let one = app.sign_in_new(irontrack_domain::account::Role::ApplicationAccess);
    let other = app.sign_in(&one.email, password());
    let mixed = Session { refresh: other.refresh.clone(), ..one.clone() };
    let refused = app.send_as(&mixed, Request::new("POST", "/api/v1/access/logout"));
    assert_eq!((refused.status, body(&refused)["detail"].as_str()), (401, Some("Invalid credentials")));
    assert_eq!(app.get(&one, "/api/v1/access/me").status, 200, "nothing was ended");

    assert_eq!(app.send_as(&one, Request::new("POST", "/api/v1/access/logout")).status, 204);
    assert_eq!(app.get(&one, "/api/v1/access/me").status, 401);
    assert_eq!(app.get(&other, "/api/v1/access/me").status, 200);
}

#[test]
fn a_second_instance_notices_a_logout_within_a_second() {
    let app = App::start();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1"];
    let environment = App::environment(&app.database);
    let mut second = irontrack_tests::harness::Process::start(&arguments, folder.path(), &environment);
    let address = second.wait_until_ready();
    let session = app.sign_in_new(irontrack_domain::account::Role::ApplicationAccess);
    let me =
        Request::new("GET", "/api/v1/access/me").cookie("access_token", session.access.as_deref().expect("a token"));
    let client = irontrack_tests::http::Client::new();
    let status = || client.send(&address, &me).expect("the second instance answers").status;
    assert_eq!(status(), 200);

    assert_eq!(app.send_as(&session, Request::new("POST", "/api/v1/access/logout")).status, 204);
    until(Duration::from_secs(1), "the second instance refuses the token", || status() != 200);
}
