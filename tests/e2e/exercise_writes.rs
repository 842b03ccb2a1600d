//! Creating, changing and deleting exercises.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, bodies, body},
    http::{Request, Response},
};
use serde_json::{Value, json};

fn send(app: &App, who: &Session, method: &str, path: &str, sent: &Value) -> Response {
    app.send_as(who, Request::new(method, path).json(sent))
}

fn refused(answer: &Response, status: u16, detail: &str) {
    let seen = (answer.status, body(answer)["detail"].as_str().unwrap_or_default().to_owned());
    assert_eq!(seen, (status, detail.to_owned()));
}

fn create(app: &App, who: &Session, kind: &str, sent: &Value) -> Value {
    let answer = send(app, who, "POST", &format!("/api/v1/exercises/{kind}"), sent);
    assert_eq!(answer.status, 201, "{sent}: {}", answer.text());
    body(&answer)
}

fn id(exercise: &Value) -> &str {
    exercise["id"].as_str().unwrap_or_default()
}

#[test]
fn an_exercise_is_stored_with_everything_it_was_given() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let full = json!({
        "name": "  Züge \t im  Stand ", "primaryMuscles": [12, "8", 12.0], "secondaryMuscles": [5, 8, 5], "force": "pull",
        "difficultyLevel": "expert", "mechanic": "compound", "equipment": [8, 2], "category": "olympic weightlifting",
        "instructions": " Pull.\n\nHard. "
    });
    let item = |id: i64, name: &str| json!({"id": id, "name": name});
    let expected = json!({
        "name": "Züge im Stand", "primaryMuscles": [item(8, "middle back"), item(12, "lats")],
        "secondaryMuscles": [item(5, "biceps")], "force": "pull", "difficultyLevel": "expert", "mechanic": "compound",
        "equipment": [item(2, "machine"), item(8, "barbell")], "category": "olympic weightlifting",
        "instructions": " Pull.\n\nHard. ", "aliases": []
    });
    let custom = create(&app, &superuser, "user", &full);
    let mut sent = bodies::with(full, "tags", json!([5, 1]));
    (sent["imagePathStart"], sent["imagePathEnd"]) = (json!("/a/b-c_1.webp"), json!("/0.jpg"));
    let system = create(&app, &superuser, "system", &sent);
    for exercise in [&custom, &system] {
        for (field, value) in expected.as_object().into_iter().flatten() {
            assert_eq!(&exercise[field], value, "{field}");
        }
        assert_eq!(&body(&app.get(&superuser, &format!("/api/v1/exercises/{}", id(exercise)))), exercise);
    }
    assert_eq!(custom["createdBy"], json!(superuser.user_id));
    assert_eq!((&custom["slug"], &custom["tags"]), (&Value::Null, &json!([])));
    assert_eq!(system["createdBy"], Value::Null);
    assert_eq!(system["slug"], "z-ge-im-stand");
    assert_eq!(system["tags"], json!([item(1, "home friendly"), item(5, "bilateral")]));
    assert_eq!((&system["imagePathStart"], &system["imagePathEnd"]), (&json!("/a/b-c_1.webp"), &json!("/0.jpg")));
    app.database.assert_invariants(true);
}

#[test]
fn unknown_items_are_named_ascending_and_once_each() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let custom = create(&app, &superuser, "user", &bodies::exercise("Mine"));
    let system = create(&app, &superuser, "system", &bodies::system_exercise("Theirs"));
    let paths = [
        ("POST", "/api/v1/exercises/user".to_owned()),
        ("POST", "/api/v1/exercises/system".to_owned()),
        ("PATCH", format!("/api/v1/exercises/user/{}", id(&custom))),
        ("PATCH", format!("/api/v1/exercises/system/{}", id(&system))),
    ];
    let before = app.database.contents();
    for (method, path) in &paths {
        for (change, detail) in [
            (json!({"primaryMuscles": [99, 1, 98, 99]}), "Primary muscles not found: [98, 99]"),
            (json!({"secondaryMuscles": [99, 98]}), "Secondary muscles not found: [98, 99]"),
            (
                json!({"primaryMuscles": [99], "secondaryMuscles": [98, 97]}),
                "Primary [99] and secondary [97, 98] muscles not found",
            ),
            (json!({"equipment": [51, 50]}), "Equipment not found: [50, 51]"),
            (json!({"tags": [77, 32767, -1]}), "Tags not found: [-1, 77, 32767]"),
            (json!({"primaryMuscles": [99], "equipment": [50]}), "Primary muscles not found: [99]"),
            (json!({"equipment": [99_999], "tags": [77]}), "Equipment not found: [99999]"),
            // The same name as another: only once all items are there.
            (json!({"name": "Plank", "equipment": [50]}), "Equipment not found: [50]"),
        ] {
            if change.get("tags").is_some() && !path.contains("system") {
                continue;
            }
            let mut sent = match (*method, path.contains("system")) {
                ("POST", true) => bodies::system_exercise("Something new"),
                ("POST", false) => bodies::exercise("Something new"),
                _ => json!({}),
            };
            for (field, value) in change.as_object().into_iter().flatten() {
                sent[field] = value.clone();
            }
            refused(&send(&app, &superuser, method, path, &sent), 404, detail);
        }
    }
    app.database.assert_unchanged(&before, "unknown items");
}

