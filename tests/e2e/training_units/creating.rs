//! Creating units.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{bodies, body};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, expect, fields, keys, mistakes, refused, request, tag, text, under, user};

const UNIT: [&str; 9] =
    ["createdAt", "createdBy", "description", "exercises", "id", "myAccess", "name", "sharingStatus", "updatedAt"];

const ENTRY: [&str; 13] = [
    "exerciseId",
    "exerciseName",
    "id",
    "mode",
    "notes",
    "orderIndex",
    "repsMax",
    "repsMin",
    "restSeconds",
    "sets",
    "targetDistanceKm",
    "targetTimeSeconds",
    "targetWeight",
];

#[test]
fn a_unit_is_stored_with_everything_it_was_given() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [squat, run] = [gym.mint.exercise(None), gym.mint.exercise(owner.user_id)];
    gym.rename_exercise(squat, "Back Squat");
    gym.rename_exercise(run, "Evening Run");
    let entry = json!({
        "exerciseId": squat, "mode": "reps", "sets": 5, "repsMin": 3, "repsMax": 5, "targetTimeSeconds": 86_400,
        "targetDistanceKm": 0.001, "targetWeight": 99_999.999, "restSeconds": 0, "notes": " Slow.\n"
    });
    let sent = json!({
        "name": "  Leg \t day ", "description": " Heavy.\n\n", "sharingStatus": "shared",
        "exercises": [entry, {"exerciseId": run, "mode": "distance", "targetDistanceKm": 7.5}, bodies::unit_entry(squat)]
    });
    let answer = gym.send(&owner, "POST", "/training-units", &sent);
    let unit = expect(&answer, 201);
    let path = under("/training-units", &unit);
    let location = answer.header("location").unwrap_or_default();
    assert!(location.ends_with(&format!("/api/v1{path}")), "the place of the unit: {location:?}");
    assert_eq!(keys(&unit), UNIT);
    assert_eq!(Uuid::try_parse(&text(&unit["id"])).unwrap_or_default().get_version_num(), 7);
    for (field, value) in [
        ("name", json!("Leg day")),
        ("description", json!(" Heavy.\n\n")),
        ("sharingStatus", json!("shared")),
        ("createdBy", json!(user(&owner))),
        ("myAccess", json!("owner")),
    ] {
        assert_eq!(unit[field], value, "{field}");
    }
    let entries = &unit["exercises"];
    assert!(entries.as_array().is_some_and(|all| all.iter().all(|one| keys(one) == ENTRY && one["id"].is_i64())));
    assert_eq!(fields(entries, "orderIndex"), [0, 1, 2]);
    assert_eq!(fields(entries, "exerciseName"), ["Back Squat", "Evening Run", "Back Squat"]);
    for (field, value) in entry.as_object().into_iter().flatten() {
        assert_eq!(&entries[0][field], value, "{field}");
    }
    for (field, value) in [("sets", json!(1)), ("targetDistanceKm", json!(7.5)), ("repsMin", Value::Null)] {
        assert_eq!(entries[1][field], value, "{field}");
    }
    for field in ["repsMax", "targetTimeSeconds", "targetDistanceKm", "targetWeight", "restSeconds", "notes"] {
        assert_eq!(entries[2][field], Value::Null, "{field}");
    }
    let read = gym.ask(&owner, "GET", &path);
    assert_eq!((read.status, body(&read), tag(&read)), (200, unit, tag(&answer)));
    gym.close();
}

