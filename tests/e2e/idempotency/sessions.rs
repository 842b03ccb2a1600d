//! Keys for training sessions: creating one, adding exercises and sets, finishing and aborting.

use irontrack_tests::{
    harness::{Session, bodies},
    http::Request,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{assert_key_refused, is_replayed, keyed};
use crate::{
    gym::{Gym, array, expect, refused, request, session, user},
    races::at_once,
};

/// An operation that honours keys: its path and body, the answer, and where it is done.
struct Operation {
    path: String,
    sent: Value,
    status: u16,
    session: String,
}

/// All of them, each on a session of its own, which has one exercise with one set.
fn operations(gym: &mut Gym, owner: &Session) -> [Operation; 5] {
    let exercise = gym.mint.exercise(None);
    let done = bodies::session_exercise(exercise, "reps", &json!([bodies::set(60.0, 8), {}]));
    ["", "/exercises", "/sets", "/finish", "/abort"].map(|below| {
        let id = gym.mint.training_session(user(owner));
        let entry = gym.mint.session_exercise(id, exercise);
        gym.mint.session_set(entry);
        let at = session(id);
        let (path, sent, status) = match below {
            "" => ("/training-sessions".into(), bodies::training_session(json!({"exercises": [done]})), 201),
            "/exercises" => (format!("{at}{below}"), done.clone(), 201),
            "/sets" => (format!("{at}/exercises/{entry}{below}"), bodies::set(82.5, 5), 201),
            _ => (format!("{at}{below}"), json!({}), 200),
        };
        Operation { path, sent, status, session: at }
    })
}

/// How much of everything there is.
fn rows(gym: &mut Gym) -> [i64; 4] {
    ["training_sessions", "training_session_exercises", "training_session_sets", "idempotency_keys"]
        .map(|table| gym.count(&format!("SELECT count(*) FROM {table}")))
}

/// What comes of doing a fifth of it once: an exercise of a new session, another exercise, and their sets.
const EFFECT: [i64; 4] = [1, 2, 5, 5];

#[test]
fn everything_is_answered_again_as_it_was() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let operations = operations(&mut gym, &owner);
    let before = rows(&mut gym);
    for (n, Operation { path, sent, status, .. }) in operations.iter().enumerate() {
        let request = keyed(path, &format!("key-{n}"), sent);
        let first = gym.app.send_as(&owner, request.clone());
        expect(&first, *status);
        assert!(!is_replayed(&first), "{path}");
        let stored = gym.mint.fingerprint();
        for _ in 0..2 {
            let again = gym.app.send_as(&owner, request.clone());
            assert!(is_replayed(&again), "{path}: {}", again.text());
            assert_eq!((again.status, &again.body), (*status, &first.body), "{path}");
            for header in ["location", "etag", "content-type"] {
                assert_eq!(again.header(header), first.header(header), "{path} {header}");
            }
        }
        for other in [
            keyed(path, &format!("key-{n}"), &bodies::with(sent.clone(), "endTime", Value::Null)),
            keyed("/training-sessions", &format!("key-{n}"), &bodies::training_session(json!({}))),
            keyed("/training-units", &format!("key-{n}"), &bodies::training_unit("Unit")),
        ] {
            // An unknown field is refused as well, as a mistake of its own.
            let answer = gym.app.send_as(&owner, other);
            assert_eq!(answer.status, 422, "{path}: {}", answer.text());
        }
        assert_key_refused(
            &gym.app.send_as(&owner, keyed("/training-units", &format!("key-{n}"), &json!({"name": "x"}))),
        );
        assert_eq!(gym.mint.fingerprint(), stored, "{path}");
    }
    let after = rows(&mut gym);
    assert_eq!([0, 1, 2, 3].map(|n| after[n] - before[n]), EFFECT);
    gym.close();
}

#[test]
fn of_twenty_at_once_one_has_an_effect() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let operations = operations(&mut gym, &owner);
    let before = rows(&mut gym);
    for (n, Operation { path, sent, status, .. }) in operations.iter().enumerate() {
        let request = keyed(path, &format!("key-{n}"), sent);
        let answers = at_once(&gym.app, &vec![(owner.clone(), request); 20]);
        let (mut bodies, mut firsts): (Vec<_>, usize) = (Vec::new(), 0);
        for answer in &answers {
            match (answer.status, is_replayed(answer)) {
                (seen, replayed) if seen == *status => {
                    firsts += usize::from(!replayed);
                    bodies.push(answer.body.clone());
                }
                (409, _) => assert_eq!(answer.header("retry-after"), Some("1"), "{path}: {}", answer.text()),
                _ => panic!("{path}: {} {}", answer.status, answer.text()),
            }
        }
        bodies.dedup();
        assert_eq!((firsts, bodies.len()), (1, 1), "{path}");
    }
    let after = rows(&mut gym);
    assert_eq!([0, 1, 2, 3].map(|n| after[n] - before[n]), EFFECT);
    gym.close();
}

