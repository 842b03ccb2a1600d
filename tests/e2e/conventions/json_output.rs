//! 1.2: how answers look.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body, unique_email},
    http::{Request, Response},
};
use serde_json::{Value, json};

use super::{Table, call};

const USER: &[&str] =
    &["id", "name", "email", "isActive", "isSuperuser", "roleName", "roleSlug", "createdAt", "updatedAt"];
const USER_AUTH: &[&str] = &["id", "name", "email", "isActive", "isSuperuser", "roleSlug"];
const ITEM: &[&str] = &["id", "name"];
const PAGE: &[&str] = &["items", "limit", "offset", "total"];
const HEALTH: &[&str] = &["database_status", "cache_status", "app", "version"];
const SESSION: &[&str] = &["id", "createdAt", "lastUsedAt", "expiresAt", "userAgent", "address", "current"];
const EXERCISE: &[&str] = &[
    "id",
    "name",
    "primaryMuscles",
    "secondaryMuscles",
    "force",
    "difficultyLevel",
    "mechanic",
    "equipment",
    "category",
    "instructions",
    "imagePathStart",
    "imagePathEnd",
    "tags",
    "slug",
    "createdBy",
    "createdAt",
    "updatedAt",
    "aliases",
];

fn keys(value: &Value) -> Vec<String> {
    value.as_object().map(|members| members.keys().cloned().collect()).unwrap_or_default()
}

/// JSON without superfluous blanks and escapes.
fn is_compact(answer: &Response) -> bool {
    let compact = answer.json().and_then(|value| serde_json::to_string(&value));
    compact.is_ok_and(|compact| compact == answer.text())
}

#[test]
fn every_answer_has_all_its_keys_in_their_order_and_is_compact() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let exercise = mint.exercise(superuser.user_id);
    let item = || json!({"name": "Züge 🏋 \"quoted\" \\ /"});
    let me = format!("/api/v1/users/{}", superuser.user_id.unwrap_or_default());
    let mut table = Table::default();
    let get = |path: &str| app.get(&superuser, path);
    let post = |path: &str, json: &Value| call(&app, &superuser, "POST", path, json);
    let patch = |path: &str, json: &Value| call(&app, &superuser, "PATCH", path, json);
    for (what, answer, pointer, expected) in [
        ("sign-up", post("/api/v1/access/signup", &bodies::sign_up(&unique_email())), "", USER),
        ("create user", post("/api/v1/users", &bodies::user(&unique_email())), "", USER),
        ("user", get(&me), "", USER),
        ("users", get("/api/v1/users"), "", PAGE),
        ("users", get("/api/v1/users"), "/items/0", USER),
        ("me", get("/api/v1/access/me"), "", USER_AUTH),
        ("rename me", patch("/api/v1/access/me", &item()), "", USER_AUTH),
        ("sessions", get("/api/v1/access/sessions"), "/0", SESSION),
        ("create item", post("/api/v1/catalogs/equipment", &item()), "", ITEM),
        ("item", get("/api/v1/catalogs/equipment/1"), "", ITEM),
        ("items", get("/api/v1/catalogs/equipment"), "/0", ITEM),
        ("rename item", patch("/api/v1/catalogs/exercise-tags/25", &item()), "", ITEM),
        ("exercises", get("/api/v1/exercises"), "", PAGE),
        ("exercises", get("/api/v1/exercises"), "/items/19", EXERCISE),
        ("exercise", get(&format!("/api/v1/exercises/{exercise}")), "", EXERCISE),
        ("find", get("/api/v1/exercises/criteria/?slug=plank"), "", EXERCISE),
        ("custom exercise", post("/api/v1/exercises/user", &bodies::exercise("Züge 🏋")), "", EXERCISE),
        ("system exercise", post("/api/v1/exercises/system", &bodies::system_exercise("Züge 🏋")), "", EXERCISE),
        ("rename", patch(&format!("/api/v1/exercises/user/{exercise}"), &item()), "", EXERCISE),
        ("health", get("/health"), "", HEALTH),
    ] {
        table.line(what, answer.header("content-type").map(str::to_owned), Some("application/json".to_owned()));
        table.line(what, is_compact(&answer), true);
        let value = body(&answer).pointer(pointer).cloned().unwrap_or_default();
        table.line(what, keys(&value), expected.iter().map(|key| (*key).to_owned()).collect());
        table.line(what, answer.header("location").is_none(), true);
        table.line(what, answer.text().contains("\\u"), false);
    }
    table.check();
}

#[test]
fn what_is_absent_is_null_or_an_empty_list() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let custom = mint.exercise(superuser.user_id);
    let read = |path: &str| body(&app.get(&superuser, path));
    let mut table = Table::default();
    let exercise = read(&format!("/api/v1/exercises/{custom}"));
    for name in ["force", "mechanic", "instructions", "imagePathStart", "imagePathEnd", "slug"] {
        table.line(name, exercise.get(name).cloned(), Some(Value::Null));
    }
    for name in ["secondaryMuscles", "equipment", "tags", "aliases"] {
        table.line(name, exercise.get(name).cloned(), Some(json!([])));
    }
    table.line("name", read("/api/v1/access/me").get("name").cloned(), Some(Value::Null));
    let sessions = read("/api/v1/access/sessions");
    table.line("userAgent", sessions[0].get("userAgent").cloned(), Some(Value::Null));
    table.line("createdBy", read("/api/v1/exercises/criteria?slug=plank").get("createdBy").cloned(), Some(Value::Null));
    table.check();
}

#[test]
fn empty_answers_are_empty_and_refusals_carry_no_challenge() {
    let app = App::start();
    let mut mint = app.mint();
    let [superuser, leaver] = [Role::Superuser, Role::ApplicationAccess].map(|role| mint.person(role));
    let exercise = mint.exercise(leaver.user_id);
    let item = app.send_as(&superuser, Request::new("DELETE", "/api/v1/catalogs/exercise-tags/24"));
    let anonymous = Session::anonymous();
    let mut table = Table::default();
    for (what, answer) in [
        ("delete item", item),
        ("delete exercise", app.send_as(&leaver, Request::new("DELETE", &format!("/api/v1/exercises/{exercise}")))),
        ("refresh", app.send_as(&leaver, Request::new("POST", "/api/v1/access/refresh-jwt"))),
        ("end other sessions", app.send_as(&superuser, Request::new("DELETE", "/api/v1/access/sessions"))),
        ("logout", app.send_as(&superuser, Request::new("POST", "/api/v1/access/logout"))),
    ] {
        let seen = (answer.status, answer.body.len(), answer.header("content-type").is_none());
        table.line(what, seen, (204, 0, true));
    }
    for path in ["/api/v1/access/me", "/api/v1/users", "/api/v1/exercises"] {
        let answer = app.send_as(&anonymous, Request::new("GET", path).header("Origin", "https://elsewhere.example"));
        table.line(path, (answer.status, answer.header("www-authenticate").is_none()), (401, true));
        table.line(path, answer.header("access-control-allow-origin").is_none(), true);
    }
    table.check();
}
