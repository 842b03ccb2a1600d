//! 1.9: route, foreign site, authentication, authorisation, input, and only then what the operation says.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, documented_operations},
    http::{Request, Response},
};
use serde_json::json;

use super::Table;

/// One request that is wrong in every way from some point on: each check that is passed leaves the next to answer.
#[test]
fn the_first_check_that_fails_answers() {
    let app = App::start();
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let anonymous = Session { access: Some("garbage".into()), ..Session::anonymous() };
    let nobody = uuid::Uuid::now_v7();
    let invalid = json!({"email": 7, "zz": 1});
    let valid = json!({"name": "Jo"});
    let foreign = |request: Request| request.header("Sec-Fetch-Site", "cross-site");
    let patch = |path: String, body: &serde_json::Value| Request::new("PATCH", &path).json(body);
    let wrong_path = "/api/v1/users/not-a-uuid".to_owned();
    let absent = format!("/api/v1/users/{nobody}");
    let own = format!("/api/v1/users/{}", superuser.user_id.unwrap_or_default());
    let bytes = |path: &str, bytes: &[u8]| Request::new("PATCH", path).body(Some("application/json"), bytes);

    let mut table = Table::default();
    for (what, who, request, expected) in [
        ("no such path", &anonymous, foreign(patch("/api/v1/nothing".into(), &invalid)), 404),
        ("no such method", &anonymous, foreign(Request::new("PUT", &wrong_path).json(&invalid)), 405),
        ("a slash too many", &anonymous, foreign(patch(format!("{wrong_path}/"), &invalid)), 307),
        ("foreign site", &anonymous, foreign(patch(wrong_path.clone(), &invalid)), 403),
        ("foreign site of a superuser", &superuser, foreign(patch(absent.clone(), &valid)), 403),
        ("not signed in", &anonymous, patch(wrong_path.clone(), &invalid), 401),
        ("not signed in, malformed", &anonymous, bytes(&wrong_path, b"{"), 401),
        ("not signed in, not UTF-8", &anonymous, bytes(&wrong_path, b"\xff"), 401),
        ("no right", &user, patch(wrong_path.clone(), &invalid), 403),
        ("no right, malformed", &user, bytes(&wrong_path, b"{"), 403),
        ("no right, not UTF-8", &user, bytes(&wrong_path, b"\xff"), 403),
        ("no right, absent", &user, patch(absent.clone(), &valid), 403),
        ("not UTF-8", &superuser, bytes(&wrong_path, b"\xff"), 400),
        ("wrong path and body", &superuser, patch(wrong_path, &invalid), 422),
        ("wrong body, absent", &superuser, patch(absent.clone(), &invalid), 422),
        ("malformed, absent", &superuser, bytes(&absent, b"{"), 422),
        ("absent", &superuser, patch(absent, &valid), 404),
        ("oneself", &superuser, patch(own, &valid), 403),
    ] {
        table.line(what, app.send_as(who, request).status, expected);
    }
    table.check();
}

