//! Starting sessions, and storing those that were done elsewhere.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{bodies, body};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Track, assert_shows, minutes, moment, ordered};
use crate::gym::{array, expect, fields, keys, mistakes, refused, request, tag, text, under};

const SESSION: [&str; 14] = [
    "createdAt",
    "durationSeconds",
    "endTime",
    "exercises",
    "id",
    "notes",
    "planName",
    "startTime",
    "status",
    "trainingPlanId",
    "trainingUnitId",
    "unitName",
    "updatedAt",
    "userTimezone",
];

const EXERCISE: [&str; 9] =
    ["exerciseId", "exerciseName", "id", "mode", "notes", "orderIndex", "planned", "plannedUnitExerciseId", "sets"];

const SET: [&str; 9] =
    ["distanceKm", "id", "notes", "orderIndex", "repsCompleted", "rpe", "setType", "timeSeconds", "weight"];

#[test]
fn a_free_session_starts_now() {
    let track = Track::open();
    let (before, answer, after) = (
        json!(minutes(0)),
        track.send("POST", "/training-sessions", &bodies::training_session(json!({}))),
        json!(minutes(0)),
    );
    let session = expect(&answer, 201);
    let path = under("/training-sessions", &session);
    let location = answer.header("location").unwrap_or_default();
    assert!(location.ends_with(&format!("/api/v1{path}")), "the place of the session: {location:?}");
    assert_eq!(keys(&session), SESSION);
    assert_eq!(Uuid::try_parse(&text(&session["id"])).unwrap_or_default().get_version_num(), 7);
    let start = moment(&session["startTime"]);
    assert!(moment(&before) <= start && start <= moment(&after), "{before} {start} {after}");
    assert_shows(&session, &json!({"status": "in_progress", "userTimezone": "Europe/Berlin", "exercises": []}));
    for field in ["endTime", "durationSeconds", "notes", "planName", "unitName", "trainingPlanId", "trainingUnitId"] {
        assert_eq!(session[field], Value::Null, "{field}");
    }
    let read = track.ask("GET", &path);
    assert_eq!((read.status, body(&read), tag(&read)), (200, session, tag(&answer)));
    // Any number of sessions may be in progress.
    track.store(json!({}));
    assert_eq!(track.read("/training-sessions?status=in_progress")["total"], 2);
    track.gym.close();
}

#[test]
fn a_finished_session_is_stored_whole() {
    let mut track = Track::open();
    let (squat, run) = (track.exercise, track.gym.mint.exercise(track.owner.user_id));
    track.gym.rename_exercise(squat, "Back Squat");
    track.gym.rename_exercise(run, "Evening Run");
    let squats = json!([
        {"weight": 40, "repsCompleted": 10, "setType": "warmup"},
        {"weight": 82.5, "repsCompleted": 5, "rpe": 8.5, "notes": " Deep.\n"},
        {"weight": 99_999.999, "repsCompleted": 0, "setType": "failure", "rpe": 10},
        {"repsCompleted": 10_000, "setType": "drop", "rpe": 1},
        {},
    ]);
    let sent = json!({
        "userTimezone": "America/St_Johns", "status": "completed", "notes": " Good.\n",
        "startTime": "2025-03-01T18:00:00.5+01:00", "endTime": "2025-03-01T17:45:31.499999Z",
        "exercises": [
            {"exerciseId": squat, "mode": "reps", "notes": " Slow.\n", "sets": squats},
            bodies::session_exercise(run, "distance", &json!([{"distanceKm": 7.251}, {"distanceKm": 0.001, "weight": 5}])),
            bodies::session_exercise(squat, "time", &json!([{"timeSeconds": 604_800, "weight": 0}])),
            {"exerciseId": squat, "mode": "sets_only"},
        ]
    });
    let (path, session) = track.store(sent.clone());
    assert_shows(
        &session,
        &json!({
            "status": "completed", "startTime": "2025-03-01T17:00:00.500000Z", "endTime": "2025-03-01T17:45:31.499999Z",
            "durationSeconds": 2730, "userTimezone": "America/St_Johns", "notes": " Good.\n"
        }),
    );
    ordered(&session["exercises"]);
    let names = fields(&session["exercises"], "exerciseName");
    assert_eq!(names, ["Back Squat", "Evening Run", "Back Squat", "Back Squat"]);
    for (exercise, done) in array(&session["exercises"]).iter().zip(array(&sent["exercises"])) {
        assert_eq!(keys(exercise), EXERCISE);
        assert!(
            exercise["id"].is_i64() && exercise["planned"].is_null() && exercise["plannedUnitExerciseId"].is_null()
        );
        for field in ["exerciseId", "mode", "notes"] {
            assert_eq!(exercise[field], done[field], "{field}");
        }
        ordered(&exercise["sets"]);
        let expected = done["sets"].as_array().cloned().unwrap_or_default();
        assert_eq!(array(&exercise["sets"]).len(), expected.len());
        for (set, done) in array(&exercise["sets"]).iter().zip(expected) {
            assert_eq!(keys(set), SET);
            assert!(set["id"].is_i64(), "{set}");
            for field in ["weight", "repsCompleted", "timeSeconds", "distanceKm", "rpe"] {
                assert_eq!(set[field].as_f64(), done[field].as_f64(), "{field} of {set}");
                assert!(set[field].is_null() || set[field].is_number(), "{field} of {set}");
            }
            let kind = done["setType"].as_str().unwrap_or("working");
            assert_eq!((&set["setType"], &set["notes"]), (&json!(kind), &done["notes"]), "{set}");
        }
    }
    assert_eq!(track.read(&path), session);
    track.gym.close();
}

