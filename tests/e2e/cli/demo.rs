//! `irontrack demo seed`.

use std::{sync::Arc, time::Duration};

use irontrack_domain::account::Role;
use irontrack_tests::harness::{App, Process, TestDatabase, body, until};
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed, owned};

const ADDRESS: &str = "boss@example.com";
const SMALL: [&str; 8] = ["demo", "seed", "--users", "5", "--sessions", "30", "--until", "2026-10-31"];

fn number(database: &TestDatabase, sql: &str) -> i64 {
    database.connect().query_one(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error:?}")).get(0)
}

/// All that was made up, but what is new every time: the password, and when it was made up.
fn made_up(database: &TestDatabase) -> Vec<String> {
    let sql = "SELECT row(a.id, a.name, a.email, a.created_at)::text FROM user_account a UNION ALL \
               SELECT t::text FROM training_sessions t UNION ALL SELECT e::text FROM training_session_exercises e \
               UNION ALL SELECT s::text FROM training_session_sets s ORDER BY 1";
    let rows = database.connect().query(sql, &[]).expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}

fn added(answer: &Value) -> [i64; 2] {
    ["accounts_added", "sessions_added"].map(|name| answer[name].as_i64().unwrap_or(-1))
}

#[test]
fn people_have_trained_and_can_sign_in() {
    let database = Arc::new(TestDatabase::ready());
    let admin = Admin::of(&database);
    let answer = admin.json(&SMALL);
    assert_eq!(added(&answer), [5, 150], "{answer}");
    for (name, table) in [
        ("sessions_added", "training_sessions"),
        ("exercises_added", "training_session_exercises"),
        ("sets_added", "training_session_sets"),
    ] {
        assert_eq!(answer[name].as_i64(), Some(number(&database, &format!("SELECT count(*) FROM {table}"))), "{name}");
    }
    assert!((1_500..=4_500).contains(&answer["sets_added"].as_i64().unwrap_or_default()), "{answer}");
    database.assert_invariants(true);
    for (what, sql) in [
        (
            "sessions that are planned, without any plan",
            "SELECT count(*) FROM training_sessions WHERE training_unit_id IS NOT NULL",
        ),
        (
            "sessions after the last day",
            "SELECT count(*) FROM training_sessions WHERE start_time > '2026-11-01T12:00Z'",
        ),
        (
            "weights that cannot be put together",
            "SELECT count(*) FROM training_session_sets WHERE mod(weight, 1.25) <> 0",
        ),
        (
            "people without an event",
            "SELECT count(*) FROM user_account WHERE id NOT IN (SELECT subject_id FROM audit_event)",
        ),
        (
            "tables that were not counted",
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'training_session%' AND relkind = 'r' AND reltuples <= 0",
        ),
    ] {
        assert_eq!(number(&database, sql), 0, "{what}");
    }

    // What comes later gets ids of its own.
    let app = App::start_on(database.clone(), &[]);
    let password = answer["password"].as_str().expect("the password that was made up");
    let somebody = app.sign_in("demo-000003@demo.example", password);
    let list = body(&app.get(&somebody, "/api/v1/training-sessions?pageSize=100"));
    assert_eq!(list["total"], json!(30), "{list}");
    let mut mint = app.mint();
    let owner: uuid::Uuid =
        mint.database.query_one("SELECT min(id::text)::uuid FROM user_account", &[]).expect("a row").get(0);
    let session = mint.training_session(owner);
    let squat = "SELECT id FROM exercises WHERE slug = 'barbell-back-squat'";
    let squat: uuid::Uuid = mint.database.query_one(squat, &[]).expect("the catalogue").get(0);
    let exercise = mint.session_exercise(session, squat);
    mint.session_set(exercise);
    database.assert_invariants(true);
}

#[test]
fn who_has_programmes_trains_after_them() {
    let database = TestDatabase::ready();
    let admin = Admin::with(&[("DATABASE_URL", &database.url), ("ADMIN_EMAIL", ADDRESS)]);
    admin.done(&["users", "create-system-admin", "--password", "Passw0rd!"]);
    admin.done(&["catalog", "seed", "--with-programmes"]);
    let answer = admin.json(&["demo", "seed", "--users", "20", "--sessions", "10"]);
    assert_eq!(added(&answer), [20, 200], "an administrator is nobody else: {answer}");
    let planned = number(&database, "SELECT count(*) FROM training_sessions WHERE training_plan_id IS NOT NULL");
    assert!(planned > 40 && planned < 200, "{planned} of 200 are planned");
    let broken = "SELECT count(*) FROM training_session_exercises e JOIN training_unit_exercises u \
                  ON u.id = e.planned_unit_exercise_id WHERE (u.exercise_name_snapshot, u.mode, u.order_index, u.sets, \
                  u.target_weight, u.reps_min, u.reps_max, u.target_time_seconds, u.target_distance_km, u.rest_seconds) \
                  IS DISTINCT FROM (e.exercise_name_snapshot, e.mode_snapshot, e.order_index_snapshot, e.sets_snapshot, \
                  e.target_weight_snapshot, e.reps_min_snapshot, e.reps_max_snapshot, e.target_time_seconds_snapshot, \
                  e.target_distance_km_snapshot, e.rest_seconds_snapshot)";
    assert_eq!(number(&database, broken), 0, "snapshots are those of the entries");
    database.assert_invariants(true);
}

