//! 1.8: problem details, whatever failed.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body, documented_operations},
    http::{Request, Response},
};
use serde_json::{Value, json};

use super::Table;

#[test]
fn every_error_is_a_problem_with_the_text_of_the_contract() {
    let app = App::start();
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let anonymous = Session::anonymous();
    let json_body = |text: &str| Request::new("POST", "/api/v1/users").body(Some("application/json"), text);
    let mut table = Table::default();
    let mut line = |answer: &Response, status: u16, detail: &str| {
        let what = format!("{status} {detail}");
        let problem = body(answer);
        let seen = (answer.status, problem["status"].clone(), problem["detail"].clone());
        table.line(&what, seen, (status, json!(status), json!(detail)));
        table.line(&what, answer.header("content-type").map(str::to_owned), Some("application/problem+json".into()));
        let kind = problem["type"].as_str().unwrap_or_default();
        table.line(&what, kind.starts_with("urn:irontrack:problem:") && problem["title"].is_string(), true);
        table.line(
            &what,
            problem["requestId"].as_str().map(str::to_owned),
            answer.header("x-request-id").map(str::to_owned),
        );
    };
    let as_super = |request: Request| app.send_as(&superuser, request);
    line(
        &as_super(json_body("\u{fffd}").body(Some("application/json"), vec![0xff])),
        400,
        "There was an error parsing the body",
    );
    let criteria = "/api/v1/exercises/criteria/";
    line(&app.get(&user, criteria), 400, "Either name or slug must be provided");
    line(
        &app.get(&user, &format!("{criteria}?name=a&slug=b")),
        400,
        "You must specify only one of the following: slug or name",
    );
    line(&app.get(&anonymous, "/api/v1/users"), 401, "Not authenticated");
    line(&app.get(&user, "/api/v1/users"), 403, "Access denied: Superuser privileges required");
    line(&app.get(&user, "/nothing"), 404, "Not Found");
    line(&app.get(&user, "/api/v1/catalogs/equipment/999"), 404, "Equipment with ID '999' not found");
    line(&app.get(&user, "/api/v1/catalogs/equipment/99999999"), 404, "Equipment with ID '99999999' not found");
    line(&app.get(&user, &format!("{criteria}?slug=zz")), 404, "Exercise with 'zz' not found");
    line(&as_super(Request::new("PUT", "/api/v1/users")), 405, "Method Not Allowed");
    let taken = json!({"name": "bands"});
    line(
        &as_super(Request::new("POST", "/api/v1/catalogs/equipment").json(&taken)),
        409,
        "An equipment with the name 'bands' already exists",
    );
    line(&as_super(json_body(&" ".repeat(1_100_000))), 413, "The request body is larger than 1 MiB");
    line(&as_super(json_body("{}")), 422, "Validation Error");
    table.check();
}

#[test]
fn bodies_that_are_no_object_are_told_as_a_whole() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let object = "Input should be a valid dictionary or object to extract fields from";
    let json_type = Some("application/json");
    let mut table = Table::default();
    for (what, kind, text, expected, message) in [
        ("nothing", json_type, "", "missing", "Field required"),
        ("null", json_type, "null", "missing", "Field required"),
        ("nothing of no type", None, "", "missing", "Field required"),
        ("a list", json_type, "[]", "model_attributes_type", object),
        ("a text", json_type, "\"{}\"", "model_attributes_type", object),
        ("a number", json_type, "7", "model_attributes_type", object),
        ("true", json_type, "true", "model_attributes_type", object),
        ("other media", Some("text/plain"), "{}", "model_attributes_type", object),
        ("no media", None, "{}", "model_attributes_type", object),
        ("malformed", json_type, "{\"a\":", "json_invalid", "JSON decode error"),
        ("two values", json_type, "{} {}", "json_invalid", "JSON decode error"),
        ("blanks", json_type, "  ", "json_invalid", "JSON decode error"),
        ("a comment", json_type, "{} // x", "json_invalid", "JSON decode error"),
        ("a comma too many", json_type, "{\"name\":\"x\",}", "json_invalid", "JSON decode error"),
        ("NaN", json_type, "{\"name\":NaN}", "json_invalid", "JSON decode error"),
        ("half a surrogate pair", json_type, "{\"name\":\"\\ud800\"}", "json_invalid", "JSON decode error"),
    ] {
        let answer = app.send_as(&superuser, Request::new("POST", "/api/v1/users").body(kind, text));
        let entry = json!([{"type": expected, "field": "body", "path": "", "message": message}]);
        table.line(what, (answer.status, body(&answer)["details"].clone()), (422, entry));
    }
    table.check();
}

#[test]
fn the_whole_is_judged_only_when_every_field_is_right() {
    let app = App::start();
    let send = |confirmation: Value, email: &str| {
        let sent = json!({"email": email, "password": "Passw0rd!", "confirmPassword": confirmation});
        body(&app.send(&Request::new("POST", "/api/v1/access/signup").json(&sent)))["details"].clone()
    };
    let whole = json!([{
        "type": "value_error", "field": "body", "path": "", "message": "Value error, Passwords don't match"
    }]);
    assert_eq!(send(json!("Passw0rd?"), "jo@example.com"), whole);
    let entries = send(json!("Passw0rd?"), "jo");
    assert_eq!(entries.as_array().map(Vec::len), Some(1));
    assert_eq!(entries[0]["field"], "email");
}

/// Whoever asks while the database is away is told to come back, whatever they ask for.
#[test]
fn without_its_database_every_operation_is_503() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let operations: Vec<_> = documented_operations().into_iter().filter(|one| one.path.starts_with("/api/")).collect();
    let requests: Vec<Request> = operations.iter().map(|one| mint.valid_request(one, &superuser)).collect();
    app.database.go_away();
    let answers: Vec<Response> = std::thread::scope(|scope| {
        let senders: Vec<_> =
            requests.iter().map(|request| scope.spawn(|| app.send_as(&superuser, request.clone()))).collect();
        senders.into_iter().map(|sender| sender.join().expect("the request was sent")).collect()
    });
    let mut table = Table::default();
    for (operation, answer) in operations.iter().zip(&answers) {
        let seen = (answer.status, answer.header("retry-after").map(str::to_owned), body(answer)["detail"].clone());
        table.line(&operation.id, seen, (503, Some("1".to_owned()), json!("Service temporarily unavailable")));
    }
    table.check();
}
