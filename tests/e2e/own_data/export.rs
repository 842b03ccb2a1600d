//! `GET /access/export`.

use std::collections::HashSet;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::Session,
    http::{Client, Request},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{furnish, member};
use crate::gym::{Gym, array, expect, fields, keys, refused, text, texts, unit, user};

const EXPORT: &str = "/access/export";

#[test]
fn an_export_holds_everything_as_it_is_read_otherwise() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let at = furnish(&mut gym, &owner, "mine");
    furnish(&mut gym, &other, "not mine");
    let given = gym.mint.training_unit(Some(user(&owner)), "shared");
    gym.mint.unit_access(given, user(&other), "write");
    let received = gym.mint.training_plan(Some(user(&other)), "public");
    gym.mint.plan_access(received, user(&owner), "read");
    let asleep = gym.mint.training_plan(Some(user(&other)), "private");
    gym.mint.plan_access(asleep, user(&owner), "write");

    let answer = gym.ask(&owner, "GET", EXPORT);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let export = expect(&answer, 200);
    assert_eq!(
        keys(&export),
        [
            "account",
            "exercises",
            "exportedAt",
            "format",
            "grants",
            "trainingPlans",
            "trainingSessions",
            "trainingUnits",
            "version"
        ]
    );
    assert_eq!((&export["format"], &export["version"]), (&json!("irontrack-export"), &json!(1)));
    assert_eq!(export["account"]["id"], json!(user(&owner)));
    assert_eq!(export["account"]["email"], json!(owner.email));
    for (list, path) in [("trainingUnits", "/training-units"), ("trainingPlans", "/training-plans")] {
        let ids = texts(&gym.items(&owner, &format!("{path}?orderBy=createdAt")), "id");
        let read: Vec<Value> = ids.iter().map(|id| gym.read(&owner, &format!("{path}/{id}"))).collect();
        assert!(!read.is_empty());
        assert_eq!(export[list], Value::Array(read), "{list}");
    }
    assert_eq!(export["exercises"], Value::Array(gym.items(&owner, "/exercises?scope=user")));
    assert_eq!(export["trainingSessions"], json!([gym.read(&owner, &at)]));
    let grants = array(&export["grants"]);
    let of = |grant: &Value| {
        let ids = [&grant["trainingUnitId"], &grant["trainingPlanId"]].map(text);
        (ids, text(&grant["grant"]["email"]), text(&grant["grant"]["accessLevel"]))
    };
    let null = || "null".to_owned();
    assert_eq!(
        grants.iter().map(of).collect::<Vec<_>>(),
        [
            ([given.to_string(), null()], other.email.clone(), "write".to_owned()),
            ([null(), received.to_string()], owner.email.clone(), "read".to_owned()),
        ],
        "not those that sleep"
    );
    assert_eq!(grants[0]["resourceName"], gym.read(&owner, &unit(given))["name"]);
    let written = answer.text();
    for secret in ["password", "$argon2", "token", "not mine"] {
        assert!(!written.contains(secret), "{secret}: {written}");
    }
    gym.close();
}

#[test]
fn an_empty_account_has_empty_lists() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let export = gym.read(&owner, EXPORT);
    for list in ["exercises", "trainingUnits", "trainingPlans", "grants", "trainingSessions"] {
        assert_eq!(export[list], json!([]), "{list}");
    }
    refused(&gym.ask(&Session::anonymous(), "GET", EXPORT), 401, "Not authenticated");
    gym.close();
}

/// Parts follow each other without a gap, and nothing comes twice.
#[test]
fn lists_longer_than_a_part_are_whole() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let (id, stranger) = (user(&owner), user(&other));
    for table in ["training_units", "training_plans"] {
        let level = if table == "training_plans" { ", difficulty_level" } else { "" };
        let value = if level.is_empty() { "" } else { ", 'beginner'" };
        let sql = format!(
            "INSERT INTO {table} (id, name, created_by, sharing_status{level}) \
             SELECT gen_random_uuid(), 'N' || n, $1, 'shared'{value} FROM generate_series(1, 230) AS n"
        );
        assert_eq!(gym.mint.execute(&sql, &[&id]), 230);
        let (grants, key) = (table.replace("units", "unit_access").replace("plans", "plan_access"), table);
        let key = key.trim_end_matches('s');
        let sql = format!("INSERT INTO {grants} ({key}_id, user_id) SELECT id, $1 FROM {table}");
        assert_eq!(gym.mint.execute(&sql, &[&stranger]), 230);
    }
    let exercise = gym.mint.exercise(Some(id));
    for _ in 0..120 {
        gym.mint.exercise(Some(id));
    }
    sessions(&mut gym, id, exercise, 175);
    for who in [&owner, &other] {
        let export = gym.read(who, EXPORT);
        let own = usize::from(who.user_id == owner.user_id);
        for (list, expected) in [
            ("trainingUnits", 230 * own),
            ("trainingPlans", 230 * own),
            ("exercises", 121 * own),
            ("trainingSessions", 175 * own),
        ] {
            let ids: Vec<String> = texts(&array(&export[list]), "id");
            assert_eq!(ids.iter().collect::<HashSet<_>>().len(), expected, "{list}");
            assert_eq!(ids.len(), expected, "nothing twice: {list}");
        }
        let grants = array(&export["grants"]);
        let distinct: HashSet<_> =
            grants.iter().map(|grant| (text(&grant["trainingUnitId"]), text(&grant["trainingPlanId"]))).collect();
        assert_eq!((grants.len(), distinct.len()), (460, 460));
    }
    let export = gym.read(&owner, EXPORT);
    let starts: Vec<Value> = fields(&export["trainingSessions"], "startTime");
    assert!(starts.is_sorted_by(|a, b| a.as_str() <= b.as_str()), "by start");
    gym.close();
}

