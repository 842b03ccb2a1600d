//! Reading exercises, beyond the contract cases.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, body};
use serde_json::Value;

fn names(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items are a list");
    items.iter().map(|item| item["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn pages_fit_together_and_the_total_is_right_everywhere() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    let page = |number: u32| body(&app.get(&user, &format!("/api/v1/exercises?pageSize=100&currentPage={number}")));
    let first = page(1);
    let total = first["total"].as_u64().expect("a total");
    let mut all = Vec::new();
    for number in 1..=total.div_ceil(100) + 1 {
        let page = page(u32::try_from(number).expect("few pages"));
        assert_eq!(page["total"], total, "page {number}");
        all.extend(names(&page));
    }
    assert_eq!(all.len() as u64, total);
    let mut sorted = all.clone();
    sorted.sort_by_key(|name| name.to_lowercase());
    assert_eq!(all, sorted, "exercises are sorted by name, whatever the collation");
}

#[test]
fn a_search_is_sorted_by_relevance_unless_asked_otherwise() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    let search = |query: &str| names(&body(&app.get(&user, &format!("/api/v1/exercises?{query}"))));
    assert_eq!(search("searchString=rdl&pageSize=1"), ["Romanian Deadlift"], "an alias counts");
    assert_eq!(search("searchString=plank&pageSize=1"), ["Plank"], "the exact name comes first");
    let by_name = search("searchString=squat&orderBy=name&pageSize=100");
    let mut sorted = by_name.clone();
    sorted.sort_by_key(|name| name.to_lowercase());
    assert_eq!(by_name, sorted);
    let descending = search("searchString=squat&sortOrder=desc&pageSize=100");
    sorted.reverse();
    assert_eq!(descending, sorted);
}

#[test]
fn hidden_exercises_are_not_there() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    let found = body(&app.get(&user, "/api/v1/exercises/criteria?slug=plank"));
    let id = found["id"].as_str().expect("an id");
    app.database
        .connect()
        .execute("UPDATE exercises SET is_active = false WHERE slug = 'plank'", &[])
        .expect("it can be hidden");
    assert_eq!(app.get(&user, &format!("/api/v1/exercises/{id}")).status, 404);
    assert_eq!(app.get(&user, "/api/v1/exercises/criteria/?slug=plank").status, 404);
    let page = body(&app.get(&user, "/api/v1/exercises?searchString=plank&pageSize=100"));
    assert!(!names(&page).contains(&"Plank".to_owned()));
}

#[test]
fn pictures_get_the_configured_address() {
    let app = App::start_with(&[("CDN_RESOURCES_URL", "https://cdn.example.com/x/")]);
    let user = app.sign_in_new(Role::ApplicationAccess);
    let sql = "UPDATE exercises SET image_path_start = '/plank/images/0.jpg' WHERE slug = 'plank'";
    app.database.connect().execute(sql, &[]).expect("it can be changed");
    let plank = body(&app.get(&user, "/api/v1/exercises/criteria/?slug=plank"));
    assert_eq!(plank["imagePathStart"], "https://cdn.example.com/x/exercises/plank/images/0.jpg");
    assert_eq!(plank["imagePathEnd"], Value::Null);
}
