//! When sessions may begin and end.

use serde_json::{Value, json};

use super::{Track, assert_shows, minutes};
use crate::gym::{expect, mistakes};
use irontrack_tests::harness::bodies;

/// A session that was done from then to then.
fn done(start: &str, end: &str) -> Value {
    bodies::training_session(json!({"status": "completed", "startTime": start, "endTime": end}))
}

#[test]
fn a_finished_session_has_a_duration() {
    let track = Track::open();
    for (start, end, seconds) in [
        ("2025-01-01T10:00:00Z", "2025-01-01T10:00:00Z", 0),
        ("2025-01-01T10:00:00.000001Z", "2025-01-01T10:00:02Z", 1),
        ("2025-01-01T10:00:00Z", "2025-01-01T10:00:01.999999Z", 1),
        ("2025-01-01T10:00:00+02:00", "2025-01-01T10:00:00Z", 7200),
        ("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", 2_678_400),
        ("1900-01-01T00:00:00Z", "1900-01-01T01:00:00Z", 3600),
        ("1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00.5Z", 1),
        // Clocks on the wall go forward in this night; the duration does not.
        ("2025-03-30T01:30:00+01:00", "2025-03-30T03:30:00+02:00", 3600),
    ] {
        let session = expect(&track.send("POST", "/training-sessions", &done(start, end)), 201);
        assert_eq!(session["durationSeconds"], seconds, "{start} {end}");
    }
    track.gym.close();
}

#[test]
fn times_are_answered_in_utc_to_the_microsecond() {
    let track = Track::open();
    for (sent, shown) in [
        ("2025-01-01T10:00:00Z", "2025-01-01T10:00:00Z"),
        ("2025-01-01T10:00:00.5Z", "2025-01-01T10:00:00.500000Z"),
        ("2025-01-01T10:00:00.123456+05:45", "2025-01-01T04:15:00.123456Z"),
        ("2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"),
        ("2025-01-01T10:00:00.123456999Z", "2025-01-01T10:00:00.123456Z"),
    ] {
        let (path, session) = track.store(json!({"startTime": sent}));
        assert_eq!((&session["startTime"], &track.read(&path)["startTime"]), (&json!(shown), &json!(shown)), "{sent}");
    }
    track.gym.close();
}

#[test]
fn other_times_are_refused() {
    let mut track = Track::open();
    let before = track.gym.mint.fingerprint();
    let good = "2025-01-01T10:00:00Z";
    for wrong in [
        json!("2025-01-01T10:00:00"),
        json!("2025-01-01"),
        json!("10:00:00Z"),
        json!("yesterday"),
        json!(""),
        json!("1735725600"),
        json!(1_735_725_600),
        json!(1.5),
        json!(true),
        json!([good]),
        json!("2025-02-30T10:00:00Z"),
        json!("2025-01-01T25:00:00Z"),
        json!("1899-12-31T23:59:59.999999Z"),
        json!("0000-01-01T00:00:00Z"),
        json!("9999-12-31T23:59:59Z"),
        json!(minutes(6)),
    ] {
        let start = bodies::training_session(json!({"startTime": wrong}));
        assert_eq!(mistakes(&track.send("POST", "/training-sessions", &start)), "/startTime", "{wrong}");
        let end = bodies::with(done(good, good), "endTime", wrong.clone());
        assert_eq!(mistakes(&track.send("POST", "/training-sessions", &end)), "/endTime", "{wrong}");
    }
    for (start, end) in [
        (good, "2025-01-01T09:59:59.999999Z"),
        (good, "2025-01-01T10:00:00+00:01"),
        ("2025-01-01T00:00:00Z", "2025-02-01T00:00:00.000001Z"),
        ("1900-01-01T00:00:00Z", good),
    ] {
        assert_eq!(mistakes(&track.send("POST", "/training-sessions", &done(start, end))), "/endTime", "{start} {end}");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    track.gym.close();
}

/// Clocks of phones differ from ours.
#[test]
fn five_minutes_ahead_are_allowed() {
    let track = Track::open();
    let (path, session) = track.store(json!({"startTime": minutes(4)}));
    let finished = expect(&track.ask("POST", &format!("{path}/finish")), 200);
    assert_shows(&finished, &json!({"endTime": session["startTime"], "durationSeconds": 0}));
    let (path, _) = track.store(json!({}));
    let ahead = json!({"endTime": minutes(4)});
    assert_shows(&expect(&track.send("POST", &format!("{path}/finish"), &ahead), 200), &ahead);
    let (path, _) = track.store(json!({}));
    for operation in ["finish", "abort"] {
        let answer = track.send("POST", &format!("{path}/{operation}"), &json!({"endTime": minutes(6)}));
        assert_eq!(mistakes(&answer), "/endTime", "{operation}");
    }
    assert_eq!(mistakes(&track.send("PATCH", &path, &json!({"startTime": minutes(6)}))), "/startTime");
    track.gym.close();
}

#[test]
fn a_session_that_was_forgotten_is_ended_with_a_time() {
    let track = Track::open();
    let (path, _) = track.store(json!({"startTime": "2025-01-01T10:00:00Z"}));
    for operation in ["finish", "abort"] {
        let answer = track.ask("POST", &format!("{path}/{operation}"));
        assert_eq!(mistakes(&answer), "/endTime", "now is more than 31 days later");
    }
    let end = json!({"endTime": "2025-01-01T11:00:00Z"});
    assert_shows(&expect(&track.send("POST", &format!("{path}/finish"), &end), 200), &end);
    track.gym.close();
}
