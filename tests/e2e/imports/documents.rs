//! Documents of our own.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{at, confirm, map, preview, sessions, written};
use crate::gym::{Gym, array, expect, fields, text};

fn document(members: &Value) -> String {
    let mut document = json!({"format": "irontrack-export", "version": 1});
    let (Some(all), Some(more)) = (document.as_object_mut(), members.as_object()) else {
        unreachable!("both are objects")
    };
    all.extend(more.clone());
    document.to_string()
}

/// A session of an hour of a day of May 2026 with one exercise.
fn session(day: u32, exercise: &Value) -> Value {
    json!({
        "trainingPlanId": null, "trainingUnitId": null, "planName": null, "unitName": "Push", "status": "completed",
        "startTime": format!("2026-05-{day:02}T16:00:00.123456Z"), "endTime": format!("2026-05-{day:02}T17:00:00Z"),
        "userTimezone": "Europe/Berlin", "notes": null, "exercises": [exercise]
    })
}

fn exercise(id: Option<Uuid>, name: &str) -> Value {
    json!({"exerciseId": id, "exerciseName": name, "mode": "reps", "plannedUnitExerciseId": null, "planned": null,
        "notes": null, "sets": [{"weight": 80.125, "repsCompleted": 5, "timeSeconds": null, "distanceKm": null,
            "setType": "working", "rpe": 8.5, "notes": "Hard."}]})
}

/// Nobody is asked about them: where an exercise is gone, sessions keep its name.
#[test]
fn exercises_that_are_not_here_stay_names() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let here = gym.mint.exercise(None);
    let sent = document(&json!({"trainingSessions": [
        session(4, &exercise(None, "Gone Long Ago")),
        session(5, &exercise(Some(Uuid::now_v7()), "Not In This Catalogue")),
        session(6, &exercise(Some(Uuid::now_v7()), "plank")),
        session(7, &exercise(Some(here), "Old Name")),
    ]}));
    let import = preview(&gym, &owner, "irontrack_json", &sent);
    assert_eq!(import["errors"], json!([]));
    let names = fields(&import["exercises"], "name");
    assert_eq!(names, ["Not In This Catalogue", "plank", "Old Name"]);
    assert_eq!(fields(&import["exercises"], "state"), ["name_only", "mapped", "mapped"]);
    written(&gym, &owner, &import);
    let done: Vec<Value> = sessions(&gym, &owner).iter().map(|session| session["exercises"][0].clone()).collect();
    let done = Value::Array(done);
    assert_eq!(fields(&done, "exerciseName"), ["Gone Long Ago", "Not In This Catalogue", "plank", "Old Name"]);
    let ids = fields(&done, "exerciseId");
    assert_eq!((&ids[0], &ids[1], &ids[3]), (&Value::Null, &Value::Null, &json!(here)));
    assert_eq!(gym.read(&owner, &format!("/exercises/{}", text(&ids[2])))["name"], "Plank");
    gym.close();
}

#[test]
fn an_exercise_of_somebody_else_is_not_here() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let theirs = gym.mint.exercise(other.user_id);
    let sent = document(&json!({"trainingSessions": [session(4, &exercise(Some(theirs), "Secret"))]}));
    let import = preview(&gym, &owner, "irontrack_json", &sent);
    assert_eq!(import["exercises"][0]["match"], Value::Null);
    written(&gym, &owner, &import);
    assert_eq!(sessions(&gym, &owner)[0]["exercises"][0]["exerciseId"], Value::Null);
    gym.close();
}

/// In sessions and units.
#[test]
fn names_of_a_document_can_be_mapped_as_well() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (here, unknown) = (gym.mint.exercise(None), Uuid::now_v7());
    let entry = json!({"id": 5, "exerciseId": unknown, "exerciseName": "Unknown", "orderIndex": 0, "mode": "sets_only", "sets": 3,
        "repsMin": null, "repsMax": null, "targetTimeSeconds": null, "targetDistanceKm": null, "targetWeight": null,
        "restSeconds": null, "notes": null});
    let unit = json!({"id": Uuid::now_v7(), "name": "Push", "description": null, "sharingStatus": "private",
        "createdBy": null, "createdAt": "2026-05-04T16:00:00Z", "updatedAt": "2026-05-04T16:00:00Z", "exercises": [entry]});
    let sent = document(&json!({"trainingUnits": [unit],
        "trainingSessions": [session(4, &exercise(Some(unknown), "Unknown"))]}));
    let import = preview(&gym, &owner, "irontrack_json", &sent);
    expect(&map(&gym, &owner, &import, &json!([{"name": "Unknown", "exerciseId": here}])), 200);
    written(&gym, &owner, &import);
    let export = gym.read(&owner, "/access/export");
    for list in ["trainingSessions", "trainingUnits"] {
        let exercise = &export[list][0]["exercises"][0];
        assert_eq!((&exercise["exerciseId"], &exercise["exerciseName"]), (&json!(here), &json!("Unknown")), "{list}");
    }
    gym.close();
}

