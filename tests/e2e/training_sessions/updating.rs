//! Correcting sessions.

use serde_json::{Value, json};

use super::{GOING_ON, Track, assert_shows, minutes, moment};
use crate::gym::{expect, mistakes, refused, tag};

/// A session from ten to eleven, with this status.
fn ended(track: &Track, operation: &str) -> String {
    let (path, _) = track.store(json!({"startTime": "2025-01-01T10:00:00Z", "notes": "Good."}));
    let end = json!({"endTime": "2025-01-01T11:00:00Z"});
    expect(&track.send("POST", &format!("{path}/{operation}"), &end), 200);
    path
}

#[test]
fn a_session_changes_in_what_is_named() {
    let track = Track::open();
    for (operation, counts) in [("finish", true), ("abort", false)] {
        let path = ended(&track, operation);
        let mut expected = track.read(&path);
        for (change, seconds) in [
            (json!({"notes": " Tired.\n"}), 3600),
            (json!({"notes": null}), 3600),
            (json!({"userTimezone": "Asia/Tokyo"}), 3600),
            (json!({"endTime": "2025-01-01T10:30:00.999999Z"}), 1800),
            (json!({"startTime": "2025-01-01T10:00:30Z"}), 1770),
            (json!({"startTime": "2025-02-01T00:00:00Z", "endTime": "2025-02-02T00:00:00Z", "notes": "x"}), 86_400),
            (json!({"startTime": "2025-02-02T00:00:00Z"}), 0),
        ] {
            let answer = track.send("PATCH", &path, &change);
            let after = expect(&answer, 200);
            change.as_object().into_iter().flatten().for_each(|(field, value)| expected[field] = value.clone());
            assert!(moment(&after["updatedAt"]) > moment(&expected["updatedAt"]), "{change}");
            expected["updatedAt"] = after["updatedAt"].clone();
            // Of an aborted session nobody knows how long it would have taken.
            expected["durationSeconds"] = if counts { json!(seconds) } else { Value::Null };
            assert_eq!(after, expected, "{change}");
            let read = track.ask("GET", &path);
            assert_eq!((expect(&read, 200), tag(&read)), (after, tag(&answer)), "{change}");
        }
        for change in [
            json!({}),
            json!({"notes": "x"}),
            json!({"userTimezone": "Asia/Tokyo", "startTime": "2025-02-02T09:00:00+09:00"}),
            json!({"endTime": "2025-02-02T00:00:00.000Z"}),
        ] {
            let answer = track.send("PATCH", &path, &change);
            assert_eq!(expect(&answer, 200), expected, "{change} changes nothing");
            assert_eq!(tag(&answer), tag(&track.ask("GET", &path)), "{change}");
        }
    }
    track.gym.close();
}

#[test]
fn a_session_in_progress_has_no_end_to_change() {
    let track = Track::open();
    let (path, before) = track.store(json!({"startTime": minutes(-60)}));
    let change = json!({"startTime": minutes(-30), "notes": "Late.", "userTimezone": "UTC"});
    let answer = track.send("PATCH", &path, &change);
    let after = expect(&answer, 200);
    assert_shows(&after, &without_start(&change));
    assert!(moment(&after["startTime"]) > moment(&before["startTime"]));
    assert_shows(&after, &json!({"status": "in_progress", "endTime": null, "durationSeconds": null}));
    for sent in [json!({"endTime": minutes(0)}), json!({"endTime": minutes(-90), "notes": "x"})] {
        refused(&track.send("PATCH", &path, &sent), 409, GOING_ON);
    }
    assert_eq!(track.read(&path), after);
    track.gym.close();
}

