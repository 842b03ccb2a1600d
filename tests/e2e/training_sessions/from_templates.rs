//! Sessions that are started from a training unit, alone or in a plan.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Track, assert_shows, minutes, ordered};
use crate::gym::{array, fields, keys, mistakes, refused, text, under, unit, user};

const PLANNED: [&str; 8] = [
    "orderIndex",
    "repsMax",
    "repsMin",
    "restSeconds",
    "sets",
    "targetDistanceKm",
    "targetTimeSeconds",
    "targetWeight",
];

fn from(unit: impl serde::Serialize) -> Value {
    bodies::training_session(json!({"trainingUnitId": unit}))
}

#[test]
fn every_planned_field_is_taken_over_in_every_mode() {
    let mut track = Track::open();
    let other = track.gym.mint.exercise(track.owner.user_id);
    track.gym.rename_exercise(track.exercise, "Back Squat");
    track.gym.rename_exercise(other, "Evening Run");
    let entries = json!([
        {
            "exerciseId": track.exercise, "mode": "reps", "sets": 5, "repsMin": 3, "repsMax": 5, "targetWeight": 82.5,
            "restSeconds": 180, "targetTimeSeconds": 60, "targetDistanceKm": 0.001, "notes": "Slow."
        },
        {"exerciseId": other, "mode": "distance", "targetDistanceKm": 7.25, "restSeconds": 0},
        {"exerciseId": track.exercise, "mode": "time", "targetTimeSeconds": 86_400, "targetWeight": 99_999.999},
        {"exerciseId": track.exercise, "mode": "sets_only", "sets": 100},
        {"exerciseId": track.exercise, "mode": "reps", "repsMax": 12},
    ]);
    let made = track.gym.create(&track.owner, "/training-units", &json!({"name": "Leg day", "exercises": entries}));
    let (path, session) = track.store(from(&made["id"]));
    assert_shows(
        &session,
        &json!({"trainingUnitId": made["id"], "unitName": "Leg day", "planName": null, "status": "in_progress"}),
    );
    assert_eq!(session["trainingPlanId"], Value::Null);
    ordered(&session["exercises"]);
    assert_eq!(array(&session["exercises"]).len(), 5);
    for (exercise, entry) in array(&session["exercises"]).iter().zip(array(&made["exercises"])) {
        for field in ["exerciseId", "exerciseName", "mode", "orderIndex"] {
            assert_eq!(exercise[field], entry[field], "{field}");
        }
        assert_eq!(exercise["plannedUnitExerciseId"], entry["id"]);
        assert_eq!(keys(&exercise["planned"]), PLANNED);
        for field in PLANNED {
            assert_eq!(exercise["planned"][field].as_f64(), entry[field].as_f64(), "{field} of {entry}");
        }
        // What the unit says to take care of stays there: notes of a session are about what happened.
        assert_eq!((&exercise["sets"], &exercise["notes"]), (&json!([]), &Value::Null));
    }
    // From now on the unit has nothing to do with it.
    let unit = under("/training-units", &made);
    let first = format!("{unit}/exercises/{}", made["exercises"][0]["id"]);
    track.gym.change(&track.owner, "PATCH", &first, &json!({"sets": 1, "repsMin": 1, "exerciseId": other}));
    track.gym.change(&track.owner, "PATCH", &unit, &json!({"name": "Otherwise"}));
    let mut ids = fields(&made["exercises"], "id");
    ids.reverse();
    track.gym.change(&track.owner, "PUT", &format!("{unit}/exercises/order"), &json!({"ids": ids}));
    assert_eq!(track.read(&path), session);
    track.gym.close();
}

#[test]
fn a_plan_is_named_with_its_unit() {
    let mut track = Track::open();
    let owner = track.owner.user_id;
    let [inside, outside] = [(); 2].map(|()| track.gym.mint.training_unit(owner, "private"));
    let [plan, other] = [(); 2].map(|()| track.gym.mint.training_plan(owner, "private"));
    track.gym.mint.unit_entry(inside, track.exercise);
    track.gym.mint.plan_unit(plan, inside, 3);
    track.gym.mint.plan_unit(plan, inside, 9);
    let sent = |unit: Uuid, plan: Uuid| json!({"trainingUnitId": unit, "trainingPlanId": plan});
    let (_, session) = track.store(sent(inside, plan));
    let names = [("training_units", inside), ("training_plans", plan)].map(|(table, id)| {
        let sql = format!("SELECT name FROM {table} WHERE id = $1");
        track.gym.mint.database.query_one(&sql, &[&id]).expect("it is there").get::<_, String>(0)
    });
    assert_shows(
        &session,
        &json!({
            "trainingUnitId": inside, "trainingPlanId": plan, "unitName": names[0], "planName": names[1]
        }),
    );
    assert_eq!(array(&session["exercises"]).len(), 1);
    let before = track.gym.mint.fingerprint();
    for (unit, plan, detail) in [
        (outside, plan, "Training unit not found"),
        (inside, other, "Training unit not found"),
        (inside, Uuid::now_v7(), "Training plan not found"),
    ] {
        refused(&track.send("POST", "/training-sessions", &bodies::training_session(sent(unit, plan))), 404, detail);
    }
    let alone = bodies::training_session(json!({"trainingPlanId": plan}));
    let wrong = mistakes(&track.send("POST", "/training-sessions", &alone));
    assert!(["/trainingPlanId", "/trainingUnitId"].contains(&wrong.as_str()), "a plan alone: {wrong}");
    let both = bodies::with(from(inside), "exercises", json!([track.done("reps", &json!([]))]));
    assert_eq!(mistakes(&track.send("POST", "/training-sessions", &both)), "/exercises");
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.close();
}

