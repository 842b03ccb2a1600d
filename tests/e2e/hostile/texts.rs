//! NUL, endless texts, and every odd corner of Unicode.

use irontrack_tests::{
    harness::{bodies, body, documented_operations},
    http::Request,
};
use serde_json::{Value, json};

use super::Attack;

/// The same request with another value of one field.
fn spoilt(valid: &Request, field: &str, value: Value) -> Request {
    let sent: Value = serde_json::from_slice(valid.body.as_deref().unwrap_or_default()).expect("a JSON body");
    valid.clone().json(&bodies::with(sent, field, value))
}

#[test]
fn nul_is_refused_in_every_text() {
    let mut attack = Attack::start();
    for operation in documented_operations() {
        let valid = attack.mint.valid_request(&operation, &attack.superuser.clone());
        let fields = operation.json_body().and_then(|schema| schema["properties"].as_object()).cloned();
        for (field, _) in fields.into_iter().flatten() {
            for text in ["\0", "Passw0rd!\0", "jo\0@example.com", "/a\0.png", "A\0"] {
                let answer =
                    attack.expect(&format!("{} {field}", operation.id), spoilt(&valid, &field, json!(text)), &[422]);
                let details = body(&answer)["details"].clone();
                // The confirmation is only compared.
                if details[0]["field"] != field && field != "confirmPassword" {
                    attack.failures.push(format!("{} {field}: {details}", operation.id));
                }
            }
        }
        for (name, _) in operation.parameters("query") {
            let request = Request { query: vec![(name.to_owned(), "a\0b".to_owned())], ..valid.clone() };
            attack.expect(&format!("{} ?{name}", operation.id), request, &[422]);
        }
        if operation.path.contains('{') && operation.path.ends_with("assign") {
            let path = operation.path.replace("{email}", "jo%00@example.com");
            attack.expect(&operation.id, Request { path, ..valid.clone() }, &[422]);
        } else if operation.path.contains('{') && !operation.path.contains("{email}") {
            let path = operation.path_with("%00");
            attack.expect(&operation.id, Request { path, ..valid.clone() }, &[422]);
        }
    }
    for pairs in [[("username", "jo\0"), ("password", "x")], [("username", "jo"), ("password", "x\0")]] {
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        attack.expect("sign-in", Request::new("POST", "/api/v1/access/signin").form(&pairs), &[422]);
    }
    attack.check(true);
}

#[test]
fn endless_texts_are_refused_and_not_kept() {
    let mut attack = Attack::start();
    let (large, huge) = ("x".repeat(1_000_000), "x".repeat(1024 * 1024));
    for operation in documented_operations() {
        let Some(fields) = operation.json_body().and_then(|schema| schema["properties"].as_object()) else { continue };
        let valid = attack.mint.valid_request(&operation, &attack.superuser.clone());
        for field in fields.keys() {
            let what = format!("{} {field}", operation.id);
            attack.expect(&what, spoilt(&valid, field, json!(large)), &[422]);
            attack.expect(&what, spoilt(&valid, field, json!(huge)), &[413]);
        }
    }
    // 1 MiB to the byte is read, one byte more is not.
    for (length, status) in [(1024 * 1024, 422), (1024 * 1024 + 1, 413)] {
        let text = format!("{{\"zz\":\"{}\"}}", "x".repeat(length - 9));
        assert_eq!(text.len(), length);
        let request = Request::new("POST", "/api/v1/users").body(Some("application/json"), text);
        attack.expect("the limit", request, &[status]);
    }
    for (name, path) in [("searchString", "/api/v1/exercises"), ("slug", "/api/v1/exercises/criteria/")] {
        for length in [1_000, 10_000, 60_000] {
            let request = Request::new("GET", path).query(name, &"x".repeat(length));
            attack.expect(&format!("{name} of {length}"), request, &[200, 404, 422]);
        }
        // Longer than a head may be: refused, or hung up on.
        let query = format!("{name}={large}");
        attack.expect_long(&format!("{name} of a million"), path, &query, &[0, 400, 414, 431]);
    }
    attack.check(true);
}