#[test]
fn null_is_absence() {
    let track = Track::open();
    let nulls = json!({
        "trainingUnitId": null, "trainingPlanId": null, "startTime": null, "endTime": null, "notes": null,
        "status": null, "exercises": [{
            "exerciseId": track.exercise, "mode": "reps", "notes": null, "sets": [{
                "weight": null, "repsCompleted": null, "timeSeconds": null, "distanceKm": null, "setType": null,
                "rpe": null, "notes": null
            }]
        }, {"exerciseId": track.exercise, "mode": "reps", "sets": null}]
    });
    let (_, session) = track.store(nulls);
    assert_shows(&session, &json!({"status": "in_progress", "notes": null, "endTime": null}));
    assert_eq!(session["exercises"][0]["sets"][0]["setType"], "working");
    assert_eq!(session["exercises"][1]["sets"], json!([]));
    for exercises in [Value::Null, json!([])] {
        assert_eq!(track.store(json!({"exercises": exercises})).1["exercises"], json!([]));
    }
    track.gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut track = Track::open();
    let exercise = track.exercise;
    let before = track.gym.mint.fingerprint();
    let with = |sent: Value| bodies::training_session(sent);
    let set = |set: Value| bodies::training_session(json!({"exercises": [track.done("reps", &json!([{}, set]))]}));
    for (sent, expected) in [
        (json!({}), "/userTimezone"),
        (json!({"userTimezone": null}), "/userTimezone"),
        (json!({"userTimezone": ""}), "/userTimezone"),
        (json!({"userTimezone": 7}), "/userTimezone"),
        (json!({"userTimezone": "Mars/Olympus_Mons"}), "/userTimezone"),
        (json!({"userTimezone": "+01:00"}), "/userTimezone"),
        (json!({"userTimezone": "Europe/Berlin\u{0}"}), "/userTimezone"),
        (json!({"userTimezone": "Europe/Berlin ".repeat(100)}), "/userTimezone"),
        (with(json!({"status": "aborted"})), "/status"),
        (with(json!({"status": "Completed", "endTime": minutes(0)})), "/status"),
        (with(json!({"status": "in_progress", "endTime": minutes(0)})), "/endTime"),
        (with(json!({"endTime": minutes(0)})), "/endTime"),
        (with(json!({"status": "completed"})), "/endTime"),
        (with(json!({"status": "completed", "endTime": null})), "/endTime"),
        (with(json!({"notes": "a\u{0}b"})), "/notes"),
        (with(json!({"notes": "x".repeat(10_001)})), "/notes"),
        (with(json!({"notes": 7, "zz": 1, "durationSeconds": 5})), "/durationSeconds /notes /zz"),
        (with(json!({"trainingUnitId": "x"})), "/trainingUnitId"),
        (with(json!({"exercises": {}})), "/exercises"),
        (with(json!({"exercises": [7, null]})), "/exercises/0 /exercises/1"),
        (with(json!({"exercises": [{}]})), "/exercises/0/exerciseId /exercises/0/mode"),
        (with(json!({"exercises": [{"exerciseId": "x", "mode": "x"}]})), "/exercises/0/exerciseId /exercises/0/mode"),
        (with(json!({"exercises": [{"exerciseId": exercise, "mode": null}]})), "/exercises/0/mode"),
        (
            with(json!({"exercises": [{"exerciseId": exercise, "mode": "reps", "notes": 7, "orderIndex": 0}]})),
            "/exercises/0/notes /exercises/0/orderIndex",
        ),
        (
            with(json!({"exercises": [{"exerciseId": exercise, "mode": "reps", "sets": {}, "planned": null}]})),
            "/exercises/0/planned /exercises/0/sets",
        ),
        (set(json!(7)), "/exercises/0/sets/1"),
        (set(json!({"rpe": 8.2, "weight": -1})), "/exercises/0/sets/1/rpe /exercises/0/sets/1/weight"),
        (set(json!({"timeSeconds": 5})), "/exercises/0/sets/1/timeSeconds"),
        (set(json!({"id": 1, "orderIndex": 0})), "/exercises/0/sets/1/id /exercises/0/sets/1/orderIndex"),
    ] {
        assert_eq!(mistakes(&track.send("POST", "/training-sessions", &sent)), expected, "{sent}");
    }
    let unknown = track.send("POST", "/training-sessions?zz=1", &bodies::training_session(json!({})));
    assert_eq!(mistakes(&unknown), "?zz", "an unknown parameter");
    assert_eq!(track.gym.mint.fingerprint(), before);
    for zone in ["UTC", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "US/Eastern", "Etc/GMT+12"] {
        let longest = json!({"userTimezone": zone, "notes": "🏋".repeat(10_000)});
        assert_shows(&track.store(longest.clone()).1, &longest);
    }
    track.gym.close();
}

