//! 1.7: pages, their envelope, and orders that do not change between them.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, Mint, Session, body};
use serde_json::{Value, json};

use super::Table;

/// Users and exercises whose names, times and attributes are all the same but for case.
fn many(mint: &mut Mint, owner: &Session) {
    for n in 0..12_i32 {
        let person = mint.person(Role::ApplicationAccess);
        let exercise = mint.exercise(owner.user_id);
        let name = ["Same", "same", "SAME", "other"][usize::try_from(n % 4).unwrap_or_default()];
        mint.execute("UPDATE user_account SET name = $1 WHERE id = $2", &[&name, &person.user_id]);
        // Names of exercises are unique.
        mint.execute("UPDATE exercises SET name = $1 WHERE id = $2", &[&format!("{name} {n:02}"), &exercise]);
    }
    for table in ["user_account", "exercises"] {
        mint.execute(&format!("UPDATE {table} SET created_at = '2026-11-23Z', updated_at = '2026-11-23Z'"), &[]);
    }
}

#[test]
fn the_envelope_counts_right_on_every_page() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    many(&mut mint, &superuser);
    let mut table = Table::default();
    for (path, total) in [("/api/v1/users", 13), ("/api/v1/exercises?scope=user", 12)] {
        for (query, limit, offset, items) in [
            ("", 20, 0, total),
            ("currentPage=1", 20, 0, total),
            ("pageSize=5", 5, 0, 5),
            ("pageSize=5&currentPage=2", 5, 5, 5),
            ("pageSize=5&currentPage=3", 5, 10, total - 10),
            ("pageSize=5&currentPage=4", 5, 15, 0),
            ("pageSize=100&currentPage=2", 100, 100, 0),
            ("pageSize=1&currentPage=7", 1, 6, 1),
        ] {
            let separator = if path.contains('?') { '&' } else { '?' };
            let path = format!("{path}{separator}{query}");
            let page = body(&app.get(&superuser, &path));
            table.line(
                &path,
                page["items"].as_array().map(|items| items.len().try_into().unwrap_or(i64::MAX)),
                Some(items),
            );
            let counts = json!([page["limit"], page["offset"], page["total"]]);
            table.line(&path, counts, json!([limit, offset, total]));
        }
        for far in ["9223372036854775807", "99999999999999999999", "170141183460469231731687303715884105727"] {
            let separator = if path.contains('?') { '&' } else { '?' };
            let answer = app.get(&superuser, &format!("{path}{separator}currentPage={far}&pageSize=100"));
            let page = body(&answer);
            table.line(far, json!([answer.status, page["items"], page["total"]]), json!([200, [], total]));
            table.line(far, page["offset"].as_i64().is_some_and(|offset| offset > 1 << 53), true);
        }
    }
    table.check();
}

#[test]
fn ties_are_broken_by_id_so_that_pages_fit_together() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    many(&mut mint, &superuser);
    let mut table = Table::default();
    for (path, orders) in [
        ("/api/v1/users", &["name", "email", "createdAt"][..]),
        ("/api/v1/exercises?scope=user", &["name", "createdAt", "updatedAt", "difficultyLevel", "category"]),
    ] {
        for order in orders {
            for direction in ["asc", "desc"] {
                let separator = if path.contains('?') { '&' } else { '?' };
                let query = format!("{path}{separator}orderBy={order}&sortOrder={direction}");
                let items = |more: &str| {
                    let page = body(&app.get(&superuser, &format!("{query}&{more}")));
                    page["items"].as_array().cloned().unwrap_or_default()
                };
                let whole = items("pageSize=100");
                let pieces: Vec<Value> =
                    (1..=5).flat_map(|page| items(&format!("pageSize=3&currentPage={page}"))).collect();
                table.line(format!("{query} in pages"), ids(&pieces), ids(&whole));
                table.line(format!("{query} in order"), in_order(&whole, order, direction), true);
            }
        }
    }
    table.check();
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["id"].to_string()).collect()
}

/// Ascending or descending by the key, null at the far end; equal keys ascending by id.
fn in_order(items: &[Value], order: &str, direction: &str) -> bool {
    let key = |item: &Value| {
        let value = &item[order];
        let lower = value.as_str().map(str::to_lowercase);
        // Text by itself in lower case, then as it is.
        (value.is_null(), lower, if order == "name" { value.as_str().map(str::to_owned) } else { None })
    };
    items.windows(2).all(|pair| {
        let (one, other) = (key(&pair[0]), key(&pair[1]));
        match one.cmp(&other) {
            std::cmp::Ordering::Equal => pair[0]["id"].as_str() < pair[1]["id"].as_str(),
            std::cmp::Ordering::Less => direction == "asc",
            std::cmp::Ordering::Greater => direction == "desc",
        }
    })
}

#[test]
fn a_catalogue_is_a_plain_list_in_the_order_asked_for() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let mut table = Table::default();
    for segment in ["muscle-groups", "equipment", "exercise-tags"] {
        let list = |query: &str| {
            let answer = body(&app.get(&user, &format!("/api/v1/catalogs/{segment}{query}")));
            answer.as_array().cloned().unwrap_or_default()
        };
        let by = |query: &str, key: fn(&Value) -> String| list(query).iter().map(key).collect::<Vec<_>>();
        let name = |item: &Value| item["name"].as_str().unwrap_or_default().to_owned();
        let id = |item: &Value| format!("{:05}", item["id"].as_i64().unwrap_or_default());
        for (query, key) in [("", name as fn(&Value) -> String), ("?orderBy=name", name), ("?orderBy=id", id)] {
            let seen = by(query, key);
            let mut sorted = seen.clone();
            sorted.sort();
            table.line(format!("{segment}{query}"), seen, sorted.clone());
            sorted.reverse();
            let separator = if query.is_empty() { "?" } else { "&" };
            let descending = by(&format!("{query}{separator}sortOrder=desc"), key);
            table.line(format!("{segment}{query} desc"), descending, sorted);
        }
    }
    table.check();
}
