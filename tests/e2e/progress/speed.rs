//! How long questions about a long history take: `just progress-speed` makes one of 10 000 sessions with 240 000 sets,
//! alone in its database and beside many others, asks everything, and prints how long it took.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use irontrack_tests::harness::{App, Mint, Session, TestDatabase, alone};
use uuid::Uuid;

use crate::cli::admin::Admin;

const SESSIONS: &str = "10000";

/// How many others there are, with 300 sessions each, when there are others.
const OTHERS: &str = "60";

/// How often each thing is asked for.
const TIMES: usize = 5;

/// A question about the whole history, right after a set was logged.
const COLD: Duration = Duration::from_secs(1);

/// The same again, and whatever is about one exercise.
const WARM: Duration = Duration::from_millis(50);

/// What is asked for, and whether it is about the whole history.
fn questions(mint: &mut Mint, owner: Uuid) -> Vec<(String, bool)> {
    // One that is done as often as most: a few are done in every third session.
    let usual = "SELECT exercise_id FROM training_session_exercises WHERE user_id = $1 GROUP BY exercise_id \
                 ORDER BY count(*) OFFSET (SELECT count(DISTINCT exercise_id) / 2 FROM training_session_exercises \
                 WHERE user_id = $1) LIMIT 1";
    let exercise: Uuid = mint.database.query_one(usual, &[&owner]).expect("an exercise").get(0);
    let last = "SELECT id FROM training_sessions WHERE user_id = $1 ORDER BY start_time DESC LIMIT 1";
    let session: Uuid = mint.database.query_one(last, &[&owner]).expect("a session").get(0);
    let of_exercise = [
        format!("/progress/exercises/{exercise}"),
        format!("/progress/exercises/{exercise}?bucket=week&useRpe=true"),
        format!("/progress/records?exerciseId={exercise}"),
        format!("/progress/previous?exerciseId={exercise}"),
    ];
    let of_all = [
        "/progress/records".to_owned(),
        format!("/training-sessions/{session}/records"),
        "/progress/volume".to_owned(),
        "/progress/volume?bucket=month&groupBy=exercise".to_owned(),
        "/progress/calendar?year=2026".to_owned(),
        "/progress/summary?from=2026-01-01T00:00:00Z".to_owned(),
    ];
    of_exercise.map(|path| (path, false)).into_iter().chain(of_all.map(|path| (path, true))).collect()
}

/// In the middle of several times: right after the history has moved, and again.
fn measure(app: &App, mint: &mut Mint, owner: &Session, path: &str) -> [Duration; 2] {
    let path = format!("/api/v1{path}");
    let ask = || {
        let start = Instant::now();
        let answer = app.get(owner, &path);
        let took = start.elapsed();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        took
    };
    let mut times = [(); TIMES].map(|()| {
        let moved = "UPDATE training_histories SET history_version = history_version + 1 WHERE user_id = $1";
        assert_eq!(mint.execute(moved, &[&owner.user_id]), 1);
        [ask(), ask()]
    });
    [0, 1].map(|place| {
        times.sort_by_key(|times| times[place]);
        times[TIMES / 2][place]
    })
}

fn too_slow(people: &[&str]) -> Vec<String> {
    let database = TestDatabase::ready_in_private();
    let admin = Admin::of(&database);
    admin.json(&["demo", "seed", "--users", "1", "--sessions", SESSIONS]);
    for others in people {
        admin.json(&["demo", "seed", "--users", others, "--sessions", "300"]);
    }
    database.connect().batch_execute("VACUUM ANALYZE").expect("the tables can be vacuumed");
    let app = App::start_on(Arc::new(database), &[]);
    let mut mint = app.mint();
    let email = "demo-000001@demo.example";
    let account = "SELECT id FROM user_account WHERE email = $1";
    let id: Uuid = mint.database.query_one(account, &[&email]).expect("a demo account").get(0);
    let owner = mint.session(id, email);
    println!("\n{:<70}{:>12}{:>12}", format!("{} people", people.first().unwrap_or(&"1")), "first", "again");
    let mut found = Vec::new();
    for (path, is_about_all) in questions(&mut mint, id) {
        let [first, again] = measure(&app, &mut mint, &owner, &path);
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        println!("{:<70}{:>9.1} ms{:>9.1} ms", path, milliseconds(first), milliseconds(again));
        let limit = if is_about_all { COLD } else { WARM };
        if first > limit || again > WARM {
            found.push(path);
        }
    }
    found
}

#[test]
#[ignore = "makes a million sets and measures; `just progress-speed` runs it"]
fn a_long_history_is_summed_up_in_time() {
    let _alone = alone();
    let found = [too_slow(&[]), too_slow(&[OTHERS])].concat();
    // A program that is built to be debugged says nothing about how fast another one is.
    assert!(cfg!(debug_assertions) || found.is_empty(), "expected {COLD:?} at first and {WARM:?} again: {found:?}");
}
