//! `irontrack healthcheck`.

use std::{
    net::TcpListener,
    os::unix::net::UnixListener,
    time::{Duration, Instant},
};

use irontrack_tests::harness::{App, Exit, Process, TestDatabase};
use serde_json::json;

use super::{assert_failed, json, parse, run, run_at_terminal};

fn port(app: &App) -> String {
    app.address.rsplit_once(':').expect("a port").1.to_owned()
}

#[test]
fn a_healthy_server_is_0_and_one_without_its_database_is_1() {
    let app = App::start();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let port = port(&app);
    let ask = |more: &[&str]| run(&[&["healthcheck", "--port", &port], more].concat(), folder.path(), &[]);
    let answer = json(&ask(&["--json"]));
    assert_eq!((&answer["healthy"], &answer["status"]), (&json!(true), &json!(200)));
    assert_eq!(answer["server"], format!("127.0.0.1:{port}"));
    assert_eq!(answer["answer"]["database_status"], "online");
    assert!(answer["error"].is_null());
    let text = ask(&[]);
    assert!(text.status.success() && text.stdout.contains("database_status: online"), "{text:?}");
    let (code, seen) = run_at_terminal(&["healthcheck", "--port", &port], folder.path(), &[]);
    assert!(code == Some(0) && seen.contains("is healthy."), "{seen}");

    app.database.allow_connections(false);
    let exit = ask(&["--json"]);
    assert_failed(&exit, 1, &["not healthy", "503"]);
    let answer = parse(&exit.stdout);
    assert_eq!((&answer["healthy"], &answer["status"]), (&json!(false), &json!(503)));
    assert_eq!(answer["answer"]["database_status"], "offline");

    app.database.allow_connections(true);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !ask(&[]).status.success() {
        assert!(Instant::now() < deadline, "the server does not get well");
    }
}

#[test]
fn the_port_is_that_of_the_settings() {
    let app = App::start();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let port = port(&app);
    // Wrong settings of the server are not the business of this command.
    json(&run(&["healthcheck", "--json"], folder.path(), &[("PORT", &port), ("COOKIE_SECURE", "perhaps")]));
    std::fs::write(folder.path().join(".env"), format!("PORT={port}\n")).expect("a file");
    json(&run(&["healthcheck", "--json"], folder.path(), &[]));
    assert_failed(&run(&["healthcheck"], folder.path(), &[("PORT", "0")]), 2, &["--port"]);
    assert_failed(&run(&["healthcheck"], folder.path(), &[("PORT", "many")]), 2, &["PORT", "0 to 65535"]);
}

#[test]
fn a_unix_socket_can_be_asked() {
    let database = TestDatabase::ready();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--workers", "1", "--uds", "http.sock"];
    let mut server = Process::start(&arguments, folder.path(), &App::environment(&database));
    server.wait_for_line("Starting server");
    let ask = || run(&["healthcheck", "--uds", "http.sock", "--json"], folder.path(), &[]);
    let answer = json(&ask());
    assert_eq!((&answer["healthy"], &answer["server"]), (&json!(true), &json!("http.sock")));
    drop(server);
    assert_failed(&ask(), 1, &["http.sock", "refused"]);
    assert_failed(&run(&["healthcheck", "--uds", "missing.sock"], folder.path(), &[]), 1, &["missing.sock"]);
}

#[test]
fn who_does_not_answer_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let in_time = |arguments: &[&str]| -> Exit {
        let started = Instant::now();
        let exit = run(&[&["healthcheck", "--timeout", "1", "--json"], arguments].concat(), folder.path(), &[]);
        assert!(started.elapsed() < Duration::from_secs(10), "{arguments:?} took {:?}", started.elapsed());
        exit
    };
    // They listen, and never say a word.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port().to_string();
    let _socket = UnixListener::bind(folder.path().join("silent.sock")).expect("a socket");
    for arguments in [&["--port", &port][..], &["--uds", "silent.sock"]] {
        let exit = in_time(arguments);
        assert_failed(&exit, 1, &["not healthy"]);
        let answer = parse(&exit.stdout);
        assert_eq!((&answer["healthy"], &answer["status"]), (&json!(false), &json!(null)));
        assert!(answer["error"].is_string(), "{answer}");
    }
    drop(silent);
    assert_failed(&in_time(&["--port", &port]), 1, &["refused"]);
}

#[test]
fn an_answer_that_trickles_in_is_not_waited_for_either() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port().to_string();
    let started = Instant::now();
    let trickle = std::thread::spawn(move || {
        use std::io::Write;
        let (mut stream, _) = listener.accept().expect("a connection");
        let head = b"HTTP/1.1 200 OK\r\nx: ".iter().copied().chain(std::iter::repeat(b'x'));
        let pause = std::sync::mpsc::channel::<()>();
        for byte in head {
            let _nothing_comes = pause.1.recv_timeout(Duration::from_millis(100));
            if stream.write_all(&[byte]).is_err() {
                break;
            }
        }
    });
    let exit = run(&["healthcheck", "--timeout", "1", "--port", &port], folder.path(), &[]);
    assert_failed(&exit, 1, &["no answer within 1 s"]);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    trickle.join().expect("the other side ends");
}
