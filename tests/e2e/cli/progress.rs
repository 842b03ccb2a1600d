//! `irontrack progress show`.

use irontrack_tests::harness::TestDatabase;
use serde_json::json;

use super::{admin::Admin, assert_failed};

const SOMEBODY: &str = "demo-000001@demo.example";

/// People who have trained.
fn trained() -> TestDatabase {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    admin.json(&["demo", "seed", "--users", "2", "--sessions", "40", "--until", "2026-10-31"]);
    database
}

/// The exercise that the account has trained most, with its slug, and in how many sessions.
fn favourite(database: &TestDatabase, email: &str) -> (String, String, i64) {
    let sql = "SELECT e.name, e.slug, count(DISTINCT s.id) FROM training_sessions s \
               JOIN training_session_exercises x ON x.training_session_id = s.id JOIN exercises e ON e.id = x.exercise_id \
               JOIN user_account a ON a.id = s.user_id JOIN training_session_sets t ON t.session_exercise_id = x.id \
               WHERE a.email = $1 AND s.status <> 'aborted' AND t.set_type <> 'warmup' AND t.weight > 0 \
               GROUP BY e.id ORDER BY 3 DESC, 1 LIMIT 1";
    let row = database.connect().query_one(sql, &[&email]).unwrap_or_else(|error| panic!("{error:?}"));
    (row.get(0), row.get(1), row.get(2))
}

#[test]
fn the_course_of_an_exercise_is_shown() {
    let database = trained();
    let admin = Admin::of(&database);
    let (name, slug, sessions) = favourite(&database, SOMEBODY);
    let answer = admin.json(&["progress", "show", SOMEBODY, &name, "--last", "3"]);
    assert_eq!((&answer["email"], &answer["exercise"]), (&json!(SOMEBODY), &json!(name)));
    assert_eq!((&answer["total"], &answer["bucket"]), (&json!(sessions), &json!("session")));
    let points = answer["points"].as_array().expect("points");
    assert_eq!(points.len(), 3, "{answer}");
    let starts: Vec<&str> = points.iter().filter_map(|point| point["start"].as_str()).collect();
    assert!(starts.len() == 3 && starts.is_sorted(), "{answer}");
    assert!(points.iter().all(|point| point["sets"].as_u64() > Some(0)), "{answer}");
    for exercise in [&slug, &name.to_uppercase()] {
        assert_eq!(admin.json(&["progress", "show", SOMEBODY, exercise, "-n", "3"]), answer, "{exercise}");
    }

    let weeks = admin.json(&["progress", "show", SOMEBODY, &slug, "--bucket", "week", "-n", "1000"]);
    let sets = |answer: &serde_json::Value| -> u64 {
        answer["points"].as_array().expect("points").iter().filter_map(|point| point["sets"].as_u64()).sum()
    };
    let all = admin.json(&["progress", "show", SOMEBODY, &slug, "-n", "1000"]);
    assert_eq!(sets(&weeks), sets(&all));

    // Programs get the rows, people a chart as well.
    let rows = admin.done(&["progress", "show", SOMEBODY, &slug, "-n", "3"]);
    assert_eq!(rows.lines().count(), 3, "{rows}");
    assert!(rows.lines().all(|line| line.split('\t').count() == 8 && line.contains(" kg")), "{rows}");
    let (status, seen) = admin.at_terminal(&["progress", "show", SOMEBODY, &slug, "--metric", "topWeight"]).wait();
    assert!(status.success(), "{seen}");
    for expected in
        ["e1RM", &name, "(greatest weight)", "│", "└─", &format!("{sessions} points of {SOMEBODY}, by session")]
    {
        assert!(seen.contains(expected), "{expected} is missing: {seen}");
    }
    assert!(seen.chars().any(|c| ('⠁'..='⣿').contains(&c)), "{seen}");
    let (_, seen) = admin.at_terminal(&["progress", "show", SOMEBODY, &slug, "--metric", "distance"]).wait();
    assert!(seen.contains("No point has a value for distance"), "{seen}");
}

#[test]
fn what_is_not_there_is_named() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    admin.done(&["users", "create-user", "--name", "Jo", "--email", "jo@example.com", "--password", "correct horse"]);
    let failed = |arguments: &[&str], code, text| {
        assert_failed(&admin.run(&[&["progress", "show"], arguments].concat()), code, &[text]);
    };
    failed(&["nobody@example.com", "x"], 1, "nobody@example.com not found");
    failed(&["nobody", "x"], 2, "the address nobody");
    failed(&["jo@example.com", "No such exercise"], 1, "Exercise 'No such exercise' not found");
    failed(&["jo@example.com", "0192a000-0000-7000-8000-000000000001"], 1, "not found");
    failed(&["jo@example.com", "体重"], 1, "Exercise '体重' not found");
}
