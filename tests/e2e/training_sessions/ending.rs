//! Finishing and aborting.

use irontrack_tests::http::Response;
use serde_json::{Value, json};

use super::{ENDED, Track, assert_shows, minutes, moment};
use crate::{
    gym::{expect, mistakes, refused, request, tag},
    races::{assert_one_wins, at_once},
};

const OPERATIONS: [(&str, &str); 2] = [("finish", "completed"), ("abort", "aborted")];

/// A session that began ten minutes ago, in that status.
fn in_status(track: &Track, status: &str) -> String {
    let (path, _) = track.store(json!({"startTime": minutes(-10)}));
    for (operation, _) in OPERATIONS.iter().filter(|(_, ended)| *ended == status) {
        expect(&track.ask("POST", &format!("{path}/{operation}")), 200);
    }
    path
}

#[test]
fn a_session_ends_once() {
    let track = Track::open();
    for from in ["in_progress", "completed", "aborted"] {
        for (operation, to) in OPERATIONS {
            let path = in_status(&track, from);
            let before = track.ask("GET", &path);
            let answer = track.ask("POST", &format!("{path}/{operation}"));
            let read = track.ask("GET", &path);
            if from != "in_progress" {
                refused(&answer, 409, ENDED);
                assert_eq!((tag(&read), &read.body), (tag(&before), &before.body), "{from} {operation}");
                continue;
            }
            let ended = expect(&answer, 200);
            assert_eq!(ended["status"], to);
            assert_eq!((tag(&answer), &answer.body), (tag(&read), &read.body), "{operation}");
            assert_ne!(tag(&answer), tag(&before));
        }
    }
    track.gym.close();
}

#[test]
fn it_ends_now_unless_it_is_told_when() {
    let track = Track::open();
    for (operation, counts) in [("finish", true), ("abort", false)] {
        let bodies: [fn(&Track, &str) -> Response; 4] = [
            |track, path| track.ask("POST", path),
            |track, path| track.send("POST", path, &json!({})),
            |track, path| track.send("POST", path, &json!({"endTime": null})),
            |track, path| {
                let nothing = request("POST", path).body(Some("application/json"), "");
                track.gym.app.send_as(&track.owner, nothing)
            },
        ];
        for end in bodies {
            let path = in_status(&track, "in_progress");
            let before = json!(minutes(0));
            let session = expect(&end(&track, &format!("{path}/{operation}")), 200);
            let ended = moment(&session["endTime"]);
            assert!(moment(&before) <= ended && ended <= moment(&json!(minutes(0))), "{operation} {ended}");
            let seconds = (ended - moment(&session["startTime"])).num_seconds();
            assert_eq!(session["durationSeconds"], if counts { json!(seconds) } else { Value::Null });
        }
        let path = in_status(&track, "in_progress");
        let end = json!({"endTime": minutes(-3)});
        let session = expect(&track.send("POST", &format!("{path}/{operation}"), &end), 200);
        assert_eq!(moment(&session["endTime"]), moment(&end["endTime"]));
        // It began a little before ten minutes ago was written.
        assert_eq!(session["durationSeconds"].is_null(), !counts);
    }
    let (path, _) = track.store(json!({"startTime": "2025-01-01T10:00:00.5Z"}));
    let end = json!({"endTime": "2025-01-01T10:01:00.499999Z"});
    let session = expect(&track.send("POST", &format!("{path}/finish"), &end), 200);
    assert_shows(&session, &json!({"durationSeconds": 59, "endTime": end["endTime"]}));
    track.gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut track = Track::open();
    let path = in_status(&track, "in_progress");
    let before = track.gym.mint.fingerprint();
    for (operation, _) in OPERATIONS {
        for (sent, wrong) in [
            (json!({"endTime": minutes(-11)}), "/endTime"),
            (json!({"endTime": minutes(6)}), "/endTime"),
            (json!({"endTime": "2025-01-01T10:00:00"}), "/endTime"),
            (json!({"endTime": 1_735_725_600}), "/endTime"),
            (json!({"endTime": "1899-12-31T23:59:59Z"}), "/endTime"),
            (json!({"status": "completed", "zz": 1}), "/status /zz"),
            (json!([]), ""),
        ] {
            let answer = track.send("POST", &format!("{path}/{operation}"), &sent);
            assert_eq!(mistakes(&answer), wrong, "{operation} {sent}");
        }
        assert_eq!(mistakes(&track.ask("POST", &format!("{path}/{operation}?zz=1"))), "?zz");
    }
    assert_eq!(track.gym.mint.fingerprint(), before);
    // What needs stored data comes after the status.
    let ended = in_status(&track, "completed");
    refused(&track.send("POST", &format!("{ended}/finish"), &json!({"endTime": minutes(-11)})), 409, ENDED);
    assert_eq!(mistakes(&track.send("POST", &format!("{ended}/finish"), &json!({"endTime": "x"}))), "/endTime");
    track.gym.close();
}

#[test]
fn of_many_who_end_a_session_one_wins() {
    let track = Track::open();
    for hands in 2..=16 {
        let path = in_status(&track, "in_progress");
        let end = |n: usize| {
            let end = request("POST", &format!("{path}/{}", if n % 3 == 1 { "abort" } else { "finish" }));
            (track.owner.clone(), end.json(&json!({"endTime": minutes(-1)})))
        };
        let answers = at_once(&track.gym.app, &(0..hands).map(end).collect::<Vec<_>>());
        assert_one_wins(&answers, 200);
        let winner = answers.iter().find(|answer| answer.status == 200).expect("one wins");
        assert_eq!(track.ask("GET", &path).body, winner.body);
        for loser in answers.iter().filter(|answer| answer.status == 409) {
            refused(loser, 409, ENDED);
        }
    }
    track.gym.close();
}