#[test]
fn every_script_is_stored_as_sent() {
    let mut attack = Attack::start();
    for (n, text) in [
        "Жим лёжа",
        "ベンチプレス",
        "벤치프레스",
        "تمرين الضغط",
        "Δύναμη",
        "🏋️‍♀️🏋🏽‍♂️💪",
        "👩‍👩‍👧‍👦🇺🇦",
        "e\u{301}\u{302}\u{303}x\u{308}",
        "\u{202e}abc\u{202c}",
        "a\u{200b}b\u{200d}c",
        "\u{feff}abc",
        "\u{fffd}\u{fffe}\u{ffff}",
        "\u{10ffff}\u{10fffe}x",
        "tab\tline\nfeed",
        "<script>alert(1)</script>",
        "'; DROP TABLE exercises; --",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "%s%n%x",
        "\u{1}\u{7f}\u{80}",
        "ﷺﷺﷺ",
        "ǅ ß ſ İ ı",
        "𝒳𝒴𝒵",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{text} {n}");
        let request = Request::new("POST", "/api/v1/exercises/user").json(&bodies::with(
            bodies::exercise(&name),
            "instructions",
            json!(text),
        ));
        let answer = attack.expect(text, request, &[201]);
        let stored = body(&answer);
        let collapsed = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let seen = (stored["name"].clone(), stored["instructions"].clone());
        if seen != (json!(collapsed), json!(text)) {
            attack.failures.push(format!("{text:?}: expected it as it is, got {seen:?}"));
        }
        let found = Request::new("GET", "/api/v1/exercises/criteria/").query("name", &collapsed);
        attack.expect(text, found, &[200]);
        let search = Request::new("GET", "/api/v1/exercises").query("searchString", &collapsed).query("scope", "user");
        let answer = attack.expect(text, search, &[200]);
        if body(&answer)["items"][0]["id"] != stored["id"] {
            attack.failures.push(format!("{text:?}: expected to find it, got {}", answer.text()));
        }
        let me = Request::new("PATCH", "/api/v1/access/me").json(&json!({"name": text}));
        let answer = attack.expect(text, me, &[200]);
        if body(&answer)["name"] != text.trim() {
            attack.failures.push(format!("{text:?}: expected it as a name, got {}", answer.text()));
        }
    }
    // Lengths count characters, not bytes: a hundred of four bytes fit, one more does not.
    for (count, status) in [(100, 201), (101, 422)] {
        let name = "🏋".repeat(count);
        attack.expect(
            "emoji",
            Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name)),
            &[status],
        );
    }
    attack.check(true);
}

#[test]
fn no_search_term_breaks_a_search() {
    let mut attack = Attack::start();
    let mut terms: Vec<String> = (1_u8..128).map(|byte| char::from(byte).to_string()).collect();
    let more = [
        "%", "_", "\\", "\\\\", "%%%", "\\%\\_", "a\\", "'", "''", "\"", "a & b", "a | !b", "a:*", "(((", "*", ".*",
        "[a", "(?", "$1", "{}", "ı", "İ", "ß", "🏋", "\u{301}", "a\u{301}", "\u{202e}", "\u{fffd}", "--", "/*", "NULL",
    ];
    terms.extend(more.map(str::to_owned));
    terms.extend(["%_\\".repeat(500), "a ".repeat(5000), "é".repeat(5000)]);
    for term in &terms {
        for path in ["/api/v1/exercises", "/api/v1/users", "/api/v1/catalogs/muscle-groups"] {
            let shown: String = term.chars().take(20).collect();
            let answer = attack.expect(
                &format!("{path} {shown:?}"),
                Request::new("GET", path).query("searchString", term),
                &[200],
            );
            // Wildcards are letters like all others: hardly any name has them.
            let all = body(&answer)["total"].as_i64().is_some_and(|total| total > 800);
            if all && !term.trim().is_empty() && !"aeiou rstln".contains(term.to_lowercase().as_str()) {
                attack.failures.push(format!("{path} {shown:?} found everything"));
            }
        }
    }
    attack.check(true);
}
