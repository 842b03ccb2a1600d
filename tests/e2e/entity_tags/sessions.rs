//! Tags and conditions of training sessions. Whatever stands in a session has the tag of the session.

use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    gym::{Gym, expect, refused, request, session, tag},
    races::{at_once, statuses},
};

const CHANGED: &str = "The resource was changed in the meantime";

/// A session with three exercises, the first of which has three sets.
fn workout(gym: &mut Gym, owner: &Session) -> (String, Vec<i64>, Vec<i64>, Uuid) {
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_session(crate::gym::user(owner));
    let exercises: Vec<_> = (0..3).map(|_| gym.mint.session_exercise(id, exercise)).collect();
    let sets = (0..3).map(|_| gym.mint.session_set(exercises[0])).collect();
    (session(id), exercises, sets, exercise)
}

/// Writes of every kind, each of which changes the session: method, path below it, body.
fn writes(exercises: &[i64], sets: &[i64], exercise: Uuid) -> Vec<(&'static str, String, Value)> {
    let [a, b, c] = [exercises[0], exercises[1], exercises[2]];
    let [first, second, third] = [sets[0], sets[1], sets[2]];
    let of_a = format!("/exercises/{a}/sets");
    let done = bodies::session_exercise(exercise, "time", &json!([{"timeSeconds": 60}]));
    vec![
        ("PATCH", String::new(), json!({"notes": "x"})),
        ("PATCH", format!("/exercises/{a}"), json!({"notes": "x"})),
        ("PATCH", format!("/exercises/{c}"), json!({"mode": "time"})),
        ("PUT", "/exercises/order".into(), json!({"ids": [c, b, a]})),
        ("POST", "/exercises".into(), done),
        ("PATCH", format!("{of_a}/{first}"), json!({"rpe": 9.5})),
        ("PUT", format!("{of_a}/order"), json!({"ids": [third, second, first]})),
        ("POST", of_a.clone(), bodies::set(60.0, 7)),
        ("DELETE", format!("{of_a}/{second}"), Value::Null),
        ("PUT", of_a, json!({"sets": [bodies::set(60.0, 6)]})),
        ("DELETE", format!("/exercises/{b}"), Value::Null),
        ("POST", "/finish".into(), json!({})),
        ("PATCH", String::new(), json!({"startTime": "2025-01-01T10:00:00Z", "endTime": "2025-01-01T11:00:00Z"})),
        ("DELETE", String::new(), Value::Null),
    ]
}

fn send(gym: &Gym, owner: &Session, (method, path, sent): (&str, &str, &Value), condition: Option<&str>) -> Response {
    let request = request(method, path);
    let request = if sent.is_null() { request } else { request.json(sent) };
    let request = condition.map_or(request.clone(), |condition| request.header("If-Match", condition));
    gym.app.send_as(owner, request)
}

#[test]
fn every_write_changes_the_tag_and_answers_the_new_one() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (path, exercises, sets, exercise) = workout(&mut gym, &owner);
    let mut seen = vec![tag(&gym.ask(&owner, "GET", &path))];
    for (method, below, sent) in writes(&exercises, &sets, exercise) {
        let answer = send(&gym, &owner, (method, &format!("{path}{below}"), &sent), None);
        assert!(answer.status < 300, "{method} {below}: {}", answer.text());
        if (method, below.as_str()) == ("DELETE", "") {
            continue;
        }
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!(tag(&answer), tag(&read), "{method} {below}");
        assert!(!seen.contains(&tag(&read)), "{method} {below}: a tag never comes back");
        seen.push(tag(&read));
    }
    let (path, ..) = workout(&mut gym, &owner);
    let aborted = gym.ask(&owner, "POST", &format!("{path}/abort"));
    assert_eq!((aborted.status, tag(&aborted)), (200, tag(&gym.ask(&owner, "GET", &path))));
    gym.close();
}

