//! Reading catalogues.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, body};
use serde_json::json;

#[test]
fn the_fixed_ids_have_their_names() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    for (segment, count, id, name) in [
        ("muscle-groups", 17, 7, "chest"),
        ("equipment", 12, 12, "e-z curl bar"),
        ("exercise-tags", 25, 13, "core stability"),
    ] {
        let all = body(&app.get(&user, &format!("/api/v1/catalogs/{segment}?orderBy=id")));
        let all = all.as_array().expect("a list");
        assert_eq!(all.len(), count, "{segment}");
        let item = json!({"id": id, "name": name});
        assert!(all.contains(&item), "{segment} has {item}");
        assert_eq!(body(&app.get(&user, &format!("/api/v1/catalogs/{segment}/{id}"))), item);
        let found = body(&app.get(
            &user,
            &format!("/api/v1/catalogs/{segment}?searchString={}", &name[..4].to_uppercase().replace(' ', "+")),
        ));
        assert!(found.as_array().expect("a list").contains(&item), "{segment}: {found}");
    }
}

#[test]
fn searches_are_literal() {
    let app = App::start();
    let user = app.sign_in_new(Role::ApplicationAccess);
    for term in ["%25", "_", "%5C"] {
        let found = body(&app.get(&user, &format!("/api/v1/catalogs/equipment?searchString={term}")));
        assert_eq!(found, json!([]), "{term}");
    }
}

#[test]
fn new_items_get_ids_after_the_fixed_ones() {
    let app = App::start();
    let mut database = app.database.connect();
    for (table, expected) in [("muscle_groups", 18_i16), ("equipment", 13), ("exercise_tags", 26)] {
        let sql = format!("INSERT INTO {table} (name) VALUES ('something new') RETURNING id");
        let row = database.query_one(&sql, &[]).expect("a row can be added");
        assert_eq!(row.get::<_, i16>(0), expected, "{table}");
    }
}