#[test]
fn without_a_key_every_request_counts() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for Operation { path, sent, status, .. } in operations(&mut gym, &owner) {
        let answers = [(); 2].map(|()| gym.send(&owner, "POST", &path, &sent));
        // A session ends once.
        let second = if status == 200 { 409 } else { 201 };
        assert_eq!(answers.each_ref().map(|answer| answer.status), [status, second], "{path}");
        assert!(!answers.iter().any(is_replayed));
    }
    assert_eq!(rows(&mut gym)[3], 0);
    gym.close();
}

/// Finishing with a key that was used already is no second try: the answer is the one of then.
#[test]
fn the_answer_outlives_what_was_done() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    for (n, Operation { path, sent, status, session }) in operations(&mut gym, &owner).into_iter().enumerate() {
        let request = keyed(&path, &format!("key-{n}"), &sent);
        let first = gym.app.send_as(&owner, request.clone());
        expect(&first, status);
        gym.change(&owner, "PATCH", &session, &json!({"notes": "Changed."}));
        gym.delete(&owner, &session);
        let again = gym.app.send_as(&owner, request.clone());
        assert_eq!((again.status, &again.body, is_replayed(&again)), (status, &first.body, true), "{path}");
        // A key is for one caller.
        if path != "/training-sessions" {
            refused(&gym.app.send_as(&other, request), 404, "Training session not found");
        }
    }
    gym.close();
}

#[test]
fn who_is_refused_may_use_the_key_again() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [_, exercise, set, finish, abort] = operations(&mut gym, &owner);
    let send = |path: &str, sent: &Value| gym.app.send_as(&owner, keyed(path, "key", sent));
    assert_eq!(send("/training-sessions", &json!({})).status, 422);
    let unknown = bodies::session_exercise(Uuid::now_v7(), "reps", &json!([]));
    refused(&send(&exercise.path, &unknown), 404, "Exercise not found");
    assert_eq!(send(&set.path, &json!({"timeSeconds": 5})).status, 422);
    refused(&send(&format!("{}/finish", session(Uuid::now_v7())), &json!({})), 404, "Training session not found");
    expect(&gym.ask(&owner, "POST", &abort.path), 200);
    refused(&send(&abort.path, &json!({})), 409, "The training session is not in progress");
    let stale = keyed(&finish.path, "key", &json!({})).header("If-Match", "\"stale\"");
    assert_eq!(gym.app.send_as(&owner, stale).status, 412);
    let none = gym.app.database.connect().query("SELECT 1 FROM idempotency_keys", &[]).expect("keys are kept");
    assert_eq!(none.len(), 0);
    let answer = send(&finish.path, &json!({}));
    assert_eq!((answer.status, is_replayed(&answer)), (200, false), "{}", answer.text());
    assert!(is_replayed(&send(&finish.path, &json!({}))));
    let sets = array(&gym.read(&owner, &set.session)["exercises"][0]["sets"]);
    assert_eq!(sets.len(), 1);
    gym.close();
}

/// What finishes needs no body, and is another request with one.
#[test]
fn the_body_may_be_absent() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [.., finish, abort] = operations(&mut gym, &owner);
    for Operation { path, .. } in [finish, abort] {
        let bare = |path: &str| -> Request { request("POST", path).header("Idempotency-Key", path) };
        let [first, again] = [(); 2].map(|()| gym.app.send_as(&owner, bare(&path)));
        assert_eq!((first.status, is_replayed(&first), is_replayed(&again)), (200, false, true));
        assert_eq!(again.body, first.body);
        assert_key_refused(&gym.app.send_as(&owner, bare(&path).json(&json!({}))));
    }
    for key in ["", "a b", &"k".repeat(256)] {
        let refused = gym.app.send_as(&owner, keyed("/training-sessions", key, &bodies::training_session(json!({}))));
        assert_key_refused(&refused);
    }
    gym.close();
}
