//! Writing what was found.

use irontrack_tests::harness::upload;
use serde_json::json;

use super::{at, confirm, hevy, map, preview, sessions, written};
use crate::{
    gym::{Gym, expect, fields, refused, request},
    idempotency::is_replayed,
};

/// What is there is told before, and left out.
#[test]
fn a_second_import_of_the_same_file_adds_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let mut rows = vec![("Push", 4, "Plank", "80", 5), ("Pull", 5, "Plank", "80", 5)];
    let first = preview(&gym, &owner, "hevy_csv", &hevy(&rows));
    assert_eq!(written(&gym, &owner, &first)["sessions"], 2);
    let before = sessions(&gym, &owner);
    let second = preview(&gym, &owner, "hevy_csv", &hevy(&rows));
    assert_eq!(second["counts"]["duplicates"], 2);
    let result = written(&gym, &owner, &second);
    assert_eq!((&result["sessions"], &result["duplicates"], &result["sets"]), (&json!(0), &json!(2), &json!(0)));
    assert_eq!(sessions(&gym, &owner), before);
    // Another title at the same time is another session.
    rows.push(("Legs", 5, "Plank", "80", 5));
    let third = preview(&gym, &owner, "hevy_csv", &hevy(&rows));
    let result = written(&gym, &owner, &third);
    assert_eq!((&result["sessions"], &result["duplicates"]), (&json!(1), &json!(2)));
    gym.close();
}

/// Two previews of one file at the same moment: each session is written once.
#[test]
fn two_who_confirm_at_the_same_moment_write_each_session_once() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let rows: Vec<_> = (1..=28).map(|day| ("Push", day, "Plank", "80", 5)).collect();
    let previews = [(); 3].map(|()| preview(&gym, &owner, "hevy_csv", &hevy(&rows)));
    let results: Vec<_> = std::thread::scope(|scope| {
        let (app, owner) = (&gym.app, &owner);
        let confirming = previews.iter().map(|import| request("POST", &format!("{}/confirm", at(import))));
        let all: Vec<_> = confirming.map(|sent| scope.spawn(move || app.send_as(owner, sent))).collect();
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let mut added = 0;
    for answer in results.iter().filter(|answer| answer.status != 503) {
        added += expect(answer, 200)["result"]["sessions"].as_u64().unwrap_or_default();
    }
    assert_eq!((added, sessions(&gym, &owner).len()), (28, 28));
    gym.close();
}

#[test]
fn what_was_confirmed_can_be_read_and_not_be_changed() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Plank", "80", 5)]));
    let confirmed = expect(&confirm(&gym, &owner, &import), 200);
    assert_eq!(confirmed["status"], "confirmed");
    assert!(confirmed["confirmedAt"].is_string());
    assert_eq!(gym.read(&owner, &at(&import)), confirmed);
    refused(&confirm(&gym, &owner, &import), 409, "The import was confirmed already");
    let skip = json!([{"name": "Plank", "skip": true}]);
    refused(&map(&gym, &owner, &import, &skip), 409, "The import was confirmed already");
    gym.delete(&owner, &at(&import));
    refused(&confirm(&gym, &owner, &import), 404, "Import not found");
    assert_eq!(sessions(&gym, &owner).len(), 1, "what was written stays");
    assert_eq!(gym.count("SELECT count(*) FROM import_parts"), 0);
    gym.close();
}

/// On another instance than the one that has read the file.
#[test]
fn any_instance_confirms() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let other = gym.app.beside(&[]);
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Aaa Bbb", "80", 5)]));
    let create = json!({"items": [{"name": "Aaa Bbb", "create": true, "primaryMuscles": [7]}]});
    expect(&other.send_as(&owner, request("PUT", &format!("{}/mapping", at(&import))).json(&create)), 200);
    let before = gym.items(&owner, "/exercises?scope=user");
    assert!(before.is_empty());
    let confirmed = other.send_as(&owner, request("POST", &format!("{}/confirm", at(&import))));
    assert_eq!(expect(&confirmed, 200)["result"]["customExercises"], 1);
    assert_eq!(sessions(&gym, &owner).len(), 1);
    irontrack_tests::harness::until(std::time::Duration::from_secs(5), "the new exercise is listed", || {
        gym.items(&owner, "/exercises?scope=user").len() == 1
    });
    gym.close();
}

