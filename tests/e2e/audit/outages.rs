//! The trail when the database is away or slow, and when the server stops.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_embedded::{Cluster, ClusterOptions, Durability};
use irontrack_tests::{
    harness::{App, Process, TestDatabase, password, sign_in, unique_email},
    http::Client,
};
use postgres::NoTls;

use super::start;

/// Nobody can write into the trail for a while. What is refused is refused as before, and recorded afterwards; what
/// changes something does not happen without its record.
#[test]
fn refusals_do_not_wait_for_the_trail_and_changes_do_not_happen_without_it() {
    let app = start(&[]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let mut locking = app.database.connect();
    let mut lock = locking.transaction().expect("a transaction");
    lock.batch_execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE").expect("the table can be locked");
    let refused = |count: usize| {
        for _ in 0..count {
            assert_eq!(app.send(&sign_in(&email, "Wrong_pass1!")).status, 401);
        }
    };
    refused(3);
    app.process.wait_for_log("audit events are not stored yet");
    refused(3);
    let answer = app.send(&sign_in(&email, password()));
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{}", answer.text());
    let sessions = app.database.connect().query_one("SELECT count(*) FROM user_session", &[]).expect("a count");
    assert_eq!(sessions.get::<_, i64>(0), 0, "somebody is signed in without a record of it");
    assert!(!app.process.log().contains("signed in"), "the log tells what did not happen");
    lock.rollback().expect("the lock ends");
    assert_eq!(app.database.wait_for_audit(&[], 6).len(), 6);
    assert_eq!(app.send(&sign_in(&email, password())).status, 204);
    let kinds: Vec<_> = app.database.audit_trail(&[]).into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [&["sign-in-failed"; 6][..], &["signed-in"]].concat());
}

#[test]
fn what_happens_while_the_database_is_down_is_recorded_when_it_is_back() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("its mode can be set");
    let mut options = ClusterOptions::new(folder.path().join("data"));
    options.durability = Durability::Throwaway;
    let cluster = Cluster::start(options.clone()).expect("a cluster");
    let url = cluster.url("postgres");
    // Its settings, but for the database.
    let database = TestDatabase::empty();
    let mut environment = App::environment(&database);
    for (name, value) in
        [("DATABASE_URL", url.as_str()), ("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_SIGN_IN_ADDRESS", "1")]
    {
        environment.insert(name.to_owned(), value.to_owned());
    }
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1", "--migrate"];
    let mut process = Process::start(&arguments, folder.path(), &environment);
    let address = process.wait_until_ready();
    let attempt = || {
        let answer = Client::new().send(&address, &sign_in("nobody@example.com", "Wrong_pass1!"));
        answer.expect("the server answers").status
    };
    assert_eq!(attempt(), 401);
    cluster.stop().expect("the cluster stops");
    assert_eq!(attempt(), 429);
    process.wait_for_log("audit events are not stored yet");

    let cluster = Cluster::start(options).expect("the cluster starts again");
    assert_eq!(cluster.url("postgres"), url, "it is where it was");
    let mut client = postgres::Client::connect(&url, NoTls).expect("there is a connection");
    let sql = "SELECT kind FROM audit_event ORDER BY id";
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let rows = client.query(sql, &[]).expect("the trail can be read");
        let kinds: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        if kinds == ["sign-in-failed", "rate-limit-reached"] {
            break;
        }
        assert!(Instant::now() < deadline, "expected both events, found {kinds:?}\n{}", process.log());
    }
}

/// Also when that takes a moment: the process does not end before.
#[test]
fn a_stop_stores_what_was_noted() {
    let app = start(&[]);
    let mut locking = app.database.connect();
    let mut lock = locking.transaction().expect("a transaction");
    lock.batch_execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE").expect("the table can be locked");
    for _ in 0..3 {
        assert_eq!(app.send(&sign_in(&unique_email(), "Wrong_pass1!")).status, 401);
    }
    app.process.signal("TERM");
    app.process.wait_for_log("stopping");
    let waiting = "SELECT count(*) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%audit_event%'";
    let mut database = app.database.connect();
    let deadline = Instant::now() + Duration::from_secs(20);
    while database.query_one(waiting, &[]).expect("a count").get::<_, i64>(0) == 0 {
        assert!(Instant::now() < deadline, "nobody stores what was noted:\n{}", app.process.log());
    }
    lock.rollback().expect("the lock ends");
    let log = app.process.wait_for_log("stopped");
    assert_eq!(app.database.audit_trail(&["sign-in-failed"]).len(), 3, "{log}");
}
