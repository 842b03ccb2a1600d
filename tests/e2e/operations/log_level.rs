//! `irontrack server log-level`, and the listener that it asks.

use irontrack_tests::{
    harness::{App, Process, TestDatabase, until},
    http::Request,
};

use super::scrape::{ANY_PORT, ask, place};
use crate::cli::{assert_failed, json, run};

#[test]
fn the_level_changes_while_the_server_runs() {
    let app = App::start_with(&[ANY_PORT]);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let place = place(&app);
    let say = |more: &[&str]| run(&[&["server", "log-level", "--address", &place], more].concat(), folder.path(), &[]);
    assert_eq!(say(&[]).stdout.trim(), "info");

    app.send(&Request::new("GET", "/written"));
    app.process.wait_for_log("/written");
    assert_eq!(say(&["error"]).stdout.trim(), "error");
    app.send(&Request::new("GET", "/left-out"));
    assert_eq!(json(&say(&["info", "--json"]))["level"], "info");
    app.send(&Request::new("GET", "/written-again"));
    let log = app.process.wait_for_log("/written-again");
    assert!(!log.contains("/left-out"), "{log}");
    assert_eq!(ask(&app, "GET", "/log-level").text(), "info");

    assert_failed(&say(&["loud"]), 2, &["LEVEL", "debug, info, warning"]);
    assert_failed(&say(&["a b"]), 2, &["LEVEL"]);
    assert_eq!(say(&[]).stdout.trim(), "info", "a wrong level changes nothing");
}

#[test]
fn the_place_is_that_of_the_settings_and_may_be_a_socket() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let socket = folder.path().join("operations.sock");
    let setting = format!("unix:{}", socket.display());
    let app = App::start_with(&[("OPERATIONS_LISTEN", &setting)]);
    let exit = run(&["server", "log-level"], folder.path(), &[("OPERATIONS_LISTEN", &setting)]);
    assert_eq!(exit.stdout.trim(), "info", "{exit:?}");
    let path = socket.display().to_string();
    let exit = run(&["server", "log-level", "debug", "--uds", &path], folder.path(), &[]);
    assert_eq!(exit.stdout.trim(), "debug", "{exit:?}");
    app.process.signal("TERM");
    until(std::time::Duration::from_secs(30), "the socket to go", || !socket.exists());
}

#[test]
fn without_a_place_there_is_nothing_to_ask() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    assert_failed(&run(&["server", "log-level"], folder.path(), &[]), 2, &["OPERATIONS_LISTEN"]);
    let nobody = ["server", "log-level", "--address", "127.0.0.1:1"];
    assert_failed(&run(&nobody, folder.path(), &[]), 1, &["127.0.0.1:1"]);
    let app = App::start();
    assert!(app.process.printed().lines().any(|line| line.contains("Operations") && line.contains("off")));
    let public = app.address.trim_start_matches("http://").to_owned();
    let exit = run(&["server", "log-level", "--address", &public], folder.path(), &[]);
    assert_failed(&exit, 1, &["404", "OPERATIONS_LISTEN"]);
}

#[test]
fn a_place_that_is_none_or_in_use_stops_the_server() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    for (value, code) in [("9464", 2), ("localhost:9464", 2), ("unix:here", 2), (address.as_str(), 1)] {
        let mut environment = App::environment(&database);
        environment.insert("OPERATIONS_LISTEN".into(), value.into());
        let exit = Process::start(&["server", "run", "--port", "0"], folder.path(), &environment).wait();
        assert_eq!(exit.status.code(), Some(code), "{value}: {}", exit.stderr);
        assert!(exit.stderr.contains("OPERATIONS_LISTEN"), "{value}: {}", exit.stderr);
    }
}
