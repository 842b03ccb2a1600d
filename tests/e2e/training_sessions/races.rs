//! Many hands in one session at the same moment.

use std::collections::BTreeSet;

use irontrack_tests::{
    harness::{App, bodies},
    http::Response,
};
use serde_json::{Value, json};

use super::{GOING_ON, NO_EXERCISE, NO_SESSION, Track, minutes, ordered};
use crate::{
    gym::{array, expect, refused, request},
    races::{at_once, statuses},
};

fn numbers(ids: &[Value]) -> BTreeSet<i64> {
    ids.iter().filter_map(Value::as_i64).collect()
}

fn created(answers: &[Response], field: &str) -> BTreeSet<i64> {
    answers.iter().filter_map(|answer| expect(answer, 201)[field].as_i64()).collect()
}

#[test]
fn sets_that_are_added_at_once_all_land() {
    let track = Track::open();
    let sets = json!([{}, {}]);
    let (path, one) = track.store(json!({"exercises": [track.done("reps", &sets), track.done("reps", &sets)]}));
    let [a, b] = [0, 1].map(|n| format!("{path}/exercises/{}/sets", one["exercises"][n]["id"]));
    let append = |n: i32| {
        let path = if n % 2 == 0 { &a } else { &b };
        (track.owner.clone(), request("POST", path).json(&bodies::set(60.0, n)))
    };
    let answers = at_once(&track.gym.app, &(0..64).map(append).collect::<Vec<_>>());
    assert_eq!(statuses(&answers), [201; 64]);
    let after = track.read(&path)["exercises"].clone();
    for (n, answers) in [0, 1].map(|n| (n, answers.iter().skip(n).step_by(2).cloned().collect::<Vec<_>>())) {
        let sets = &after[n]["sets"];
        let ids = ordered(sets);
        assert_eq!(created(&answers, "orderIndex"), (2..34).collect(), "each was told a place of its own");
        assert_eq!(numbers(&ids[2..]), created(&answers, "id"));
        for answer in &answers {
            assert!(array(sets).contains(&expect(answer, 201)), "it is as it was answered: {}", answer.text());
        }
    }
    track.gym.close();
}

#[test]
fn exercises_that_are_added_at_once_all_land() {
    let track = Track::open();
    let (path, _) = track.store_one("reps", &json!([]));
    let append = |n: i32| {
        let done = track.done("reps", &json!([bodies::set(60.0, n), {}]));
        (track.owner.clone(), request("POST", &format!("{path}/exercises")).json(&done))
    };
    let answers = at_once(&track.gym.app, &(0..40).map(append).collect::<Vec<_>>());
    assert_eq!(statuses(&answers), [201; 40]);
    assert_eq!(created(&answers, "orderIndex"), (1..41).collect());
    let exercises = track.read(&path)["exercises"].clone();
    assert_eq!(numbers(&ordered(&exercises)[1..]), created(&answers, "id"));
    assert!(array(&exercises)[1..].iter().all(|exercise| ordered(&exercise["sets"]).len() == 2));
    track.gym.close();
}

/// Two servers on one database.
#[test]
fn instances_do_not_get_into_each_others_way() {
    let track = Track::open();
    let other = track.gym.app.beside(&[]);
    let (path, exercise) = track.store_one("reps", &json!([]));
    let append = request("POST", &format!("{exercise}/sets")).json(&bodies::set(60.0, 8));
    let requests = vec![(track.owner.clone(), append); 20];
    let both = |app: &App| at_once(app, &requests);
    let (one, two) = std::thread::scope(|scope| {
        let other = scope.spawn(|| both(&other));
        (both(&track.gym.app), other.join().expect("the requests were sent"))
    });
    assert_eq!((statuses(&one), statuses(&two)), (vec![201; 20], vec![201; 20]));
    let places: BTreeSet<_> = created(&one, "orderIndex").union(&created(&two, "orderIndex")).copied().collect();
    assert_eq!(places, (0..40).collect());
    assert_eq!(ordered(&track.read(&path)["exercises"][0]["sets"]).len(), 40);
    track.gym.close();
}