/// So many sessions of three exercises with four sets each, several at the same start.
pub(super) fn sessions(gym: &mut Gym, owner: Uuid, exercise: Uuid, count: i32) {
    gym.mint.execute(
        "INSERT INTO training_histories (user_id, history_version) VALUES ($1, 1) ON CONFLICT DO NOTHING",
        &[&owner],
    );
    let sql = "INSERT INTO training_sessions (id, user_id, user_timezone, start_time, end_time, duration_seconds, \
               status) \
               SELECT gen_random_uuid(), $1, 'UTC', now() - (n / 3) * interval '1 day', \
               now() - (n / 3) * interval '1 day', 0, 'completed' FROM generate_series(1, $2) AS n";
    gym.mint.execute(sql, &[&owner, &count]);
    let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
               exercise_name_snapshot, mode_snapshot, order_index, notes) SELECT s.id, s.user_id, e.id, e.name, 'reps', \
               n, repeat('x', 2000) FROM training_sessions s, exercises e, generate_series(0, 2) AS n \
               WHERE s.user_id = $1 AND e.id = $2 \
               AND NOT EXISTS (SELECT 1 FROM training_session_exercises o WHERE o.training_session_id = s.id)";
    gym.mint.execute(sql, &[&owner, &exercise]);
    let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, reps_completed) \
               SELECT e.id, e.user_id, n, 60, 8 FROM training_session_exercises e, generate_series(0, 3) AS n \
               WHERE e.user_id = $1 \
               AND NOT EXISTS (SELECT 1 FROM training_session_sets o WHERE o.session_exercise_id = e.id)";
    gym.mint.execute(sql, &[&owner]);
}

/// 10 000 sessions are some 80 MiB of JSON; the server never holds them together.
#[test]
fn a_long_history_takes_no_more_memory_than_a_short_one() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(Some(user(&owner)));
    sessions(&mut gym, user(&owner), exercise, 300);
    let patient = Client::with_timeout(std::time::Duration::from_secs(120));
    let fetch = |gym: &Gym| {
        let request = owner.asks(Request::new("GET", "/api/v1/access/export"));
        let answer = patient.send(&gym.app.address, &request).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer.status, 200);
        answer.body.len()
    };
    fetch(&gym);
    sessions(&mut gym, user(&owner), exercise, 10_000 - 300);
    let (size, grown) = most_memory_while(&gym, || fetch(&gym));
    assert!(size > 60 * 1024 * 1024, "{size} bytes are too few to tell");
    assert!(grown < 20, "the server grew by {grown} MiB for an answer of {} MiB", size / 1024 / 1024);
    gym.close();
}

/// Does something, and answers by how many MiB the server was larger meanwhile than before.
pub(crate) fn most_memory_while<T>(gym: &Gym, action: impl FnOnce() -> T) -> (T, u64) {
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
    let process = &gym.app.process;
    let before = process.memory();
    let (most, is_done) = (AtomicU64::new(0), AtomicBool::new(false));
    let done = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Relaxed) {
                most.fetch_max(process.memory(), Relaxed);
                std::thread::yield_now();
            }
        });
        let done = action();
        is_done.store(true, Relaxed);
        done
    });
    (done, most.into_inner().saturating_sub(before) / 1024 / 1024)
}

/// Sessions as large as they may be come one by one.
#[test]
fn large_sessions_are_exported_as_well() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    for _ in 0..12 {
        let session = gym.mint.training_session(user(&owner));
        gym.mint.session_exercise(session, exercise);
    }
    let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
               exercise_name_snapshot, mode_snapshot, order_index) SELECT s.id, s.user_id, $1, 'X', 'reps', n \
               FROM training_sessions s, generate_series(1, 199) AS n";
    gym.mint.execute(sql, &[&exercise]);
    let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, reps_completed) \
               SELECT e.id, e.user_id, n, 8 FROM training_session_exercises e, generate_series(0, 19) AS n";
    assert_eq!(gym.mint.execute(sql, &[]), 12 * 200 * 20);
    let export = gym.read(&owner, EXPORT);
    let sessions = array(&export["trainingSessions"]);
    assert_eq!(sessions.len(), 12);
    for session in &sessions {
        let sets: usize = fields(&session["exercises"], "sets").iter().map(|sets| array(sets).len()).sum();
        assert_eq!(sets, 200 * 20);
    }
    gym.close();
}

#[test]
fn whoever_has_a_right_more_exports_no_more() {
    let mut gym = Gym::open();
    let superuser = member(&gym, Role::Superuser);
    let owner = gym.person();
    furnish(&mut gym, &owner, "not mine");
    let export = gym.read(&superuser, EXPORT);
    for list in ["exercises", "trainingUnits", "trainingPlans", "grants", "trainingSessions"] {
        assert_eq!(export[list], json!([]), "{list}");
    }
    gym.close();
}
