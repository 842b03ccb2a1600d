//! Wrong input, generated from the document: every field of every body and every parameter with values of a wrong type or
//! outside its limits is 422 and named. What the lax conversion accepts is none of these.

use std::collections::BTreeSet;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, bodies, body, documented_operations},
    http::{Request, Response},
};
use serde_json::{Value, json};

/// A schema and all its alternatives and parts.
fn parts(schema: &Value) -> Vec<&Value> {
    let inner = ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    std::iter::once(schema).chain(inner.flat_map(parts)).collect()
}

/// The types of a schema, null included.
fn all_types(schema: &Value) -> BTreeSet<&str> {
    let types = parts(schema).into_iter().map(|part| &part["type"]);
    types
        .flat_map(|types| types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice))
        .filter_map(Value::as_str)
        .collect()
}

/// The one type that a value has unless it is null.
fn type_of(schema: &Value) -> &str {
    let mut types = all_types(schema);
    types.remove("null");
    // The other test tells about schemas that demand an object as well.
    types.len().gt(&1).then(|| types.remove("object"));
    assert_eq!(types.len(), 1, "expected a schema of one type: {schema}");
    types.pop_first().unwrap_or_default()
}

/// What a keyword of the schema says, wherever it stands.
fn keyword<'a>(schema: &'a Value, name: &str) -> &'a Value {
    parts(schema).into_iter().map(|part| &part[name]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}

/// Values that a field of this schema must not take.
fn wrong_values(schema: &Value) -> Vec<Value> {
    let mut wrong = match type_of(schema) {
        "string" => vec![json!(7), json!(1.5), json!(true), json!([]), json!(["x"]), json!({}), json!({"x": "y"})],
        "integer" => vec![json!("x"), json!(""), json!(1.5), json!("1.5"), json!([]), json!([1]), json!({})],
        "boolean" => {
            vec![json!("maybe"), json!(""), json!(2), json!(-1), json!(0.5), json!([]), json!([true]), json!({})]
        }
        "number" => vec![json!("x"), json!("1"), json!(true), json!([]), json!([1]), json!({}), json!(1e300)],
        "array" => vec![json!("x"), json!("[]"), json!(7), json!(true), json!({}), json!({"0": 1})],
        "object" => vec![json!("x"), json!("{}"), json!(7), json!(true), json!([])],
        other => panic!("the type {other} has no wrong values here yet"),
    };
    if type_of(schema) == "array" {
        wrong.extend(wrong_values(keyword(schema, "items")).into_iter().map(|element| json!([element])));
        wrong.extend(wrong_values(keyword(schema, "items")).into_iter().map(|element| json!([1, element])));
        if keyword(schema, "minItems").as_u64().is_some_and(|least| least > 0) {
            wrong.push(json!([]));
        }
    }
    if let Some(names) = keyword(schema, "enum").as_array() {
        let upper = |name: &Value| json!(name.as_str().unwrap_or_default().to_uppercase());
        let blank = |name: &Value| json!(format!("{} ", name.as_str().unwrap_or_default()));
        wrong.extend(names.iter().flat_map(|name| [upper(name), blank(name)]));
        wrong.extend([json!(""), json!("nothing")]);
    }
    for (limit, step) in [("minimum", -1), ("maximum", 1)] {
        wrong.extend(keyword(schema, limit).as_i64().map(|limit| json!(limit + step)));
    }
    if *keyword(schema, "format") == "uuid" {
        wrong.extend([json!(""), json!("x"), json!("0192a000-0000-7000-8000-00000000000g")]);
    }
    if let Some(most) = keyword(schema, "maxLength").as_u64() {
        wrong.push(json!("Aa1!".repeat(usize::try_from(most).unwrap_or_default() / 4 + 1)));
    }
    match keyword(schema, "minLength").as_u64() {
        Some(least) if least > 0 => wrong.push(json!("x".repeat(usize::try_from(least).unwrap_or_default() - 1))),
        _ => {}
    }
    if *keyword(schema, "format") == "email" {
        wrong.extend([json!(""), json!("jo"), json!("jo@"), json!("@example.com"), json!("jo@example")]);
    }
    if !all_types(schema).contains("null") {
        wrong.push(Value::Null);
    }
    wrong
}