/// Insertions, moves, removals and replacements: the order has no gap, and what was answered holds.
#[test]
fn a_hundred_changes_leave_gapless_orders_and_lose_nothing() {
    let track = Track::open();
    let sets = Value::from(vec![json!({}); 30]);
    let exercises = Value::from(vec![track.done("reps", &sets); 4]);
    let (path, before) = track.store(json!({"exercises": exercises}));
    let of = |n: usize| format!("{path}/exercises/{}/sets", before["exercises"][n]["id"]);
    let set = |n: usize| format!("{}/{}", of(0), before["exercises"][0]["sets"][n]["id"]);
    let change = |n: usize| {
        let request = match n {
            0..30 => request("POST", &of(0)).json(&bodies::with(bodies::set(60.0, 8), "orderIndex", json!(n % 7))),
            30..60 => request("DELETE", &set(n - 30)),
            60..70 => request("PATCH", &set(n - 45)).json(&json!({"rpe": 8})),
            70..80 => request("PUT", &of(1)).json(&json!({"sets": vec![json!({}); n - 69]})),
            80..90 => {
                let done = bodies::with(track.done("time", &json!([{}])), "orderIndex", json!(n % 3));
                request("POST", &format!("{path}/exercises")).json(&done)
            }
            90 => request("DELETE", of(2).trim_end_matches("/sets")),
            _ => request("PATCH", &path).json(&json!({"notes": n.to_string()})),
        };
        (track.owner.clone(), request)
    };
    // Shuffled by a step that has no divisor in common with their number.
    let order: Vec<usize> = (0..100).map(|n| n * 37 % 100).collect();
    let answers = at_once(&track.gym.app, &order.iter().map(|n| change(*n)).collect::<Vec<_>>());
    let mut added = BTreeSet::new();
    for (n, answer) in order.iter().zip(&answers) {
        let expected: &[u16] = match n {
            0..30 | 80..90 => &[201],
            30..60 | 90 => &[204],
            60..70 => &[200, 404],
            _ => &[200],
        };
        assert!(expected.contains(&answer.status), "{n}: {} {}", answer.status, answer.text());
        added.extend((*n < 30).then(|| expect(answer, 201)["id"].as_i64()).flatten());
    }
    let after = track.read(&path)["exercises"].clone();
    assert_eq!(ordered(&after).len(), 4 + 10 - 1);
    for exercise in array(&after) {
        let ids = ordered(&exercise["sets"]);
        if exercise["id"] == before["exercises"][0]["id"] {
            assert_eq!(numbers(&ids), added, "those that were there are gone, those that came are there");
        }
        if exercise["id"] == before["exercises"][1]["id"] {
            assert!((1..=10).contains(&ids.len()), "one of the lists: {}", ids.len());
        }
    }
    track.gym.close();
}

#[test]
fn adding_a_set_meets_the_deletion_of_its_exercise_and_session() {
    let mut track = Track::open();
    for round in 0..12_usize {
        let (path, exercise) = track.store_one("reps", &json!([{}]));
        let (gone, detail) = if round.is_multiple_of(2) { (&path, NO_SESSION) } else { (&exercise, NO_EXERCISE) };
        let append = request("POST", &format!("{exercise}/sets")).json(&bodies::set(60.0, 8));
        let mut requests = vec![(track.owner.clone(), append); 6];
        requests.insert(round % 6, (track.owner.clone(), request("DELETE", gone)));
        let answers = at_once(&track.gym.app, &requests);
        for (n, answer) in answers.iter().enumerate() {
            match answer.status {
                204 => assert_eq!(n, round % 6),
                201 => assert_ne!(n, round % 6),
                _ => refused(answer, 404, detail),
            }
        }
        assert_eq!(answers[round % 6].status, 204, "{}", answers[round % 6].text());
    }
    // Nothing of what came in time has survived.
    assert_eq!(track.gym.count("SELECT count(*) FROM training_session_sets"), 0);
    assert_eq!(track.gym.count("SELECT count(*) FROM training_sessions"), 6);
    track.gym.close();
}

#[test]
fn deleting_meets_finishing_and_deleting() {
    let track = Track::open();
    for _ in 0..8 {
        let (path, _) = track.store_one("reps", &json!([{}]));
        let requests = ["DELETE", "DELETE", "POST", "POST"].map(|method| {
            let path = if method == "POST" { format!("{path}/finish") } else { path.clone() };
            (track.owner.clone(), request(method, &path))
        });
        let answers = at_once(&track.gym.app, &requests);
        assert_eq!(statuses(&answers[..2]), [204, 404]);
        let finished = statuses(&answers[2..]);
        assert!([[200, 404], [200, 409], [404, 404]].iter().any(|possible| finished == possible), "{finished:?}");
    }
    assert_eq!(track.read("/training-sessions")["total"], 0);
    track.gym.close();
}

/// The end can be changed once there is one.
#[test]
fn changing_the_end_meets_finishing() {
    let track = Track::open();
    for _ in 0..8 {
        let (path, _) = track.store(json!({"startTime": minutes(-60)}));
        let end = json!({"endTime": minutes(-30)});
        let requests = [
            (track.owner.clone(), request("POST", &format!("{path}/finish"))),
            (track.owner.clone(), request("PATCH", &path).json(&end)),
        ];
        let answers = at_once(&track.gym.app, &requests);
        assert_eq!(answers[0].status, 200, "{}", answers[0].text());
        if answers[1].status != 200 {
            refused(&answers[1], 409, GOING_ON);
        }
        let last = if answers[1].status == 200 { &answers[1] } else { &answers[0] };
        assert_eq!(track.ask("GET", &path).body, last.body);
    }
    track.gym.close();
}
