//! `GET /progress/volume`.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::{Athlete, athlete::by_name};
use crate::gym::{keys, mistakes, user};

const PATH: &str = "/progress/volume";

#[test]
fn an_answer_names_its_parameters_and_is_complete() {
    let athlete = Athlete::open();
    let (squat, bench) = (athlete.exercise("Squat", &[1], &[2]), athlete.exercise("Bench", &[7], &[2, 13]));
    let sets = |kilograms: f64, count: usize| Value::from(vec![bodies::set(kilograms, 10); count]);
    athlete.done("2026-11-22T10:00:00Z", &[(squat, sets(100.0, 3))]);
    athlete.done("2026-11-23T10:00:00Z", &[(squat, sets(100.0, 1)), (bench, sets(60.0, 2))]);
    let muscle = |id: i16| athlete.muscle(id);
    let answer = athlete.read(PATH);
    assert_eq!(
        answer,
        json!({
            "from": null, "to": null, "bucket": "week", "groupBy": "muscle", "secondaryFactor": 0.5,
            "buckets": [
                {"start": "2026-11-16", "sessionId": null, "sets": 3, "volumeKg": 3000, "groups": by_name(vec![
                    json!({"id": 1, "name": muscle(1), "sets": 3, "volumeKg": 3000}),
                    json!({"id": 2, "name": muscle(2), "sets": 1.5, "volumeKg": 1500}),
                ])},
                {"start": "2026-11-23", "sessionId": null, "sets": 3, "volumeKg": 2200, "groups": by_name(vec![
                    json!({"id": 1, "name": muscle(1), "sets": 1, "volumeKg": 1000}),
                    json!({"id": 2, "name": muscle(2), "sets": 1.5, "volumeKg": 1100}),
                    json!({"id": 7, "name": muscle(7), "sets": 2, "volumeKg": 1200}),
                    json!({"id": 13, "name": muscle(13), "sets": 1, "volumeKg": 600}),
                ])},
            ]
        })
    );
    let query =
        "from=2026-11-23T00:00:00Z&to=2026-11-24T01:00:00%2B01:00&bucket=month&groupBy=exercise&secondary_factor=0";
    let answer = athlete.read(&format!("{PATH}?{query}"));
    assert_eq!(
        answer,
        json!({
            "from": "2026-11-23T00:00:00Z", "to": "2026-11-24T00:00:00Z", "bucket": "month", "groupBy": "exercise",
            "secondaryFactor": 0.0, "buckets": [
                {"start": "2026-11-01", "sessionId": null, "sets": 3, "volumeKg": 2200, "groups": [
                    {"id": bench, "name": "Bench", "sets": 2, "volumeKg": 1200},
                    {"id": squat, "name": "Squat", "sets": 1, "volumeKg": 1000},
                ]},
            ]
        })
    );
    athlete.gym.close();
}

#[test]
fn sessions_that_begin_together_are_two_buckets() {
    let athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    let mut ids: Vec<Value> =
        (0..2).map(|_| athlete.done("2026-11-22T10:00:00Z", &[(squat, json!([bodies::set(100.0, 5)]))])).collect();
    ids.sort_by_key(ToString::to_string);
    let answer = athlete.read(&format!("{PATH}?bucket=session&groupBy=category"));
    let bucket = |id: &Value| {
        json!({"start": "2026-11-22T10:00:00Z", "sessionId": id, "sets": 1, "volumeKg": 500,
               "groups": [{"id": "strength", "name": "strength", "sets": 1, "volumeKg": 500}]})
    };
    assert_eq!(answer["buckets"], ids.iter().map(bucket).collect::<Value>());
    athlete.gym.close();
}

