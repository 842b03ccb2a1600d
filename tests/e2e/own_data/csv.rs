//! `GET /training-sessions/export.csv`.

use irontrack_domain::{TimeZone, training::session::PerformedSet};
use irontrack_interchange::{CsvSessions, Found, ImportedSession, ReadSettings};
use irontrack_tests::{
    harness::{Session, bodies},
    http::{Client, Request},
};
use serde_json::json;
use uuid::Uuid;

use super::export::{most_memory_while, sessions};
use crate::gym::{Gym, mistakes, refused, user};

const EXPORT: &str = "/training-sessions/export.csv";

fn settings() -> ReadSettings {
    ReadSettings {
        time_zone: TimeZone::parse("Europe/Berlin").expect("a zone"),
        weight_unit: None,
        distance_unit: None,
        now: "2030-01-01T00:00:00Z".parse().expect("a time"),
    }
}

/// The sessions of a file in which nothing is wrong.
fn read(format: &str, file: &str) -> Vec<ImportedSession> {
    let settings = settings();
    let found = match format {
        "strong" => CsvSessions::strong(file.as_bytes(), &settings),
        _ => CsvSessions::hevy(file.as_bytes(), &settings),
    };
    let session = |found| match found {
        Ok(Found::Session(session)) => *session,
        other => panic!("{other:?} in\n{file}"),
    };
    found.unwrap_or_else(|error| panic!("{error}: {file}")).map(session).collect()
}

fn export(gym: &Gym, who: &Session, format: &str) -> String {
    let answer = gym.ask(who, "GET", &format!("{EXPORT}?format={format}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// A session on a day of May 2026 with one exercise.
fn record(gym: &Gym, who: &Session, day: u32, exercise: Uuid, mode: &str, sets: &serde_json::Value) -> String {
    let sent = bodies::training_session(json!({
        "startTime": format!("2026-05-{day:02}T16:00:00Z"), "endTime": format!("2026-05-{day:02}T17:05:00Z"),
        "status": "completed", "notes": "=HYPERLINK(\"x\")", "exercises": [
            {"exerciseId": exercise, "mode": mode, "sets": sets}
        ]
    }));
    crate::gym::text(&gym.create(who, "/training-sessions", &sent)["id"])
}

#[test]
fn a_file_holds_a_row_for_each_set_in_the_form_of_hevy() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let exercise = gym.mint.exercise(None);
    gym.rename_exercise(exercise, "Bench Press, \"flat\"");
    let sets = json!([
        {"weight": 40, "repsCompleted": 10, "setType": "warmup"},
        {"weight": 82.5, "repsCompleted": 5, "rpe": 8.5, "notes": "Hard."}
    ]);
    record(&gym, &owner, 4, exercise, "reps", &sets);
    record(&gym, &other, 4, exercise, "reps", &sets);
    let answer = gym.ask(&owner, "GET", EXPORT);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"training-sessions.csv\""));
    assert_eq!(
        answer.text(),
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,\
         reps,distance_km,duration_seconds,rpe\n\
         ,\"4 May 2026, 18:00\",\"4 May 2026, 19:05\",\"'=HYPERLINK(\"\"x\"\")\",\"Bench Press, \"\"flat\"\"\",,\
         Set 2: Hard.,0,warmup,40,10,,,\n\
         ,\"4 May 2026, 18:00\",\"4 May 2026, 19:05\",,\"Bench Press, \"\"flat\"\"\",,,1,normal,82.5,5,,,8.5\n",
        "one's own, and no session of anybody else"
    );
    assert_eq!(export(&gym, &owner, "hevy"), answer.text());
    assert_eq!(read("hevy", &answer.text()).len(), 1);
    gym.close();
}

