//! `irontrack server dev` with nothing configured.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::{Duration, Instant},
};

use irontrack_tests::{
    harness::{Process, Session, TestDatabase, body, password, sign_in, unique_email},
    http::{Client, Request, Response},
};
use serde_json::json;
use tempfile::TempDir;

const ARGUMENTS: [&str; 6] = ["server", "dev", "--port", "0", "--workers", "1"];

/// A folder that the user of a private PostgreSQL can enter, too.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("its mode can be set");
    folder
}

fn start(folder: &Path) -> (Process, String) {
    let mut process = Process::start(&ARGUMENTS, folder, &BTreeMap::new());
    let address = process.wait_until_ready();
    (process, address)
}

fn send(address: &str, request: &Request) -> Response {
    Client::new().send(address, request).expect("the server answers")
}

fn stop(process: Process) {
    process.signal("TERM");
    let exit = process.wait();
    assert!(exit.status.success(), "expected a clean end: {:?}\n{}", exit.status, exit.stderr);
}

/// Whether a PostgreSQL runs on the data folder.
fn postgres_runs(folder: &Path) -> bool {
    let Ok(pid_file) = fs::read_to_string(folder.join(".irontrack/postgres/postmaster.pid")) else { return false };
    let pid = pid_file.lines().next().unwrap_or_default().trim().to_owned();
    Path::new("/proc").join(pid).exists()
}

#[test]
fn the_main_job_runs_survives_a_kill_and_keeps_its_data() {
    let folder = folder();
    let (process, address) = start(folder.path());
    let table = process.printed();
    for row in ["IronTrack Startup", "Swagger UI", "Database", "Cache", "Administrator"] {
        assert!(table.contains(row), "expected {row} in\n{table}");
    }
    let credentials = folder.path().join(".irontrack/administrator.txt");
    let key = folder.path().join(".irontrack/signing-key.json");
    for file in [&credentials, &key] {
        let mode = fs::metadata(file).expect("the file is there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
    let admin_password = fs::read_to_string(&credentials).expect("the credentials can be read").trim().to_owned();
    assert!(table.contains(&admin_password), "the credentials are printed the first time:\n{table}");
    let admin = send(&address, &sign_in("system.admin@example.com", &admin_password));
    assert_eq!(admin.status, 204, "{}", admin.text());

    let email = unique_email();
    let form = json!({"email": email, "password": password(), "confirmPassword": password()});
    assert_eq!(send(&address, &Request::new("POST", "/api/v1/access/signup").json(&form)).status, 201);
    let session = Session::of(&send(&address, &sign_in(&email, password())));
    let token = session.access.expect("a token");
    let me = Request::new("GET", "/api/v1/access/me").cookie("access_token", &token);
    assert_eq!(send(&address, &me).status, 200);

    // Killed without warning: the database goes down with the server, and a new start finds everything.
    process.signal("KILL");
    drop(process);
    let (process, address) = start(folder.path());
    assert!(!process.printed().contains(&admin_password), "the credentials are printed once:\n{}", process.printed());
    assert_eq!(send(&address, &me).status, 200, "session and key were kept");
    assert_eq!(send(&address, &sign_in("system.admin@example.com", &admin_password)).status, 204);
    let list = Request::new("GET", "/api/v1/exercises").cookie("access_token", &token);
    assert!(body(&send(&address, &list))["total"].as_i64() >= Some(60));

    assert!(postgres_runs(folder.path()));
    stop(process);
    assert!(!postgres_runs(folder.path()), "the private PostgreSQL stops with the server");
}

#[test]
fn a_private_postgresql_goes_down_with_a_killed_server() {
    let folder = folder();
    let (process, _) = start(folder.path());
    assert!(postgres_runs(folder.path()));
    process.signal("KILL");
    drop(process);
    let deadline = Instant::now() + Duration::from_secs(20);
    while postgres_runs(folder.path()) {
        assert!(Instant::now() < deadline, "PostgreSQL still runs");
    }
}

#[test]
fn a_data_folder_has_one_server() {
    let folder = folder();
    let (_process, _) = start(folder.path());
    let exit = Process::start(&ARGUMENTS, folder.path(), &BTreeMap::new()).wait();
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    assert_one_line(&exit.stderr, ".irontrack");
}

#[test]
fn a_data_folder_of_another_version_is_refused() {
    let folder = folder();
    let cluster = folder.path().join("data/postgres");
    fs::create_dir_all(&cluster).expect("a folder");
    fs::write(cluster.join("PG_VERSION"), "9\n").expect("a file");
    let arguments = ["server", "dev", "--port", "0", "--data-dir", "data"];
    let exit = Process::start(&arguments, folder.path(), &BTreeMap::new()).wait();
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "9");
}

#[test]
fn a_configured_database_gets_no_administrator_unless_asked() {
    let database = TestDatabase::empty();
    let folder = folder();
    let environment = BTreeMap::from([("DATABASE_URL".to_owned(), database.url.clone())]);
    let count = |sql: &str| database.connect().query_one(sql, &[]).expect("a count").get::<_, i64>(0);

    let mut process = Process::start(&ARGUMENTS, folder.path(), &environment);
    process.wait_until_ready();
    stop(process);
    assert_eq!(count("SELECT count(*) FROM role"), 3);
    assert_eq!(count("SELECT count(*) FROM user_account"), 0);
    assert_eq!(count("SELECT count(*) FROM exercises"), 0);

    let arguments = [&ARGUMENTS[..], &["--bootstrap"]].concat();
    let mut process = Process::start(&arguments, folder.path(), &environment);
    process.wait_until_ready();
    stop(process);
    assert_eq!(count("SELECT count(*) FROM user_account WHERE is_superuser"), 1);
    assert!(count("SELECT count(*) FROM exercises WHERE is_system_default") >= 60);

    // What an administrator changed stays.
    database
        .connect()
        .execute("UPDATE exercises SET instructions = 'Mine.' WHERE slug = 'plank'", &[])
        .expect("a change");
    let mut process = Process::start(&arguments, folder.path(), &environment);
    process.wait_until_ready();
    stop(process);
    assert_eq!(count("SELECT count(*) FROM exercises WHERE instructions = 'Mine.'"), 1);
}

#[test]
fn a_failed_start_leaves_nothing_behind() {
    let folder = folder();
    for (name, value) in [("DATABASE_URL", "postgresql://jo@127.0.0.1:1/x"), ("JWT_PRIVATE_KEY", "x")] {
        let environment = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let exit = Process::start(&ARGUMENTS, folder.path(), &environment).wait();
        assert!(!exit.status.success(), "{name}: {}", exit.stderr);
        let left = fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 0, "{name}: something was left in the folder");
    }
}

/// One clear line, not a panic and not a page.
pub(crate) fn assert_one_line(stderr: &str, contains: &str) {
    let lines: Vec<_> = stderr.lines().filter(|line| line.starts_with("irontrack: ")).collect();
    assert_eq!(lines.len(), 1, "expected one line that starts with 'irontrack: ':\n{stderr}");
    assert!(lines[0].contains(contains), "expected '{contains}' in: {stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}
