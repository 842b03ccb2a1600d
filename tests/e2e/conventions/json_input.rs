//! 1.3: how bodies are read: spellings, unknown fields, conversions.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, bodies, body, unique_email},
    http::Request,
};
use serde_json::{Value, json};

use super::{Table, call, outcome};

#[test]
fn truth_values_are_converted() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let yes = [json!(true), json!(1), json!("1"), json!("true"), json!("TRUE"), json!("t"), json!("Yes"), json!("y")];
    let no = [json!(false), json!(0), json!("0"), json!("false"), json!("F"), json!("no"), json!("N"), json!("off")];
    let on = [(json!("on"), true), (json!("ON"), true), (json!("oFf"), false)];
    let all = yes.into_iter().map(|v| (v, true)).chain(no.into_iter().map(|v| (v, false))).chain(on);
    for (value, expected) in all {
        let sent = bodies::with(bodies::user(&unique_email()), "isActive", value.clone());
        let answer = call(&app, &superuser, "POST", "/api/v1/users", &sent);
        table.line(&value, (answer.status, body(&answer)["isActive"].clone()), (201, json!(expected)));
    }
    for (value, expected) in [
        (json!(2), "bool_parsing"),
        (json!(-1), "bool_parsing"),
        (json!(0.5), "bool_parsing"),
        (json!("maybe"), "bool_parsing"),
        (json!(""), "bool_parsing"),
        (json!("10"), "bool_parsing"),
        (json!(null), "bool_type"),
        (json!([]), "bool_type"),
        (json!([true]), "bool_type"),
        (json!({}), "bool_type"),
    ] {
        let sent = bodies::with(bodies::user(&unique_email()), "isActive", value.clone());
        let answer = call(&app, &superuser, "POST", "/api/v1/users", &sent);
        table.line(&value, outcome(&answer), format!("{expected} /isActive"));
    }
    table.check();
}

#[test]
fn integers_are_converted() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let mut table = Table::default();
    let create = |n: usize, value: &str| {
        let text =
            bodies::with(bodies::exercise(&format!("Exercise {n}")), "primaryMuscles", json!("HERE")).to_string();
        let text = text.replace("\"HERE\"", value);
        app.send_as(&user, Request::new("POST", "/api/v1/exercises/user").body(Some("application/json"), text))
    };
    for (n, (value, ids)) in [
        ("[7]", vec![7]),
        ("[7.0]", vec![7]),
        ("[7e0]", vec![7]),
        ("[0.7e1]", vec![7]),
        ("[\"7\"]", vec![7]),
        ("[\" 7 \"]", vec![7]),
        ("[\"+7\"]", vec![7]),
        ("[\"007\"]", vec![7]),
        ("[\"7.0\"]", vec![7]),
        ("[true]", vec![1]),
        ("[7,\"6\",7.0]", vec![6, 7]),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = body(&create(n, value));
        let muscles = answer["primaryMuscles"].as_array().cloned().unwrap_or_default();
        let seen: Vec<Value> = muscles.iter().map(|muscle| muscle["id"].clone()).collect();
        table.line(value, json!(seen), json!(ids));
    }
    for (value, expected) in [
        ("[7.5]", "int_from_float /primaryMuscles/0"),
        ("[\"x\"]", "int_parsing /primaryMuscles/0"),
        ("[\"\"]", "int_parsing /primaryMuscles/0"),
        ("[\"7.5\"]", "int_parsing /primaryMuscles/0"),
        ("[\"7,6\"]", "int_parsing /primaryMuscles/0"),
        ("[\"7 6\"]", "int_parsing /primaryMuscles/0"),
        ("[null]", "int_type /primaryMuscles/0"),
        ("[7,[6]]", "int_type /primaryMuscles/1"),
        ("[{}]", "int_type /primaryMuscles/0"),
        ("[7,\"x\",6.5]", "int_parsing /primaryMuscles/1, int_from_float /primaryMuscles/2"),
        ("[false]", "404"),
        ("[-1]", "404"),
        ("[32768]", "404"),
        ("[99999999999999999999]", "404"),
        ("7", "list_type /primaryMuscles"),
        ("\"7\"", "list_type /primaryMuscles"),
        ("{\"0\":7}", "list_type /primaryMuscles"),
        ("true", "list_type /primaryMuscles"),
        ("[]", "too_short /primaryMuscles"),
    ] {
        table.line(value, outcome(&create(99, value)), expected.to_owned());
    }
    table.check();
}