#[test]
fn an_exercise_must_be_readable() {
    let mut track = Track::open();
    let other = track.gym.person();
    let trainer = track.gym.mint.person(Role::FitnessTrainer);
    let [own, theirs, hidden] =
        [&track.owner, &other, &track.owner].map(|who| who.user_id).map(|id| track.gym.mint.exercise(id));
    track.gym.mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&hidden]);
    let session = |exercise: Uuid| {
        let done = [own, exercise].map(|exercise| bodies::session_exercise(exercise, "reps", &json!([{}])));
        bodies::training_session(json!({"exercises": done}))
    };
    let before = track.gym.mint.fingerprint();
    for exercise in [theirs, hidden, Uuid::now_v7()] {
        refused(&track.send("POST", "/training-sessions", &session(exercise)), 404, "Exercise not found");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    expect(&track.send("POST", "/training-sessions", &session(own)), 201);
    // Trainers may read the exercises of everybody.
    let of_trainer = json!({"exercises": [bodies::session_exercise(theirs, "reps", &json!([]))]});
    track.gym.create(&trainer, "/training-sessions", &bodies::training_session(of_trainer));
    track.gym.close();
}

#[test]
fn the_first_reason_to_refuse_is_told() {
    let track = Track::open();
    let unknown = json!({"exercises": [bodies::session_exercise(Uuid::now_v7(), "reps", &json!([]))]});
    let wrong = bodies::with(bodies::training_session(unknown), "status", json!("x"));
    refused(&track.gym.app.send(&request("POST", "/training-sessions").json(&wrong)), 401, "Not authenticated");
    assert_eq!(mistakes(&track.send("POST", "/training-sessions", &wrong)), "/status");
    let unknown = bodies::with(wrong, "status", Value::Null);
    refused(&track.send("POST", "/training-sessions", &unknown), 404, "Exercise not found");
    track.gym.close();
}