#[test]
fn an_import_ends_after_a_day() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Plank", "80", 5)]));
    let sql = "SELECT extract(epoch FROM expires_at - created_at)::bigint FROM imports";
    assert_eq!(gym.count(sql), 24 * 3600);
    gym.mint.execute("UPDATE imports SET expires_at = now()", &[]);
    for answer in [
        gym.ask(&owner, "GET", &at(&import)),
        confirm(&gym, &owner, &import),
        map(&gym, &owner, &import, &json!([])),
        gym.ask(&owner, "DELETE", &at(&import)),
    ] {
        refused(&answer, 404, "Import not found");
    }
    gym.close();
}

/// The version of the history moves, so that progress is counted anew.
#[test]
fn progress_is_that_of_the_new_history() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Aaa Bbb", "80", 5)]));
    expect(&map(&gym, &owner, &import, &json!([{"name": "Aaa Bbb", "exerciseId": exercise}])), 200);
    let progress = format!("/progress/exercises/{exercise}");
    assert_eq!(gym.read(&owner, &progress)["points"], json!([]));
    written(&gym, &owner, &import);
    assert_eq!(fields(&gym.read(&owner, &progress)["points"], "topWeightKg"), [json!(80.0)]);
    let version = "SELECT history_version FROM training_histories";
    assert_eq!(gym.count(version), 1, "one import is one write");
    gym.close();
}

#[test]
fn a_repeated_request_is_answered_again() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let file = hevy(&[("Push", 4, "Plank", "80", 5)]);
    let fields = [("format", "hevy_csv"), ("timeZone", "Europe/Berlin")];
    let send = || gym.app.send_as(&owner, upload(file.as_bytes(), &fields).header("Idempotency-Key", "read"));
    let (first, second) = (send(), send());
    let import = expect(&first, 201);
    assert_eq!(first.header("location"), Some(format!("/api/v1{}", at(&import)).as_str()));
    assert_eq!(expect(&second, 201), import);
    assert!(!is_replayed(&first) && is_replayed(&second));
    let other = upload(b"x", &fields).header("Idempotency-Key", "read");
    assert_eq!(gym.app.send_as(&owner, other).status, 422, "another file");
    let path = format!("{}/confirm", at(&import));
    let confirm = || gym.ask_with(&owner, "POST", &path, ("Idempotency-Key", "write"));
    let (first, second) = (confirm(), confirm());
    assert_eq!(expect(&first, 200), expect(&second, 200));
    assert!(!is_replayed(&first) && is_replayed(&second));
    assert_eq!(sessions(&gym, &owner).len(), 1);
    gym.close();
}

/// Previews, what was said, and what is remembered go with the account.
#[test]
fn nothing_stays_of_an_account_that_is_deleted() {
    let mut gym = Gym::open();
    let owner = gym.app.sign_in_new(irontrack_domain::account::Role::ApplicationAccess);
    let exercise = gym.mint.exercise(None);
    for (day, confirms) in [(4, true), (5, false)] {
        let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", day, "Aaa Bbb", "80", 5)]));
        expect(&map(&gym, &owner, &import, &json!([{"name": "Aaa Bbb", "exerciseId": exercise}])), 200);
        if confirms {
            written(&gym, &owner, &import);
        }
    }
    assert_eq!(gym.count("SELECT count(*) FROM exercise_mappings"), 1);
    let answer = gym.send(&owner, "DELETE", "/access/me", &json!({"password": irontrack_tests::harness::password()}));
    assert_eq!(answer.status, 204, "{}", answer.text());
    for table in ["imports", "import_parts", "import_exercises", "import_identities", "exercise_mappings"] {
        assert_eq!(gym.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    gym.close();
}
