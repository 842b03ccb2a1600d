//! 1.6: query parameters: names, repetition, conversions, searches.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, body, documented_operations},
    http::Request,
};
use serde_json::{Value, json};

use super::{Table, outcome};

const LISTS: [&str; 8] = [
    "/api/v1/users",
    "/api/v1/exercises",
    "/api/v1/training-units",
    "/api/v1/training-plans",
    "/api/v1/training-sessions",
    "/api/v1/catalogs/muscle-groups",
    "/api/v1/catalogs/equipment",
    "/api/v1/catalogs/exercise-tags",
];

#[test]
fn unknown_parameters_are_refused_by_lists_training_progress_and_imports_and_ignored_elsewhere() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let get = |path: &str| app.get(&superuser, path);
    for list in LISTS {
        for (query, expected) in [
            ("zz=1", "extra_forbidden ?zz"),
            ("zz", "extra_forbidden ?zz"),
            ("zz=1&zz=2&a%20b=", "extra_forbidden ?zz, extra_forbidden ?a b"),
            ("OrderBy=name", "extra_forbidden ?OrderBy"),
            ("orderBy%5B%5D=name", "extra_forbidden ?orderBy[]"),
        ] {
            table.line(format!("{list}?{query}"), outcome(&get(&format!("{list}?{query}"))), expected.to_owned());
        }
    }
    for catalogue in &LISTS[5..] {
        for name in ["currentPage", "page_size", "limit"] {
            let path = format!("{catalogue}?{name}=1");
            table.line(&path, outcome(&get(&path)), format!("extra_forbidden ?{name}"));
        }
    }
    for filter in ["force=pull", "mechanic=compound", "secondaryMuscles=1", "isActive=true"] {
        let path = format!("/api/v1/exercises?{filter}");
        let name = filter.split('=').next().unwrap_or_default();
        table.line(&path, outcome(&get(&path)), format!("extra_forbidden ?{name}"));
    }
    let is_about_training = |path: &str| {
        ["/api/v1/training-", "/api/v1/progress/", "/api/v1/imports"].iter().any(|start| path.starts_with(start))
    };
    let (training, others): (Vec<_>, Vec<_>) =
        documented_operations().into_iter().partition(|operation| is_about_training(&operation.path));
    for operation in training {
        let request = Request::new(&operation.method, &format!("{}?zz=1", operation.path_with("999")));
        let refused = outcome(&app.send_as(&superuser, request)).contains("extra_forbidden ?zz");
        table.line(operation.id, refused, true);
    }
    // Everything else answers as it does without them.
    let elsewhere = others.into_iter().filter(|operation| !LISTS.contains(&operation.path.as_str()));
    // What ends or renews the session cannot be asked twice.
    let repeatable = |path: &str| !path.ends_with("/logout") && !path.ends_with("/refresh-jwt");
    for operation in elsewhere.filter(|operation| repeatable(&operation.path)) {
        let path = operation.path_with("999");
        let ask = |query: &str| {
            let request = Request::new(&operation.method, &format!("{path}{query}"));
            outcome(&app.send_as(&superuser, request))
        };
        table.line(format!("{} {path}", operation.method), ask("?zz=1&zz=2&pageSize=x"), ask(""));
    }
    table.check();
}

