//! Traces: what a program that was built with the feature `otlp` sends to a collector, and what happens if that is away.

#![expect(clippy::expect_used, reason = "tests fail by panicking, also in their helpers")]

mod collector;

use std::time::{Duration, Instant};

use collector::Collector;
use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, password, sign_in, until},
    http::Request,
};

/// How long spans may take to arrive on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn each_request_is_a_span_by_its_route_and_names_nobody() {
    let collector = Collector::start();
    // The level of the log is no matter.
    let app = App::start_with(&[("OTLP_ENDPOINT", &collector.address), ("LOG_LEVEL", "error")]);
    let person = app.sign_in_new(Role::ApplicationAccess);
    let id = "0192a000-0000-4000-8000-00000000abcd";
    let exercise = Request::new("DELETE", "/api/v1/exercises/0192a000-0000-4000-8000-00000000beef");
    assert_eq!(app.send_as(&person, exercise.header("X-Request-ID", id)).status, 404);
    app.send_as(&person, Request::new("GET", "/api/v1/exercises").query("search", "my-private-word"));
    app.send(&sign_in(&person.email, "Wrong_pass1!"));
    app.send(&Request::new("BREW", "/api/v1/my-own-path"));
    until(PATIENCE, "a span of the last request", || collector.has("_OTHER"));

    for expected in [
        "DELETE /api/v1/exercises/{exercise_id}",
        "GET /api/v1/exercises",
        "POST /api/v1/access/signin",
        "http.route",
        "http.request.method",
        "http.response.status_code",
        "request_id",
        id,
        "service.name",
        "irontrack",
    ] {
        assert!(collector.has(expected), "expected {expected}");
    }
    let secrets = [person.access.as_deref(), person.refresh.as_deref(), Some(&*person.email), Some(password())];
    let asked =
        ["00000000beef", "my-private-word", "Wrong_pass1!", "BREW", "my-own-path", "127.0.0.1", "request_completed"];
    for secret in secrets.into_iter().flatten().chain(asked) {
        assert!(!collector.has(secret), "a trace holds {secret}");
    }
}

#[test]
fn what_is_left_is_sent_when_the_server_stops() {
    let collector = Collector::start();
    let app = App::start_with(&[("OTLP_ENDPOINT", &collector.address)]);
    app.send(&Request::new("GET", "/ping"));
    let App { process, database, .. } = app;
    process.signal("TERM");
    assert_eq!(process.wait().status.code(), Some(0));
    assert!(collector.has("GET /ping"));
    drop(database);
}

#[test]
fn no_request_waits_for_a_collector_and_what_is_lost_is_counted() {
    let silent = Collector::that_never_answers();
    let app = App::start_with(&[("OTLP_ENDPOINT", &silent.address)]);
    for _ in 0..200 {
        let start = Instant::now();
        assert_eq!(app.send(&Request::new("GET", "/ping")).status, 200);
        assert!(start.elapsed() < Duration::from_secs(2), "a request waited for {:?}", start.elapsed());
    }
    app.process.wait_for_log("spans were lost: the collector did not take them");
    let start = Instant::now();
    app.process.signal("TERM");
    let App { process, database, .. } = app;
    let exit = process.wait();
    assert_eq!(exit.status.code(), Some(0), "{}", exit.stderr);
    assert!(start.elapsed() < Duration::from_secs(15), "stopping took {:?}", start.elapsed());
    drop(database);
}

#[test]
fn no_collector_is_no_fault() {
    let app = App::start_with(&[("OTLP_ENDPOINT", "http://127.0.0.1:1")]);
    assert_eq!(app.send(&Request::new("GET", "/ping")).status, 200);
    app.process.wait_for_log("spans were lost: the collector did not take them");
}