#[test]
fn null_is_absence() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let nulls = json!({
        "name": "Nulls", "description": null, "sharingStatus": null,
        "exercises": [{
            "exerciseId": exercise, "mode": "sets_only", "sets": null, "repsMin": null, "repsMax": null,
            "targetTimeSeconds": null, "targetDistanceKm": null, "targetWeight": null, "restSeconds": null, "notes": null
        }]
    });
    let unit = gym.create(&owner, "/training-units", &nulls);
    assert_eq!((&unit["description"], &unit["sharingStatus"]), (&Value::Null, &json!("private")));
    assert_eq!(unit["exercises"][0]["sets"], 1);
    for sent in
        [json!({"name": "Empty"}), json!({"name": "None", "exercises": null}), json!({"name": "[]", "exercises": []})]
    {
        let unit = gym.create(&owner, "/training-units", &sent);
        let seen = (&unit["description"], &unit["sharingStatus"], &unit["exercises"]);
        assert_eq!(seen, (&Value::Null, &json!("private"), &json!([])), "{sent}");
    }
    let entry = gym.create(
        &owner,
        &format!("{}/exercises", under("/training-units", &unit)),
        &json!({"exerciseId": exercise, "mode": "sets_only", "sets": null, "orderIndex": null, "repsMin": null}),
    );
    assert_eq!((entry["sets"].clone(), entry["orderIndex"].clone()), (json!(1), json!(1)));
    gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let before = gym.mint.fingerprint();
    for (sent, expected) in [
        (json!({}), "/name"),
        (json!({"name": null}), "/name"),
        (json!({"name": ""}), "/name"),
        (json!({"name": " \t\n "}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"name": "a\u{0}b"}), "/name"),
        (json!({"name": 7}), "/name"),
        (json!({"name": "x", "description": "a\u{0}b"}), "/description"),
        (json!({"name": "x", "description": "x".repeat(10_001)}), "/description"),
        (json!({"name": "x", "sharingStatus": "secret"}), "/sharingStatus"),
        (json!({"name": "x", "exercises": {}}), "/exercises"),
        (json!({"name": "x", "exercises": [7]}), "/exercises/0"),
        (json!({"name": "x", "exercises": [null]}), "/exercises/0"),
        (json!({"name": "x", "zz": 1, "createdBy": user(&owner)}), "/createdBy /zz"),
        (
            json!({"name": "", "exercises": [{"mode": "x", "zz": 1}]}),
            "/exercises/0/exerciseId /exercises/0/mode /exercises/0/zz /name",
        ),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "POST", "/training-units", &sent)), expected, "{sent}");
    }
    let unknown = gym.send(&owner, "POST", "/training-units?zz=1", &bodies::training_unit("x"));
    assert_eq!(mistakes(&unknown), "?zz", "an unknown parameter");
    assert_eq!(gym.mint.fingerprint(), before);
    // The longest texts; characters count, not bytes.
    let longest = json!({"name": format!(" {} ", "ü".repeat(100)), "description": "🏋".repeat(10_000)});
    let unit = gym.create(&owner, "/training-units", &longest);
    assert_eq!((text(&unit["name"]).chars().count(), &unit["description"]), (100, &longest["description"]));
    gym.close();
}

#[test]
fn a_name_is_taken_for_its_owner_only_ignoring_case_and_blanks() {
    let mut gym = Gym::open();
    let [one, other] = gym.people();
    let sent = bodies::training_unit("Übung eins");
    let first = gym.create(&one, "/training-units", &sent);
    gym.create(&other, "/training-units", &sent);
    // Plans have names of their own.
    gym.create(&one, "/training-plans", &bodies::training_plan("Übung eins"));
    for name in ["Übung eins", "ÜBUNG EINS", "  übung \t eins "] {
        let shown = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let detail = format!("A training unit with the name '{shown}' already exists");
        refused(&gym.send(&one, "POST", "/training-units", &bodies::training_unit(name)), 409, &detail);
    }
    gym.delete(&one, &under("/training-units", &first));
    gym.create(&one, "/training-units", &sent);
    gym.close();
}

#[test]
fn an_exercise_must_be_readable() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let trainer = gym.mint.person(Role::FitnessTrainer);
    let [own, theirs, hidden] = [&owner, &other, &owner].map(|who| gym.mint.exercise(who.user_id));
    gym.mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&hidden]);
    let unit =
        |exercise: Uuid| json!({"name": "Unit", "exercises": [bodies::unit_entry(own), bodies::unit_entry(exercise)]});
    let before = gym.mint.fingerprint();
    for exercise in [theirs, hidden, Uuid::now_v7()] {
        refused(&gym.send(&owner, "POST", "/training-units", &unit(exercise)), 404, "Exercise not found");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    let answer = gym.send(&owner, "POST", "/training-units", &unit(own));
    assert_eq!(fields(&expect(&answer, 201)["exercises"], "exerciseId"), [json!(own), json!(own)], "twice is right");
    // Trainers may read the exercises of everybody.
    gym.create(&trainer, "/training-units", &unit(theirs));
    gym.close();
}

#[test]
fn the_first_reason_to_refuse_is_told() {
    let mut gym = Gym::open();
    let owner = gym.person();
    gym.create(&owner, "/training-units", &bodies::training_unit("Taken"));
    let taken = json!({"name": "Taken", "exercises": [bodies::unit_entry(Uuid::now_v7())]});
    refused(&gym.send(&owner, "POST", "/training-units", &taken), 404, "Exercise not found");
    let wrong = bodies::with(taken, "sharingStatus", json!("x"));
    assert_eq!(mistakes(&gym.send(&owner, "POST", "/training-units", &wrong)), "/sharingStatus");
    refused(&gym.app.send(&request("POST", "/training-units").json(&wrong)), 401, "Not authenticated");
    gym.close();
}