#[test]
fn parameters_have_two_spellings_and_camel_case_wins() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let get = |path: &str, query: &str| app.get(&superuser, &format!("{path}?{query}"));
    for (path, camel, snake, value) in [
        ("/api/v1/users", "currentPage", "current_page", "2"),
        ("/api/v1/users", "pageSize", "page_size", "1"),
        ("/api/v1/users", "orderBy", "order_by", "email"),
        ("/api/v1/users", "sortOrder", "sort_order", "desc"),
        ("/api/v1/users", "searchString", "search_string", "nobody"),
        ("/api/v1/users", "isActive", "is_active", "false"),
        ("/api/v1/users", "createdBefore", "created_before", "2020-01-01T00:00:00Z"),
        ("/api/v1/users", "createdAfter", "created_after", "2099-01-01T00:00:00Z"),
        ("/api/v1/exercises", "currentPage", "current_page", "3"),
        ("/api/v1/exercises", "pageSize", "page_size", "2"),
        ("/api/v1/exercises", "orderBy", "order_by", "category"),
        ("/api/v1/exercises", "sortOrder", "sort_order", "desc"),
        ("/api/v1/exercises", "searchString", "search_string", "plank"),
        ("/api/v1/exercises", "primaryMuscles", "primary_muscles", "16"),
        ("/api/v1/exercises", "difficultyLevel", "difficulty_level", "expert"),
        ("/api/v1/catalogs/equipment", "orderBy", "order_by", "id"),
        ("/api/v1/catalogs/equipment", "sortOrder", "sort_order", "desc"),
        ("/api/v1/catalogs/equipment", "searchString", "search_string", "ball"),
    ] {
        let (one, other) = (get(path, &format!("{camel}={value}")), get(path, &format!("{snake}={value}")));
        table.line(format!("{path} {snake}"), (other.status, body(&other)), (200, body(&one)));
        table.line(
            format!("{path} {camel} is used"),
            body(&get(path, "")) == body(&one),
            // With one account every order is the same.
            path.ends_with("users") && ["orderBy", "sortOrder"].contains(&camel),
        );
        for both in [format!("{camel}={value}&{snake}={value}"), format!("{snake}={value}&{camel}={value}")] {
            table.line(format!("{path} {both}"), outcome(&get(path, &both)), format!("extra_forbidden ?{snake}"));
        }
    }
    table.check();
}

#[test]
fn of_a_repeated_key_the_last_counts_and_lists_take_all() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    let get = |query: &str| app.get(&superuser, &format!("/api/v1/exercises?{query}"));
    let total = |query: &str| body(&get(query))["total"].clone();
    table.line("pageSize", body(&get("pageSize=x&pageSize=3"))["limit"].clone(), json!(3));
    table.line("pageSize", outcome(&get("pageSize=3&pageSize=x")), "int_parsing ?pageSize".to_owned());
    table.line("category", total("category=strength&category=cardio"), total("category=cardio"));
    table.line("scope", total("scope=zz&scope=user"), json!(0));
    for name in ["primaryMuscles", "primary_muscles", "equipment", "tags"] {
        let [one, two, both] = [format!("{name}=1"), format!("{name}=2"), format!("{name}=1&{name}=2&{name}=1")]
            .map(|query| total(&query).as_i64().unwrap_or_default());
        table.line(name, one < both && two < both && both <= one + two, true);
        let wrong = get(&format!("{name}=1,2&{name}=3&{name}="));
        table.line(name, outcome(&wrong), format!("int_parsing ?{name}, int_parsing ?{name}"));
        table.line(name, body(&wrong)["details"][0]["field"].clone(), json!(name));
    }
    table.check();
}