/// What an exercise trains is what it trains now.
#[test]
fn a_change_shows_at_once() {
    let mut athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    let sets = json!([bodies::set(100.0, 5), {"weight": 40, "repsCompleted": 5, "setType": "warmup"}]);
    let id = athlete.done("2026-11-22T10:00:00Z", &[(squat, sets)]);
    let session = format!("/training-sessions/{}", id.as_str().unwrap_or_default());
    let groups =
        |athlete: &Athlete, query: &str| athlete.read(&format!("{PATH}?{query}"))["buckets"][0]["groups"].clone();
    let by_muscle = |athlete: &Athlete| groups(athlete, "");
    assert_eq!(by_muscle(&athlete)[0]["sets"], 1, "warm-ups do not count");
    let change = |athlete: &Athlete, what: &Value| {
        athlete.gym.change(&athlete.owner, "PATCH", &format!("/exercises/user/{squat}"), what);
    };
    change(&athlete, &json!({"primaryMuscles": [4], "secondaryMuscles": [1], "name": "Deep squat"}));
    let told: Vec<Value> =
        by_muscle(&athlete).as_array().into_iter().flatten().map(|group| json!([group["id"], group["sets"]])).collect();
    assert!(told.contains(&json!([4, 1])) && told.contains(&json!([1, 0.5])), "{told:?}");
    assert_eq!(groups(&athlete, "groupBy=exercise")[0]["name"], "Deep squat");
    athlete.gym.mint.execute("UPDATE muscle_groups SET name = 'renamed muscle' WHERE id = 4", &[]);
    assert!(by_muscle(&athlete).to_string().contains("renamed muscle"));
    let entry = athlete.gym.read(&athlete.owner, &session)["exercises"][0]["id"].clone();
    athlete.gym.create(&athlete.owner, &format!("{session}/exercises/{entry}/sets"), &bodies::set(100.0, 5));
    assert_eq!(groups(&athlete, "groupBy=exercise")[0]["sets"], 2);
    // Hidden, because the history refers to it.
    athlete.gym.delete(&athlete.owner, &format!("/exercises/{squat}"));
    assert_eq!(
        groups(&athlete, "groupBy=exercise")[0],
        json!({"id": squat, "name": "Deep squat", "sets": 2, "volumeKg": 1000})
    );
    athlete.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&squat]);
    let gone = json!([{"id": null, "name": "Squat", "sets": 2, "volumeKg": 1000}]);
    assert_eq!(groups(&athlete, "groupBy=exercise"), gone, "by the name in the session");
    let unknown = json!([{"id": null, "name": null, "sets": 2, "volumeKg": 1000}]);
    assert_eq!((groups(&athlete, "groupBy=category"), by_muscle(&athlete)), (unknown.clone(), unknown));
    athlete.gym.change(
        &athlete.owner,
        "POST",
        &format!("{session}/abort"),
        &json!({"endTime": "2026-11-22T11:00:00Z"}),
    );
    assert_eq!(athlete.read(PATH)["buckets"], json!([]), "aborted sessions do not count");
    athlete.gym.close();
}

#[test]
fn nobody_sees_what_others_did() {
    let mut athlete = Athlete::open();
    let squat = athlete.exercise("Squat", &[1], &[]);
    athlete.done("2026-11-22T10:00:00Z", &[(squat, json!([bodies::set(100.0, 5)]))]);
    for role in [irontrack_domain::account::Role::FitnessTrainer, irontrack_domain::account::Role::Superuser] {
        let other = athlete.gym.mint.person(role);
        let answer = athlete.gym.read(&other, PATH);
        assert_eq!((answer["buckets"].clone(), keys(&answer).len()), (json!([]), 6), "{}", user(&other));
    }
    athlete.gym.close();
}

#[test]
fn wrong_parameters_are_refused() {
    let athlete = Athlete::open();
    for (query, wrong) in [
        ("bucket=year", "?bucket"),
        ("bucket=", "?bucket"),
        ("groupBy=equipment", "?groupBy"),
        ("secondaryFactor=1.5", "?secondaryFactor"),
        ("secondaryFactor=-1", "?secondaryFactor"),
        ("secondaryFactor=half", "?secondaryFactor"),
        ("secondaryFactor=0.12345", "?secondaryFactor"),
        ("from=2026-11-22", "?from"),
        ("to=2026-11-22T10:00:00", "?to"),
        ("from=x&to=y&bucket=z", "?bucket ?from ?to"),
        ("includeWarmups=true", "?includeWarmups"),
        ("exerciseId=x", "?exerciseId"),
    ] {
        assert_eq!(mistakes(&athlete.ask(&format!("{PATH}?{query}"))), wrong, "{query}");
    }
    athlete.gym.close();
}