#[test]
fn every_write_honours_if_match() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (path, exercises, sets, exercise) = workout(&mut gym, &owner);
    let mut all = writes(&exercises, &sets, exercise);
    let finish = all.iter().position(|write| write.1 == "/finish").expect("it is there");
    // Somebody else's abort of the same session comes too late.
    all.insert(finish, ("POST", "/abort".into(), json!({})));
    for (method, below, sent) in all {
        let at = format!("{path}{below}");
        let current = tag(&gym.ask(&owner, "GET", &path));
        let before = gym.app.database.contents();
        for stale in ["\"stale\"", "\"\"", &format!("W/{current}"), "\"a\", \"b\""] {
            refused(&send(&gym, &owner, (method, &at, &sent), Some(stale)), 412, CHANGED);
        }
        gym.app.database.assert_unchanged(&before, &format!("{method} {below}"));
        if below == "/abort" {
            continue;
        }
        let condition = if below.is_empty() { format!("\"other\", {current}") } else { current };
        let answer = send(&gym, &owner, (method, &at, &sent), Some(&condition));
        assert!(answer.status < 300, "{method} {below}: {}", answer.text());
    }
    for condition in ["*", "\"x\""] {
        let gone = send(&gym, &owner, ("PATCH", &path, &json!({})), Some(condition));
        refused(&gone, 404, "Training session not found");
    }
    let (path, ..) = workout(&mut gym, &owner);
    let current = tag(&gym.ask(&owner, "GET", &path));
    expect(&send(&gym, &owner, ("POST", &format!("{path}/abort"), &Value::Null), Some(&current)), 200);
    expect(&send(&gym, &owner, ("PATCH", &path, &json!({})), Some("*")), 200);
    gym.close();
}

/// 422 for what the request alone shows, 404, 412, and then what it names, the state, and what needs stored data.
#[test]
fn it_has_its_place_in_the_order_of_checks() {
    let mut gym = Gym::open();
    let [owner, stranger] = gym.people();
    let (path, exercises, sets, _) = workout(&mut gym, &owner);
    let stale = Some("\"stale\"");
    let first = format!("{path}/exercises/{}", exercises[0]);
    let before = gym.app.database.contents();
    let wrong = send(&gym, &stranger, ("PATCH", &path, &json!({"notes": 7})), stale);
    assert_eq!(wrong.status, 422);
    refused(&send(&gym, &stranger, ("PATCH", &path, &json!({})), stale), 404, "Training session not found");
    let unknown = bodies::session_exercise(Uuid::now_v7(), "reps", &json!([]));
    for (method, at, sent) in [
        ("POST", format!("{path}/exercises"), unknown),
        ("PATCH", first.clone(), json!({"exerciseId": Uuid::now_v7()})),
        ("PATCH", first.clone(), json!({"mode": "time"})),
        ("PUT", format!("{path}/exercises/order"), json!({"ids": []})),
        ("POST", format!("{first}/sets"), json!({"timeSeconds": 5})),
        ("PATCH", format!("{first}/sets/{}", sets[0]), json!({"timeSeconds": 5})),
        ("PUT", format!("{first}/sets/order"), json!({"ids": []})),
        ("PATCH", path.clone(), json!({"endTime": "2025-01-01T10:00:00Z"})),
        ("POST", format!("{path}/finish"), json!({"endTime": "2025-01-01T10:00:00Z"})),
    ] {
        refused(&send(&gym, &owner, (method, &at, &sent), stale), 412, CHANGED);
        let without = send(&gym, &owner, (method, &at, &sent), None);
        assert!([404, 409, 422].contains(&without.status), "{method} {at}: {}", without.text());
    }
    for (at, detail) in [
        (format!("{path}/exercises/0"), "Session exercise not found"),
        (format!("{path}/exercises/0/sets/{}", sets[0]), "Session exercise not found"),
        (format!("{first}/sets/0"), "Set not found"),
    ] {
        refused(&send(&gym, &owner, ("DELETE", &at, &Value::Null), stale), 404, detail);
    }
    gym.app.database.assert_unchanged(&before, "requests that were refused");
    gym.close();
}

