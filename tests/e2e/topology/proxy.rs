//! What the proxy adds, keeps away and hides.

use std::time::Duration;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{Front, Topology, body, password, sign_in, unique_email, until},
    http::{Client, Request, Response},
};

const APP: &str = "https://app.example.org";

fn get(topology: &Topology, path: &str) -> Response {
    topology.app.send(&Request::new("GET", path))
}

#[test]
fn every_answer_has_the_headers_of_security_once() {
    let topology = Topology::start(Front::Plain, &[]);
    let strict = "default-src 'none'; frame-ancestors 'none'";
    for (path, status, is_page) in [
        ("/ping", 200, false),
        ("/docs", 200, true),
        ("/docs/swagger-ui.css", 200, true),
        ("/docsanything", 404, false),
        ("/openapi.json", 200, false),
        ("/api/v1/access/me", 401, false),
        ("/nothing/here", 404, false),
    ] {
        let answer = get(&topology, path);
        assert_eq!(answer.status, status, "{path}");
        for (name, value) in [
            ("strict-transport-security", "max-age=31536000"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers_named(name).collect::<Vec<_>>(), [value], "{path}: {name}");
        }
        let policies: Vec<_> = answer.headers_named("content-security-policy").collect();
        assert!(policies.len() == 1 && (policies[0] == strict) != is_page, "{path}: {policies:?}");
        assert_eq!(answer.header("server"), Some("nginx"), "no version");
    }
}

#[test]
fn identifiers_are_the_same_everywhere() {
    let topology = Topology::start(Front::Plain, &[]);
    let id = "6f1c0e0a-5f6b-4f0d-9a1e-0b1c2d3e4f50";
    let given = topology.app.send(&Request::new("GET", "/api/v1/access/me").header("X-Request-ID", id));
    assert_eq!(given.header("x-request-id"), Some(id));
    let forged = topology.app.send(&Request::new("GET", "/api/v1/access/me").header("X-Request-ID", "\"},{\"x"));
    let made = forged.header("x-request-id").expect("there is one").to_owned();
    assert_eq!(body(&forged)["requestId"], made.as_str());
    let logs = || topology.instances().map(irontrack_tests::harness::Process::log).concat();
    for id in [id, &made] {
        until(Duration::from_secs(10), "both logs have the identifier", || {
            logs().contains(id) && topology.nginx.access_log().contains(id)
        });
    }
}

#[test]
fn errors_of_the_proxy_look_like_all_others() {
    let settings = [("ALLOWED_ORIGINS", "https://other.example.org, https://app.example.org")];
    let topology = Topology::start(Front::Plain, &settings);
    let large = vec![b' '; 3 << 20];
    let too_large = Request::new("POST", "/api/v1/access/signup").body(Some("application/json"), large);
    let large = topology.app.send(&too_large.header("Origin", APP));
    topology.kill(1);
    topology.kill(2);
    let mut away = None;
    until(Duration::from_secs(10), "nobody is there", || {
        let answer = topology.app.send(&Request::new("GET", "/api/v1/access/me").header("Origin", APP));
        let is_away = answer.status == 502;
        away = Some(answer);
        is_away
    });
    let away = away.expect("there was an answer");
    for (answer, status, kind) in [(&large, 413, "body-too-large"), (&away, 502, "unavailable")] {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem = body(answer);
        assert_eq!(problem["type"], format!("urn:irontrack:problem:{kind}"));
        assert_eq!(problem["status"], status);
        assert_eq!(problem["requestId"].as_str(), answer.header("x-request-id"));
        assert_eq!(answer.headers_named("access-control-allow-origin").collect::<Vec<_>>(), [APP]);
        assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
        assert_eq!(answer.header("vary"), Some("Origin"));
        assert_eq!(answer.headers_named("x-content-type-options").count(), 1);
    }
    assert_eq!(away.header("retry-after"), Some("1"));
    for stranger in
        ["https://evil.example.org", "https://app.example.org.evil.example", "null", "https://other.example.org,"]
    {
        let answer = topology.app.send(&Request::new("GET", "/").header("Origin", stranger));
        assert_eq!(answer.header("access-control-allow-origin"), None, "{stranger}");
        assert_eq!(answer.header("vary"), Some("Origin"), "{stranger}");
    }
}

#[test]
fn what_is_no_request_is_refused_in_the_same_shape() {
    let topology = Topology::start(Front::Plain, &[]);
    let answer = topology.app.send(&Request::new("GET", "/api/v1/exercises/slug/a%00b"));
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert_eq!(body(&answer)["title"], "Bad Request");
    assert_eq!(body(&answer)["requestId"].as_str(), answer.header("x-request-id"));
    // Nobody gets there from outside.
    assert_eq!(body(&get(&topology, "/problem"))["detail"], "Not Found");
}

#[test]
fn cors_comes_once_from_the_one_list() {
    let topology = Topology::start(Front::Plain, &[("ALLOWED_ORIGINS", APP)]);
    let answer = topology.app.send(&Request::new("GET", "/api/v1/access/me").header("Origin", APP));
    assert_eq!(answer.headers_named("access-control-allow-origin").collect::<Vec<_>>(), [APP]);
    assert!(answer.headers_named("vary").any(|vary| vary.contains("Origin")), "{:?}", answer.headers);
    let preflight = Request::new("OPTIONS", "/api/v1/access/signin")
        .header("Origin", APP)
        .header("Access-Control-Request-Method", "POST");
    let preflight = topology.app.send(&preflight);
    assert_eq!(preflight.status, 204, "{}", preflight.text());
    assert_eq!(preflight.headers_named("access-control-allow-origin").collect::<Vec<_>>(), [APP]);
}

