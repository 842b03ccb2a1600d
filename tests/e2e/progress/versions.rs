//! Figures are those of the rows as they are, whatever was copied before.

use std::sync::atomic::{AtomicBool, Ordering};

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::{Diary, course};
use crate::gym::{request, session, text};

#[test]
fn every_change_shows_at_once() {
    let diary = Diary::open();
    diary.train("2026-01-01T10:00:00Z", json!([{"weight": 100, "repsCompleted": 5}]));
    let second = diary.train("2026-01-02T10:00:00Z", json!([{"weight": 90, "repsCompleted": 5}]));
    let path = session(text(&second["id"]));
    let exercise = format!("{path}/exercises/{}", second["exercises"][0]["id"]);
    let set = format!("{exercise}/sets/{}", second["exercises"][0]["sets"][0]["id"]);
    // The greatest weights by session, and the standing record.
    let seen = || {
        let weights: Vec<_> = diary.points("").iter().map(|point| point["topWeightKg"].as_f64()).collect();
        let record = diary.records().into_iter().find(|(_, kind, ..)| kind == "max_weight");
        (weights, record.map(|(_, _, value, previous)| (value, previous)))
    };
    assert_eq!(seen(), (vec![Some(100.0), Some(90.0)], None));
    let send = |method: &str, path: &str, sent: Value| {
        let answer = diary.gym.send(&diary.owner, method, path, &sent);
        assert!(answer.status < 300, "{method} {path}: {}", answer.text());
    };
    send("PATCH", &set, json!({"weight": 110}));
    assert_eq!(seen(), (vec![Some(100.0), Some(110.0)], Some((110.0, 100.0))));
    send("POST", &format!("{exercise}/sets"), bodies::set(120.0, 1));
    assert_eq!(seen(), (vec![Some(100.0), Some(120.0)], Some((120.0, 110.0))));
    send("PATCH", &path, json!({"startTime": "2025-12-31T10:00:00Z"}));
    assert_eq!(seen(), (vec![Some(120.0), Some(100.0)], None), "it is the first session now");
    send("PATCH", &path, json!({"startTime": "2026-01-02T10:00:00Z"}));
    send("PUT", &format!("{exercise}/sets"), json!({"sets": []}));
    assert_eq!(seen(), (vec![Some(100.0)], None));
    send("POST", &format!("{exercise}/sets"), bodies::set(130.0, 1));
    assert_eq!(seen(), (vec![Some(100.0), Some(130.0)], Some((130.0, 100.0))));
    diary.gym.delete(&diary.owner, &path);
    assert_eq!(seen(), (vec![Some(100.0)], None));
    diary.gym.close();
}

#[test]
fn exercises_that_go_show_at_once() {
    let mut diary = Diary::open();
    for (start, weight) in [("2026-01-01T10:00:00Z", 100.0), ("2026-01-02T10:00:00Z", 110.0)] {
        diary.train(start, json!([bodies::set(weight, 5)]));
    }
    let exercises = |diary: &Diary| {
        let answer = diary.read("/progress/records");
        crate::gym::fields(&answer["records"], "exerciseId")
    };
    assert_eq!(exercises(&diary), vec![json!(diary.exercise); 4]);
    diary.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&diary.exercise]);
    assert_eq!(exercises(&diary), vec![Value::Null; 4]);
    assert_eq!(diary.gym.ask(&diary.owner, "GET", &course(diary.exercise)).status, 404);
    diary.gym.close();
}

#[test]
fn new_names_show_at_once() {
    let mut diary = Diary::open();
    let [_, second] = [("2026-01-01T10:00:00Z", 100.0), ("2026-01-02T10:00:00Z", 110.0)]
        .map(|(start, weight)| diary.train(start, json!([bodies::set(weight, 5)])));
    let exercise = diary.exercise;
    let mut name = text(&second["exercises"][0]["exerciseName"]);
    let paths = [
        "/progress/records".to_owned(),
        format!("/progress/records?exerciseId={exercise}"),
        format!("{}/records", session(text(&second["id"]))),
        "/progress/summary".to_owned(),
        "/progress/volume?groupBy=exercise".to_owned(),
        format!("{}/chart.svg", course(exercise)),
    ];
    // Back to a name that there was before, as well.
    for next in ["Front press", "Military press", "Front press"] {
        for path in &paths {
            for _ in 0..2 {
                let shown = diary.gym.ask(&diary.owner, "GET", path).text();
                assert!(shown.contains(&name), "{path}: expected {name}: {shown}");
            }
        }
        diary.gym.rename_exercise(exercise, next);
        for path in &paths {
            let shown = diary.gym.ask(&diary.owner, "GET", path).text();
            assert!(shown.contains(next) && !shown.contains(&name), "{path}: expected {next}, not {name}: {shown}");
        }
        next.clone_into(&mut name);
    }
    diary.gym.close();
}

/// Somebody who reads what they have just written must not be answered with what others were reading meanwhile.
#[test]
fn nobody_reads_what_was_before_their_own_write() {
    const ROUNDS: i32 = 60;
    let diary = Diary::open();
    let created = diary.train("2026-01-01T10:00:00Z", json!([{"weight": 1, "repsCompleted": 1}]));
    let exercise = &created["exercises"][0];
    let set =
        format!("{}/exercises/{}/sets/{}", session(text(&created["id"])), exercise["id"], exercise["sets"][0]["id"]);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let answer = diary.gym.app.send_as(&diary.owner, request("GET", &course(diary.exercise)));
                    assert_eq!(answer.status, 200, "{}", answer.text());
                }
            });
        }
        for round in 2..ROUNDS {
            diary.gym.change(&diary.owner, "PATCH", &set, &json!({"weight": round}));
            let [point] = diary.points("").try_into().expect("one point");
            if point["topWeightKg"].as_f64() != Some(f64::from(round)) {
                is_over.store(true, Ordering::Relaxed);
                panic!("expected {round} kg: {point}");
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    diary.gym.close();
}