fn type_of_elements(schema: &Value) -> &str {
    let items = keyword(schema, "items");
    if items.is_null() { "" } else { type_of(items) }
}

/// Words that a query parameter or a path parameter of this schema must not be.
fn wrong_words(schema: &Value) -> Vec<String> {
    if let Some(names) = keyword(schema, "enum").as_array() {
        let upper = names.iter().map(|name| name.as_str().unwrap_or_default().to_uppercase());
        return upper.chain(["nothing".to_owned(), String::new(), " ".to_owned()]).collect();
    }
    let words: &[&str] = match (type_of(schema), keyword(schema, "format").as_str()) {
        ("string", Some("uuid")) => &["x", "7", "0192a000-0000-7000-8000-00000000000g", "0192a000"],
        ("string", Some("date-time")) => &["", "x", "2026-11-23T18:41:46", "2026-13-01T00:00:00Z"],
        ("string", _) => &["a\0b"],
        ("integer", _) => &["", "x", "1.5", "1,2", "1e3", "--1", "0x10", "1 2"],
        ("number", _) => &["", "x", "1,5", "--1", "0x10", "NaN", "0 5"],
        ("boolean", _) => &["", "x", "2", "truee", "-1"],
        ("array", _) => return wrong_words(keyword(schema, "items")),
        (other, _) => panic!("the type {other} has no wrong words here yet"),
    };
    let beyond = |key: &str, step: i64| keyword(schema, key).as_i64().map(|limit| (limit + step).to_string());
    words.iter().map(|word| (*word).to_owned()).chain(beyond("minimum", -1)).chain(beyond("maximum", 1)).collect()
}

fn snake(name: &str) -> String {
    name.chars().flat_map(|c| if c.is_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] }).collect()
}

/// What is wrong with an answer that should name this field, and no other.
fn problem(answer: &Response, field: &str) -> Option<String> {
    let named = || {
        let entries = body(answer)["details"].as_array().cloned().unwrap_or_default();
        !entries.is_empty() && entries.iter().all(|entry| entry["field"] == field)
    };
    let right = answer.status == 422 && named();
    (!right).then(|| format!("expected 422 naming {field}, got {} {}", answer.status, answer.text()))
}

/// A schema of all parts at once that have different types accepts nothing.
#[test]
fn no_schema_contradicts_itself() {
    let document = serde_json::to_value(irontrack_http::openapi()).expect("the document is JSON");
    let mut values = vec![(String::new(), &document)];
    let mut found = Vec::new();
    while let Some((path, value)) = values.pop() {
        if let Some(parts) = value["allOf"].as_array() {
            let types: BTreeSet<_> = parts.iter().filter(|part| part["$ref"].is_null()).flat_map(all_types).collect();
            if types.len() > 1 {
                found.push(format!("{path}: {value}"));
            }
        }
        match value {
            Value::Object(members) => {
                values.extend(members.iter().map(|(name, member)| (format!("{path}/{name}"), member)));
            }
            Value::Array(all) => values.extend(all.iter().enumerate().map(|(n, one)| (format!("{path}/{n}"), one))),
            _ => {}
        }
    }
    assert!(found.is_empty(), "expected schemas that accept something:\n{}", found.join("\n"));
}

