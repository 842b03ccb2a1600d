//! Clients and servers that go in the middle, and clients that take their time.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use irontrack_tests::{
    harness::{App, Session, until, upload},
    http::{Client, Request},
};

use super::{at, hevy, preview, sessions, written};
use crate::gym::{Gym, is_waiting, request};

/// A connection on which a form has begun: some of its bytes are still missing.
fn begun(app: &App, who: &Session, file: &str, missing: usize) -> TcpStream {
    let sent = upload(file.as_bytes(), &[("format", "hevy_csv"), ("timeZone", "UTC")]);
    let body = sent.body.unwrap_or_default();
    let head = format!(
        "POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nCookie: access_token={}\r\nContent-Type: {}\r\n\
         Content-Length: {}\r\n\r\n",
        who.access.clone().unwrap_or_default(),
        sent.content_type.unwrap_or_default(),
        body.len()
    );
    let mut stream = TcpStream::connect(app.address.trim_start_matches("http://")).expect("the server listens");
    stream.write_all(head.as_bytes()).expect("the head is sent");
    stream.write_all(&body[..body.len() - missing]).expect("the beginning is sent");
    stream
}

fn long_file() -> String {
    hevy(&(1..=28).map(|day| ("Push", day, "Plank", "80", 5)).collect::<Vec<_>>())
}

fn status_on(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
    let mut answer = Vec::new();
    let _hung_up = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).get(9..12).unwrap_or_default().to_owned()
}

#[test]
fn a_client_that_hangs_up_while_it_sends_leaves_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let contents = gym.app.database.contents();
    for missing in [1, 100, 1_000] {
        drop(begun(&gym.app, &owner, &long_file(), missing));
    }
    // It serves others meanwhile and afterwards.
    let import = preview(&gym, &owner, "hevy_csv", &long_file());
    gym.delete(&owner, &at(&import));
    gym.app.database.assert_unchanged(&contents, "uploads that were given up");
    gym.close();
}

#[test]
fn a_client_that_takes_too_long_is_told_so() {
    let app = App::start_with(&[("IMPORT_UPLOAD_TIMEOUT", "1")]);
    let owner = app.mint().person(irontrack_domain::account::Role::ApplicationAccess);
    let contents = app.database.contents();
    assert_eq!(status_on(begun(&app, &owner, &long_file(), 500)), "408");
    app.database.assert_unchanged(&contents, "an upload that took too long");
}

/// Those who send slowly hold no connection to the database, and no more of them are let in than there is room for.
#[test]
fn slow_clients_keep_only_as_many_others_from_importing_as_there_is_room_for() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let mut slow: Vec<TcpStream> = (0..8).map(|_| begun(&gym.app, &owner, &long_file(), 200)).collect();
    let fields = [("format", "hevy_csv"), ("timeZone", "UTC")];
    let mut refused = None;
    until(Duration::from_secs(10), "there is no room for one more", || {
        let answer = gym.app.send_as(&owner, upload(long_file().as_bytes(), &fields));
        let is_refused = answer.status == 503;
        refused = Some(answer);
        if !is_refused {
            // One of the slow ones may have come while this one was let in.
            slow.push(begun(&gym.app, &owner, &long_file(), 200));
        }
        is_refused
    });
    assert!(refused.is_some_and(|answer| answer.header("retry-after").is_some()), "it says when to come back");
    assert_eq!(gym.ask(&owner, "GET", "/access/me").status, 200);
    drop(slow);
    until(Duration::from_secs(10), "there is room again", || {
        gym.app.send_as(&owner, upload(long_file().as_bytes(), &fields)).status == 201
    });
    gym.close();
}

/// Neither in the database nor on the disk.
#[test]
fn a_server_that_is_killed_while_it_receives_leaves_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let contents = gym.app.database.contents();
    let disk = tempfile::tempdir().expect("there is a temporary folder");
    let other = gym.app.beside(&[("TMPDIR", &disk.path().display().to_string())]);
    let open_files = format!("/proc/{}/fd", other.process.pid());
    let has_file = || {
        let files = std::fs::read_dir(&open_files).into_iter().flatten().flatten();
        files.filter_map(|file| std::fs::read_link(file.path()).ok()).any(|file| file.starts_with(disk.path()))
    };
    let upload = begun(&other, &owner, &long_file(), 1);
    until(Duration::from_secs(5), "the file is written to the disk", has_file);
    other.process.signal("KILL");
    assert_eq!(status_on(upload), "", "expected no answer of a dead server");
    assert_eq!(std::fs::read_dir(disk.path()).expect("the folder can be read").count(), 0);
    gym.app.database.assert_unchanged(&contents, "an upload that was interrupted");
    gym.close();
}

/// All or nothing, whenever the server goes.
#[test]
fn a_server_that_is_killed_while_it_writes_has_written_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let other = gym.app.beside(&[]);
    let import = preview(&gym, &owner, "hevy_csv", &long_file());
    let confirm = request("POST", &format!("{}/confirm", at(&import)));
    // The version of the history is written last.
    let mut holder = gym.app.database.connect();
    let mut hold = holder.transaction().expect("a transaction begins");
    let sql = "INSERT INTO training_histories (user_id, history_version) VALUES ($1, 1)";
    hold.execute(sql, &[&owner.user_id]).expect("a row is written");
    kill_while_it_waits(&mut gym, &owner, &other, &confirm);
    hold.rollback().expect("the row is released");
    until(Duration::from_secs(10), "what was begun is undone", || {
        gym.count(
            "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'import_parts'",
        ) == 0
    });
    assert!(sessions(&gym, &owner).is_empty());
    assert_eq!(written(&gym, &owner, &import)["sessions"], 28, "it can be confirmed afterwards");
    gym.close();
}

fn kill_while_it_waits(gym: &mut Gym, owner: &Session, other: &App, sent: &Request) {
    std::thread::scope(|scope| {
        let lost = scope.spawn(|| Client::new().send(&other.address, &owner.asks(sent.clone())));
        until(Duration::from_secs(5), "the request waits for the row", || is_waiting(&mut gym.mint.database));
        other.process.signal("KILL");
        assert!(lost.join().expect("the request ends").is_err(), "expected no answer of a dead server");
    });
}
