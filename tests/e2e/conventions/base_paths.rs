//! 1.1: prefix, final slash, methods.

use irontrack_tests::{
    harness::{App, documented_operations},
    http::Request,
};

use super::Table;

#[test]
fn a_path_with_a_slash_too_many_leads_to_the_right_one() {
    let app = App::start();
    let mut table = Table::default();
    for operation in documented_operations().iter().filter(|operation| !operation.path.ends_with('/')) {
        let path = operation.path_with("0192a000-0000-7000-8000-000000000001");
        for query in ["", "?a=b%20c&a=1"] {
            let answer = app.send(&Request::new(&operation.method, &format!("{path}/{query}")));
            let location = format!("{}{path}{query}", app.address);
            let seen = (answer.status, answer.header("location").unwrap_or_default().to_owned(), answer.body.len());
            table.line(format!("{} {path}/{query}", operation.method), seen, (307, location, 0));
        }
    }
    assert!(table.lines >= 50, "expected many paths, got {}", table.lines);
    table.check();
}

#[test]
fn the_one_path_with_a_final_slash_works_without_it_too() {
    let app = App::start();
    let user = app.mint().person(irontrack_domain::account::Role::ApplicationAccess);
    let status = |path: &str| app.get(&user, path).status;
    assert_eq!(status("/api/v1/exercises/criteria/?slug=plank"), 200);
    assert_eq!(status("/api/v1/exercises/criteria?slug=plank"), 200);
    assert_eq!(status("/api/v1/exercises/criteria//?slug=plank"), 307);
}

#[test]
fn everything_is_under_the_prefix_and_in_lower_case() {
    let app = App::start();
    let mut table = Table::default();
    for (path, status) in [
        ("/ping", 200),
        ("/health", 200),
        ("/openapi.json", 200),
        ("/docs", 200),
        ("/redoc", 307),
        ("/", 404),
        ("/api", 404),
        ("/api/v1", 404),
        ("/api/v2/users", 404),
        ("/users", 404),
        ("/API/V1/users", 404),
        ("/api/v1/Users", 404),
        ("/api/v1//users", 404),
        ("/api/v1/ping", 404),
        ("/api/v1/users/../users", 404),
    ] {
        table.line(path, app.send(&Request::new("GET", path)).status, status);
    }
    table.check();
}

/// `HEAD` works wherever `GET` does; 405 names all methods of the path.
#[test]
fn other_methods_are_refused_with_the_ones_there_are() {
    let app = App::start();
    let mut table = Table::default();
    let operations = documented_operations();
    let id = "0192a000-0000-7000-8000-000000000001";
    let paths: std::collections::BTreeSet<_> = operations.iter().map(|operation| operation.path_with(id)).collect();
    for path in paths {
        // `/exercises/user` is a path of its own, and an exercise called `user`.
        let here = operations.iter().filter(|operation| fits(&operation.path, &path));
        let mut offered: Vec<_> = here.map(|operation| operation.method.as_str()).collect();
        if offered.contains(&"GET") {
            offered.push("HEAD");
        }
        offered.sort_unstable();
        offered.dedup();
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "GYM"] {
            let answer = app.send(&Request::new(method, &path));
            let line = format!("{method} {path}");
            if offered.contains(&method) {
                table.line(line, answer.status == 405, false);
                continue;
            }
            let mut allowed: Vec<_> = answer.header("allow").unwrap_or_default().split(", ").collect();
            allowed.sort_unstable();
            table.line(line, (answer.status, allowed), (405, offered.clone()));
        }
    }
    table.check();
}

/// Whether a path has the form of a template. The name of a file has not that of an identifier.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let pairs = || template.iter().zip(&path);
    template.len() == path.len()
        && pairs().all(|(expected, actual)| {
            expected == actual || expected.starts_with('{') && !actual.is_empty() && !actual.contains('.')
        })
}
