//! `irontrack users import`.

use std::fs;

use irontrack_tests::harness::hevy_file;
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed, json, run_at_terminal};
use crate::gym::{Gym, array, fields};

fn admin_with<'a>(gym: &'a Gym, file: &str, content: &str) -> Admin<'a> {
    let admin = Admin::of(&gym.app.database);
    fs::write(admin.folder.path().join(file), content).expect("a file can be written");
    admin
}

fn sessions(gym: &Gym, who: &irontrack_tests::harness::Session) -> Vec<Value> {
    array(&gym.read(who, "/access/export")["trainingSessions"])
}

#[test]
fn a_file_becomes_sessions_once() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let admin = admin_with(&gym, "hevy.csv", &hevy_file("Plank"));
    let import = ["users", "import", &owner.email, "hevy.csv", "--time-zone", "Europe/Berlin", "--yes"];
    let said = admin.done(&import);
    assert!(said.contains("1 session with 1 sets; 0 are there already, 0 rows are wrong"), "{said}");
    assert!(said.contains("Plank\t1\texercise\tPlank"), "{said}");
    assert!(said.contains("1 session with 1 sets imported"), "{said}");
    let stored = sessions(&gym, &owner);
    assert_eq!(fields(&Value::Array(stored), "startTime"), ["2025-12-22T07:00:00Z"]);
    let again = json(&admin.run(&[&import[..], &["--json"]].concat()));
    assert_eq!((&again["sessions"], &again["duplicates"]), (&json!(0), &json!(1)));
    gym.close();
}

#[test]
fn names_are_explained_by_options_and_by_a_file() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None).to_string();
    for (more, left) in [
        (vec!["--map".to_owned(), format!("foot SWEEP={exercise}")], 1),
        (vec!["--create".to_owned(), "Foot Sweep".to_owned()], 1),
        (vec!["--skip".to_owned(), "Foot Sweep".to_owned()], 0),
        (vec!["--create-unknown".to_owned()], 1),
        (vec!["--skip-unknown".to_owned()], 0),
        (vec!["--mapping".to_owned(), "names.json".to_owned()], 1),
    ] {
        let owner = gym.person();
        let admin = admin_with(&gym, "hevy.csv", &hevy_file("Foot Sweep"));
        let names = json!({"items": [{"name": "Foot Sweep", "create": true, "primaryMuscles": [4]}]});
        fs::write(admin.folder.path().join("names.json"), names.to_string()).expect("a file can be written");
        let mut import = vec!["users", "import", &owner.email, "hevy.csv", "--time-zone", "UTC", "--yes"];
        import.extend(more.iter().map(String::as_str));
        admin.done(&import);
        assert_eq!(array(&sessions(&gym, &owner)[0]["exercises"]).len(), left, "{more:?}");
    }
    let admin = admin_with(&gym, "hevy.csv", &hevy_file("Foot Sweep"));
    let import = ["users", "import", &owner.email, "hevy.csv", "--time-zone", "UTC", "--yes"];
    assert_failed(&admin.run(&import), 1, &["no exercise is known for 'Foot Sweep'", "--map"]);
    assert_eq!(gym.count("SELECT count(*) FROM imports WHERE confirmed_at IS NULL"), 0, "nothing is left behind");
    // An exercise that only has a name has no muscle yet.
    gym.app.database.assert_invariants(false);
}

#[test]
fn what_cannot_be_imported_is_one_line() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let admin = admin_with(&gym, "hevy.csv", &hevy_file("Plank"));
    fs::write(admin.folder.path().join("x.csv"), "a,b\n").expect("a file can be written");
    fs::write(admin.folder.path().join("x.json"), "{}").expect("a file can be written");
    let run = |arguments: &[&str]| admin.run(&[&["users", "import"], arguments].concat());
    let email = owner.email.as_str();
    assert_failed(&run(&["nobody@example.com", "hevy.csv"]), 1, &["nobody@example.com not found"]);
    assert_failed(&run(&[email, "missing.csv"]), 1, &["missing.csv cannot be read"]);
    assert_failed(&run(&[email, "x.csv"]), 2, &["--format"]);
    assert_failed(&run(&[email, "x.json", "--yes"]), 1, &["no export of IronTrack"]);
    assert_failed(&run(&[email, "hevy.csv"]), 2, &["--time-zone"]);
    assert_failed(&run(&[email, "hevy.csv", "--time-zone", "UTC"]), 2, &["--yes"]);
    assert_failed(&run(&[email, "hevy.csv", "--time-zone", "UTC", "--yes", "--map", "Plank"]), 2, &["--map"]);
    assert_failed(
        &run(&[email, "hevy.csv", "--time-zone", "UTC", "--yes", "--skip", "Curl"]),
        1,
        &["does not have this name"],
    );
    assert!(sessions(&gym, &owner).is_empty());
    assert_eq!(gym.count("SELECT count(*) FROM imports"), 0, "nothing is left behind");
    gym.close();
}

#[test]
fn people_see_a_table() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let admin = admin_with(&gym, "hevy.csv", &hevy_file("Plank"));
    let arguments = ["users", "import", &owner.email, "hevy.csv", "--time-zone", "UTC", "--yes"];
    let (code, seen) = run_at_terminal(&arguments, admin.folder.path(), &admin.environment);
    assert_eq!(code, Some(0), "{seen}");
    assert!(seen.contains("Becomes") && seen.contains("imported"), "{seen}");
    gym.close();
}

/// Whoever is asked may say no.
#[test]
fn nothing_is_written_before_somebody_says_yes() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let admin = admin_with(&gym, "hevy.csv", &hevy_file("Plank"));
    for (answer, code, count) in [("n", 1, 0), ("y", 0, 1)] {
        let mut terminal = admin.at_terminal(&["users", "import", &owner.email, "hevy.csv", "--time-zone", "UTC"]);
        terminal.answer("Import this [y/n]: ", answer);
        let (status, seen) = terminal.wait();
        assert_eq!(status.code(), Some(code), "{seen}");
        assert_eq!(sessions(&gym, &owner).len(), count, "{seen}");
    }
    gym.close();
}
