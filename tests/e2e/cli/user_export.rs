//! `irontrack users export`.

use std::{fs, os::unix::fs::PermissionsExt};

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed};
use crate::gym::Gym;

#[test]
fn a_file_holds_what_the_person_would_get() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(owner.user_id);
    let sent = bodies::training_session(json!({"startTime": "2026-05-04T16:00:00Z", "exercises": [
        {"exerciseId": exercise, "mode": "reps", "sets": [{"weight": 82.5, "repsCompleted": 5}]}
    ]}));
    gym.create(&owner, "/training-sessions", &sent);
    let admin = Admin::of(&gym.app.database);
    let path = admin.folder.path().join("jo.json");
    let said = admin.done(&["users", "export", &owner.email, "jo.json"]);
    assert_eq!(said, format!("jo.json holds everything of {}", owner.email));
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    let read = |path: &std::path::Path| fs::read_to_string(path).expect("a text");
    let mut written: Value = serde_json::from_str(&read(&path)).expect("JSON");
    let mut answered = gym.read(&owner, "/access/export");
    for document in [&mut written, &mut answered] {
        document["exportedAt"] = Value::Null;
    }
    assert_eq!(written, answered);
    for format in ["hevy", "strong"] {
        let said = admin.done(&["users", "export", &owner.email, "jo.csv", "--format", format]);
        assert_eq!(said, format!("jo.csv holds the training sessions of {}", owner.email));
        let answer = gym.ask(&owner, "GET", &format!("/training-sessions/export.csv?format={format}"));
        assert_eq!(read(&admin.folder.path().join("jo.csv")), answer.text());
    }
    gym.close();
}

#[test]
fn a_terminal_shows_how_far_it_is() {
    let mut gym = Gym::open();
    let owner = gym.person();
    gym.mint.exercise(owner.user_id);
    let admin = Admin::of(&gym.app.database);
    let (status, seen) = admin.at_terminal(&["users", "export", &owner.email, "jo.json"]).wait();
    assert!(status.success(), "{seen}");
    assert!(seen.contains("Exporting 0"), "{seen:?}");
    assert!(seen.contains(&format!("jo.json holds everything of {}", owner.email)), "{seen:?}");
    let piped = admin.run(&["users", "export", &owner.email, "again.json"]);
    assert!(!format!("{piped:?}").contains("Exporting"), "{piped:?}");
    gym.close();
}

#[test]
fn what_cannot_be_exported_is_one_line() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let admin = Admin::of(&gym.app.database);
    let run = |arguments: &[&str]| admin.run(&[&["users", "export"], arguments].concat());
    assert_failed(&run(&["nobody@example.com", "jo.json"]), 1, &["nobody@example.com not found"]);
    assert_failed(&run(&["nobody", "jo.json"]), 2, &["email"]);
    assert_failed(&run(&[&owner.email, "missing/jo.json"]), 1, &["missing/jo.json was not written"]);
    assert_failed(&run(&[&owner.email, "/dev/full"]), 1, &["/dev/full was not written"]);
    assert_eq!(fs::read_dir(admin.folder.path()).expect("a folder").count(), 0, "nothing is left behind");
    gym.close();
}