#[test]
fn elements_that_are_wrong_are_named_with_where_they_stand() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let mut ends_too_early = session(5, &exercise(None, "Plank"));
    ends_too_early["endTime"] = json!("2026-05-01T17:00:00Z");
    let mut odd = session(6, &exercise(None, "Plank"));
    odd["exercises"][0]["sets"][0]["rpe"] = json!(11);
    let good = session(4, &exercise(None, "Plank"));
    let sent = document(&json!({"exercises": [{"id": 7}], "trainingSessions": [good, ends_too_early, odd, 5]}));
    let import = preview(&gym, &owner, "irontrack_json", &sent);
    let errors = array(&import["errors"]);
    assert_eq!(
        fields(&import["errors"], "path"),
        ["/exercises/0", "/trainingSessions/1", "/trainingSessions/2", "/trainingSessions/3"]
    );
    assert_eq!((&errors[1]["column"], &errors[2]["column"]), (&json!("endTime"), &json!("exercises/0/sets/0/rpe")));
    assert!(errors.iter().all(|error| error["line"].is_null()));
    assert_eq!(written(&gym, &owner, &import)["sessions"], 1);
    gym.close();
}

/// Members that are not known, and an order that nobody expects, are no reason to refuse anything.
#[test]
fn sessions_may_stand_before_what_they_refer_to() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (own, unit) = (Uuid::now_v7(), Uuid::now_v7());
    let mut trained = session(4, &exercise(Some(own), "Rope Curl"));
    trained["trainingUnitId"] = json!(unit);
    let defined = json!({"id": own, "name": "Rope Curl", "primaryMuscles": [{"id": 99, "name": "Biceps"}], "secondaryMuscles": [],
        "force": "pull", "difficultyLevel": "expert", "mechanic": null, "equipment": [{"id": 1, "name": "cable"}],
        "category": "strength", "instructions": "Pull.", "createdBy": null, "createdAt": "2026-05-04T16:00:00Z",
        "updatedAt": "2026-05-04T16:00:00Z", "tags": []});
    let unit = json!({"id": unit, "name": "Push", "description": "D", "sharingStatus": "public", "createdBy": null,
        "createdAt": "2026-05-04T16:00:00Z", "updatedAt": "2026-05-04T16:00:00Z", "exercises": []});
    let sent = document(
        &json!({"unknown": [1], "trainingSessions": [trained], "trainingUnits": [unit], "exercises": [defined]}),
    );
    let import = preview(&gym, &owner, "irontrack_json", &sent);
    assert_eq!(fields(&import["exercises"], "state"), ["create"]);
    let result = written(&gym, &owner, &import);
    assert_eq!((&result["customExercises"], &result["trainingUnits"]), (&json!(1), &json!(1)));
    let export = gym.read(&owner, "/access/export");
    let made = &export["exercises"][0];
    assert_eq!(fields(&made["primaryMuscles"], "name"), ["biceps"], "catalogues are compared by name");
    assert_eq!(fields(&made["equipment"], "name"), ["cable"]);
    let trained = &export["trainingSessions"][0];
    assert_eq!(trained["trainingUnitId"], export["trainingUnits"][0]["id"]);
    assert_eq!(trained["exercises"][0]["exerciseId"], made["id"]);
    let again = preview(&gym, &owner, "irontrack_json", &sent);
    let result = expect(&confirm(&gym, &owner, &again), 200)["result"].clone();
    assert_eq!(
        result,
        json!({"sessions": 0, "duplicates": 1, "exercises": 0, "sets": 0, "customExercises": 0, "trainingUnits": 0,
            "trainingPlans": 0}),
        "a second import adds nothing"
    );
    assert_eq!(gym.read(&owner, &at(&again))["exercises"][0]["state"], "mapped");
    gym.close();
}
