//! `GET /progress/volume`.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::Course;
use crate::gym::{keys, mistakes, user};

const PATH: &str = "/progress/volume";

#[test]
fn an_answer_names_its_parameters_and_is_complete() {
    let course = Course::open();
    let (squat, bench) = (course.exercise("Squat", &[1], &[2]), course.exercise("Bench", &[7], &[2, 13]));
    let sets = |kilograms: f64, count: usize| Value::from(vec![bodies::set(kilograms, 10); count]);
    course.done("2026-11-22T10:00:00Z", &[(squat, sets(100.0, 3))]);
    course.done("2026-11-23T10:00:00Z", &[(squat, sets(100.0, 1)), (bench, sets(60.0, 2))]);
    let muscle = |id: i16| course.muscle(id);
    let answer = course.read(PATH);
    assert_eq!(
        answer,
        json!({
            "from": null, "to": null, "bucket": "week", "groupBy": "muscle", "secondaryFactor": 0.5,
            "buckets": [
                {"start": "2026-11-16", "sessionId": null, "sets": 3, "volumeKg": 3000, "groups": course.by_name(vec![
                    json!({"id": 1, "name": muscle(1), "sets": 3, "volumeKg": 3000}),
                    json!({"id": 2, "name": muscle(2), "sets": 1.5, "volumeKg": 1500}),
                ])},
                {"start": "2026-11-23", "sessionId": null, "sets": 3, "volumeKg": 2200, "groups": course.by_name(vec![
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
    let answer = course.read(&format!("{PATH}?{query}"));
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
    course.gym.close();
}

#[test]
fn sessions_that_begin_together_are_two_buckets() {
    let course = Course::open();
    let squat = course.exercise("Squat", &[1], &[]);
    let mut ids: Vec<Value> =
        (0..2).map(|_| course.done("2026-11-22T10:00:00Z", &[(squat, json!([bodies::set(100.0, 5)]))])).collect();
    ids.sort_by_key(ToString::to_string);
    let answer = course.read(&format!("{PATH}?bucket=session&groupBy=category"));
    let bucket = |id: &Value| {
        json!({"start": "2026-11-22T10:00:00Z", "sessionId": id, "sets": 1, "volumeKg": 500,
               "groups": [{"id": "strength", "name": "strength", "sets": 1, "volumeKg": 500}]})
    };
    assert_eq!(answer["buckets"], ids.iter().map(bucket).collect::<Value>());
    course.gym.close();
}

/// What an exercise trains is what it trains now.
#[test]
fn a_change_shows_at_once() {
    let mut course = Course::open();
    let squat = course.exercise("Squat", &[1], &[]);
    let sets = json!([bodies::set(100.0, 5), {"weight": 40, "repsCompleted": 5, "setType": "warmup"}]);
    let id = course.done("2026-11-22T10:00:00Z", &[(squat, sets)]);
    let session = format!("/training-sessions/{}", id.as_str().unwrap_or_default());
    let groups = |course: &Course, query: &str| course.read(&format!("{PATH}?{query}"))["buckets"][0]["groups"].clone();
    let by_muscle = |course: &Course| groups(course, "");
    assert_eq!(by_muscle(&course)[0]["sets"], 1, "warm-ups do not count");
    let change = |course: &Course, what: &Value| {
        course.gym.change(&course.owner, "PATCH", &format!("/exercises/user/{squat}"), what);
    };
    change(&course, &json!({"primaryMuscles": [4], "secondaryMuscles": [1], "name": "Deep squat"}));
    let told: Vec<Value> =
        by_muscle(&course).as_array().into_iter().flatten().map(|group| json!([group["id"], group["sets"]])).collect();
    assert!(told.contains(&json!([4, 1])) && told.contains(&json!([1, 0.5])), "{told:?}");
    assert_eq!(groups(&course, "groupBy=exercise")[0]["name"], "Deep squat");
    course.gym.mint.execute("UPDATE muscle_groups SET name = 'renamed muscle' WHERE id = 4", &[]);
    assert!(by_muscle(&course).to_string().contains("renamed muscle"));
    let entry = course.gym.read(&course.owner, &session)["exercises"][0]["id"].clone();
    course.gym.create(&course.owner, &format!("{session}/exercises/{entry}/sets"), &bodies::set(100.0, 5));
    assert_eq!(groups(&course, "groupBy=exercise")[0]["sets"], 2);
    // Hidden, because the history refers to it.
    course.gym.delete(&course.owner, &format!("/exercises/{squat}"));
    assert_eq!(
        groups(&course, "groupBy=exercise")[0],
        json!({"id": squat, "name": "Deep squat", "sets": 2, "volumeKg": 1000})
    );
    course.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&squat]);
    let gone = json!([{"id": null, "name": "Squat", "sets": 2, "volumeKg": 1000}]);
    assert_eq!(groups(&course, "groupBy=exercise"), gone, "by the name in the session");
    let unknown = json!([{"id": null, "name": null, "sets": 2, "volumeKg": 1000}]);
    assert_eq!((groups(&course, "groupBy=category"), by_muscle(&course)), (unknown.clone(), unknown));
    course.gym.change(&course.owner, "POST", &format!("{session}/abort"), &json!({"endTime": "2026-11-22T11:00:00Z"}));
    assert_eq!(course.read(PATH)["buckets"], json!([]), "aborted sessions do not count");
    course.gym.close();
}

#[test]
fn nobody_sees_what_others_did() {
    let mut course = Course::open();
    let squat = course.exercise("Squat", &[1], &[]);
    course.done("2026-11-22T10:00:00Z", &[(squat, json!([bodies::set(100.0, 5)]))]);
    for role in [irontrack_domain::account::Role::FitnessTrainer, irontrack_domain::account::Role::Superuser] {
        let other = course.gym.mint.person(role);
        let answer = course.gym.read(&other, PATH);
        assert_eq!((answer["buckets"].clone(), keys(&answer).len()), (json!([]), 6), "{}", user(&other));
    }
    course.gym.close();
}

#[test]
fn wrong_parameters_are_refused() {
    let course = Course::open();
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
        assert_eq!(mistakes(&course.ask(&format!("{PATH}?{query}"))), wrong, "{query}");
    }
    course.gym.close();
}
