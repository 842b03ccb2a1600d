//! `GET /metrics`.

use std::time::Duration;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, Session, bodies, password, sign_in, unique_email, until},
    http::Request,
};

use super::scrape::{ANY_PORT, Scrape, ask};

const FAMILIES: [&str; 30] = [
    "irontrack_audit_events",
    "irontrack_audit_events_dropped",
    "irontrack_breaker_open",
    "irontrack_build_info",
    "irontrack_cache_lookups",
    "irontrack_database_pool_checkouts",
    "irontrack_database_pool_in_use",
    "irontrack_database_pool_max",
    "irontrack_database_pool_open",
    "irontrack_database_pool_wait_seconds",
    "irontrack_database_pool_waiting",
    "irontrack_http_request_duration_seconds",
    "irontrack_http_requests",
    "irontrack_http_requests_in_flight",
    "irontrack_idempotency_replays",
    "irontrack_invalidation_channel_up",
    "irontrack_invalidation_lag_milliseconds",
    "irontrack_log_lines_dropped",
    "irontrack_password_hash_permits",
    "irontrack_password_hash_queue_limit",
    "irontrack_password_hash_running",
    "irontrack_password_hash_waiting",
    "irontrack_password_hashes_refused",
    "irontrack_rate_limit_refusals",
    "irontrack_tokens_refused",
    "process_cpu_seconds",
    "process_max_fds",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
];

#[test]
fn every_family_is_there_from_the_start() {
    let app = App::start_with(&[ANY_PORT]);
    let scrape = Scrape::of(&app);
    assert_eq!(scrape.families().into_iter().collect::<Vec<_>>(), FAMILIES);
    assert!(scrape.text.ends_with("# EOF\n"), "{}", scrape.text);
    assert!(scrape.get("irontrack_database_pool_max") > 0.0);
    assert!(scrape.get("irontrack_database_pool_open") > 0.0);
    assert!(scrape.get("irontrack_password_hash_permits") > 0.0);
    assert!(scrape.get("process_resident_memory_bytes") > 1e6 && scrape.get("process_open_fds") > 3.0);
    // It is there for operators, and for nobody else.
    assert_eq!(app.send(&Request::new("GET", "/metrics")).status, 404);
    assert_eq!(app.send(&Request::new("GET", "/log-level")).status, 404);
    assert_eq!(ask(&app, "GET", "/health").status, 404);
}

#[test]
fn requests_are_counted_by_route_method_and_status() {
    let app = App::start_with(&[ANY_PORT]);
    let user = app.sign_in_new(Role::ApplicationAccess);
    let unit = "/api/v1/training-units/0192a000-0000-7000-8000-000000000001";
    for _ in 0..3 {
        assert_eq!(app.get(&user, unit).status, 404);
    }
    assert_eq!(app.send(&Request::new("HEAD", "/health")).status, 200);
    assert_eq!(app.send(&Request::new("DELETE", "/health")).status, 405);
    let before = Scrape::of(&app);
    let key = |method: &str, route: &str, status: u16| {
        format!("irontrack_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}")
    };
    let named =
        before.text.lines().find(|line| line.contains("training-units/") && line.contains("404")).expect("a line");
    let route = named.split("route=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a route");
    assert!(route.starts_with("/api/v1/training-units/{"), "{route}");
    assert!((before.get(&key("GET", route, 404)) - 3.0).abs() < f64::EPSILON, "{}", before.text);
    assert!((before.get(&key("HEAD", "/health", 200)) - 1.0).abs() < f64::EPSILON, "{}", before.text);
    let count = format!("irontrack_http_request_duration_seconds_count{{method=\"GET\",route=\"{route}\"}}");
    let last =
        format!("irontrack_http_request_duration_seconds_bucket{{le=\"+Inf\",method=\"GET\",route=\"{route}\"}}");
    assert!((before.get(&count) - 3.0).abs() < f64::EPSILON, "{}", before.text);
    assert!((before.get(&last) - 3.0).abs() < f64::EPSILON, "{}", before.text);

    // Nobody can make up labels: paths that lead nowhere are one, and so are methods that nobody knows.
    for number in 0..50 {
        assert_eq!(app.send(&Request::new("GET", &format!("/made/up/{number}"))).status, 404);
        app.send(&Request::new(&format!("BREW{number}"), "/health"));
    }
    let after = Scrape::of(&app);
    assert!((after.get(&key("GET", "none", 404)) - 50.0).abs() < f64::EPSILON, "{}", after.text);
    assert!(after.series() <= before.series() + 40, "{} and {}", before.series(), after.series());
    assert!(!after.text.contains("made/up") && !after.text.contains("BREW"), "{}", after.text);
}

