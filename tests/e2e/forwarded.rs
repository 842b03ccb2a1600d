//! Forwarding headers: believed from trusted proxies only, wherever an address is used.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body, password, sign_in, unique_email},
    http::Request,
};

const SPOOFED: [&str; 4] = ["203.0.113.7", "198.51.100.9", "2001:db8::bad", "192.0.2.66"];

/// A request with everything that somebody might forge.
fn forged(request: Request) -> Request {
    request
        .header("X-Real-IP", SPOOFED[0])
        .header("X-Forwarded-For", &format!("{}, {}", SPOOFED[1], SPOOFED[2]))
        .header("Forwarded", &format!("for={}", SPOOFED[3]))
        .header("X-Forwarded-Host", "evil.example.com")
        .header("X-Forwarded-Proto", "https")
}

fn stored_address(app: &App) -> Option<String> {
    let sql = "SELECT address FROM user_session";
    app.database.connect().query_one(sql, &[]).expect("there is one session").get(0)
}

#[test]
fn a_forged_address_reaches_neither_logs_nor_sessions_nor_limits() {
    // Trusted is somebody, but not who connects.
    let app = App::start_with(&[
        ("TRUSTED_PROXIES", "10.0.0.1, 192.168.0.0/16"),
        ("LOG_LEVEL", "debug"),
        ("RATE_LIMIT_ENABLED", "true"),
        ("RATE_LIMIT_SIGN_IN_ADDRESS", "2"),
    ]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let answer = app.send(&forged(sign_in(&email, password())));
    assert_eq!(answer.status, 204, "{}", answer.text());
    let session = Session::of(&answer);
    assert_eq!(stored_address(&app).as_deref(), Some("127.0.0.1"));
    let refreshed = app.send_as(&session, forged(Request::new("POST", "/api/v1/access/refresh-jwt")));
    assert_eq!(refreshed.status, 204, "{}", refreshed.text());
    assert_eq!(stored_address(&app).as_deref(), Some("127.0.0.1"));
    let listed = app.send_as(&Session::of(&refreshed), forged(Request::new("GET", "/api/v1/access/sessions")));
    assert_eq!(body(&listed)[0]["address"], "127.0.0.1");
    // The redirect leads to the host that was asked, not to the one that was forged.
    let redirect = app.send(&forged(Request::new("GET", "/api/v1/access/me/")));
    assert_eq!(redirect.header("location"), Some(format!("{}/api/v1/access/me", app.address).as_str()));
    // Another address each time, and still the same client.
    for (n, status) in [(1, 401), (2, 401), (3, 429)] {
        let guess = sign_in(&unique_email(), password()).header("X-Real-IP", &format!("192.0.2.{n}"));
        assert_eq!(app.send(&forged(guess)).status, status, "guess {n}");
    }
    // A used token with forged headers is told in the log with the address that it really came from.
    app.send(
        &forged(Request::new("POST", "/api/v1/access/refresh-jwt").header("User-Agent", "thief/1.0"))
            .cookie("refresh_token", session.refresh.as_deref().unwrap_or_default()),
    );
    app.process.wait_for_log("refresh token used again");
    app.send(&forged(Request::new("GET", "/last")));
    let log = app.process.wait_for_log("/last");
    assert!(log.contains("127.0.0.1"), "{log}");
    for spoofed in SPOOFED.iter().chain(&["192.0.2.1", "192.0.2.2", "evil.example.com"]) {
        assert!(!log.contains(spoofed), "{spoofed} is in the log:\n{log}");
    }
}

#[test]
fn what_a_trusted_proxy_says_reaches_logs_and_sessions() {
    let app = App::start_with(&[("TRUSTED_PROXIES", "127.0.0.1, 198.51.100.9")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    // Of the chain the last one that is no proxy counts; the first entry was forged by the client.
    let chain = "203.0.113.7, 2001:db8::7, 198.51.100.9";
    let request = sign_in(&email, password()).header("X-Forwarded-For", chain).header("X-Real-IP", "192.0.2.66");
    assert_eq!(app.send(&request).status, 204);
    assert_eq!(stored_address(&app).as_deref(), Some("2001:db8::7"));
    let log = app.process.wait_for_log("2001:db8::7");
    assert!(!log.contains("203.0.113.7") && !log.contains("192.0.2.66"), "{log}");
}
