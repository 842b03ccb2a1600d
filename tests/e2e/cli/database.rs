//! `irontrack database`.

use std::{
    process::{Command, Stdio},
    time::Instant,
};

use irontrack_tests::harness::{App, TestDatabase, program};
use serde_json::json;

use super::{admin::Admin, assert_failed, run};

/// How many migrations there are.
fn migrations() -> usize {
    std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations")).expect("the folder is there").count()
}

fn tables(database: &TestDatabase) -> i64 {
    let sql = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    database.connect().query_one(sql, &[]).expect("a count").get(0)
}

#[test]
fn a_database_goes_up_and_down_and_says_where_it_is() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    let status = admin.json(&["database", "status"]);
    assert_eq!((&status["applied"], &status["pending"]), (&json!(0), &json!(migrations())));
    assert_failed(&admin.run(&["database", "check"]), 1, &["irontrack database upgrade"]);
    assert_eq!(tables(&database), 0, "looking changes nothing");

    let upgraded = admin.done(&["database", "upgrade", "--yes"]);
    assert!(upgraded.starts_with("Starting database upgrade process\n"), "{upgraded}");
    assert_eq!(upgraded.matches("was applied").count(), migrations(), "{upgraded}");
    assert_eq!(admin.done(&["database", "check"]), "The database is up to date");
    let again = admin.done(&["database", "upgrade"]);
    assert!(again.ends_with("The database is up to date"), "there is nothing to ask for: {again}");

    let schema = tables(&database);
    let back = admin.json(&["database", "downgrade", "2", "--yes"]);
    let back = back["taken_back"].as_array().expect("a list");
    assert_eq!(back.len(), 2, "{back:?}");
    let status = admin.json(&["database", "status"]);
    assert_eq!((&status["applied"], &status["pending"]), (&json!(migrations() - 2), &json!(2)));
    let rows = status["migrations"].as_array().expect("a list");
    let pending: Vec<_> = rows.iter().filter(|row| row["state"] == "pending").map(|row| &row["name"]).collect();
    assert_eq!(pending, [&back[1], &back[0]], "the last ones, the last one first");
    let text = admin.done(&["database", "status"]);
    assert_eq!(text.lines().filter(|line| line.ends_with("\tpending")).count(), 2, "{text}");

    // By name: up to the first of the two, and back to it again.
    let first = back[1].as_str().expect("a name");
    assert_eq!(admin.json(&["database", "upgrade", first, "--no-prompt"]), json!({"applied": [first]}));
    let all = admin.json(&["database", "upgrade", "--no-prompt"]);
    assert_eq!(all, json!({"applied": [back[0]]}));
    let (_, title) = first.split_once('_').expect("a title");
    assert_eq!(admin.json(&["database", "downgrade", title, "--yes"]), json!({"taken_back": [back[0]]}));
    admin.done(&["database", "downgrade", "base", "--yes"]);
    assert_eq!(tables(&database), 1, "the table of migrations");
    assert!(admin.done(&["database", "downgrade", "base"]).ends_with("There is nothing to take back"));
    admin.done(&["database", "upgrade", "--yes"]);
    assert_eq!(tables(&database), schema, "everything is there again");
}

#[test]
fn a_migration_that_gets_no_lock_gives_up_before_everybody_waits_behind_it() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    // The migration of imports refers to accounts, which somebody is changing without coming to an end.
    admin.done(&["database", "downgrade", "training_sessions", "--yes"]);
    let (before, missing) = (tables(&database), admin.json(&["database", "status"])["pending"].clone());
    for lock in ["ROW EXCLUSIVE", "ACCESS EXCLUSIVE"] {
        let mut somebody = database.connect();
        let holds = format!("BEGIN; LOCK TABLE user_account IN {lock} MODE");
        somebody.batch_execute(&holds).expect("the table can be locked");
        let start = Instant::now();
        let exit = admin.run(&["database", "upgrade", "--yes"]);
        assert_failed(&exit, 1, &["_imports waited 5s for a table", "try again", "pg_stat_activity"]);
        let waited = start.elapsed();
        assert!((5..30).contains(&waited.as_secs()), "gave up after {waited:?}");
        assert_eq!(tables(&database), before, "nothing of it was applied");
        assert_eq!(admin.json(&["database", "status"])["pending"], missing);
        // Nobody waits behind it any more: whoever gets on with the holder does not wait at all.
        let beside = "SET lock_timeout = 1000; BEGIN; LOCK TABLE user_account IN ROW EXCLUSIVE MODE; ROLLBACK";
        let beside = database.connect().batch_execute(beside);
        assert_eq!(beside.is_ok(), lock == "ROW EXCLUSIVE", "{lock}: {beside:?}");
        somebody.batch_execute("ROLLBACK").expect("the table can be released");
    }
    admin.done(&["database", "upgrade", "--yes"]);
    assert_eq!(admin.done(&["database", "check"]), "The database is up to date");
}

