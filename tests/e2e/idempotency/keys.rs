//! Which keys there are, and when one is free again.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{assert_key_refused, is_replayed, keyed, operations};
use crate::gym::{Gym, expect, refused, request, under, unit, user};

#[test]
fn a_key_is_visible_and_not_too_long() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let longest = "k".repeat(255);
    for (n, key) in ["k", "!\"#~", "01978c1e-0000-7000-8000-000000000000", &longest].into_iter().enumerate() {
        let sent = bodies::training_unit(&format!("Unit {n}"));
        let answers = [(); 2].map(|()| gym.app.send_as(&owner, keyed("/training-units", key, &sent)));
        assert_eq!(answers.each_ref().map(|answer| (answer.status, is_replayed(answer))), [(201, false), (201, true)]);
    }
    let before = gym.mint.fingerprint();
    for (path, sent) in operations(&mut gym, &owner) {
        let too_long = format!("{longest}k");
        for key in ["", "a b", "schl\u{fc}ssel", &too_long] {
            assert_key_refused(&gym.app.send_as(&owner, keyed(&path, key, &sent)));
        }
    }
    let rows = |all: &[(String, i64, i64)]| all.iter().find(|row| row.0 == "idempotency_keys").cloned();
    assert_eq!(rows(&gym.mint.fingerprint()), rows(&before));
    let two = keyed("/training-units", "one", &bodies::training_unit("Two keys")).header("Idempotency-Key", "two");
    assert_key_refused(&gym.app.send_as(&owner, two));
    gym.close();
}

#[test]
fn who_is_refused_may_use_the_key_again() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let taken = gym.create(&owner, "/training-units", &bodies::training_unit("Taken"));
    let foreign = unit(gym.mint.training_unit(other.user_id, "shared"));
    let exercise = gym.mint.exercise(other.user_id);
    let entry = json!({"name": "New", "exercises": [bodies::unit_entry(exercise)]});
    let send = |path: &str, sent: &serde_json::Value| gym.app.send_as(&owner, keyed(path, "key", sent));
    let invalid = send("/training-units", &json!({"name": ""}));
    assert_eq!((invalid.status, is_replayed(&invalid)), (422, false));
    refused(
        &send("/training-units", &bodies::training_unit("taken")),
        409,
        "A training unit with the name 'taken' already exists",
    );
    refused(&send("/training-units", &entry), 404, "Exercise not found");
    refused(&send(&format!("{foreign}/copy"), &json!({})), 404, "Training unit not found");
    assert_eq!(
        gym.app.database.connect().query("SELECT 1 FROM idempotency_keys", &[]).expect("keys are kept").len(),
        0
    );
    // The same request, which succeeds now.
    gym.delete(&owner, &under("/training-units", &taken));
    let answer = send("/training-units", &bodies::training_unit("taken"));
    assert_eq!((answer.status, is_replayed(&answer)), (201, false));
    assert!(is_replayed(&send("/training-units", &bodies::training_unit("taken"))));
    gym.close();
}

#[test]
fn a_key_is_freed_by_403_as_well() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let id = gym.mint.training_unit(owner.user_id, "shared");
    gym.mint.unit_access(id, user(&reader), "read");
    let exercise = gym.mint.exercise(None);
    let add = keyed(&format!("{}/exercises", unit(id)), "key", &bodies::unit_entry(exercise));
    assert_eq!(gym.app.send_as(&reader, add.clone()).status, 403);
    gym.mint.execute("UPDATE training_unit_access SET access_level = 'write'", &[]);
    let answer = gym.app.send_as(&reader, add);
    assert_eq!((answer.status, is_replayed(&answer)), (201, false));
    gym.close();
}

/// The operations of the reference have nothing to do with keys.
#[test]
fn other_operations_ignore_it() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let name = bodies::exercise("Curl");
    expect(&gym.app.send_as(&owner, keyed("/exercises/user", "key", &name)), 201);
    assert_eq!(gym.app.send_as(&owner, keyed("/exercises/user", "key", &name)).status, 409);
    expect(&gym.app.send_as(&owner, keyed("/exercises/user", "a b", &bodies::exercise("Press"))), 201);
    let read = request("GET", "/training-units").header("Idempotency-Key", "key");
    assert_eq!(gym.app.send_as(&owner, read).status, 200);
    assert_eq!(gym.count("SELECT count(*) FROM idempotency_keys"), 0);
    gym.close();
}