#[test]
fn security_events_are_counted() {
    let app = App::start_with(&[ANY_PORT, ("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "1")]);
    let before = Scrape::of(&app);
    let user = app.sign_in_new(Role::ApplicationAccess);
    let forged = Session { access: Some("a.b.c".to_owned()), ..user.clone() };
    assert_eq!(app.get(&forged, "/api/v1/access/me").status, 401);
    let email = unique_email();
    assert_eq!(app.send(&sign_in(&email, password())).status, 401);
    assert_eq!(app.send(&sign_in(&email, password())).status, 429);
    let key = "3b2c1f7a-1111-4222-8333-444455556666";
    for _ in 0..2 {
        let unit = bodies::training_unit("Legs");
        let request = Request::new("POST", "/api/v1/training-units").header("Idempotency-Key", key).json(&unit);
        assert_eq!(app.send_as(&user, request).status, 201);
    }
    assert_eq!(app.send_as(&user, Request::new("POST", "/api/v1/access/logout")).status, 204);
    assert_eq!(app.get(&user, "/api/v1/access/me").status, 401);
    let after = Scrape::of(&app);
    for name in [
        "irontrack_tokens_refused_total{reason=\"invalid-token\"}",
        "irontrack_tokens_refused_total{reason=\"session-ended\"}",
        "irontrack_rate_limit_refusals_total{limit=\"sign-in-account\"}",
        "irontrack_audit_events_total{kind=\"signed-in\"}",
        "irontrack_audit_events_total{kind=\"signed-out\"}",
        "irontrack_audit_events_total{kind=\"sign-in-failed\"}",
        "irontrack_idempotency_replays_total",
    ] {
        let moved = after.get(name) - before.get(name);
        assert!((moved - 1.0).abs() < f64::EPSILON, "{name} moved by {moved}:\n{}", after.text);
    }
}

#[test]
fn caches_and_channels_say_how_they_are() {
    let mut cache = CacheServer::start();
    let app = App::start_with(&[ANY_PORT, ("CACHE_URL", &cache.url())]);
    let limit = Duration::from_secs(20);
    until(limit, "both channels to be heard", || {
        let scrape = Scrape::of(&app);
        ["PostgreSQL", "Valkey"]
            .iter()
            .all(|channel| scrape.get(&format!("irontrack_invalidation_channel_up{{channel=\"{channel}\"}}")) > 0.0)
    });
    let user = app.sign_in_new(Role::ApplicationAccess);
    let hits = |result: &str| {
        Scrape::of(&app).get(&format!("irontrack_cache_lookups_total{{cache=\"near\",result=\"{result}\"}}"))
    };
    let (hit, miss) = (hits("hit"), hits("miss"));
    until(limit, "a hit and a miss", || {
        assert_eq!(app.get(&user, "/api/v1/access/me").status, 200);
        hits("hit") > hit && hits("miss") > miss
    });
    let open = "irontrack_breaker_open{service=\"the cache\"}";
    assert!(Scrape::of(&app).get(open) < 0.5);
    cache.stop();
    until(limit, "the breaker to open, and the channel to be silent", || {
        app.get(&user, "/api/v1/access/me");
        let scrape = Scrape::of(&app);
        scrape.get(open) > 0.5 && scrape.get("irontrack_invalidation_channel_up{channel=\"Valkey\"}") < 0.5
    });
}
