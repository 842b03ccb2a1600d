//! Charts as a browser draws them: everything can be read, nothing is drawn over anything else.

use std::fs;

use irontrack_tests::harness::{alone, open_page};
use serde_json::json;

use super::{Diary, course};

const PAGE: &str = include_str!("pictures.html");

/// A session a day for 27 years, each with one set of the exercise.
fn train_for_decades(diary: &mut Diary) {
    let owner = diary.owner.user_id.expect("an account");
    let made = "WITH days AS (INSERT INTO training_sessions (id, user_id, start_time, end_time, user_timezone, status, \
                duration_seconds) SELECT gen_random_uuid(), $1, t, t + interval '1 hour', 'Europe/Berlin', 'completed', 3600 \
                FROM generate_series('1999-01-01 10:00Z'::timestamptz, '2026-05-18 10:00Z', '1 day') t RETURNING id, start_time), \
                done AS (INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, mode_snapshot, \
                exercise_name_snapshot, order_index) SELECT id, $1, $2, 'reps', 'Old', 0 FROM days \
                RETURNING id, training_session_id) \
                INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, reps_completed) \
                SELECT d.id, $1, 0, 60 + extract(epoch FROM s.start_time)::bigint / 86400 % 97, 5 \
                FROM done d JOIN days s ON s.id = d.training_session_id";
    assert_eq!(diary.gym.mint.execute(made, &[&owner, &diary.exercise]), 10_000);
    // As the server does by itself, later.
    diary.gym.mint.execute("ANALYZE training_sessions, training_session_exercises, training_session_sets", &[]);
}

/// The charts of an exercise and of a year, light and dark, on a telephone and on a desk.
fn pictures(diary: &Diary) -> Vec<String> {
    let mut pictures = Vec::new();
    for theme in ["light", "dark"] {
        for (width, height) in [(320, 200), (320, 400), (1200, 400)] {
            let size = format!("width={width}&height={height}&theme={theme}");
            let chart = format!("{}/chart.svg?{size}", course(diary.exercise));
            for path in [chart, format!("/progress/calendar.svg?year=2026&{size}")] {
                let answer = diary.gym.ask(&diary.owner, "GET", &path);
                assert_eq!(answer.status, 200, "{path}: {}", answer.text());
                pictures.push(answer.text());
            }
        }
    }
    pictures
}

#[test]
fn whatever_a_chart_says_can_be_read_in_a_browser() {
    let _alone = alone();
    let mut diary = Diary::open();
    let mut all = pictures(&diary);
    diary.train("2026-05-19T10:00:00Z", json!([{"weight": 100, "repsCompleted": 5}]));
    all.extend(pictures(&diary));
    train_for_decades(&mut diary);
    let moved = "UPDATE training_histories SET history_version = history_version + 1 WHERE user_id = $1";
    assert_eq!(diary.gym.mint.execute(moved, &[&diary.owner.user_id]), 1);
    all.extend(pictures(&diary));
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let page = folder.path().join("pictures.html");
    fs::write(&page, PAGE.replace("PICTURES", &all.join("\n"))).expect("the page can be written");
    let (shown, console) = open_page(&format!("file://{}", page.display()), &folder.path().join("browser"));
    let result = shown.split_once("<pre id=\"result\">").and_then(|(_, rest)| rest.split_once("\nend"));
    let (result, _) = result.unwrap_or_else(|| panic!("the page did not finish: {console}"));
    assert_eq!(result.trim_end(), format!("{} pictures", all.len()), "expected no problem with any picture");
    diary.gym.close();
}
