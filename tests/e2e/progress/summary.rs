//! `GET /progress/summary`.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::Athlete;
use crate::gym::{array, fields, mistakes};

const PATH: &str = "/progress/summary";

#[test]
fn an_answer_is_complete() {
    let athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[2]);
    let sets =
        json!([bodies::set(100.0, 5), bodies::set(100.0, 5), {"weight": 40, "repsCompleted": 5, "setType": "warmup"}]);
    athlete.finished("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z", &[(squat, sets)]);
    let second = athlete.done("2026-11-23T10:00:00Z", &[(squat, json!([bodies::set(102.5, 5)]))]);
    let muscle = |id: i16| athlete.muscle(id);
    let mut answer = athlete.read(&format!("{PATH}?from=2026-11-22T00:00:00Z"));
    let records = answer["records"].take();
    assert_eq!(
        answer,
        json!({
            "from": "2026-11-22T00:00:00Z", "to": null, "records": null,
            "totals": {
                "sessions": 2, "completedSessions": 1, "trainingDays": 2, "exercises": 1, "sets": 3, "reps": 15,
                "volumeKg": 1512.5, "durationSeconds": 3600, "timeSeconds": null, "distanceKm": null
            },
            "averages": {
                "sessionsPerWeek": 1, "setsPerSession": 1.5, "repsPerSession": 7.5, "volumeKgPerSession": 756.25,
                "durationSecondsPerSession": 3600
            },
            "mostTrainedExercises": [{"id": squat, "name": "Squat", "sessions": 2, "sets": 3, "volumeKg": 1512.5}],
            "mostTrainedMuscles": [
                {"id": 1, "name": muscle(1), "sets": 3, "volumeKg": 1512.5},
                {"id": 2, "name": muscle(2), "sets": 1.5, "volumeKg": 756.25}
            ]
        })
    );
    let mut kinds = fields(&records, "kind");
    kinds.sort_by_key(ToString::to_string);
    assert_eq!(kinds, ["max_e1rm", "max_set_volume", "max_weight"], "the volume of the session was greater before");
    assert!(fields(&records, "sessionId").iter().all(|id| *id == second), "{records}");
    athlete.gym.close();
}

/// Records that were broken since are told as well; those of other periods are not.
#[test]
fn records_are_those_of_the_period() {
    let athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    let ids: Vec<Value> = [100.0, 110.0, 120.0, 130.0]
        .into_iter()
        .zip(1..)
        .map(|(weight, day)| {
            athlete.done(&format!("2026-11-0{day}T10:00:00Z"), &[(squat, json!([bodies::set(weight, 5)]))])
        })
        .collect();
    let sessions = |query: &str| {
        let mut told = fields(&athlete.read(&format!("{PATH}?{query}"))["records"], "sessionId");
        told.dedup();
        told
    };
    assert_eq!(sessions(""), ids[1..], "the first session is what others are measured by");
    assert_eq!(sessions("from=2026-11-02T10:00:00Z&to=2026-11-04T10:00:00Z"), ids[1..3]);
    assert_eq!(sessions("to=2026-11-02T10:00:00Z"), [] as [Value; 0]);
    let path = format!("/training-sessions/{}", ids[2].as_str().unwrap_or_default());
    athlete.gym.delete(&athlete.owner, &path);
    assert_eq!(sessions(""), [ids[1].clone(), ids[3].clone()], "a deletion shows at once");
    athlete.gym.close();
}

/// In records as well, whatever it was called when they were set.
#[test]
fn an_exercise_has_the_name_of_now() {
    let mut athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    for (start, weight) in [("2026-11-22T10:00:00Z", 100.0), ("2026-11-23T10:00:00Z", 110.0)] {
        athlete.done(start, &[(squat, json!([bodies::set(weight, 5)]))]);
    }
    let names = |athlete: &Athlete| {
        let answer = athlete.read(PATH);
        let [most] = fields(&answer["mostTrainedExercises"], "name").try_into().expect("one exercise");
        (most, fields(&answer["records"], "exerciseName"))
    };
    let all = |name: &str| (json!(name), vec![json!(name); 4]);
    assert_eq!(names(&athlete), all("Squat"));
    let path = format!("/exercises/user/{squat}");
    athlete.gym.change(&athlete.owner, "PATCH", &path, &json!({"name": "Deep squat"}));
    assert_eq!(names(&athlete), all("Deep squat"));
    athlete.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&squat]);
    assert_eq!(names(&athlete), all("Squat"), "once it is gone, it is called what it was called then");
    athlete.gym.close();
}

#[test]
fn ten_exercises_are_named_at_most() {
    let athlete = Athlete::open();
    let exercises: Vec<_> = (0..12).map(|n| athlete.exercise(&format!("Exercise {n:02}"), &[1], &[])).collect();
    let sets = |count: usize| Value::from(vec![bodies::set(10.0, 5); count]);
    let done: Vec<_> = exercises.iter().zip(1..).map(|(id, count)| (*id, sets(count))).collect();
    athlete.done("2026-11-22T10:00:00Z", &done);
    let answer = athlete.read(PATH);
    assert_eq!(answer["totals"]["exercises"], 12);
    let told = array(&answer["mostTrainedExercises"]);
    assert_eq!((told.len(), &told[0]["sets"], &told[9]["sets"]), (10, &json!(12), &json!(3)));
    athlete.gym.close();
}

#[test]
fn without_a_session_there_are_no_averages() {
    let athlete = Athlete::open();
    let answer = athlete.read(PATH);
    assert_eq!((&answer["totals"]["sessions"], &answer["totals"]["volumeKg"]), (&json!(0), &json!(0)));
    assert!(
        answer["averages"]
            .as_object()
            .is_some_and(|averages| averages.len() == 5 && averages.values().all(Value::is_null))
    );
    for list in ["mostTrainedExercises", "mostTrainedMuscles", "records"] {
        assert_eq!(answer[list], json!([]), "{list}");
    }
    athlete.gym.close();
}

#[test]
fn wrong_parameters_are_refused() {
    let athlete = Athlete::open();
    for (query, wrong) in [
        ("from=2026-11-22", "?from"),
        ("to=yesterday", "?to"),
        ("from=2026-11-22T10:00:00&to=1", "?from ?to"),
        ("bucket=week", "?bucket"),
        ("includeWarmups=true&secondaryFactor=1", "?includeWarmups ?secondaryFactor"),
    ] {
        assert_eq!(mistakes(&athlete.ask(&format!("{PATH}?{query}"))), wrong, "{query}");
    }
    athlete.gym.close();
}