#[test]
fn values_are_converted() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let mut table = Table::default();
    for (query, expected) in [
        ("pageSize=%20%203%20", "200"),
        ("pageSize=%2B3", "200"),
        ("pageSize=3.0", "200"),
        ("pageSize=003", "200"),
        ("pageSize=3.5", "int_parsing ?pageSize"),
        ("pageSize=", "int_parsing ?pageSize"),
        ("pageSize", "int_parsing ?pageSize"),
        ("pageSize=three", "int_parsing ?pageSize"),
        ("pageSize=3,4", "int_parsing ?pageSize"),
        ("pageSize=1e1", "int_parsing ?pageSize"),
        ("pageSize=0", "greater_than_equal ?pageSize"),
        ("pageSize=101", "less_than_equal ?pageSize"),
        ("currentPage=0", "greater_than_equal ?currentPage"),
        ("currentPage=-1", "greater_than_equal ?currentPage"),
        ("currentPage=9223372036854775808", "200"),
        ("orderBy=Name", "literal_error ?orderBy"),
        ("orderBy=id", "literal_error ?orderBy"),
        ("orderBy=created_at", "literal_error ?orderBy"),
        ("orderBy=", "literal_error ?orderBy"),
        ("sortOrder=ASC", "literal_error ?sortOrder"),
        ("isActive=Yes", "200"),
        ("isActive=OFF", "200"),
        ("isActive=1", "200"),
        ("isActive=2", "bool_parsing ?isActive"),
        ("isActive=", "bool_parsing ?isActive"),
        ("isActive=true&isActive=", "bool_parsing ?isActive"),
        ("createdAfter=2026-11-23T18:41:46Z", "200"),
        ("createdAfter=2026-11-23T18:41:46.082726%2B01:00", "200"),
        ("createdAfter=2026-11-23%2018:41:46Z", "200"),
        ("createdAfter=1700000000", "200"),
        ("createdAfter=2026-11-23T18:41:46", "timezone_aware ?createdAfter"),
        ("createdBefore=2026-11-23T18:41:46", "timezone_aware ?createdBefore"),
    ] {
        table.line(query, outcome(&app.get(&superuser, &format!("/api/v1/users?{query}"))), expected.to_owned());
    }
    for value in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-23T25:00:00Z"] {
        let answer = app.get(&superuser, &format!("/api/v1/users?createdAfter={value}"));
        table.line(value, (answer.status, outcome(&answer).starts_with("datetime_")), (422, true));
    }
    table.check();
}

#[test]
fn searches_are_literal_trimmed_and_ignore_case() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let names = ["100% Curl", "A_B Curl", "Back\\slash Curl", "Quote' \"Curl\"", "Übung Curl", "Plain Cable"];
    for name in names {
        let exercise = mint.exercise(superuser.user_id);
        mint.execute("UPDATE exercises SET name = $1 WHERE id = $2", &[&name, &exercise]);
        let person = mint.person(Role::ApplicationAccess);
        mint.execute("UPDATE user_account SET name = $1 WHERE id = $2", &[&name, &person.user_id]);
        mint.execute("INSERT INTO equipment (name) VALUES (lower($1))", &[&name]);
    }
    let mut table = Table::default();
    for (term, expected) in [
        ("100%", &names[..1]),
        ("0% c", &names[..1]),
        ("a_b", &names[1..2]),
        ("_b c", &names[1..2]),
        ("back\\SLASH", &names[2..3]),
        ("e' \"c", &names[3..4]),
        ("übung", &names[4..5]),
        ("ÜBUNG", &names[4..5]),
        ("  übung\t", &names[4..5]),
        ("plain cable", &names[5..6]),
        ("curl%", &[]),
        ("a%b", &[]),
        ("c_rl", &[]),
        ("\\%", &[]),
        ("a\\_b", &[]),
        ("'; DROP TABLE role; --", &[]),
    ] {
        let search = |path: &str| {
            let request = Request::new("GET", path).query("searchString", term);
            let answer = body(&app.send_as(&superuser, request));
            let items = answer["items"].as_array().or(answer.as_array()).cloned().unwrap_or_default();
            let names = items.iter().filter_map(|item| item["name"].as_str().map(str::to_lowercase));
            names.collect::<Vec<_>>()
        };
        let wanted: Vec<_> = expected.iter().map(|name| name.to_lowercase()).collect();
        for path in ["/api/v1/users", "/api/v1/catalogs/equipment"] {
            table.line(format!("{term} in {path}"), search(path), wanted.clone());
        }
        // What is only similar comes when nothing contains the term.
        if !wanted.is_empty() {
            let found = search("/api/v1/exercises?scope=user");
            table.line(format!("{term} in exercises"), found, wanted);
        }
    }
    for term in ["", " ", "\t\n"] {
        let request = Request::new("GET", "/api/v1/catalogs/equipment").query("searchString", term);
        let all: Value = body(&app.send_as(&superuser, request));
        table.line(format!("{term:?}"), all.as_array().map(Vec::len), Some(12 + names.len()));
    }
    table.check();
}
