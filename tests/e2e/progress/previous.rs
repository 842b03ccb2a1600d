//! What was done of an exercise the last time.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::Diary;
use crate::gym::fields;

impl Diary {
    #[track_caller]
    fn previous(&self) -> Value {
        self.read(&format!("/progress/previous?exerciseId={}", self.exercise))
    }
}

#[test]
fn without_a_session_there_are_no_sets() {
    let diary = Diary::open();
    let nothing = json!({"exerciseId": diary.exercise, "session": null, "sets": []});
    assert_eq!(diary.previous(), nothing);
    // Neither one that is going on nor one without sets is the last time.
    let with = |sets: Value| json!([bodies::session_exercise(diary.exercise, "reps", &sets)]);
    let going_on = bodies::training_session(json!({"exercises": with(json!([{"repsCompleted": 5}]))}));
    diary.gym.create(&diary.owner, "/training-sessions", &going_on);
    diary.train("2026-01-01T10:00:00Z", json!([]));
    assert_eq!(diary.previous(), nothing);
    diary.gym.close();
}

#[test]
fn the_latest_completed_session_is_shown() {
    let diary = Diary::open();
    diary.train("2026-01-03T23:00:00Z", json!([{"weight": 50, "repsCompleted": 5}]));
    let sets = json!([
        {"weight": 40, "repsCompleted": 10, "setType": "warmup"},
        {"weight": 82.5, "repsCompleted": 8, "rpe": 8.5, "notes": "Deep."},
    ]);
    let twice = [bodies::session_exercise(diary.exercise, "reps", &sets)]
        .into_iter()
        .chain([bodies::session_exercise(diary.exercise, "time", &json!([{"timeSeconds": 30}]))])
        .collect::<Vec<_>>();
    let latest = diary.train_with("2026-01-04T23:00:00Z", json!({"exercises": twice}));
    diary.train("2026-01-02T23:00:00Z", json!([{"weight": 60, "repsCompleted": 5}]));
    let shown = diary.previous();
    let expected = json!({
        "id": latest["id"], "startTime": "2026-01-04T23:00:00Z", "date": "2026-01-05",
        "userTimezone": "Europe/Berlin", "unitName": null
    });
    assert_eq!(shown["session"], expected);
    assert_eq!(fields(&shown["sets"], "orderIndex"), [json!(0), json!(1), json!(2)]);
    let mut third = latest["exercises"][1]["sets"][0].clone();
    third["orderIndex"] = json!(2);
    let first_two = &latest["exercises"][0]["sets"];
    assert_eq!(shown["sets"], json!([first_two[0], first_two[1], third]), "as they stand in the session");
    diary.gym.close();
}
