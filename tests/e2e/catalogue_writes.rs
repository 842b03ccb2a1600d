//! Changing the catalogues.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, bodies, body},
    http::Request,
};
use serde_json::{Value, json};

/// Segment, noun in 404, noun in 409, first free number.
const CATALOGUES: [(&str, &str, &str, i64); 3] = [
    ("muscle-groups", "Muscle group", "A muscle group", 18),
    ("equipment", "Equipment", "An equipment", 13),
    ("exercise-tags", "Exercise tag", "An exercise tag", 26),
];

#[test]
fn every_write_of_every_catalogue_answers_as_the_table_says() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    for (segment, noun, a_noun, new) in CATALOGUES {
        let list = format!("/api/v1/catalogs/{segment}");
        let (own, other, absent) = (format!("{list}/{new}"), format!("{list}/{}", new + 1), format!("{list}/999"));
        let taken = |name: &str| json!(format!("{a_noun} with the name '{name}' already exists"));
        let missing = |id: &str| json!(format!("{noun} with ID '{id}' not found"));
        let item = |id: i64, name: &str| json!({"id": id, "name": name});
        for (method, path, name, status, expected) in [
            ("POST", &list, Some("  Resistance\t BAND "), 201, item(new, "resistance band")),
            ("POST", &list, Some("RESISTANCE BAND"), 409, taken("resistance band")),
            ("POST", &list, Some("Übung"), 201, item(new + 1, "übung")),
            ("POST", &list, Some("ÜBUNG"), 409, taken("übung")),
            ("PATCH", &own, Some("resistance band"), 200, item(new, "resistance band")),
            ("PATCH", &own, Some(" Übung"), 409, taken("übung")),
            ("PATCH", &own, Some("New name"), 200, item(new, "new name")),
            ("GET", &own, None, 200, item(new, "new name")),
            ("POST", &list, Some("resistance band"), 201, item(new + 2, "resistance band")),
            ("PATCH", &absent, Some("whatever"), 404, missing("999")),
            ("PATCH", &absent, Some("new name"), 404, missing("999")),
            ("DELETE", &absent, None, 404, missing("999")),
            ("DELETE", &other, None, 204, Value::Null),
            ("DELETE", &other, None, 404, missing(&(new + 1).to_string())),
            ("GET", &other, None, 404, missing(&(new + 1).to_string())),
            ("POST", &list, Some("übung"), 201, item(new + 3, "übung")),
        ] {
            let mut request = Request::new(method, path);
            if let Some(name) = name {
                request = request.json(&json!({"name": name}));
            }
            let answer = app.send_as(&superuser, request);
            let seen = match answer.status {
                204 => Value::Null,
                400.. => body(&answer)["detail"].clone(),
                _ => body(&answer),
            };
            let what = format!("{method} {path} {name:?}");
            assert!(
                (answer.status, &seen) == (status, &expected)
                    || answer.status == 201 && status == 201 && after_conflict(&seen, &expected),
                "{what}: expected {status} {expected}, got {} {seen}",
                answer.status
            );
            if answer.status == 201 {
                assert!(body(&app.get(&superuser, &list)).as_array().is_some_and(|all| all.contains(&seen)), "{what}");
            }
        }
    }
    app.database.assert_invariants(true);
}

/// A conflict may use up numbers.
fn after_conflict(seen: &Value, expected: &Value) -> bool {
    seen["name"] == expected["name"] && seen["id"].as_i64() >= expected["id"].as_i64()
}

#[test]
fn a_new_name_shows_at_once_in_every_exercise_and_a_removed_item_in_none() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut sent = bodies::with(bodies::system_exercise("Everything"), "secondaryMuscles", json!([6]));
    (sent["primaryMuscles"], sent["equipment"], sent["tags"]) = (json!([16]), json!([4]), json!([1]));
    let created = app.send_as(&superuser, Request::new("POST", "/api/v1/exercises/system").json(&sent));
    let path = format!("/api/v1/exercises/{}", body(&created)["id"].as_str().unwrap_or_default());
    for (segment, id, field, filter) in [
        ("muscle-groups", 16, "primaryMuscles", "primaryMuscles=16"),
        ("muscle-groups", 6, "secondaryMuscles", ""),
        ("equipment", 4, "equipment", "equipment=4"),
        ("exercise-tags", 1, "tags", "tags=1"),
    ] {
        let item = format!("/api/v1/catalogs/{segment}/{id}");
        let list = format!("/api/v1/exercises?searchString=Everything&{filter}");
        let seen = || {
            let (one, page) = (body(&app.get(&superuser, &path)), body(&app.get(&superuser, &list)));
            (one[field].clone(), page["items"][0][field].clone())
        };
        assert_eq!(seen().0[0]["id"], id);
        let name = format!("renamed {field}").to_lowercase();
        assert_eq!(app.send_as(&superuser, Request::new("PATCH", &item).json(&json!({"name": name}))).status, 200);
        let renamed = json!([{"id": id, "name": name}]);
        assert_eq!(seen(), (renamed.clone(), renamed), "{item}");

        assert_eq!(app.send_as(&superuser, Request::new("DELETE", &item)).status, 204);
        let listed = if filter.is_empty() { json!([]) } else { Value::Null };
        assert_eq!(
            seen(),
            (json!([]), listed),
            "{item}: even the last primary muscle goes, and the filter finds nothing"
        );
        let new = bodies::with(bodies::exercise("Late"), field, json!([id]));
        let refused = app.send_as(&superuser, Request::new("POST", "/api/v1/exercises/user").json(&new));
        let expected = if field == "tags" { 422 } else { 404 };
        assert_eq!(refused.status, expected, "{}", refused.text());
    }
    app.database.assert_invariants(false);
}

#[test]
fn names_are_measured_as_they_are_stored() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    for (segment, ..) in CATALOGUES {
        for (name, expected) in [
            ("ab", "string_too_short"),
            ("  ab  ", "string_too_short"),
            ("a\u{a0}\u{2003}b", ""),
            ("   ", "string_too_short"),
            ("", "string_too_short"),
            (&"x".repeat(101), "string_too_long"),
            (&format!(" {} ", "y".repeat(100)), ""),
            (&"🏋".repeat(100), ""),
            ("nul\0", "string_nul"),
        ] {
            let request = Request::new("POST", &format!("/api/v1/catalogs/{segment}")).json(&json!({"name": name}));
            let answer = app.send_as(&superuser, request);
            let kind = body(&answer)["details"][0]["type"].as_str().unwrap_or_default().to_owned();
            let status = if expected.is_empty() { 201 } else { 422 };
            assert_eq!((answer.status, kind.as_str()), (status, expected), "{segment} {name:?}");
        }
    }
    app.database.assert_invariants(true);
}

/// Numbers of items have 16 bits.
#[test]
fn a_full_catalogue_says_so_without_a_defect() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    mint.execute("INSERT INTO equipment (id, name) VALUES (32767, 'the last one')", &[]);
    mint.execute("SELECT setval(pg_get_serial_sequence('equipment', 'id'), 32767)", &[]);
    let request = Request::new("POST", "/api/v1/catalogs/equipment").json(&json!({"name": "one more"}));
    let answer = app.send_as(&superuser, request);
    assert!([409, 503].contains(&answer.status), "{} {}", answer.status, answer.text());
    assert_eq!(app.get(&superuser, "/api/v1/catalogs/equipment/32767").status, 200);
}