#[test]
fn a_name_is_unique_for_its_owner_and_in_the_system_ignoring_case_and_blanks() {
    let app = App::start();
    let mut mint = app.mint();
    let [one, other, superuser] =
        [Role::ApplicationAccess, Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    let mine = create(&app, &one, "user", &bodies::exercise("Übung eins"));
    let second = create(&app, &one, "user", &bodies::exercise("Another"));
    create(&app, &other, "user", &bodies::exercise("Übung eins"));
    create(&app, &superuser, "system", &bodies::system_exercise("Übung eins"));
    create(&app, &one, "user", &bodies::exercise("Plank"));
    let in_account = |name: &str| {
        format!("An exercise with the name '{name}' already exists in your account. Please choose a different name")
    };
    let in_system = |name: &str| {
        format!(
            "Exercise '{name}' cannot be created: a similar exercise (with matching normalized naming) already exists in the system"
        )
    };
    let path = |exercise: &Value| format!("/api/v1/exercises/user/{}", id(exercise));
    for name in ["Übung eins", "ÜBUNG EINS", "  übung \t eins "] {
        let collapsed = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let again = send(&app, &one, "POST", "/api/v1/exercises/user", &bodies::exercise(name));
        refused(&again, 409, &in_account(&collapsed));
        refused(&send(&app, &one, "PATCH", &path(&second), &json!({"name": name})), 409, &in_account(&collapsed));
        assert_eq!(send(&app, &one, "PATCH", &path(&mine), &json!({"name": name})).status, 200, "one's own name");
    }
    let theirs = create(&app, &superuser, "system", &bodies::system_exercise("Something else"));
    let theirs = format!("/api/v1/exercises/system/{}", id(&theirs));
    // The same name, and another name with the same slug.
    for name in ["plank", "PLANK", "Plank!", "(plank)"] {
        let again = send(&app, &superuser, "POST", "/api/v1/exercises/system", &bodies::system_exercise(name));
        refused(&again, 409, &in_system(name));
        refused(&send(&app, &superuser, "PATCH", &theirs, &json!({"name": name})), 409, &in_system(name));
    }
    app.database.assert_invariants(true);
}

#[test]
fn a_system_name_makes_the_slug() {
    let app = App::start();
    let superuser = app.mint().person(Role::Superuser);
    let exercise = create(&app, &superuser, "system", &bodies::system_exercise("First Name (1.5)"));
    assert_eq!(exercise["slug"], "first-name-1-5");
    let path = format!("/api/v1/exercises/system/{}", id(&exercise));
    let renamed = send(&app, &superuser, "PATCH", &path, &json!({"name": "--Second: Name--"}));
    assert_eq!((renamed.status, body(&renamed)["slug"].clone()), (200, json!("second-name")));
    let criteria = |slug: &str| app.get(&superuser, &format!("/api/v1/exercises/criteria/?slug={slug}")).status;
    assert_eq!([criteria("first-name-1-5"), criteria("second-name")], [404, 200], "the old slug is gone at once");
    for (sent, kind) in [
        (json!({"name": "深蹲深蹲"}), "value_error"),
        (json!({"name": "---"}), "value_error"),
        (json!({"slug": "other"}), "extra_forbidden"),
        (json!({"slug": null}), "extra_forbidden"),
        (json!({"imagePathStart": "/../x.png"}), "string_pattern_mismatch"),
        (json!({"imagePathEnd": format!("/{}.png", "a".repeat(508))}), "string_too_long"),
    ] {
        let answer = send(&app, &superuser, "PATCH", &path, &sent);
        let entry = body(&answer)["details"][0].clone();
        assert_eq!((answer.status, entry["type"].clone()), (422, json!(kind)), "{sent}");
        if kind == "value_error" {
            assert_eq!(entry["message"], "Value error, The name must contain at least one Latin letter or digit");
        }
    }
    assert_eq!(send(&app, &superuser, "POST", "/api/v1/exercises/user", &bodies::exercise("深蹲深蹲")).status, 201);
    app.database.assert_invariants(true);
}

#[test]
fn changes_replace_what_they_name_and_nothing_else() {
    let app = App::start();
    let user = app.mint().person(Role::ApplicationAccess);
    let mut sent = bodies::with(bodies::exercise("Mine"), "secondaryMuscles", json!([1, 2]));
    (sent["equipment"], sent["force"]) = (json!([8]), json!("push"));
    let exercise = create(&app, &user, "user", &sent);
    let path = format!("/api/v1/exercises/user/{}", id(&exercise));
    let ids = |list: &Value| {
        list.as_array().into_iter().flatten().map(|item| item["id"].as_i64().unwrap_or_default()).collect::<Vec<_>>()
    };
    for (change, primary, secondary) in [
        (json!({"primaryMuscles": [7, 6]}), vec![6, 7], vec![1, 2]),
        // A muscle that becomes primary is secondary no more.
        (json!({"primaryMuscles": [1]}), vec![1], vec![2]),
        (json!({"secondaryMuscles": [1, 3]}), vec![1], vec![3]),
        (json!({"primaryMuscles": [3], "secondaryMuscles": [3, 4]}), vec![3], vec![4]),
        (json!({"secondaryMuscles": [3]}), vec![3], vec![]),
        (json!({"secondaryMuscles": [9]}), vec![3], vec![9]),
        (json!({"secondaryMuscles": null}), vec![3], vec![]),
        (json!({"name": "Still mine"}), vec![3], vec![]),
    ] {
        let answer = send(&app, &user, "PATCH", &path, &change);
        let changed = body(&answer);
        let seen = (answer.status, ids(&changed["primaryMuscles"]), ids(&changed["secondaryMuscles"]));
        assert_eq!(seen, (200, primary, secondary), "{change}");
        assert_eq!((&changed["force"], ids(&changed["equipment"])), (&json!("push"), vec![8]), "{change}");
        assert_eq!(body(&app.get(&user, &format!("/api/v1/exercises/{}", id(&exercise)))), changed, "{change}");
        assert_eq!(body(&app.get(&user, "/api/v1/exercises?scope=user"))["items"], json!([changed]), "{change}");
        app.database.assert_invariants(true);
    }
}

#[test]
fn a_deleted_exercise_is_gone_everywhere_and_its_name_is_free() {
    let app = App::start();
    let mut mint = app.mint();
    let [user, superuser] = [Role::ApplicationAccess, Role::Superuser].map(|role| mint.person(role));
    for (who, kind, sent) in [
        (&user, "user", bodies::exercise("Short lived")),
        (&superuser, "system", bodies::system_exercise("Short lived")),
    ] {
        for _ in 0..2 {
            let exercise = create(&app, who, kind, &sent);
            let path = format!("/api/v1/exercises/{}", id(&exercise));
            let delete = || app.send_as(who, Request::new("DELETE", &path));
            assert_eq!(delete().status, 204, "{kind}");
            refused(&delete(), 404, "Exercise not found");
            refused(&app.get(who, &path), 404, "Exercise not found");
            let change = format!("/api/v1/exercises/{kind}/{}", id(&exercise));
            refused(&send(&app, who, "PATCH", &change, &json!({})), 404, "Exercise not found");
            let found = body(&app.get(who, "/api/v1/exercises?searchString=short+lived"));
            assert!(found["items"].as_array().is_some_and(|all| all.iter().all(|one| one["name"] != "Short lived")));
            for criterion in ["name=short+lived", "slug=short-lived"] {
                assert_eq!(app.get(who, &format!("/api/v1/exercises/criteria?{criterion}")).status, 404);
            }
        }
    }
    // A hidden one is not there for writes either.
    let hidden = mint.exercise(user.user_id);
    mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&hidden]);
    refused(
        &app.send_as(&user, Request::new("DELETE", &format!("/api/v1/exercises/{hidden}"))),
        404,
        "Exercise not found",
    );
    let change = send(&app, &user, "PATCH", &format!("/api/v1/exercises/user/{hidden}"), &json!({"name": "Back"}));
    refused(&change, 404, "Exercise not found");
    app.database.assert_invariants(true);
}