#[test]
fn all_mistakes_of_path_query_and_body_are_told_together_in_this_order() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let both = Request::new("PATCH", "/api/v1/users/zz").json(&json!({"zz": 1, "isActive": [], "email": "x"}));
    let query = "/api/v1/users?zz=1&pageSize=0&currentPage=x&orderBy=id&sortOrder=up&isActive=&createdAfter=x";
    let mut body = bodies::exercise("ab");
    (body["category"], body["zz"], body["primaryMuscles"]) = (json!("x"), json!(1), json!(["x", 5, null]));
    let exercise = Request::new("POST", "/api/v1/exercises/user").json(&body);
    let paths = |answer: &Response| super::mistakes(answer).into_iter().map(|(_, path)| path).collect::<Vec<_>>();
    let mut table = Table::default();
    let unit = Request::new("PATCH", "/api/v1/training-units/zz?zz=1&pageSize=1").json(&json!({"zz": 1, "name": " "}));
    let expected: [(Request, &[&str]); 4] = [
        (both, &["{user_id}", "/email", "/isActive", "/zz"]),
        (
            Request::new("GET", query),
            &["?currentPage", "?pageSize", "?orderBy", "?sortOrder", "?isActive", "?createdAfter", "?zz"],
        ),
        (unit, &["{unit_id}", "?zz", "?pageSize", "/name", "/zz"]),
        (exercise, &["/name", "/primaryMuscles/0", "/primaryMuscles/2", "/category", "/zz"]),
    ];
    for (request, expected) in expected {
        let what = format!("{} {}", request.method, request.path);
        let answer = app.send_as(&superuser, request);
        table.line(&what, answer.status, 422);
        if what.starts_with("GET") {
            // Of the query only the last place is promised: unknown parameters.
            let (mut seen, mut wanted) = (paths(&answer), expected.to_vec());
            table.line(&what, seen.last().cloned(), wanted.last().map(|last| (*last).to_owned()));
            seen.sort_unstable();
            wanted.sort_unstable();
            table.line(&what, seen, wanted.into_iter().map(str::to_owned).collect());
        } else {
            table.line(&what, paths(&answer), expected.iter().map(|path| (*path).to_owned()).collect());
        }
    }
    table.check();
}

#[test]
fn a_foreign_site_is_refused_where_it_could_do_harm() {
    let app = App::start_with(&[("ALLOWED_ORIGINS", "https://app.example.com")]);
    let user = app.mint().person(Role::ApplicationAccess);
    let (address, method) = (app.address.clone(), "PATCH");
    let mut table = Table::default();
    for (headers, method, signed_in, status) in [
        (vec![("Origin", "https://evil.example.com")], method, true, 403),
        (vec![("Origin", "null")], method, true, 403),
        (vec![("Sec-Fetch-Site", "cross-site")], method, true, 403),
        (vec![("Origin", "https://evil.example.com")], method, false, 401),
        (vec![("Origin", "https://evil.example.com"), ("Sec-Fetch-Site", "cross-site")], "GET", true, 200),
        (vec![("Origin", address.as_str())], method, true, 422),
        (vec![("Origin", "https://app.example.com")], method, true, 422),
        (vec![("Origin", "https://app.example.com"), ("Sec-Fetch-Site", "cross-site")], method, true, 422),
        (vec![("Sec-Fetch-Site", "same-origin")], method, true, 422),
        (vec![("Sec-Fetch-Site", "same-site")], method, true, 422),
        (vec![("Sec-Fetch-Site", "none")], method, true, 422),
        (vec![], method, true, 422),
    ] {
        let path = if method == "GET" { "/api/v1/access/me" } else { "/api/v1/access/password-update" };
        let mut request = Request::new(method, path);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let anonymous = Session::anonymous();
        let answer = app.send_as(if signed_in { &user } else { &anonymous }, request);
        table.line(format!("{method} {headers:?}, signed in: {signed_in}"), answer.status, status);
        if status == 403 {
            table.line("the text", answer.text().contains("Cross-site request refused"), true);
        }
    }
    table.check();
}

/// Every operation that changes something, with a request that would.
#[test]
fn no_change_is_made_for_a_foreign_site() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let mut table = Table::default();
    for operation in documented_operations().into_iter().filter(|operation| operation.method != "GET") {
        let request = mint.valid_request(&operation, &superuser);
        let before = mint.fingerprint();
        for (name, value) in [("Origin", "https://evil.example.com"), ("Sec-Fetch-Site", "cross-site")] {
            let answer = app.send_as(&superuser, request.clone().header(name, value));
            let refused = answer.text().contains("Cross-site request refused");
            table.line(format!("{} {name}", operation.id), (answer.status, refused), (403, true));
        }
        table.line(&operation.id, mint.fingerprint() == before, true);
    }
    table.check();
}
