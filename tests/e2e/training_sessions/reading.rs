//! Reading and deleting sessions.

use irontrack_domain::account::Role;
use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{NO_EXERCISE, NO_SESSION, NO_SET, Track};
use crate::gym::{fields, mistakes, refused, session, tag};

/// Every operation on a session, with a body that is right.
fn operations(path: &str, exercise: &str, set: &str) -> Vec<(&'static str, String, Value)> {
    let done = bodies::session_exercise(Uuid::now_v7(), "reps", &json!([]));
    let sets = format!("{path}/exercises/{exercise}/sets");
    vec![
        ("GET", path.to_owned(), Value::Null),
        ("PATCH", path.to_owned(), json!({})),
        ("POST", format!("{path}/finish"), json!({})),
        ("POST", format!("{path}/abort"), json!({})),
        ("POST", format!("{path}/exercises"), done),
        ("PATCH", format!("{path}/exercises/{exercise}"), json!({})),
        ("DELETE", format!("{path}/exercises/{exercise}"), Value::Null),
        ("PUT", format!("{path}/exercises/order"), json!({"ids": []})),
        ("POST", sets.clone(), json!({})),
        ("PUT", sets.clone(), json!({"sets": []})),
        ("PATCH", format!("{sets}/{set}"), json!({})),
        ("DELETE", format!("{sets}/{set}"), Value::Null),
        ("PUT", format!("{sets}/order"), json!({"ids": []})),
        ("DELETE", path.to_owned(), Value::Null),
    ]
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut track = Track::open();
    let stranger = track.gym.person();
    let superuser = track.gym.mint.person(Role::Superuser);
    let (path, created) = track.store(json!({"exercises": [track.done("reps", &json!([{}]))]}));
    let entry = &created["exercises"][0];
    let [id, set] = [&entry["id"], &entry["sets"][0]["id"]].map(Value::to_string);
    let before = track.gym.app.database.contents();
    let absent = session(Uuid::now_v7());
    let everybody = [(&track.owner, &absent), (&stranger, &path), (&superuser, &path)];
    for (who, path) in everybody {
        for (method, path, sent) in operations(path, &id, &set) {
            let answer = match sent {
                Value::Null => track.gym.ask(who, method, &path),
                _ => track.gym.send(who, method, &path, &sent),
            };
            refused(&answer, 404, NO_SESSION);
        }
    }
    for who in [&stranger, &superuser] {
        assert_eq!(track.gym.read(who, "/training-sessions")["total"], 0);
    }
    track.gym.app.database.assert_unchanged(&before, "requests about what is not there");
    for (method, path, _) in operations("/training-sessions/x", "1", "1") {
        let wrong = mistakes(&track.ask(method, &path));
        assert!(wrong.split(' ').any(|place| place == "{session_id}"), "{method} {path}: {wrong}");
    }
    track.gym.close();
}

#[test]
fn exercises_and_sets_belong_to_one_session() {
    let track = Track::open();
    let two = json!({"exercises": [track.done("reps", &json!([{}])), track.done("reps", &json!([{}]))]});
    let [(path, here), (_, there)] = [(); 2].map(|()| track.store(two.clone()));
    let ids = |session: &Value| fields(&session["exercises"], "id").iter().map(Value::to_string).collect::<Vec<_>>();
    let set_of = |session: &Value, n: usize| session["exercises"][n]["sets"][0]["id"].to_string();
    let odd = ["0".to_owned(), "-1".into(), i64::MAX.to_string(), "9".repeat(30)];
    let before = track.gym.app.database.contents();
    for exercise in odd.iter().chain([&ids(&there)[0]]) {
        for (method, sent) in [("PATCH", json!({"notes": "x"})), ("DELETE", Value::Null)] {
            refused(&track.send(method, &format!("{path}/exercises/{exercise}"), &sent), 404, NO_EXERCISE);
        }
        let sets = format!("{path}/exercises/{exercise}/sets");
        refused(&track.send("POST", &sets, &json!({})), 404, NO_EXERCISE);
        refused(&track.send("PUT", &sets, &json!({"sets": []})), 404, NO_EXERCISE);
        refused(&track.send("PUT", &format!("{sets}/order"), &json!({"ids": []})), 404, NO_EXERCISE);
        let set = format!("{sets}/{}", set_of(&there, 0));
        refused(&track.send("PATCH", &set, &json!({})), 404, NO_EXERCISE);
        refused(&track.ask("DELETE", &set), 404, NO_EXERCISE);
    }
    for set in odd.iter().chain([&set_of(&there, 0), &set_of(&here, 1)]) {
        let path = format!("{path}/exercises/{}/sets/{set}", ids(&here)[0]);
        refused(&track.send("PATCH", &path, &json!({"rpe": 7})), 404, NO_SET);
        refused(&track.ask("DELETE", &path), 404, NO_SET);
    }
    track.gym.app.database.assert_unchanged(&before, "requests about what stands elsewhere");
    let wrong = mistakes(&track.send("PATCH", &format!("{path}/exercises/x"), &json!({})));
    assert_eq!(wrong, "{session_exercise_id}");
    let wrong = mistakes(&track.send("PATCH", &format!("{path}/exercises/1/sets/x"), &json!({})));
    assert_eq!(wrong, "{set_id}");
    track.gym.close();
}

#[test]
fn a_head_answers_like_a_read_without_the_body() {
    let track = Track::open();
    let (path, _) = track.store(json!({}));
    let (head, read) = (track.ask("HEAD", &path), track.ask("GET", &path));
    assert_eq!((head.status, tag(&head), head.body.len()), (200, tag(&read), 0));
    assert_eq!(mistakes(&track.ask("GET", &format!("{path}?zz=1"))), "?zz");
    track.gym.close();
}

#[test]
fn a_deleted_session_is_gone_with_everything_in_it() {
    let mut track = Track::open();
    let done = json!({"exercises": [track.done("reps", &json!([{}, {}])), track.done("time", &json!([{}]))]});
    let [(path, _), (kept, other)] = [(); 2].map(|()| track.store(done.clone()));
    let answer = track.ask("DELETE", &path);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for method in ["GET", "DELETE"] {
        refused(&track.ask(method, &path), 404, NO_SESSION);
    }
    for (table, count) in [("training_sessions", 1), ("training_session_exercises", 2), ("training_session_sets", 3)] {
        assert_eq!(track.gym.count(&format!("SELECT count(*) FROM {table}")), count, "{table}");
    }
    assert_eq!(track.read(&kept), other);
    // Whatever its status.
    for operation in ["finish", "abort"] {
        let (path, _) = track.store(json!({}));
        assert_eq!(track.ask("POST", &format!("{path}/{operation}")).status, 200);
        track.gym.delete(&track.owner, &path);
    }
    assert_eq!(track.read("/training-sessions")["total"], 1);
    track.gym.close();
}