#[test]
fn texts_and_choices_are_taken_as_they_are() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let mut table = Table::default();
    let other = [json!(7), json!(true), json!([]), json!({}), json!(["x"])];
    for field in ["name", "instructions"] {
        for value in &other {
            let sent = bodies::with(bodies::exercise("Exercise"), field, value.clone());
            let answer = call(&app, &user, "POST", "/api/v1/exercises/user", &sent);
            table.line(format!("{field} {value}"), outcome(&answer), format!("string_type /{field}"));
        }
    }
    let wrong = [json!("Beginner"), json!("BEGINNER"), json!("beginner "), json!(""), json!(1), json!([]), json!({})];
    for field in ["difficultyLevel", "category", "force", "mechanic"] {
        for value in &wrong {
            let sent = bodies::with(bodies::exercise("Exercise"), field, value.clone());
            let answer = call(&app, &user, "POST", "/api/v1/exercises/user", &sent);
            table.line(format!("{field} {value}"), outcome(&answer), format!("enum /{field}"));
        }
    }
    let sent = bodies::with(bodies::exercise("Exercise"), "instructions", json!("  two\n\n lines \t"));
    let answer = call(&app, &user, "POST", "/api/v1/exercises/user", &sent);
    table.line("blanks stay", body(&answer)["instructions"].clone(), json!("  two\n\n lines \t"));
    table.check();
}

#[test]
fn fields_have_two_spellings_and_others_are_refused() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let mut line = |what: &str, path: &str, text: String, expected: &str| {
        let request = Request::new("POST", path).body(Some("application/json"), text);
        table.line(what, outcome(&app.send_as(&superuser, request)), expected.to_owned());
    };
    let user = |more: &str| format!(r#"{{"email":"{}","password":"Passw0rd!"{more}}}"#, unique_email());
    line("camel", "/api/v1/users", user(r#","isActive":true"#), "201");
    line("snake", "/api/v1/users", user(r#","is_active":true"#), "201");
    line("both", "/api/v1/users", user(r#","isActive":true,"is_active":true"#), "extra_forbidden /is_active");
    line("both, snake wrong", "/api/v1/users", user(r#","is_active":7,"isActive":1"#), "extra_forbidden /is_active");
    line(
        "both, camel wrong",
        "/api/v1/users",
        user(r#","is_active":1,"isActive":7"#),
        "bool_parsing /isActive, extra_forbidden /is_active",
    );
    line("snake wrong", "/api/v1/users", user(r#","is_superuser":7"#), "bool_parsing /is_superuser");
    line("other case", "/api/v1/users", user(r#","IsActive":true"#), "extra_forbidden /IsActive");
    line("unknown", "/api/v1/users", user(r#","a/b~c":1"#), "extra_forbidden /a~1b~0c");
    line("twice", "/api/v1/users", user(r#","isActive":"zz","isActive":true"#), "201");
    line("twice, last wrong", "/api/v1/users", user(r#","isActive":true,"isActive":"zz""#), "bool_parsing /isActive");
    let exercise = |muscles: &str, level: &str| {
        let name = uuid::Uuid::new_v4();
        format!(r#"{{"name":"{name}","{muscles}":[5],"{level}":"expert","category":"cardio"}}"#)
    };
    line("camel", "/api/v1/exercises/user", exercise("primaryMuscles", "difficultyLevel"), "201");
    line("snake", "/api/v1/exercises/user", exercise("primary_muscles", "difficulty_level"), "201");
    line(
        "missing",
        "/api/v1/exercises/user",
        exercise("muscles", "difficulty_level"),
        "missing /primaryMuscles, extra_forbidden /muscles",
    );
    table.check();
}