#[test]
fn both_forms_are_read_again_with_the_same_sets() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    let sets = [
        ("reps", json!([{"weight": 100.125, "repsCompleted": 5, "rpe": 9}, {"repsCompleted": 12, "setType": "drop"}])),
        ("time", json!([{"timeSeconds": 90}, {"timeSeconds": 45, "weight": 10, "setType": "failure"}])),
        ("distance", json!([{"distanceKm": 5.25}])),
        ("sets_only", json!([{}, {"weight": 20}])),
    ];
    for (day, (mode, sets)) in (1..).zip(&sets) {
        record(&gym, &owner, day, exercise, mode, sets);
    }
    let mut files = Vec::new();
    for format in ["hevy", "strong"] {
        let file = export(&gym, &owner, format);
        let sessions = read(format, &file);
        let shape: Vec<_> =
            sessions.iter().map(|it| (it.exercises[0].mode.as_str(), it.exercises[0].sets.len())).collect();
        assert_eq!(shape, [("reps", 2), ("time", 2), ("distance", 1), ("sets_only", 2)], "{file}");
        let sets =
            |it: &ImportedSession| it.exercises.iter().flat_map(|it| it.sets.clone()).collect::<Vec<PerformedSet>>();
        files.push(sessions.iter().map(|it| (it.course, it.notes.clone(), sets(it))).collect::<Vec<_>>());
    }
    assert_eq!(files[0], files[1], "both forms say the same");
    let first = &files[0][0].2[0];
    assert_eq!(first.weight.map(|weight| weight.to_string()).as_deref(), Some("100.125"));
    gym.close();
}

#[test]
fn sessions_that_were_not_brought_to_their_end_are_left_out() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    for end in ["abort", "finish", ""] {
        let sent = bodies::training_session(json!({"startTime": "2026-05-04T16:00:00Z", "notes": format!("{end}ed"),
            "exercises": [{"exerciseId": exercise, "mode": "reps", "sets": [{"repsCompleted": 5}]}]}));
        let id = crate::gym::text(&gym.create(&owner, "/training-sessions", &sent)["id"]);
        if !end.is_empty() {
            let at = format!("/training-sessions/{id}/{end}");
            gym.change(&owner, "POST", &at, &json!({"endTime": "2026-05-04T16:30:00Z"}));
        }
    }
    for format in ["hevy", "strong"] {
        let file = export(&gym, &owner, format);
        assert!(file.contains("finished") && !file.contains("aborted"), "{file}");
        assert_eq!((read(format, &file).len(), file.lines().count()), (1, 2), "{file}");
    }
    gym.close();
}

#[test]
fn an_empty_history_is_a_header() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for format in ["hevy", "strong"] {
        let file = export(&gym, &owner, format);
        assert_eq!(file.lines().count(), 1, "{file}");
        assert!(read(format, &file).is_empty());
    }
    let answer = gym.ask(&owner, "GET", &format!("{EXPORT}?format=xlsx&page=1"));
    assert_eq!(answer.status, 422);
    assert_eq!(mistakes(&answer), "?format ?page");
    refused(&gym.ask(&Session::anonymous(), "GET", EXPORT), 401, "Not authenticated");
    gym.close();
}

/// Parts follow each other without a gap, nothing comes twice, and the server never holds them together.
#[test]
fn a_long_history_takes_no_more_memory_than_a_short_one() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    sessions(&mut gym, user(&owner), exercise, 300);
    let patient = Client::with_timeout(std::time::Duration::from_secs(120));
    let fetch = |gym: &Gym| {
        let request = owner.asks(Request::new("GET", &format!("/api/v1{EXPORT}")).query("format", "strong"));
        let answer = patient.send(&gym.app.address, &request).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer.status, 200);
        answer.text()
    };
    fetch(&gym);
    sessions(&mut gym, user(&owner), exercise, 5000 - 300);
    let (file, grown) = most_memory_while(&gym, || fetch(&gym));
    assert_eq!(file.lines().filter(|line| line.ends_with(";60;8;;;;;")).count(), 5000 * 12, "each set once");
    assert!(file.len() > 30 * 1024 * 1024, "{} bytes are too few to tell", file.len());
    assert!(grown < 20, "the server grew by {grown} MiB for a file of {} MiB", file.len() / 1024 / 1024);
    gym.close();
}