#[test]
fn lists_are_compressed_and_what_has_an_identifier_is_not() {
    let topology = Topology::start(Front::Plain, &[]);
    let person = topology.app.mint().person(Role::ApplicationAccess);
    let encoding = |path: &str| {
        let request = person.asks(Request::new("GET", path).header("Accept-Encoding", "gzip"));
        let answer = topology.app.send(&request);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.header("content-encoding").map(str::to_owned)
    };
    for path in ["/openapi.json", "/docs/swagger-ui-bundle.js", "/api/v1/exercises?pageSize=20"] {
        assert_eq!(encoding(path).as_deref(), Some("gzip"), "{path}");
    }
    let list = topology.app.get(&person, "/api/v1/exercises?pageSize=1");
    let id = body(&list)["items"][0]["id"].as_str().expect("it has an id").to_owned();
    assert_eq!(encoding(&format!("/api/v1/exercises/{id}")), None);
}

#[test]
fn without_encryption_there_is_only_the_way_to_encryption() {
    let topology = Topology::start(Front::Tls, &[]);
    let plain = format!("http://127.0.0.1:{}", topology.nginx.redirecting);
    let answer = Client::new().send(&plain, &Request::new("POST", "/api/v1/access/signin?a=b")).expect("it answers");
    assert_eq!(answer.status, 308);
    let expected = format!("{}/api/v1/access/signin?a=b", topology.nginx.address(Front::Tls));
    assert_eq!(answer.header("location"), Some(expected.as_str()));
}

#[test]
fn who_asks_too_often_is_told_so() {
    let limits = [
        ("PROXY_REQUESTS_PER_SECOND", "1"),
        ("PROXY_REQUESTS_BURST", "10"),
        ("PROXY_SIGN_INS_PER_SECOND", "1"),
        ("PROXY_SIGN_INS_BURST", "2"),
    ];
    let topology = Topology::limited(Front::Plain, &[("ALLOWED_ORIGINS", APP)], &limits);
    let guess = || topology.app.send(&sign_in(&unique_email(), password()).header("Origin", APP));
    // At once, because each of them takes its time.
    let answers: Vec<Response> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..8).map(|_| scope.spawn(guess)).collect();
        guesses.into_iter().map(|guess| guess.join().expect("an answer")).collect()
    });
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    let refused = answers.iter().find(|answer| answer.status == 429);
    assert!(statuses.contains(&401), "some are let through: {statuses:?}");
    let refused = refused.unwrap_or_else(|| panic!("none was refused: {statuses:?}"));
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(body(refused)["detail"], "Too many requests");
    assert_eq!(refused.header("access-control-allow-origin"), Some(APP));
    // The others still have what is left of theirs.
    let last = (0..20).map(|_| get(&topology, "/ping").status).collect::<Vec<_>>();
    assert!(last.contains(&200) && last.contains(&429), "{last:?}");
}

#[test]
fn forged_addresses_reach_neither_logs_nor_sessions_nor_limits() {
    const FORGED: [&str; 3] = ["203.0.113.7", "198.51.100.9", "192.0.2.66"];
    let settings = [("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_SIGN_IN_ADDRESS", "2"), ("LOG_LEVEL", "debug")];
    let topology = Topology::start(Front::Plain, &settings);
    let forged = |request: Request| {
        request
            .header("X-Real-IP", FORGED[0])
            .header("X-Forwarded-For", &format!("{}, 127.0.0.1", FORGED[1]))
            .header("Forwarded", &format!("for={}", FORGED[2]))
    };
    let email = unique_email();
    topology.app.insert_account(&email, Role::ApplicationAccess, true);
    let answer = topology.app.send(&forged(sign_in(&email, password())));
    assert_eq!(answer.status, 204, "{}", answer.text());
    let sql = "SELECT address FROM user_session";
    let stored: Option<String> = topology.app.database.connect().query_one(sql, &[]).expect("one session").get(0);
    assert_eq!(stored.as_deref(), Some("127.0.0.1"));
    // Another address each time, and still the same client, whichever instance counts.
    for (number, status) in [(1, 401), (2, 401), (3, 429)] {
        let guess = sign_in(&unique_email(), password()).header("X-Forwarded-For", &format!("192.0.2.{number}"));
        assert_eq!(topology.app.send(&guess).status, status, "guess {number}");
    }
    topology.app.send(&forged(Request::new("GET", "/last")));
    let logs = || topology.instances().map(irontrack_tests::harness::Process::log).concat();
    until(Duration::from_secs(10), "the last request is in the logs", || {
        logs().contains("/last") && topology.nginx.access_log().contains("/last")
    });
    let all = logs() + &topology.nginx.access_log();
    assert!(all.contains("127.0.0.1"), "{all}");
    for address in FORGED.iter().chain(&["192.0.2.1", "192.0.2.2", "192.0.2.3"]) {
        assert!(!all.contains(address), "{address} is in a log:\n{all}");
    }
}