#[test]
fn every_field_of_every_body_refuses_what_its_schema_forbids() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let (mut failures, mut count) = (Vec::new(), 0);
    for operation in documented_operations() {
        let Some(schema) = operation.json_body() else { continue };
        let valid = mint.valid_request(&operation, &superuser);
        let sent: Value = serde_json::from_slice(valid.body.as_deref().unwrap_or_default()).expect("a JSON body");
        let before = mint.fingerprint();
        for (field, schema) in schema["properties"].as_object().expect("a body has fields") {
            for value in wrong_values(schema) {
                // What null means in a change is not in the schema of a creation: `null_and_missing` has the table.
                if value.is_null() && operation.method == "PATCH" {
                    continue;
                }
                for name in [field.clone(), snake(field)] {
                    let mut spoilt = sent.clone();
                    if let Some(members) = spoilt.as_object_mut() {
                        members.remove(field);
                    }
                    let spoilt = bodies::with(spoilt, &name, value.clone());
                    let answer = app.send_as(&superuser, Request { body: None, ..valid.clone() }.json(&spoilt));
                    count += 1;
                    if let Some(problem) = problem(&answer, &name) {
                        let shown: String = value.to_string().chars().take(60).collect();
                        failures.push(format!("{} {name}: {shown}: {problem}", operation.id));
                    }
                }
            }
        }
        assert_eq!(before, mint.fingerprint(), "{} changed the database", operation.id);
    }
    assert!(failures.is_empty(), "{} of {count} values:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 500, "expected many values, got {count}");
    println!("{count} wrong values were named");
}

#[test]
fn every_parameter_refuses_what_its_schema_forbids() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let (mut failures, mut count) = (Vec::new(), 0);
    for operation in documented_operations() {
        let valid = mint.valid_request(&operation, &superuser);
        for (field, schema) in operation.parameters("query") {
            // The others that must be there.
            let is_needed = |(name, _): &&(String, String)| name != field && operation.requires(name);
            let query: Vec<_> = valid.query.iter().filter(is_needed).cloned().collect();
            for name in BTreeSet::from([field.to_owned(), snake(field)]) {
                for word in wrong_words(schema) {
                    let spoilt = Request { query: query.clone(), ..valid.clone() }.query(&name, &word);
                    let answer = app.send_as(&superuser, spoilt);
                    count += 1;
                    let problem = problem(&answer, &name);
                    failures.extend(problem.map(|problem| format!("{} ?{name}={word}: {problem}", operation.id)));
                }
            }
        }
        for (name, schema) in operation.parameters("path") {
            for word in wrong_words(schema).into_iter().filter(|word| !word.is_empty()) {
                let encoded: String = word.bytes().map(|byte| format!("%{byte:02x}")).collect();
                let place = format!("{{{name}}}");
                let segments = operation.path.split('/').zip(valid.path.split('/'));
                let spoilt = segments.map(|(name, valid)| if name == place { encoded.as_str() } else { valid });
                let path = spoilt.collect::<Vec<_>>().join("/");
                let answer = app.send_as(&superuser, Request { path, ..valid.clone() });
                count += 1;
                let problem = problem(&answer, name);
                failures.extend(problem.map(|problem| format!("{} {place} = {word:?}: {problem}", operation.id)));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} values:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 150, "expected many values, got {count}");
    println!("{count} wrong values were named");
}

/// The counterpart: the lax conversion takes these, so that no schema check may refuse them.
#[test]
fn every_field_accepts_what_the_lax_conversion_accepts() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    let (mut failures, mut count) = (Vec::new(), 0);
    for operation in documented_operations() {
        let Some(schema) = operation.json_body() else { continue };
        for (field, schema) in schema["properties"].as_object().expect("a body has fields") {
            let values = match (type_of(schema), type_of_elements(schema)) {
                ("boolean", _) => vec![json!("yes"), json!("OFF"), json!("t"), json!(1), json!("0")],
                // Those of what is there already, each once.
                ("array", "integer") if field == "ids" => continue,
                ("array", "integer") => {
                    vec![json!(["7"]), json!([" 7 "]), json!([7.0]), json!([true]), json!([7, 7])]
                }
                _ => continue,
            };
            for value in values {
                let valid = mint.valid_request(&operation, &superuser);
                let sent: Value =
                    serde_json::from_slice(valid.body.as_deref().unwrap_or_default()).expect("a JSON body");
                let answer = app.send_as(&superuser, valid.json(&bodies::with(sent, field, value.clone())));
                count += 1;
                if !(200..300).contains(&answer.status) {
                    failures.push(format!("{} {field}: {value}: {} {}", operation.id, answer.status, answer.text()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} values:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 20, "expected some values, got {count}");
}
