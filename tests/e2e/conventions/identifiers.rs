//! 1.5: identifiers and timestamps.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, bodies, body, unique_email},
    http::Request,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Table, call, outcome};

#[test]
fn identifiers_are_uuids_of_version_7_or_small_numbers() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    for (path, sent) in [
        ("/api/v1/users", bodies::user(&unique_email())),
        ("/api/v1/exercises/user", bodies::exercise("My Curl")),
        ("/api/v1/exercises/system", bodies::system_exercise("Their Curl")),
    ] {
        let answer = body(&call(&app, &superuser, "POST", path, &sent));
        let id = answer["id"].as_str().unwrap_or_default();
        let parsed = Uuid::try_parse(id).unwrap_or_default();
        table.line(path, (parsed.get_version_num(), parsed.hyphenated().to_string()), (7, id.to_owned()));
        for name in ["createdAt", "updatedAt"] {
            table.line(path, is_timestamp(&answer[name]), true);
        }
    }
    for (segment, next) in [("muscle-groups", 18), ("equipment", 13), ("exercise-tags", 26)] {
        let path = format!("/api/v1/catalogs/{segment}");
        let answer = body(&call(&app, &superuser, "POST", &path, &json!({"name": "something new"})));
        table.line(segment, answer["id"].clone(), json!(next));
    }
    table.check();
}

/// RFC 3339 in UTC with six digits of a second, or none when all are zero.
fn is_timestamp(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00.000000Z" && !text.contains(".000000") || shape == "0000-00-00T00:00:00Z"
}

#[test]
fn whole_seconds_have_no_fraction() {
    let app = App::start();
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let mut table = Table::default();
    for (stored, shown) in [
        ("2026-11-23 18:41:46+00", "2026-11-23T18:41:46Z"),
        ("2026-11-23 18:41:46.5+00", "2026-11-23T18:41:46.500000Z"),
        ("2026-11-23 18:41:46.000001+00", "2026-11-23T18:41:46.000001Z"),
        ("2026-11-24 00:41:46.082726+06", "2026-11-23T18:41:46.082726Z"),
        ("1969-12-31 23:59:59+00", "1969-12-31T23:59:59Z"),
    ] {
        let sql = format!("UPDATE user_account SET created_at = '{stored}' WHERE id = $1");
        mint.execute(&sql, &[&user.user_id]);
        let path = format!("/api/v1/users/{}", user.user_id.unwrap_or_default());
        table.line(stored, body(&app.get(&superuser, &path))["createdAt"].clone(), json!(shown));
    }
    table.check();
}

#[test]
fn updated_at_moves_exactly_when_something_changes() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let create = |path: &str, sent: &Value| {
        let answer = call(&app, &superuser, "POST", path, sent);
        assert_eq!(answer.status, 201, "{}", answer.text());
        body(&answer)["id"].as_str().unwrap_or_default().to_owned()
    };
    let user = format!("/api/v1/users/{}", create("/api/v1/users", &bodies::user(&unique_email())));
    let custom = create("/api/v1/exercises/user", &bodies::exercise("My Curl"));
    let custom = format!("/api/v1/exercises/user/{custom}");
    let system = create("/api/v1/exercises/system", &bodies::system_exercise("Their Curl"));
    let system = format!("/api/v1/exercises/system/{system}");
    let mut table = Table::default();
    for (path, changes, moves) in [
        (&user, json!({}), false),
        (&user, json!({"name": "Jo"}), true),
        (&user, json!({"name": " Jo "}), false),
        (&user, json!({"isActive": true, "isSuperuser": false}), false),
        (&user, json!({"isSuperuser": true}), true),
        (&user, json!({"password": "another-pass"}), true),
        (&user, json!({"password": null}), false),
        (&user, json!({"name": null}), true),
        (&custom, json!({}), false),
        (&custom, json!({"name": "My  Curl ", "primaryMuscles": [5, 5], "equipment": null}), false),
        (&custom, json!({"name": "my curl"}), true),
        (&custom, json!({"primaryMuscles": [5, 6]}), true),
        (&custom, json!({"secondaryMuscles": [7]}), true),
        (&custom, json!({"secondaryMuscles": [7, 7]}), false),
        (&custom, json!({"equipment": [8]}), true),
        (&custom, json!({"equipment": null}), true),
        (&custom, json!({"force": "pull"}), true),
        (&custom, json!({"force": "pull"}), false),
        (&system, json!({"tags": [5]}), false),
        (&system, json!({"tags": [6]}), true),
        (&system, json!({"imagePathEnd": "/a.png"}), true),
        (&system, json!({"imagePathEnd": "/a.png"}), false),
        (&system, json!({"name": "Their curl"}), true),
    ] {
        let before = body(&app.send_as(&superuser, Request::new("PATCH", path).json(&json!({}))));
        let answer = call(&app, &superuser, "PATCH", path, &changes);
        let after = body(&answer);
        let seen =
            (answer.status, after["updatedAt"] != before["updatedAt"], after["createdAt"] == before["createdAt"]);
        table.line(format!("{path} {changes}"), seen, (200, moves, true));
    }
    table.check();
}

#[test]
fn identifiers_in_paths_have_several_forms() {
    let app = App::start();
    let mut mint = app.mint();
    let user = mint.person(Role::ApplicationAccess);
    let exercise = mint.exercise(user.user_id);
    let (plain, short) = (exercise.to_string(), exercise.simple().to_string());
    let mut table = Table::default();
    let mut line = |path: String, expected: &str| {
        let path = path.replace('{', "%7B").replace('}', "%7D").replace(' ', "%20").replace('+', "%2B");
        let seen = outcome(&app.get(&user, &path));
        table.line(&path, seen, expected.to_owned());
    };
    let uuid = "uuid_parsing {exercise_id}";
    for (id, expected) in [
        (plain.clone(), "200"),
        (plain.to_uppercase(), "200"),
        (short.clone(), "200"),
        (short.to_uppercase(), "200"),
        (format!("{{{plain}}}"), "200"),
        (format!("urn:uuid:{plain}"), "200"),
        (Uuid::nil().to_string(), "404"),
        (Uuid::max().to_string(), "404"),
        (Uuid::new_v4().to_string(), "404"),
        (format!("{{{plain}"), uuid),
        (format!("{plain}0"), uuid),
        (plain[1..].to_owned(), uuid),
        (plain.replace('-', "_"), uuid),
        (format!(" {plain}"), uuid),
        ("7".to_owned(), uuid),
    ] {
        line(format!("/api/v1/exercises/{id}"), expected);
    }
    let integer = "int_parsing {equipment_id}";
    for (id, expected) in [
        ("7", "200"),
        ("007", "200"),
        ("+7", "200"),
        (" 7 ", "200"),
        ("7.0", "200"),
        ("0", "404"),
        ("-7", "404"),
        ("32768", "404"),
        ("7.5", integer),
        ("7x", integer),
        ("0x7", integer),
        ("7e0", integer),
        ("true", integer),
        (" ", integer),
    ] {
        line(format!("/api/v1/catalogs/equipment/{id}"), expected);
    }
    table.check();
}