#[test]
fn what_is_known_is_not_sent_again() {
    let mut gym = Gym::open();
    let [owner, stranger] = gym.people();
    let (path, exercises, ..) = workout(&mut gym, &owner);
    let add = format!("{path}/exercises/{}/sets", exercises[0]);
    for _ in 0..2 {
        let current = tag(&gym.ask(&owner, "GET", &path));
        for known in [current.clone(), "*".into(), format!("\"other\", {current}")] {
            for method in ["GET", "HEAD"] {
                let answer = gym.ask_with(&owner, method, &path, ("If-None-Match", &known));
                assert_eq!((answer.status, answer.body.len(), tag(&answer)), (304, 0, current.clone()), "{known}");
            }
        }
        for unknown in ["\"other\"".to_owned(), format!("W/{current}")] {
            expect(&gym.ask_with(&owner, "GET", &path, ("If-None-Match", &unknown)), 200);
        }
        let hidden = gym.ask_with(&stranger, "GET", &path, ("If-None-Match", &current));
        refused(&hidden, 404, "Training session not found");
        gym.create(&owner, &add, &bodies::set(60.0, 8));
        let changed = gym.ask_with(&owner, "GET", &path, ("If-None-Match", &current));
        assert_ne!(tag(&changed), current);
        expect(&changed, 200);
    }
    let list = gym.ask_with(&owner, "GET", "/training-sessions", ("If-None-Match", "*"));
    assert_eq!((list.status, list.header("etag")), (200, None), "lists have no tag and no condition");
    gym.close();
}

#[test]
fn what_changes_nothing_changes_no_tag() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (path, exercises, sets, exercise) = workout(&mut gym, &owner);
    let first = format!("/exercises/{}", exercises[0]);
    let set = format!("{first}/sets/{}", sets[0]);
    let before = gym.ask(&owner, "GET", &path);
    for (below, sent) in [
        ("", json!({})),
        ("", json!({"notes": null, "userTimezone": "Europe/Berlin"})),
        (&first, json!({})),
        (&first, json!({"mode": "reps", "exerciseId": exercise, "notes": null})),
        (&set, json!({})),
        (&set, json!({"weight": 60.000, "repsCompleted": 8, "setType": "working", "rpe": null, "notes": null})),
    ] {
        let answer = gym.send(&owner, "PATCH", &format!("{path}{below}"), &sent);
        assert_eq!((answer.status, tag(&answer)), (200, tag(&before)), "{below} {sent}");
        let after = gym.ask(&owner, "GET", &path);
        assert_eq!((tag(&after), &after.body), (tag(&before), &before.body), "{below} {sent}");
    }
    // Nor does what happens in another session, nor another name of the exercise.
    let (other, ..) = workout(&mut gym, &owner);
    gym.change(&owner, "PATCH", &other, &json!({"notes": "x"}));
    gym.rename_exercise(exercise, "Called otherwise");
    let after = gym.ask(&owner, "GET", &path);
    assert_eq!((tag(&after), &after.body), (tag(&before), &before.body));
    gym.close();
}

#[test]
fn of_many_writes_that_saw_the_same_one_wins() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (path, exercises, ..) = workout(&mut gym, &owner);
    let add = format!("{path}/exercises/{}/sets", exercises[0]);
    let current = tag(&gym.ask(&owner, "GET", &path));
    let append = request("POST", &add).header("If-Match", &current).json(&bodies::set(60.0, 8));
    let answers = at_once(&gym.app, &vec![(owner.clone(), append); 20]);
    assert_eq!(statuses(&answers), [[201].as_slice(), &[412; 19]].concat());
    let winner = answers.iter().find(|answer| answer.status == 201).expect("one wins");
    assert_eq!(tag(winner), tag(&gym.ask(&owner, "GET", &path)));
    gym.close();
}
