//! Problem details everywhere, also where the framework answers and where a dependency fails.

use std::time::Instant;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, body},
    http::{Request, Response},
};

fn assert_problem(answer: &Response, status: u16, detail: &str) {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{text}");
    let body = body(answer);
    assert_eq!(body["detail"], detail);
    assert_eq!(body["status"], status);
    assert!(body["type"].as_str().is_some_and(|kind| kind.starts_with("urn:irontrack:problem:")), "{text}");
    assert!(body["title"].is_string(), "{text}");
    assert_eq!(body["requestId"].as_str(), answer.header("x-request-id"), "{text}");
}

#[test]
fn framework_errors_are_problem_details() {
    let app = App::start();
    assert_problem(&app.send(&Request::new("GET", "/nothing")), 404, "Not Found");
    let wrong_method = app.send(&Request::new("DELETE", "/api/v1/exercises"));
    assert_problem(&wrong_method, 405, "Method Not Allowed");
    assert_eq!(wrong_method.header("allow"), Some("GET, HEAD"));
    let large = Request::new("POST", "/api/v1/access/signup").body(Some("application/json"), vec![b' '; 1_100_000]);
    assert_problem(&app.send(&large), 413, "The request body is larger than 1 MiB");
    let garbage = Request::new("POST", "/api/v1/access/signup").body(Some("application/json"), vec![0xff]);
    assert_problem(&app.send(&garbage), 400, "There was an error parsing the body");
    let broken =
        Request::new("POST", "/api/v1/access/signin").body(Some("multipart/form-data; boundary=x"), "--x\r\nzz");
    assert_problem(&app.send(&broken), 400, "There was an error parsing the body");
}

#[test]
fn deep_json_is_refused() {
    let app = App::start();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let request = Request::new("POST", "/api/v1/access/signup").body(Some("application/json"), deep);
    let answer = app.send(&request);
    assert_eq!(answer.status, 422);
    assert_eq!(body(&answer)["details"][0]["type"], "json_invalid");
}

#[test]
fn a_lost_database_is_503_with_retry_after_and_comes_back() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    app.database.allow_connections(false);
    let started = Instant::now();
    let answer = app.get(&user, "/api/v1/exercises?searchString=never-asked-before");
    assert!(started.elapsed().as_millis() < 2500, "answered after {:?}", started.elapsed());
    assert_problem(&answer, 503, "Service temporarily unavailable");
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(app.send(&Request::new("GET", "/ping")).status, 200);
    let health = app.send(&Request::new("GET", "/health"));
    assert_eq!(health.status, 503);
    assert_eq!(body(&health)["database_status"], "offline");
    assert_eq!(body(&health)["cache_status"], "online");

    app.database.allow_connections(true);
    let back = Instant::now();
    while app.get(&user, "/api/v1/exercises").status != 200 {
        assert!(back.elapsed().as_secs() < 3, "not back after {:?}", back.elapsed());
    }
    assert_eq!(app.send(&Request::new("GET", "/health")).status, 200);
}

#[test]
fn head_answers_like_get_without_a_body() {
    let app = App::start();
    let get = app.send(&Request::new("GET", "/ping"));
    let head = app.send(&Request::new("HEAD", "/ping"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-type"), get.header("content-type"));
}
