//! Who may call what: every operation with every kind of caller.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body},
    http::Request,
};

/// Guard of an operation.
#[derive(Clone, Copy, PartialEq)]
enum Guard {
    Anyone,
    ActiveUser,
}

/// Every operation of the document, with what a well-formed call of an admitted caller answers.
const OPERATIONS: [(&str, &str, Guard, u16); 14] = [
    ("GET", "/ping", Guard::Anyone, 200),
    ("GET", "/health", Guard::Anyone, 200),
    ("GET", "/api/v1/access/me", Guard::ActiveUser, 200),
    ("POST", "/api/v1/access/signup", Guard::Anyone, 422),
    ("POST", "/api/v1/access/signin", Guard::Anyone, 422),
    ("GET", "/api/v1/exercises", Guard::ActiveUser, 200),
    ("GET", "/api/v1/exercises/criteria/?slug=plank", Guard::ActiveUser, 200),
    ("GET", "/api/v1/exercises/{exercise_id}", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/muscle-groups", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/muscle-groups/1", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/equipment", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/equipment/1", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/exercise-tags", Guard::ActiveUser, 200),
    ("GET", "/api/v1/catalogs/exercise-tags/1", Guard::ActiveUser, 200),
];

/// Operations that change the session of whoever calls them; they have tests of their own.
const SESSION_OPERATIONS: usize = 2;

#[test]
fn every_operation_admits_whom_it_should() {
    let app = App::start();
    let [user, trainer, superuser] =
        [Role::ApplicationAccess, Role::FitnessTrainer, Role::Superuser].map(|role| app.sign_in_new(role));
    let [inactive, deleted, ended] = [(); 3].map(|()| app.sign_in_new(Role::ApplicationAccess));
    let mut database = app.database.connect();
    let mut execute = |sql: &str, who: &Session| {
        database.execute(sql, &[&who.user_id]).expect("the account can be changed");
    };
    execute("UPDATE user_account SET is_active = false WHERE id = $1", &inactive);
    execute("DELETE FROM user_account WHERE id = $1", &deleted);
    execute("DELETE FROM user_session WHERE user_id = $1", &ended);
    let plank = body(&app.get(&user, "/api/v1/exercises/criteria/?slug=plank"));
    let plank = plank["id"].as_str().expect("an id");

    let anonymous = Session::anonymous();
    let callers = [
        ("anonymous", &anonymous, Some("Not authenticated")),
        ("inactive", &inactive, Some("Invalid credentials or account is unavailable")),
        ("deleted", &deleted, Some("Invalid authentication credentials")),
        ("ended", &ended, Some("Invalid credentials")),
        ("user", &user, None),
        ("trainer", &trainer, None),
        ("superuser", &superuser, None),
    ];
    for (method, path, guard, admitted) in OPERATIONS {
        let path = path.replace("{exercise_id}", plank);
        for (name, who, refusal) in callers {
            let answer = app.send_as(who, Request::new(method, &path));
            match refusal {
                Some(detail) if guard == Guard::ActiveUser => {
                    assert_eq!(answer.status, 401, "{method} {path} as {name}");
                    assert_eq!(body(&answer)["detail"], detail, "{method} {path} as {name}");
                }
                _ => assert_eq!(answer.status, admitted, "{method} {path} as {name}: {}", answer.text()),
            }
        }
    }
}

#[test]
fn no_operation_is_missing_in_the_table() {
    let document = serde_json::to_value(irontrack_http::openapi()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let operations: usize = paths.values().map(|path| path.as_object().expect("a path").len()).sum();
    assert_eq!(operations, OPERATIONS.len() + SESSION_OPERATIONS);
}

#[test]
fn custom_exercises_are_read_by_owner_and_trainers() {
    let app = App::start();
    let [owner, other] = [(); 2].map(|()| app.sign_in_new(Role::ApplicationAccess));
    let [trainer, superuser] = [Role::FitnessTrainer, Role::Superuser].map(|role| app.sign_in_new(role));
    let sql = "INSERT INTO exercises (id, name, difficulty_level, category, created_by) \
               VALUES (gen_random_uuid(), 'My Curl', 'beginner', 'strength', $1) RETURNING id";
    let row = app.database.connect().query_one(sql, &[&owner.user_id]).expect("an exercise can be added");
    let path = format!("/api/v1/exercises/{}", row.get::<_, uuid::Uuid>(0));
    for (name, who, expected) in
        [("owner", &owner, 200), ("trainer", &trainer, 200), ("other", &other, 403), ("superuser", &superuser, 403)]
    {
        assert_eq!(app.get(who, &path).status, expected, "{name}");
        let listed = body(&app.get(who, "/api/v1/exercises?scope=user"))["total"] == 1;
        assert_eq!(listed, name == "owner", "{name}");
        let found = app.get(who, "/api/v1/exercises/criteria?name=my+curl").status;
        assert_eq!(found, if name == "owner" { 200 } else { 404 }, "{name}");
    }
}
