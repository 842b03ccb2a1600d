//! 1.4: null is not absence.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, bodies, body, unique_email};
use serde_json::{Value, json};

use super::{Table, call, outcome};

/// A field of a PATCH and what null does to it.
enum Null {
    /// It is cleared: this is read afterwards.
    Clears(Value),
    /// Nothing happens.
    Ignored,
    /// 422 of this kind.
    Refused(&'static str),
}

#[test]
fn null_in_a_change() {
    use Null::{Clears, Ignored, Refused};

    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let create = |path: &str, sent: Value| {
        let answer = call(&app, &superuser, "POST", path, &sent);
        assert_eq!(answer.status, 201, "{path} {sent}: {}", answer.text());
        body(&answer)["id"].to_string().trim_matches('"').to_owned()
    };
    let mut full = bodies::exercise("My Curl");
    for (field, value) in [
        ("secondaryMuscles", json!([6])),
        ("equipment", json!([8])),
        ("force", json!("pull")),
        ("mechanic", json!("isolation")),
        ("instructions", json!("Lift.")),
    ] {
        full[field] = value;
    }
    let mut system = bodies::with(full.clone(), "tags", json!([5]));
    (system["imagePathStart"], system["imagePathEnd"]) = ("/a.png".into(), "/b.png".into());
    let user = bodies::with(bodies::user(&unique_email()), "name", json!("Jo"));
    let user = format!("/api/v1/users/{}", create("/api/v1/users", user));
    let custom = format!("/api/v1/exercises/user/{}", create("/api/v1/exercises/user", full));
    let system = format!("/api/v1/exercises/system/{}", create("/api/v1/exercises/system", system));
    let item = "/api/v1/catalogs/muscle-groups/1".to_owned();

    let mut table = Table::default();
    let mut line = |path: &str, field: &str, null: Null| {
        let what = format!("{path} {field}");
        let changes = bodies::with(json!({}), field, Value::Null);
        let before = call(&app, &superuser, "PATCH", path, &json!({}));
        let answer = call(&app, &superuser, "PATCH", path, &changes);
        match null {
            Refused(kind) => table.line(what, outcome(&answer), format!("{kind} /{field}")),
            Clears(left) => table.line(what, (answer.status, body(&answer)[field].clone()), (200, left)),
            Ignored => table.line(what, (answer.status, body(&answer)), (200, body(&before))),
        }
    };
    line(&user, "password", Ignored);
    for field in ["email", "isActive", "isSuperuser"] {
        line(&user, field, Refused("null_not_allowed"));
    }
    line(&user, "name", Clears(Value::Null));
    line("/api/v1/access/me", "name", Clears(Value::Null));
    line(&item, "name", Refused("string_type"));
    for path in [&custom, &system] {
        for field in ["name", "primaryMuscles", "difficultyLevel", "category"] {
            line(path, field, Refused("null_not_allowed"));
        }
        for field in ["force", "mechanic"] {
            line(path, field, Clears(Value::Null));
        }
        for field in ["secondaryMuscles", "equipment"] {
            line(path, field, Clears(json!([])));
        }
    }
    line(&custom, "instructions", Clears(Value::Null));
    line(&system, "instructions", Clears(Value::Null));
    line(&system, "tags", Refused("null_not_allowed"));
    for field in ["imagePathStart", "imagePathEnd"] {
        line(&system, field, Clears(Value::Null));
    }
    table.check();
}

#[test]
fn null_and_absence_on_creation() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let base = |path: &str| match path {
        "/api/v1/users" => bodies::user(&unique_email()),
        "/api/v1/access/signup" => bodies::sign_up(&unique_email()),
        "/api/v1/exercises/user" => bodies::exercise(&unique_email()),
        "/api/v1/exercises/system" => bodies::system_exercise(&unique_email()),
        _ => json!({"name": unique_email()}),
    };
    let optional: [(&str, &[&str]); 4] = [
        ("/api/v1/users", &["name"]),
        ("/api/v1/access/signup", &["name"]),
        ("/api/v1/exercises/user", &["secondaryMuscles", "equipment", "force", "mechanic", "instructions"]),
        (
            "/api/v1/exercises/system",
            &["secondaryMuscles", "equipment", "force", "mechanic", "imagePathStart", "imagePathEnd"],
        ),
    ];
    for (path, fields) in optional {
        for field in fields {
            let sent = bodies::with(base(path), field, Value::Null);
            table.line(format!("{path} {field}"), outcome(&call(&app, &superuser, "POST", path, &sent)), "201".into());
        }
    }
    let required: [(&str, &[(&str, &str)]); 5] = [
        ("/api/v1/users", &[("email", "string_type"), ("password", "string_type")]),
        (
            "/api/v1/access/signup",
            &[("email", "string_type"), ("password", "string_type"), ("confirmPassword", "string_type")],
        ),
        (
            "/api/v1/exercises/user",
            &[
                ("name", "string_type"),
                ("primaryMuscles", "list_type"),
                ("difficultyLevel", "enum"),
                ("category", "enum"),
            ],
        ),
        (
            "/api/v1/exercises/system",
            &[("name", "string_type"), ("instructions", "string_type"), ("tags", "list_type")],
        ),
        ("/api/v1/catalogs/equipment", &[("name", "string_type")]),
    ];
    for (path, fields) in required {
        for (field, kind) in fields {
            let sent = bodies::with(base(path), field, Value::Null);
            let answer = call(&app, &superuser, "POST", path, &sent);
            table.line(format!("{path} {field}: null"), outcome(&answer), format!("{kind} /{field}"));
            let mut sent = base(path);
            if let Some(members) = sent.as_object_mut() {
                members.remove(*field);
            }
            let answer = call(&app, &superuser, "POST", path, &sent);
            table.line(format!("{path} without {field}"), outcome(&answer), format!("missing /{field}"));
        }
    }
    for field in ["isActive", "isSuperuser"] {
        let sent = bodies::with(base("/api/v1/users"), field, Value::Null);
        let answer = call(&app, &superuser, "POST", "/api/v1/users", &sent);
        table.line(field, outcome(&answer), format!("bool_type /{field}"));
    }
    table.check();
}
