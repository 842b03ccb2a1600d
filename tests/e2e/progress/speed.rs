//! How long questions about a long history take: `just progress-speed` makes one of 10 000 sessions with 240 000 sets, and
//! an exercise that is done in each of them, alone in its database and beside many others. It asks everything, prints how
//! long it took, and what PostgreSQL did.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use irontrack_tests::harness::{App, Mint, PlanLog, Session, TestDatabase, alone};
use uuid::Uuid;

use crate::cli::admin::Admin;

const SESSIONS: &str = "10000";

/// How many others there are, with 300 sessions each, when there are others.
const OTHERS: &str = "60";

/// How often each thing is asked for.
const TIMES: usize = 5;

/// A question about the whole history, right after a set was logged.
const COLD: Duration = Duration::from_secs(1);

/// The same again, and whatever is about one exercise, done in some of the sessions.
const WARM: Duration = Duration::from_millis(50);

/// What every write to a history does.
const MOVE: &str = "UPDATE training_histories SET history_version = history_version + 1 WHERE user_id = $1";

/// What is asked for, and how long the first answer may take. An exercise that is done in every session is as much as a whole
/// history of others.
fn questions(mint: &mut Mint, owner: Uuid) -> Vec<(String, Duration)> {
    // One that is done as often as most: a few are done in every third session.
    let usual = "SELECT exercise_id FROM training_session_exercises WHERE user_id = $1 GROUP BY exercise_id \
                 ORDER BY count(*) OFFSET (SELECT count(DISTINCT exercise_id) / 2 FROM training_session_exercises \
                 WHERE user_id = $1) LIMIT 1";
    let exercise: Uuid = mint.database.query_one(usual, &[&owner]).expect("an exercise").get(0);
    let last = "SELECT id FROM training_sessions WHERE user_id = $1 ORDER BY start_time DESC LIMIT 1";
    let session: Uuid = mint.database.query_one(last, &[&owner]).expect("a session").get(0);
    let always = train_every_time(mint, owner);
    let of_exercise = [(exercise, WARM), (always, COLD)].map(|(exercise, limit)| {
        let paths = [
            format!("/progress/exercises/{exercise}"),
            format!("/progress/exercises/{exercise}?bucket=week&useRpe=true"),
            format!("/progress/exercises/{exercise}/chart.svg"),
            format!("/progress/records?exerciseId={exercise}"),
            format!("/progress/previous?exerciseId={exercise}"),
        ];
        paths.map(|path| (path, limit))
    });
    let of_all = [
        "/progress/records".to_owned(),
        format!("/training-sessions/{session}/records"),
        "/progress/volume".to_owned(),
        "/progress/volume?bucket=month&groupBy=exercise".to_owned(),
        "/progress/volume?bucket=day&groupBy=category".to_owned(),
        "/progress/volume?bucket=session".to_owned(),
        "/progress/calendar?year=2026".to_owned(),
        "/progress/calendar.svg?year=2026".to_owned(),
        "/progress/summary?from=2026-01-01T00:00:00Z".to_owned(),
    ];
    of_exercise.into_iter().flatten().chain(of_all.map(|path| (path, COLD))).collect()
}

/// Has an exercise done in every session, behind all others: the longest history that an exercise can have here.
fn train_every_time(mint: &mut Mint, owner: Uuid) -> Uuid {
    let exercise = "SELECT id FROM exercises WHERE is_system_default AND id NOT IN \
                    (SELECT exercise_id FROM training_session_exercises WHERE user_id = $1) ORDER BY id LIMIT 1";
    let exercise: Uuid = mint.database.query_one(exercise, &[&owner]).expect("an exercise that was not done").get(0);
    let exercises = "INSERT INTO training_session_exercises \
                     (training_session_id, user_id, exercise_id, mode_snapshot, exercise_name_snapshot, order_index) \
                     SELECT s.id, s.user_id, $2, 'reps', 'Every time', 1 + (SELECT max(e.order_index) \
                     FROM training_session_exercises e WHERE e.training_session_id = s.id) \
                     FROM training_sessions s WHERE s.user_id = $1 AND s.status <> 'aborted'";
    let sessions = mint.execute(exercises, &[&owner, &exercise]);
    assert!(sessions > 9000, "expected an exercise of thousands of sessions, not of {sessions}");
    let sets = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, reps_completed) \
                SELECT e.id, e.user_id, n, 40 + (e.id * 7919 + n * 13) % 60, 3 + (e.id + n) % 9 \
                FROM training_session_exercises e, generate_series(0, 2) n WHERE e.user_id = $1 AND e.exercise_id = $2";
    assert_eq!(mint.execute(sets, &[&owner, &exercise]), 3 * sessions);
    exercise
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
        assert_eq!(mint.execute(MOVE, &[&owner.user_id]), 1);
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
    let database = Arc::new(database);
    let app = App::start_on(database.clone(), &[]);
    let mut mint = app.mint();
    let email = "demo-000001@demo.example";
    let account = "SELECT id FROM user_account WHERE email = $1";
    let id: Uuid = mint.database.query_one(account, &[&email]).expect("a demo account").get(0);
    let owner = mint.session(id, email);
    println!("\n{:<70}{:>12}{:>12}", format!("{} people", people.first().unwrap_or(&"1")), "first", "again");
    let mut found = Vec::new();
    let questions = questions(&mut mint, id);
    mint.database.batch_execute("VACUUM ANALYZE").expect("the tables can be vacuumed");
    for (path, limit) in &questions {
        let [first, again] = measure(&app, &mut mint, &owner, path);
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        println!("{:<70}{:>9.1} ms{:>9.1} ms", path, milliseconds(first), milliseconds(again));
        if first > *limit || again > WARM {
            found.push(path.clone());
        }
    }
    drop(app);
    print_plans(database, &mut mint, &owner, &questions);
    found
}

/// What PostgreSQL does right after a write, asked by a server that has prepared its statements.
fn print_plans(database: Arc<TestDatabase>, mint: &mut Mint, owner: &Session, questions: &[(String, Duration)]) {
    let plans = PlanLog::begin(&database);
    let app = App::start_on(database, &[]);
    for (path, _) in questions {
        measure(&app, mint, owner, path);
        assert_eq!(mint.execute(MOVE, &[&owner.user_id]), 1);
        let (_, logged) = plans.of(|| app.get(owner, &format!("/api/v1{path}")));
        println!("\n--- {path}\n{logged}");
    }
}

#[test]
#[ignore = "makes a million sets and measures; `just progress-speed` runs it"]
fn a_long_history_is_summed_up_in_time() {
    let _alone = alone();
    let found = [too_slow(&[]), too_slow(&[OTHERS])].concat();
    // A program that is built to be debugged says nothing about how fast another one is.
    assert!(cfg!(debug_assertions) || found.is_empty(), "expected {COLD:?} at first and {WARM:?} again: {found:?}");
}
