//! `irontrack progress show`.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{TestDatabase, bodies};
use serde_json::json;
use uuid::Uuid;

use super::{admin::Admin, assert_failed};
use crate::gym::Gym;

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

#[test]
fn days_are_those_of_the_session() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    // Already the next day in Berlin, where it was.
    let exercises = [bodies::session_exercise(exercise, "reps", &json!([bodies::set(100.0, 5)]))];
    let session = bodies::training_session(json!({"startTime": "2026-01-05T23:30:00Z", "exercises": exercises}));
    gym.create(&owner, "/training-sessions", &session);
    let admin = Admin::of(&gym.app.database);
    let id = exercise.to_string();
    for (bucket, start, date, listed) in [
        ("session", "2026-01-05T23:30:00Z", "2026-01-06", "2026-01-06 00:30"),
        ("day", "2026-01-06", "2026-01-06", "2026-01-06"),
        ("month", "2026-01-01", "2026-01-01", "2026-01-01"),
    ] {
        let command = ["progress", "show", &owner.email, &id, "--bucket", bucket];
        let point = &admin.json(&command)["points"][0];
        assert_eq!((&point["start"], &point["date"]), (&json!(start), &json!(date)), "{bucket}: {point}");
        let rows = admin.done(&command);
        assert_eq!(rows.split('\t').next(), Some(listed), "{bucket}: {rows}");
    }
    let (_, seen) = admin.at_terminal(&["progress", "show", &owner.email, &id]).wait();
    assert_eq!(seen.matches("2026-01-06").count(), 2, "the table and the chart: {seen}");
    assert!(!seen.contains("2026-01-05"), "{seen}");
    gym.close();
}

#[test]
fn what_the_account_may_see_or_has_trained_is_found() {
    let mut gym = Gym::open();
    let (owner, other) = (gym.person(), gym.person());
    let trainer = gym.mint.person(Role::FitnessTrainer);
    let [owner_id, other_id] = [&owner, &other].map(|who| who.user_id.expect("a person has an id"));
    let others = gym.mint.exercise(Some(other_id));
    let hidden = gym.mint.exercise(None);
    let own = gym.mint.exercise(Some(owner_id));
    for exercise in [hidden, own] {
        gym.mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&exercise]);
    }
    // The id, the name in other letters, and what would be the slug.
    let words = |id: Uuid| [id.to_string(), format!("EXERCISE {}", id.simple()), format!("exercise-{}", id.simple())];
    for exercise in [others, hidden, own] {
        for word in words(exercise) {
            let exit = Admin::of(&gym.app.database).run(&["progress", "show", &owner.email, &word]);
            assert_failed(&exit, 1, &[&format!("Exercise '{word}' not found")]);
        }
    }
    let readable = Admin::of(&gym.app.database).json(&["progress", "show", &trainer.email, &others.to_string()]);
    assert_eq!(readable["total"], 0, "trainers read everybody's exercises: {readable}");

    let session = gym.mint.training_session(owner_id);
    for exercise in [others, hidden, own] {
        let entry = gym.mint.session_exercise(session, exercise);
        gym.mint.session_set(entry);
    }
    for exercise in [others, hidden, own] {
        // Slugs are those of the system.
        for word in &words(exercise)[..if exercise == hidden { 3 } else { 2 }] {
            let answer = Admin::of(&gym.app.database).json(&["progress", "show", &owner.email, word]);
            assert_eq!(answer["total"], 1, "{word}: {answer}");
            assert_eq!(answer["exercise"], format!("exercise {}", exercise.simple()), "{word}: {answer}");
        }
    }
    let exit = Admin::of(&gym.app.database).run(&["progress", "show", &other.email, &hidden.to_string()]);
    assert_failed(&exit, 1, &["not found"]);

    // What was trained goes before an own exercise of that name that was not.
    let unused = gym.mint.exercise(Some(owner_id));
    let name = format!("exercise {}", others.simple());
    gym.mint.execute("UPDATE exercises SET name = $1 WHERE id = $2", &[&name, &unused]);
    let answer = Admin::of(&gym.app.database).json(&["progress", "show", &owner.email, &name]);
    assert_eq!(answer["total"], 1, "{answer}");
    gym.close();
}