/// What is answered as it was sent.
fn without_start(change: &Value) -> Value {
    let mut change = change.clone();
    change.as_object_mut().map(|fields| fields.remove("startTime"));
    change
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut track = Track::open();
    let path = ended(&track, "finish");
    let before = track.gym.mint.fingerprint();
    for (change, wrong) in [
        (json!({"startTime": null}), "/startTime"),
        (json!({"endTime": null}), "/endTime"),
        (json!({"userTimezone": null}), "/userTimezone"),
        (json!({"userTimezone": "Nowhere"}), "/userTimezone"),
        (json!({"startTime": "2025-01-01T10:00:00"}), "/startTime"),
        (json!({"startTime": "1899-12-31T23:59:59Z"}), "/startTime"),
        (json!({"endTime": minutes(6)}), "/endTime"),
        (json!({"endTime": 1_735_725_600}), "/endTime"),
        (json!({"notes": "x".repeat(10_001)}), "/notes"),
        (json!({"notes": "\u{0}"}), "/notes"),
        (json!({"status": "completed"}), "/status"),
        (json!({"durationSeconds": 5, "trainingUnitId": null}), "/durationSeconds /trainingUnitId"),
        (json!({"exercises": []}), "/exercises"),
        (json!([]), ""),
        (json!(null), ""),
    ] {
        assert_eq!(mistakes(&track.send("PATCH", &path, &change)), wrong, "{change}");
    }
    let null = expect(&track.send("PATCH", &path, &json!({"startTime": null})), 422);
    assert_eq!(null["details"][0]["type"], "null_not_allowed");
    // Together with what stays.
    for change in [
        json!({"endTime": "2025-01-01T09:59:59.999999Z"}),
        json!({"startTime": "2025-01-01T11:00:00.000001Z"}),
        json!({"endTime": "2025-02-01T10:00:00.000001Z"}),
        json!({"startTime": "2024-11-30T00:00:00Z"}),
        json!({"startTime": "2025-01-02T00:00:00Z", "endTime": "2025-01-01T00:00:00Z"}),
    ] {
        let wrong = mistakes(&track.send("PATCH", &path, &change));
        assert!(["/startTime", "/endTime"].contains(&wrong.as_str()), "{change}: {wrong}");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.close();
}

/// Sessions may be edited after they ended, and every write moves the time of the change.
#[test]
fn everything_in_it_moves_the_time_of_the_change() {
    let track = Track::open();
    for status in ["in_progress", "completed"] {
        let end = (status == "completed").then(|| minutes(0));
        let sets = json!([{"repsCompleted": 5}, {"repsCompleted": 6}]);
        let exercises = json!([track.done("reps", &sets), track.done("reps", &json!([]))]);
        let (path, mut last) =
            track.store(json!({"startTime": minutes(-9), "endTime": end, "status": status, "exercises": exercises}));
        let [a, b] = [0, 1].map(|n| format!("exercises/{}", last["exercises"][n]["id"]));
        let set = format!("{a}/sets/{}", last["exercises"][0]["sets"][0]["id"]);
        for (method, under, sent, moves) in [
            ("PATCH", set.clone(), json!({"repsCompleted": 5}), false),
            ("PATCH", set.clone(), json!({}), false),
            ("PATCH", set.clone(), json!({"rpe": 8}), true),
            ("PATCH", a.clone(), json!({"mode": "reps", "exerciseId": track.exercise}), false),
            ("PATCH", a.clone(), json!({"notes": "x"}), true),
            ("POST", format!("{a}/sets"), json!({}), true),
            ("DELETE", set.clone(), json!({}), true),
            ("PUT", format!("{a}/sets"), json!({"sets": []}), true),
            ("POST", "exercises".into(), track.done("time", &json!([])), true),
            ("DELETE", b.clone(), json!({}), true),
        ] {
            let answer = track.send(method, &format!("{path}/{under}"), &sent);
            assert!(answer.status < 300, "{method} {under}: {}", answer.text());
            let now = track.read(&path);
            let moved = moment(&now["updatedAt"]) > moment(&last["updatedAt"]);
            assert_eq!((moved, now == last), (moves, !moves), "{method} {under} {sent}");
            assert_eq!(now["createdAt"], last["createdAt"]);
            last = now;
        }
    }
    track.gym.close();
}