#[test]
fn a_server_that_is_to_migrate_and_gets_no_lock_does_not_start() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    admin.done(&["database", "upgrade", "accounts", "--yes"]);
    let mut somebody = database.connect();
    somebody.batch_execute("BEGIN; SELECT count(*) FROM user_account; LOCK TABLE user_account").expect("a lock");
    let environment = App::environment(&database);
    let environment: Vec<_> = environment.iter().map(|(name, value)| (&**name, &**value)).collect();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1", "--migrate"];
    let exit = run(&arguments, folder.path(), &environment);
    assert_failed(&exit, 1, &["the database was not migrated: the migration", "waited 5s for a table"]);
}

#[test]
fn without_a_terminal_nothing_is_changed_unasked() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    assert_failed(&admin.run(&["database", "upgrade"]), 2, &["--yes"]);
    assert_eq!(tables(&database), 0);
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let before = database.contents();
    let exit = admin.run(&["database", "downgrade"]);
    assert_failed(&exit, 2, &["--yes"]);
    assert!(exit.stdout.contains("data"), "the warning comes first: {}", exit.stdout);
    database.assert_unchanged(&before, "a downgrade that nobody confirmed");
}

#[test]
fn a_person_is_asked() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    let question = "Are you sure you want migrate the database to the `head` revision? [y/n]: ";
    for (answers, expected) in [(&["n"][..], 0), (&["maybe", "n"], 0), (&["y"], migrations())] {
        let mut terminal = admin.at_terminal(&["database", "upgrade"]);
        for answer in answers {
            terminal.answer(question, answer);
        }
        let (status, seen) = terminal.wait();
        assert_eq!(status.code(), Some(0), "{answers:?}: {seen}");
        assert_eq!(seen.contains("Nothing was changed"), expected == 0, "{seen}");
        assert_eq!(admin.json(&["database", "status"])["applied"], json!(expected), "{answers:?}");
    }
    let mut terminal = admin.at_terminal(&["database", "downgrade"]);
    terminal.answer("Are you sure you want to lose this data? [y/n]: ", "n");
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(0), "{seen}");
    assert!(seen.contains("Make a backup first"), "{seen}");
    assert_eq!(admin.json(&["database", "status"])["pending"], json!(0));
}

#[test]
fn wrong_targets_change_nothing() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let before = database.contents();
    for (command, code, said) in [
        (["upgrade", "nothing"], 2, "no migration nothing"),
        (["downgrade", "nothing"], 2, "no migration nothing"),
        (["downgrade", "99"], 1, "only"),
    ] {
        let exit = admin.run(&["database", command[0], command[1], "--yes"]);
        assert_failed(&exit, code, &[said]);
    }
    database.assert_unchanged(&before, "wrong targets");
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let sql = "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000001')";
    database.connect().execute(sql, &[]).expect("a newer program can be pretended");
    let before = database.contents();
    for command in [
        &["database", "check"][..],
        &["database", "upgrade", "--yes"],
        &["database", "downgrade", "--yes"],
        &["users", "create-roles"],
        &["catalog", "seed"],
    ] {
        assert_failed(&admin.run(command), 1, &["29990101000001", "newer"]);
    }
    let status = admin.json(&["database", "status"]);
    assert_eq!((&status["unknown"], &status["pending"]), (&json!(1), &json!(0)));
    database.assert_unchanged(&before, "commands on a newer database");
}

#[test]
fn the_direct_address_is_used_where_there_is_one() {
    let database = TestDatabase::empty();
    let dead = "postgresql://jo@127.0.0.1:1/x";
    let around = Admin::with(&[("DATABASE_URL", dead), ("DATABASE_DIRECT_URL", &database.url)]);
    around.done(&["database", "upgrade", "--yes"]);
    around.done(&["database", "check"]);
    around.done(&["users", "create-roles"]);
    let wrong = Admin::with(&[("DATABASE_URL", &database.url), ("DATABASE_DIRECT_URL", dead)]);
    assert_failed(&wrong.run(&["database", "check"]), 1, &["127.0.0.1:1"]);
}

#[test]
fn a_reader_that_goes_away_does_not_stop_the_work() {
    let database = TestDatabase::empty();
    for arguments in [
        &["database", "upgrade", "--yes"][..],
        &["database", "status"],
        &["users", "create-roles"],
        &["catalog", "seed"],
        &["catalog", "export"],
        &["users", "list", "--json"],
    ] {
        let (reader, writer) = std::io::pipe().expect("there is a pipe");
        drop(reader);
        let mut command = Command::new(program());
        command.args(arguments).env("DATABASE_URL", &database.url).current_dir(std::env::temp_dir());
        let output = command.stdin(Stdio::null()).stdout(writer).output().expect("the program runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{arguments:?}");
    }
    let seeded = "SELECT count(*) FROM exercises";
    assert!(database.connect().query_one(seeded, &[]).expect("a count").get::<_, i64>(0) > 0);
}
