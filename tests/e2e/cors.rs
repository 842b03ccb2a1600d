//! Cross-origin resource sharing: what pages of other origins may send and read.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, documented_operations, sign_in},
    http::{Request, Response},
};

const APP: &str = "https://app.example.com";
const LOCAL: &str = "http://localhost:3000";

/// Neither is in the list, some of them nearly.
const STRANGERS: [&str; 9] = [
    "https://evil.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.com",
    "https://evil-app.example.com",
    "https://APP.example.com",
    "https://app.example.com/",
    "*",
    "null",
];

fn start() -> App {
    // With blanks, capital letters, a final slash and an implied port, as people write it.
    App::start_with(&[("ALLOWED_ORIGINS", "https://App.example.com:443/ , http://localhost:3000")])
}

fn from(origin: &str, request: Request) -> Request {
    request.header("Origin", origin)
}

fn preflight(origin: &str, path: &str, method: &str) -> Request {
    from(origin, Request::new("OPTIONS", path))
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", "content-type,idempotency-key,if-match")
}

/// The headers of sharing on an answer, sorted, without their common prefix.
fn sharing(answer: &Response) -> Vec<(String, String)> {
    let short = |name: &str| name.strip_prefix("access-control-").map(str::to_owned);
    let named = |(name, value): &(String, String)| Some((short(name)?, value.clone()));
    let mut headers: Vec<_> = answer.headers.iter().filter_map(named).collect();
    headers.sort();
    headers
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn readable(origin: &str) -> Vec<(String, String)> {
    pairs(&[
        ("allow-credentials", "true"),
        ("allow-origin", origin),
        ("expose-headers", "ETag, Idempotency-Replayed, Location, Retry-After, X-Request-ID"),
    ])
}

fn varies(answer: &Response) -> Vec<&str> {
    answer.headers_named("vary").flat_map(|value| value.split(',')).map(str::trim).collect()
}

#[test]
fn a_preflight_of_every_operation_is_answered() {
    let app = start();
    for operation in documented_operations() {
        let path = operation.path.replace(['{', '}'], "x");
        for origin in [APP, LOCAL] {
            let answer = app.send(&preflight(origin, &path, &operation.method));
            assert_eq!((answer.status, answer.body.len()), (204, 0), "{}: {}", operation.id, answer.text());
            let expected = pairs(&[
                ("allow-credentials", "true"),
                ("allow-headers", "Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-ID"),
                ("allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
                ("allow-origin", origin),
                ("max-age", "3600"),
            ]);
            assert_eq!(sharing(&answer), expected, "{}", operation.id);
            assert_eq!(varies(&answer), ["Origin"], "{}", operation.id);
            assert!(answer.header("x-request-id").is_some(), "{}", operation.id);
        }
    }
}

#[test]
fn what_is_no_preflight_of_an_allowed_origin_stays_405_or_404() {
    let (listed, empty) = (start(), App::start());
    for (path, status) in
        [("/api/v1/access/me", 405), ("/api/v1/catalogs/equipment/7", 405), ("/docs", 405), ("/nothing", 404)]
    {
        let bare = Request::new("OPTIONS", path);
        let without_method = from(APP, bare.clone());
        let without_origin = bare.clone().header("Access-Control-Request-Method", "GET");
        let foreign = STRANGERS.map(|origin| preflight(origin, path, "GET"));
        for request in [bare, without_method, without_origin].iter().chain(&foreign) {
            let answer = listed.send(request);
            assert_eq!(answer.status, status, "{request:?}");
            assert_eq!(answer.header("allow").is_some(), status == 405, "{request:?}");
            assert_eq!(answer.header("content-type"), Some("application/problem+json"));
            assert_eq!(answer.header("access-control-allow-methods"), None, "{request:?}");
        }
        let answer = empty.send(&preflight(APP, path, "GET"));
        assert_eq!((answer.status, sharing(&answer), varies(&answer)), (status, vec![], vec![]));
    }
}

/// Every kind of answer, whoever wrote it.
fn requests(app: &App) -> Vec<(u16, Session, Request)> {
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let nobody = Session::anonymous();
    let get = |path: &str| Request::new("GET", path);
    let post = |path: &str| Request::new("POST", path);
    vec![
        (200, user.clone(), get("/api/v1/access/me")),
        (200, user.clone(), Request::new("HEAD", "/api/v1/access/me")),
        (200, nobody.clone(), get("/ping")),
        (200, nobody.clone(), get("/openapi.json")),
        (200, nobody.clone(), get("/docs/swagger-ui.css")),
        (307, nobody.clone(), get("/api/v1/access/me/")),
        (307, nobody.clone(), get("/redoc")),
        (201, user.clone(), post("/api/v1/exercises/user").json(&bodies::exercise("Shared"))),
        (204, nobody.clone(), sign_in(&user.email, irontrack_tests::harness::password())),
        (400, user.clone(), get("/api/v1/exercises/criteria")),
        (401, nobody.clone(), get("/api/v1/access/me")),
        (401, nobody.clone(), sign_in(&user.email, "Wrong_pass1!")),
        (403, user.clone(), get("/api/v1/users")),
        (404, nobody.clone(), get("/nothing")),
        (405, nobody, Request::new("PUT", "/api/v1/access/me")),
        (409, superuser.clone(), post("/api/v1/users").json(&bodies::user(&user.email))),
        (413, superuser, post("/api/v1/users").body(Some("application/json"), " ".repeat(1_100_000))),
        (422, user, post("/api/v1/exercises/user")),
    ]
}

#[test]
fn every_answer_can_be_read_by_allowed_origins_and_by_no_other() {
    let app = start();
    for (status, who, request) in requests(&app) {
        let what = format!("{} {}", request.method, request.path);
        // Refused or not: a foreign page cannot read it.
        let strangers = STRANGERS.iter().map(|origin| app.send_as(&who, from(origin, request.clone())));
        for answer in strangers.chain([app.send_as(&who, request.clone().header("X-None", "1"))]) {
            assert_eq!(sharing(&answer), [], "{what}");
            assert_eq!(varies(&answer), ["Origin"], "{what}");
        }
        for origin in [APP, LOCAL] {
            let again = request.clone();
            let answer = app.send_as(&who, from(origin, again));
            let expected = if status == 201 && answer.status == 409 { 409 } else { status };
            assert_eq!(answer.status, expected, "{what}: {}", answer.text());
            assert_eq!(sharing(&answer), readable(origin), "{what}");
            assert_eq!(varies(&answer), ["Origin"], "{what}");
        }
    }
}

/// Every header of ours that is on an answer is one that pages may read.
#[test]
fn pages_learn_the_tag_the_place_and_whether_an_answer_was_given_before() {
    let app = start();
    let user = app.mint().person(Role::ApplicationAccess);
    let create = || {
        let create = Request::new("POST", "/api/v1/training-units").header("Idempotency-Key", "key");
        app.send_as(&user, from(APP, create.json(&bodies::training_unit("Shared"))))
    };
    for (answer, again) in [(create(), None), (create(), Some("true"))] {
        assert_eq!((answer.status, sharing(&answer)), (201, readable(APP)), "{}", answer.text());
        assert_eq!(answer.header("idempotency-replayed"), again);
        assert!(answer.header("etag").is_some() && answer.header("location").is_some(), "{:?}", answer.headers);
    }
}

#[test]
fn without_a_list_nothing_is_said() {
    let app = App::start();
    for (_, who, request) in requests(&app) {
        for origin in [APP, &app.address] {
            let answer = app.send_as(&who, from(origin, request.clone()));
            assert_eq!((sharing(&answer), varies(&answer)), (vec![], vec![]), "{} {}", request.method, request.path);
        }
    }
}

#[test]
fn a_refusal_for_a_while_can_be_read() {
    let settings = [("ALLOWED_ORIGINS", APP), ("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_SIGN_IN_ADDRESS", "1")];
    let app = App::start_with(&settings);
    let wrong = || from(APP, sign_in("nobody@example.com", "Wrong_pass1!"));
    assert_eq!(app.send(&wrong()).status, 401);
    let answer = app.send(&wrong());
    assert_eq!((answer.status, sharing(&answer)), (429, readable(APP)));

    let app = start();
    let user = app.mint().person(Role::ApplicationAccess);
    app.database.go_away();
    let answer = app.send_as(&user, from(APP, Request::new("GET", "/api/v1/access/me")));
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{}", answer.text());
    assert_eq!((sharing(&answer), varies(&answer)), (readable(APP), vec!["Origin"]));
}