#[test]
fn the_same_seed_makes_the_same_data() {
    let seeded = |more: &[&str]| {
        let database = TestDatabase::ready();
        Admin::of(&database).done(&[&SMALL, more].concat());
        made_up(&database)
    };
    let first = seeded(&[]);
    assert!(first == seeded(&["--random-seed", "1"]), "expected the same data twice");
    assert!(first != seeded(&["--random-seed", "2"]), "expected other data of another seed");
}

#[test]
fn what_is_there_stays_and_what_is_missing_is_added() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let first = admin.json(&SMALL);
    let before = database.contents();
    let again = admin.json(&SMALL);
    assert_eq!((added(&again), &again["accounts_unchanged"]), ([0, 0], &json!(5)), "{again}");
    assert_eq!(again["password"], Value::Null, "nobody got another one: {again}");
    database.assert_unchanged(&before, "data that was there");

    database.connect().batch_execute(
        "DELETE FROM training_sessions WHERE user_id IN (SELECT id FROM user_account WHERE email LIKE 'demo-000002%'); \
         DELETE FROM user_account WHERE email LIKE 'demo-000002%'",
    ).expect("somebody can leave");
    let more = admin.json(&["demo", "seed", "--users", "8", "--sessions", "3", "--random-seed", "9"]);
    assert_eq!((added(&more), &more["accounts_unchanged"]), ([4, 12], &json!(4)), "{more}");
    assert_eq!(number(&database, "SELECT count(DISTINCT password) FROM user_account"), 1, "one password for all");
    assert!(first["password"].is_string() && more["password"].is_null());
    database.assert_invariants(true);
}

#[test]
fn nobody_is_there_with_half_of_their_data() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let seed = ["demo", "seed", "--users", "400", "--sessions", "20"];
    let process = Process::start(&seed, admin.folder.path(), &owned(&admin.environment));
    let count = "SELECT count(*) FROM user_account";
    until(Duration::from_secs(60), "the first accounts", || number(&database, count) > 0);
    process.signal("KILL");
    let _killed = process.wait();
    let halves = "SELECT count(*) FROM user_account a WHERE 20 <> \
                  (SELECT count(*) FROM training_sessions t WHERE t.user_id = a.id)";
    assert_eq!(number(&database, halves), 0, "accounts without all of their sessions");
    let answer = admin.json(&seed);
    assert_eq!(number(&database, count), 400, "{answer}");
    assert_eq!(number(&database, halves), 0, "accounts without all of their sessions");
    database.assert_invariants(true);
}

#[test]
fn it_is_not_for_installations_of_others() {
    let app = App::start();
    let admin = Admin::with(&[("DATABASE_URL", &app.database.url), ("ADMIN_EMAIL", ADDRESS)]);
    app.insert_account("jo@example.org", Role::ApplicationAccess, true);
    let before = app.database.contents();
    assert_failed(&admin.run(&SMALL), 1, &["other people have accounts here (1)", "--among-others"]);
    app.database.assert_unchanged(&before, "a refusal");
    let answer = admin.json(&[&SMALL[..], &["--among-others"]].concat());
    assert_eq!(added(&answer), [5, 150]);
    assert_eq!(admin.json(&[&SMALL[..], &["--among-others"]].concat())["accounts_unchanged"], json!(5));
    app.database.assert_invariants(true);
}

#[test]
fn what_is_needed_is_said() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    for (option, value) in [("--until", "2999-01-01"), ("--password", "short")] {
        assert_failed(&admin.run(&["demo", "seed", "--users", "1", "--sessions", "1", option, value]), 2, &[option]);
    }
    database.connect().batch_execute("DELETE FROM exercises").expect("exercises can be removed");
    assert_failed(&admin.run(&SMALL), 1, &["irontrack catalog seed"]);
    admin.done(&["catalog", "seed"]);
    database.connect().batch_execute("DELETE FROM role").expect("roles can be removed");
    assert_failed(&admin.run(&SMALL), 1, &["irontrack users create-roles"]);
    assert_eq!(number(&database, "SELECT count(*) FROM training_sessions"), 0);
}

#[test]
fn terminals_see_it_move_and_programs_get_lines() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let printed = admin.done(&[&SMALL[..], &["--password", "correct horse"]].concat());
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[..3], ["Adding demo accounts", "accounts added\t5", "accounts unchanged\t0"], "{printed}");
    assert_eq!(lines.len(), 6, "a password that was given is not repeated: {printed}");
    let seed = ["demo", "seed", "--users", "6", "--sessions", "5", "--password-stdin"];
    let exit = admin.run_with_input(&seed, b"battery staple\n");
    assert_eq!((exit.status.code(), &*exit.stderr), (Some(0), ""), "{exit:?}");
    let (status, seen) = admin.at_terminal(&["demo", "seed", "--users", "9", "--sessions", "5"]).wait();
    assert_eq!(status.code(), Some(0), "{seen}");
    assert!(seen.contains("Adding accounts") && seen.contains("3 accounts in "), "{seen}");
    let app = App::start_on(Arc::new(database), &[]);
    for (address, password) in [("000001", "correct horse"), ("000006", "battery staple"), ("000009", "correct horse")]
    {
        let _signed_in = app.sign_in(&format!("demo-{address}@demo.example"), password);
    }
}