#[test]
fn whoever_may_read_a_unit_may_start_it() {
    let mut track = Track::open();
    let [other, stranger] = track.gym.people();
    let exercise = track.gym.mint.exercise(other.user_id);
    let mut units = Vec::new();
    for (status, level, is_readable) in [
        ("private", None, false),
        ("private", Some("write"), false),
        ("shared", None, false),
        ("shared", Some("read"), true),
        ("shared", Some("write"), true),
        ("public", None, true),
    ] {
        let id = track.gym.mint.training_unit(other.user_id, status);
        track.gym.mint.unit_entry(id, exercise);
        if let Some(level) = level {
            track.gym.mint.unit_access(id, user(&track.owner), level);
        }
        units.push((id, is_readable));
    }
    for (unit, is_readable) in units {
        let answer = track.send("POST", "/training-sessions", &from(unit));
        if is_readable {
            // Also an exercise that one could not choose oneself.
            let session = crate::gym::expect(&answer, 201);
            assert_eq!(session["exercises"][0]["exerciseId"], json!(exercise));
        } else {
            refused(&answer, 404, "Training unit not found");
        }
    }
    // A unit in a plan that one may read, named with the plan or alone.
    let unit = track.gym.mint.training_unit(other.user_id, "private");
    let plan = track.gym.mint.training_plan(other.user_id, "shared");
    track.gym.mint.plan_unit(plan, unit, 1);
    track.gym.mint.plan_access(plan, user(&track.owner), "read");
    let both = bodies::training_session(json!({"trainingUnitId": unit, "trainingPlanId": plan}));
    for sent in [&both, &from(unit)] {
        track.store(sent.clone());
        let answer = track.gym.send(&stranger, "POST", "/training-sessions", sent);
        let detail = text(&crate::gym::expect(&answer, 404)["detail"]);
        assert!(["Training unit not found", "Training plan not found"].contains(&detail.as_str()), "{detail}");
    }
    // The same unit, readable itself, in a plan that is not.
    let public = track.gym.mint.training_unit(other.user_id, "public");
    let hidden = track.gym.mint.training_plan(other.user_id, "private");
    track.gym.mint.plan_unit(hidden, public, 1);
    let sent = bodies::training_session(json!({"trainingUnitId": public, "trainingPlanId": hidden}));
    refused(&track.send("POST", "/training-sessions", &sent), 404, "Training plan not found");
    track.gym.close();
}

#[test]
fn entries_without_an_exercise_are_taken_over_by_their_name() {
    let mut track = Track::open();
    let [hidden, gone] = [(); 2].map(|()| track.gym.mint.exercise(track.owner.user_id));
    track.gym.rename_exercise(gone, "Was here");
    let id = track.gym.mint.training_unit(track.owner.user_id, "private");
    for exercise in [hidden, gone] {
        track.gym.mint.unit_entry(id, exercise);
    }
    track.gym.delete(&track.owner, &format!("/exercises/{hidden}"));
    track.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&gone]);
    let (_, session) = track.store(from(id));
    assert_eq!(fields(&session["exercises"], "exerciseId"), [json!(hidden), Value::Null]);
    assert_eq!(session["exercises"][1]["exerciseName"], "Was here");
    track.gym.close();
}

#[test]
fn empty_and_full_units_can_be_started() {
    let mut track = Track::open();
    let [empty, full] = [(); 2].map(|()| track.gym.mint.training_unit(track.owner.user_id, "private"));
    track.gym.mint.unit_entries(full, track.exercise, 200);
    assert_eq!(track.store(from(empty)).1["exercises"], json!([]));
    let (_, session) = track.store(from(full));
    assert_eq!(ordered(&session["exercises"]).len(), 200);
    let entries = fields(&track.read(&unit(full))["exercises"], "id");
    assert_eq!(fields(&session["exercises"], "plannedUnitExerciseId"), entries);
    track.gym.close();
}

#[test]
fn a_planned_session_may_begin_earlier_and_be_finished_already() {
    let mut track = Track::open();
    let id = track.gym.mint.training_unit(track.owner.user_id, "private");
    track.gym.mint.unit_entry(id, track.exercise);
    let more = json!({"trainingUnitId": id, "startTime": minutes(-60), "endTime": minutes(0), "status": "completed"});
    let (_, session) = track.store(more);
    assert_eq!((&session["status"], &session["exercises"][0]["sets"]), (&json!("completed"), &json!([])));
    track.gym.close();
}
