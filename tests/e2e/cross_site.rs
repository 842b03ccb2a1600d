//! Refusal of what foreign sites make a browser send: which origins are ours. What is refused, and when, is also in
//! `conventions::order_of_checks`.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body},
    http::{Request, Response},
};

fn create(app: &App, who: &Session, headers: &[(&str, &str)]) -> Response {
    let name = format!("From {}", uuid::Uuid::new_v4().simple());
    let mut request = Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    app.send_as(who, request)
}

fn assert_origins(app: &App, who: &Session, ours: &[&str], foreign: &[&str]) {
    for origin in ours {
        let answer = create(app, who, &[("Origin", origin)]);
        assert_eq!(answer.status, 201, "{origin}: {}", answer.text());
    }
    for origin in foreign {
        let answer = create(app, who, &[("Origin", origin)]);
        let seen = (answer.status, body(&answer)["detail"].clone());
        assert_eq!(seen, (403, "Cross-site request refused".into()), "{origin}");
        // A browser that knows the header and calls the site our own does not make a foreign origin ours.
        assert_eq!(create(app, who, &[("Origin", origin), ("Sec-Fetch-Site", "same-origin")]).status, 403, "{origin}");
    }
}

#[test]
fn our_own_origin_is_the_scheme_and_host_of_the_request() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let own = app.address.clone();
    let port = own.rsplit_once(':').expect("a port").1;
    let foreign = [
        own.replace("http://", "https://"),
        "http://127.0.0.1".to_owned(),
        format!("http://localhost:{port}"),
        format!("{own}.evil.example.com"),
        format!("{own}0"),
        format!("{own}/"),
        format!("http://evil@127.0.0.1:{port}"),
        "null".to_owned(),
        "http://".to_owned(),
        String::new(),
    ];
    assert_origins(&app, &user, &[&own], &foreign.each_ref().map(String::as_str));
    // What a proxy claims does not count, neither for host nor for scheme.
    let forged = [
        ("Origin", "https://evil.example.com"),
        ("X-Forwarded-Host", "evil.example.com"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "host=evil.example.com;proto=https"),
    ];
    assert_eq!(create(&app, &user, &forged).status, 403);
}

#[test]
fn a_public_address_takes_the_place_of_host_and_scheme() {
    let app = App::start_with(&[
        ("PUBLIC_URL", "https://IronTrack.example.com/"),
        ("ALLOWED_ORIGINS", "https://App.example.com:443"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ]);
    let user = app.mint().person(Role::ApplicationAccess);
    let ours = ["https://irontrack.example.com", "https://app.example.com"];
    let foreign = [
        app.address.as_str(),
        "http://irontrack.example.com",
        "https://irontrack.example.com:8443",
        "https://example.com",
        "https://app.example.com.evil.com",
    ];
    assert_origins(&app, &user, &ours, &foreign);
}

#[test]
fn any_cookie_makes_a_request_worth_refusing_and_none_lets_it_pass() {
    let app = App::start();
    let foreign = [("Origin", "https://evil.example.com"), ("Sec-Fetch-Site", "cross-site")];
    let sign_up = |cookie: bool, headers: &[(&str, &str)]| {
        let email = irontrack_tests::harness::unique_email();
        let mut request = Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&email));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        app.send(&if cookie { request.cookie("theme", "dark") } else { request }).status
    };
    assert_eq!(sign_up(false, &foreign), 201);
    for header in foreign {
        assert_eq!(sign_up(true, &[header]), 403, "{header:?}");
    }
    assert_eq!(sign_up(true, &[]), 201);
}

#[test]
fn what_no_operation_matches_is_not_refused_and_changes_nothing() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    for (method, path, status) in [("POST", "/nothing", 404), ("PUT", "/api/v1/access/me", 405)] {
        let request = Request::new(method, path).header("Origin", "https://evil.example.com");
        assert_eq!(app.send_as(&user, request).status, status, "{method} {path}");
    }
}
