//! What is found in files.

use serde_json::{Value, json};

use super::{at, hevy, preview, sessions, written};
use crate::gym::{Gym, array, expect, fields, keys, text};

#[test]
fn a_preview_says_what_is_in_a_file_and_writes_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let file = hevy(&[
        ("Push", 4, "Bench Press (Barbell)", "80", 5),
        ("Push", 4, "Bench Press (Barbell)", "82.5", 5),
        ("Push", 4, "Foot Sweep Of Doom", "", 5),
        ("Pull", 5, "Plank", "", 5),
        ("Pull", 6, "Plank", "x", 5),
    ]);
    let import = preview(&gym, &owner, "hevy_csv", &file);
    assert_eq!(
        keys(&import),
        ["confirmedAt", "counts", "createdAt", "errors", "exercises", "expiresAt", "format", "id", "result", "status"]
    );
    assert_eq!((&import["status"], &import["format"]), (&json!("preview"), &json!("hevy_csv")));
    assert_eq!((&import["confirmedAt"], &import["result"]), (&Value::Null, &Value::Null));
    assert_eq!(
        import["counts"],
        json!({"sessions": 2, "duplicates": 0, "exercises": 3, "sets": 4, "customExercises": 0, "trainingUnits": 0,
            "trainingPlans": 0, "errors": 1})
    );
    assert_eq!(
        import["errors"],
        json!([{"line": 6, "path": null, "column": "weight_kg", "code": "no_number", "reason": "is not a number"}])
    );
    let names = array(&import["exercises"]);
    assert_eq!(fields(&import["exercises"], "name"), ["Bench Press (Barbell)", "Foot Sweep Of Doom", "Plank"]);
    assert_eq!(fields(&import["exercises"], "sets"), [2, 1, 1]);
    assert_eq!(fields(&import["exercises"], "state"), ["mapped", "unmapped", "mapped"]);
    let found = &names[0]["match"];
    assert_eq!((&found["kind"], &found["score"]), (&json!("fuzzy"), &json!(100)));
    let there = gym.read(&owner, &format!("/exercises/{}", text(&found["exerciseId"])));
    assert_eq!(there["name"], found["exerciseName"]);
    assert_eq!(names[2]["match"]["kind"], "exact");
    assert!(sessions(&gym, &owner).is_empty());

    assert_eq!(gym.read(&owner, &at(&import)), import);
    gym.delete(&owner, &at(&import));
    expect(&gym.ask(&owner, "GET", &at(&import)), 404);
    gym.close();
}

/// Every form of Strong that was seen, with commas and semicolons, quoted or not.
#[test]
fn files_of_strong_are_read_in_all_their_forms() {
    let gym = &mut Gym::open();
    let forms = [
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n\
         2026-05-04 18:00:00,Push,1h 5m,Plank,1,225,5,0,0,,,8.5\n2026-05-04 18:00:00,Push,1h 5m,Plank,Rest Timer,,,,90,,,\n",
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n\
         2026-05-04 18:00:00,Push,1h 5m,Plank,1,225,5,0,0,8.5\n",
        "\u{feff}Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;\
         Workout Notes;Workout Duration\n\"2026-05-04 18:00:00\";\"Push\";\"Plank\";1;225,0;lbs;5;8,5;;;0;;;1h 5m\n",
        "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (lbs);Reps;RPE;Distance (meters);Seconds;\
         Notes;Workout Notes\n1;2026-05-04 18:00:00;Push;3900;Plank;1;225;5;8.5;;;;\n",
    ];
    for file in forms {
        let owner = gym.person();
        let upload = irontrack_tests::harness::upload(
            file.as_bytes(),
            &[("format", "strong_csv"), ("time_zone", "Europe/Berlin"), ("weight_unit", "lb"), ("distanceUnit", "mi")],
        );
        let import = expect(&gym.app.send_as(&owner, upload), 201);
        assert_eq!(import["errors"], json!([]), "{file}");
        assert_eq!(written(gym, &owner, &import)["sets"], 1, "{file}");
        let session = &sessions(gym, &owner)[0];
        assert_eq!(
            (&session["startTime"], &session["endTime"], &session["unitName"], &session["status"]),
            (&json!("2026-05-04T16:00:00Z"), &json!("2026-05-04T17:05:00Z"), &json!("Push"), &json!("completed"))
        );
        let exercise = &session["exercises"][0];
        assert_eq!((&exercise["exerciseName"], &exercise["mode"]), (&json!("Plank"), &json!("reps")));
        let set = &exercise["sets"][0];
        assert_eq!(
            (&set["weight"], &set["repsCompleted"], &set["rpe"]),
            (&json!(102.058), &json!(5), &json!(8.5)),
            "pounds are converted exactly: {file}"
        );
    }
}

/// No line gets lost: each is in the session or named with what is wrong with it.
#[test]
fn rows_that_are_wrong_are_named_and_the_others_are_written() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let mut file = hevy(&[("Push", 4, "Plank", "80", 5), ("Push", 4, "Plank", "-1", 5), ("Push", 4, "Plank", "80", 6)]);
    file += "Push,\"4 May 2026, 18:00\"\n";
    file += "Push,yesterday,\"4 May 2026, 19:05\",,Plank,,,7,normal,80,7,,,\n";
    file += "Push,\"4 May 2026, 18:00\",\"4 May 2026, 19:05\",,Plank,,,8,odd,80,8,,,\n";
    file += "Push,\"4 May 2026, 18:00\",\"4 May 2026, 19:05\",,Plank,,,9,normal,80,9,,,11\n";
    let import = preview(&gym, &owner, "hevy_csv", &file);
    assert_eq!(fields(&import["errors"], "line"), [3, 5, 6, 7, 8]);
    assert_eq!(
        fields(&import["errors"], "column"),
        [json!("weight_kg"), Value::Null, json!("start_time"), json!("set_type"), json!("rpe")]
    );
    assert!(array(&import["errors"]).iter().all(|error| error["code"].is_string() && error["reason"].is_string()));
    let result = written(&gym, &owner, &import);
    assert_eq!((&result["sessions"], &result["sets"]), (&json!(1), &json!(2)));
    let sets = &sessions(&gym, &owner)[0]["exercises"][0]["sets"];
    assert_eq!(fields(sets, "repsCompleted"), [5, 6]);
    gym.close();
}

/// The first hundred, and how many there are.
#[test]
fn of_many_wrong_rows_the_first_are_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let rows = vec![("Push", 4, "Plank", "heavy", 5); 250];
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&rows));
    assert_eq!(import["counts"]["errors"], 250);
    assert_eq!(array(&import["errors"]).len(), 100);
    assert_eq!(import["counts"]["sessions"], 0);
    assert_eq!(written(&gym, &owner, &import)["sessions"], 0);
    gym.close();
}

#[test]
fn of_several_previews_the_latest_stay() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let file = hevy(&[("Push", 4, "Plank", "80", 5)]);
    let theirs = preview(&gym, &other, "hevy_csv", &file);
    let previews: Vec<Value> = (0..5).map(|_| preview(&gym, &owner, "hevy_csv", &file)).collect();
    let is_there = |import: &Value| gym.ask(&owner, "GET", &at(import)).status == 200;
    assert_eq!(previews.iter().map(is_there).collect::<Vec<_>>(), [false, false, true, true, true]);
    expect(&gym.ask(&other, "GET", &at(&theirs)), 200);
    gym.close();
}
