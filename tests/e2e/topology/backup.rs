//! `deploy/backup.sh` and `deploy/restore.sh`: all rows come back.

use std::{
    path::Path,
    process::{Command, Output},
    sync::Arc,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, TestDatabase, bodies, password, unique_email},
    http::Request,
};

/// Runs one of the scripts on a database.
fn run(script: &str, arguments: &[&str], database: &TestDatabase) -> Output {
    let binaries = irontrack_embedded::find_binaries(None).expect("there is a PostgreSQL");
    let path = std::env::var_os("PATH").unwrap_or_default();
    Command::new("bash")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(script))
        .args(arguments)
        .env("DATABASE_URL", &database.url)
        .env("PATH", format!("{}:{}", binaries.folder.display(), path.to_string_lossy()))
        .output()
        .expect("there is a shell")
}

fn assert_success(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What the tables are like, besides their rows.
fn structure(database: &TestDatabase) -> Vec<String> {
    let sql = "SELECT format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint \
               WHERE connamespace = 'public'::regnamespace \
               UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
               UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
               UNION ALL SELECT format('%s %s %s', sequencename, last_value, increment_by) FROM pg_sequences \
               ORDER BY 1";
    database.connect().query(sql, &[]).expect("a list").iter().map(|row| row.get(0)).collect()
}

#[test]
fn a_backup_brings_every_row_back() {
    let app = App::start();
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let person = app.sign_in(&email, password());
    let made =
        app.send_as(&person, Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise("Kept ü '\\")));
    assert_eq!(made.status, 201, "{}", made.text());
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("irontrack.dump");
    let file = file.to_str().expect("a path");
    // While the server runs, with its connections open.
    assert_success(&run("backup.sh", &[file], &app.database));
    app.process.signal("TERM");
    app.process.wait_for_log("stopped");
    let (contents, structure_before) = (app.database.contents(), structure(&app.database));

    let empty = Arc::new(TestDatabase::empty());
    assert_success(&run("restore.sh", &[file], &empty));
    assert_eq!(empty.contents(), contents);
    assert_eq!(structure(&empty), structure_before);
    empty.assert_invariants(true);

    // Into a database that has other things in it: refused, then replaced.
    let other = TestDatabase::ready();
    let before = other.contents();
    let refused = run("restore.sh", &[file], &other);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--replace"), "{refused:?}");
    assert_eq!(other.contents(), before);
    assert_success(&run("restore.sh", &[file, "--replace"], &other));
    assert_eq!(other.contents(), contents);
    assert_eq!(structure(&other), structure_before);

    // And it can be worked with.
    let restored = App::start_on(empty, &[]);
    assert_eq!(restored.get(&person, "/api/v1/access/me").status, 200, "who was signed in still is");
    let again = restored.sign_in(&email, password());
    let list = restored.get(&again, "/api/v1/exercises?scope=user");
    assert!(list.text().contains("Kept ü '\\\\"), "{}", list.text());
}

#[test]
fn a_file_that_is_cut_off_changes_nothing() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("irontrack.dump");
    assert_success(&run("backup.sh", &[file.to_str().expect("a path")], &database));
    let bytes = std::fs::read(&file).expect("it was written");
    std::fs::write(&file, &bytes[..bytes.len() / 2]).expect("it can be cut off");
    let before = database.contents();
    let output = run("restore.sh", &[file.to_str().expect("a path"), "--replace"], &database);
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(database.contents(), before);
}
