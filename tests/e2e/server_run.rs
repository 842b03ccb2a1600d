//! `irontrack server run`.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    thread::ScopedJoinHandle,
    time::Duration,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Exit, Process, TestDatabase, password, sign_in, unique_email},
    http::Request,
};

use crate::server_dev::assert_one_line;

fn run(arguments: &[&str], environment: &BTreeMap<String, String>) -> Exit {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = [&["server", "run", "--address", "127.0.0.1", "--port", "0"], arguments].concat();
    Process::start(&arguments, folder.path(), environment).wait()
}

#[test]
fn missing_settings_are_errors() {
    let database = TestDatabase::empty();
    let complete = App::environment(&database);
    for (name, shown) in [("DATABASE_URL", "DATABASE_URL"), ("JWT_PRIVATE_KEY", "JWT_PRIVATE_KEY")] {
        let mut environment = complete.clone();
        environment.remove(name);
        let exit = run(&[], &environment);
        assert_eq!(exit.status.code(), Some(2), "{name}: {}", exit.stderr);
        assert_one_line(&exit.stderr, shown);
    }
}

#[test]
fn pending_migrations_are_refused_unless_asked_for() {
    let database = TestDatabase::empty();
    let exit = run(&[], &App::environment(&database));
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "--migrate");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    let count: i64 = database.connect().query_one(tables, &[]).expect("a count").get(0);
    assert_eq!(count, 0, "nothing was made");
}

#[test]
fn an_unreachable_database_is_one_line() {
    let database = TestDatabase::empty();
    let mut environment = App::environment(&database);
    environment.insert("DATABASE_URL".into(), "postgresql://jo:geheim@127.0.0.1:1/x".into());
    let exit = run(&[], &environment);
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "database");
    assert!(!exit.stderr.contains("geheim"), "the password is not shown: {}", exit.stderr);
}

#[test]
fn a_port_in_use_is_one_line() {
    let database = TestDatabase::ready();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for command in [["server", "run", "--address"], ["server", "dev", "--host"]] {
        let arguments = [&command[..], &["127.0.0.1", "--port", &port]].concat();
        let exit = Process::start(&arguments, folder.path(), &App::environment(&database)).wait();
        assert_eq!(exit.status.code(), Some(1), "{command:?}: {}", exit.stderr);
        assert_one_line(&exit.stderr, &port);
    }
}

#[test]
fn a_server_that_cannot_listen_does_not_migrate() {
    let database = TestDatabase::empty();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", &port, "--migrate"];
    let exit = Process::start(&arguments, folder.path(), &App::environment(&database)).wait();
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    let count: i64 = database.connect().query_one(tables, &[]).expect("a count").get(0);
    assert_eq!(count, 0, "nothing was made");
}

#[test]
fn a_unix_socket_has_its_mode_and_replaces_a_stale_one() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let socket = folder.path().join("app.sock");
    let path = socket.to_str().expect("a path");
    for (mode, expected) in [(None, 0o660), (Some("600"), 0o600)] {
        let mut arguments = vec!["server", "run", "--workers", "1", "--uds", path];
        arguments.extend(mode.into_iter().flat_map(|mode| ["--uds-mode", mode]));
        let mut process = Process::start(&arguments, folder.path(), &App::environment(&database));
        process.wait_for_line("Starting server");
        let found = std::fs::metadata(&socket).expect("the socket is there").permissions().mode() & 0o777;
        assert_eq!(found, expected);
        let mut stream = UnixStream::connect(&socket).expect("it accepts");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time-out");
        stream.write_all(b"GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("OK"), "{answer}");
        // Killed, so that a stale socket file stays behind.
    }
}

#[test]
fn a_stop_cuts_off_nobody_who_has_found_the_socket() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let socket = folder.path().join("app.sock");
    let path = socket.to_str().expect("a path");
    let arguments = ["server", "run", "--workers", "1", "--uds", path];
    let mut process = Process::start(&arguments, folder.path(), &App::environment(&database));
    process.wait_for_line("Starting server");
    // One request after the other, each on a new connection, as long as there is a socket to connect to.
    let ask = || {
        let mut answered = 0;
        loop {
            let mut stream = match UnixStream::connect(&socket) {
                Ok(stream) => stream,
                Err(error) if error.kind() == ErrorKind::NotFound => return answered,
                Err(error) => panic!("after {answered} answers: {error}"),
            };
            stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time-out");
            stream.write_all(b"GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("a request");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            assert!(answer.starts_with("HTTP/1.1 200"), "after {answered} answers: {answer}");
            answered += 1;
        }
    };
    // Connected before the end, and heard of only after the socket is gone.
    let mut early = UnixStream::connect(&socket).expect("it accepts");
    let answered: Vec<usize> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        process.signal("TERM");
        clients.into_iter().map(|client| client.join().expect("nobody is cut off")).collect()
    });
    assert!(answered.iter().all(|answered| *answered > 0), "{answered:?}");
    early.write_all(b"GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    early.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    process.wait_for_log("stopped");
    assert!(!socket.exists());
}

#[test]
fn a_stop_lets_running_requests_finish() {
    let app = App::start();
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let mut holding = app.database.connect();
    let mut held = holding.transaction().expect("a transaction");
    held.execute("SELECT FROM user_account WHERE id = $1 FOR UPDATE", &[&id]).expect("a lock");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let requests: Vec<_> = (0..2).map(|_| scope.spawn(|| app.send(&sign_in(&email, password())).status)).collect();
        // They are running for certain when they wait for the account.
        let waiting =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut database = app.database.connect();
        while database.query_one(waiting, &[]).expect("a count").get::<_, i64>(0) < 2 {
            assert!(!requests.iter().any(ScopedJoinHandle::is_finished), "a sign-in did not wait for the account");
        }
        app.process.signal("TERM");
        app.process.wait_for_log("stopping");
        held.rollback().expect("the lock is given back");
        requests.into_iter().map(|request| request.join().expect("an answer")).collect()
    });
    assert_eq!(statuses, [204; 2]);
    app.process.wait_for_log("stopped");
}

#[test]
fn usage_errors_exit_with_2() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for arguments in
        [&["serve"][..], &[], &["server"], &["server", "run", "--port", "x"], &["server", "dev", "--workers", "0"]]
    {
        let exit = Process::start(arguments, folder.path(), &BTreeMap::new()).wait();
        assert_eq!(exit.status.code(), Some(2), "{arguments:?}: {}", exit.stderr);
        assert!(exit.stderr.contains("Usage") || exit.stderr.contains("error:"), "{arguments:?}: {}", exit.stderr);
    }
    let version = Process::start(&["--version"], folder.path(), &BTreeMap::new()).wait();
    assert!(version.status.success() && version.stdout.starts_with("irontrack "), "{version:?}");
}

#[test]
fn a_valid_request_line_is_answered_with_the_configured_state() {
    let app = App::start();
    let health = app.send(&Request::new("GET", "/health"));
    assert_eq!(
        health.text(),
        format!(
            r#"{{"database_status":"online","cache_status":"online","app":"IronTrack","version":"{}"}}"#,
            env!("CARGO_PKG_VERSION")
        )
    );
}
