//! Fields that nobody may set: whatever an answer shows and whatever a table has, sent with every write.

use std::collections::BTreeSet;

use irontrack_tests::harness::{bodies, body, documented_operations};
use serde_json::{Value, json};

use super::Attack;

/// All member names of all schemas of answers.
fn response_fields() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut values: Vec<Value> =
        documented_operations().into_iter().map(|operation| operation.definition["responses"].clone()).collect();
    while let Some(value) = values.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::Object(properties)) = members.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                values.extend(members.into_iter().map(|(_, member)| member));
            }
            Value::Array(elements) => values.extend(elements),
            _ => {}
        }
    }
    names
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        camel + &head.to_uppercase() + tail
    })
}

fn snake(name: &str) -> String {
    name.chars().flat_map(|c| if c.is_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] }).collect()
}

#[test]
fn no_write_takes_a_field_that_is_not_its_own() {
    let mut attack = Attack::start();
    let sql = "SELECT DISTINCT column_name::text FROM information_schema.columns WHERE table_schema = 'public'";
    let columns = attack.mint.database.query(sql, &[]).expect("columns can be listed");
    let columns: Vec<String> = columns.iter().map(|row| row.get(0)).collect();
    let extra = ["__proto__", "constructor", "$where", "", "role", "permissions", "admin", "is_admin", "*", "id\0"];
    let mut names = response_fields();
    assert!(names.contains("roleSlug") && columns.contains(&"is_system_default".to_owned()), "{names:?} {columns:?}");
    names.extend(columns.iter().flat_map(|column| [column.clone(), camel(column)]));
    names.extend(names.clone().iter().map(|name| snake(name)));
    names.extend(extra.map(str::to_owned));

    let writes = documented_operations().into_iter().filter(|operation| operation.json_body().is_some());
    for operation in writes {
        let own: BTreeSet<String> = operation
            .json_body()
            .and_then(|schema| schema["properties"].as_object())
            .map(|members| members.keys().flat_map(|name| [name.clone(), snake(name)]).collect())
            .unwrap_or_default();
        let valid = attack.mint.valid_request(&operation, &attack.superuser.clone());
        let sent: Value = serde_json::from_slice(valid.body.as_deref().unwrap_or_default()).expect("a JSON body");
        let before = attack.app.database.contents();
        for name in names.difference(&own) {
            for value in [json!(true), Value::Null] {
                let request = valid.clone().json(&bodies::with(sent.clone(), name, value));
                let answer = attack.send(request);
                let entries = body(&answer)["details"].as_array().cloned().unwrap_or_default();
                let refused = answer.status == 422
                    && entries.len() == 1
                    && entries[0]["type"] == "extra_forbidden"
                    && entries[0]["field"] == **name;
                if !refused {
                    let text = answer.text();
                    attack.failures.push(format!("{} with {name:?}: {} {text}", operation.id, answer.status));
                }
            }
        }
        attack.app.database.assert_unchanged(&before, &operation.id);
    }
    assert!(attack.count > 1000, "expected many requests, got {}", attack.count);
    attack.check(true);
}

/// What is accepted under another name: `isSuperuser` of sign-up, an owner of an exercise, a foreign id.
#[test]
fn fields_of_a_creation_cannot_choose_identity_or_owner() {
    let mut attack = Attack::start();
    let victim = attack.mint.person(irontrack_domain::account::Role::ApplicationAccess);
    let id = victim.user_id.unwrap_or_default();
    let before = attack.app.database.contents();
    for (path, sent) in [
        ("/api/v1/access/signup", bodies::with(bodies::sign_up("x@example.com"), "isSuperuser", json!(true))),
        ("/api/v1/access/signup", bodies::with(bodies::sign_up("x@example.com"), "roleSlug", json!("superuser"))),
        ("/api/v1/users", bodies::with(bodies::user("x@example.com"), "id", json!(id))),
        ("/api/v1/users", bodies::with(bodies::user("x@example.com"), "roleSlug", json!("superuser"))),
        ("/api/v1/exercises/user", bodies::with(bodies::exercise("Mine"), "createdBy", json!(id))),
        ("/api/v1/exercises/user", bodies::with(bodies::exercise("Mine"), "isSystemDefault", json!(true))),
        ("/api/v1/exercises/user", bodies::with(bodies::exercise("Mine"), "tags", json!([1]))),
        ("/api/v1/exercises/system", bodies::with(bodies::system_exercise("Mine"), "slug", json!("plank"))),
        ("/api/v1/exercises/system", bodies::with(bodies::system_exercise("Mine"), "aliases", json!(["x"]))),
        ("/api/v1/catalogs/equipment", json!({"name": "something", "id": 1})),
    ] {
        let request = irontrack_tests::http::Request::new("POST", path).json(&sent);
        attack.expect(&format!("{path} {sent}"), request, &[422]);
    }
    attack.app.database.assert_unchanged(&before, "fields that nobody may set");
    attack.check(true);
}
