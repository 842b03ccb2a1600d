//! Log lines, and what never stands in them.

use irontrack_tests::{
    harness::{App, Session, password, sign_in, unique_email},
    http::Request,
};
use serde_json::{Value, json};

#[test]
fn every_request_is_one_json_line_with_its_id_and_no_secret() {
    let app = App::start_with(&[
        ("APP_ENVIRONMENT", "prod"),
        ("COOKIE_SECURE", "true"),
        ("LOG_LEVEL", "debug"),
        ("JWT_PRIVATE_KEY", &own_key()),
    ]);
    let email = unique_email();
    let form = json!({"email": email, "password": password(), "confirmPassword": password()});
    app.send(&Request::new("POST", "/api/v1/access/signup").json(&form));
    let session = Session::of(&app.send(&sign_in(&email, password())));
    assert!(session.access.is_some());
    app.send(&sign_in(&email, "Wrong_pass1!"));
    let id = "0192a000-0000-4000-8000-00000000abcd";
    app.send_as(&session, Request::new("GET", "/api/v1/access/me").query("x", "1").header("X-Request-ID", id));
    app.send(&Request::new("GET", "/health"));
    app.send_as(&session, Request::new("POST", "/api/v1/access/refresh-jwt"));
    app.send_as(&session, Request::new("GET", "/last"));
    let log = app.process.wait_for_log("\"/last\"");

    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect();
    let completed: Vec<&Value> = lines.iter().filter(|line| line["message"] == "request_completed").collect();
    assert_eq!(completed.len(), 6, "one line each, none for /health:\n{log}");
    let me = completed.iter().find(|line| line["path"] == "/api/v1/access/me").expect("a line");
    assert_eq!(me["status_code"], 200);
    assert_eq!(me["method"], "GET");
    assert_eq!(me["query"], "x=1");
    assert_eq!(me["client_ip"], "127.0.0.1");
    assert_eq!(me["request_id"], id);
    assert!(me["duration_ms"].as_f64().is_some_and(|ms| ms > 0.0));
    let signed_in = lines.iter().find(|line| line["message"] == "signed in").expect("a line");
    assert!(signed_in["span"]["request_id"].is_string(), "{signed_in}");

    let secrets =
        [session.access, session.refresh, Some(password().into()), Some("Wrong_pass1!".into()), Some("argon2".into())];
    for secret in secrets.into_iter().flatten() {
        assert!(!log.contains(&secret), "the log holds {secret}");
    }
}

fn own_key() -> String {
    irontrack_auth::generate_jwk().expect("a key can be made")
}

#[test]
fn forged_forwarding_headers_are_not_believed() {
    let app = App::start_with(&[("TRUSTED_PROXIES", "10.0.0.1")]);
    app.send(&Request::new("GET", "/first").header("X-Real-IP", "1.2.3.4").header("X-Forwarded-For", "1.2.3.4"));
    let log = app.process.wait_for_log("/first");
    assert!(log.contains("127.0.0.1") && !log.contains("1.2.3.4"), "{log}");
}

#[test]
fn a_trusted_proxy_is_believed() {
    let app = App::start_with(&[("TRUSTED_PROXIES", "127.0.0.0/8")]);
    app.send(&Request::new("GET", "/first").header("X-Real-IP", "1.2.3.4"));
    assert!(app.process.wait_for_log("/first").contains("1.2.3.4"));
}
