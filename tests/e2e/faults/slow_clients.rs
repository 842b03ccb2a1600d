//! Clients that send so slowly that each of them would keep something busy for ever.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Job, Load, Session, alone, last},
    http::Request,
};

use super::{assert_well, short_or_full};

/// Whoever is too slow is gone after this time.
fn patience() -> Duration {
    short_or_full(Duration::from_secs(30), Duration::from_secs(10))
}

/// How clients are slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slow {
    /// The headers never end.
    Headers,
    /// The body comes byte by byte.
    Body,
    /// The file comes byte by byte.
    File,
    /// The body comes byte by byte, and is of no interest.
    Unwanted,
    /// Long answers are asked for, one after the other, and never read.
    Answer,
}

/// A slow client, and what it has got.
struct Client {
    stream: TcpStream,
    got: Vec<u8>,
    closed: Option<Duration>,
}

impl Client {
    fn connect(app: &App, begin: &[u8]) -> Self {
        let address = app.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it can connect");
        stream.set_nodelay(true).expect("bytes can be sent one by one");
        stream.write_all(begin).expect("the beginning is taken");
        stream.set_nonblocking(true).expect("it need not wait");
        Self { stream, got: Vec::new(), closed: None }
    }

    /// Sends a little more, and looks whether the other side has had enough.
    fn trickle(&mut self, slow: Slow, since: Instant) {
        if self.closed.is_some() {
            return;
        }
        if slow == Slow::Answer {
            // Reading would be what this client does not do: the socket tells of a reset all the same.
            let is_gone = matches!(self.stream.take_error(), Ok(Some(_)))
                || self.stream.write_all(b"\r\n").is_err_and(|error| error.kind() != ErrorKind::WouldBlock);
            self.closed = is_gone.then(|| since.elapsed());
            return;
        }
        let more: &[u8] = match slow {
            Slow::Headers => b"X-A: 1\r\n",
            Slow::Body | Slow::File | Slow::Unwanted | Slow::Answer => b" ",
        };
        let mut is_gone = self.stream.write_all(more).is_err_and(|error| error.kind() != ErrorKind::WouldBlock);
        let mut buffer = [0; 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => is_gone = true,
            Ok(count) => self.got.extend_from_slice(&buffer[..count]),
            Err(error) => is_gone |= error.kind() != ErrorKind::WouldBlock,
        }
        self.closed = is_gone.then(|| since.elapsed());
    }
}

/// What a client begins with.
fn beginning(slow: Slow, who: &Session) -> Vec<u8> {
    let cookie = format!("Cookie: access_token={}\r\n", who.access.as_deref().unwrap_or_default());
    let post = |path: &str, kind: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: a\r\n{cookie}Content-Type: {kind}\r\nContent-Length: 100000\r\n\r\n")
    };
    let text = match slow {
        Slow::Headers => "GET /api/v1/access/me HTTP/1.1\r\nHost: a\r\n".to_owned(),
        Slow::Body => post("/api/v1/exercises/user", "application/json"),
        Slow::File => {
            let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
            post("/api/v1/imports", "multipart/form-data; boundary=b") + head
        }
        Slow::Unwanted => post("/no-such-path", "application/json"),
        Slow::Answer => "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100),
    };
    text.into_bytes()
}

fn endure(slow: Slow, count: usize) {
    let _turn = alone();
    let app = App::start_with(&[]);
    let mut mint = app.mint();
    let attacker = mint.person(Role::ApplicationAccess);
    let readers: Vec<Session> = (0..4).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let reading = readers.iter().map(|reader| {
        let me = reader.asks(Request::new("GET", "/api/v1/access/me"));
        Job::new(&app.address, Duration::from_millis(10), move |caller| drop(caller.send("me", &me)))
    });
    let load = Load::start(reading.collect());
    let begin = beginning(slow, &attacker);
    let mut clients: Vec<(Instant, Client)> =
        (0..count).map(|_| (Instant::now(), Client::connect(&app, &begin))).collect();
    let end = Instant::now() + patience() + Duration::from_secs(2);
    while Instant::now() < end && clients.iter().any(|(_, client)| client.closed.is_none()) {
        for (since, client) in &mut clients {
            client.trickle(slow, *since);
        }
        last(Duration::from_millis(200));
    }
    let others = load.stop();
    let open = clients.iter().filter(|(_, client)| client.closed.is_none()).count();
    let slowest = clients.iter().filter_map(|(_, client)| client.closed).max().unwrap_or_default();
    println!(
        "slow clients: {slow:?}: {count}, {open} still open, the last closed after {slowest:.1?}; others: {others}"
    );
    assert_eq!(open, 0, "connections are open after {:?}", patience());
    assert!(slowest <= patience(), "closed after {slowest:?}");
    assert_well(&others);
    let p99 = others.per_mille(990);
    assert!(p99 <= short_or_full(Duration::from_secs(2), Duration::from_millis(100)), "{others}");
    if slow == Slow::Body || slow == Slow::File {
        let told = clients.iter().filter(|(_, client)| client.got.starts_with(b"HTTP/1.1 408 ")).count();
        // A file may also find no room.
        let busy = clients.iter().filter(|(_, client)| client.got.starts_with(b"HTTP/1.1 503 ")).count();
        println!("slow clients: {slow:?}: {told} were told that they are too slow, {busy} that there is no room");
        assert!(told > 0 && told + busy == count, "{told} and {busy} of {count}");
        assert!(slow == Slow::File || busy == 0, "{busy} of {count} found no room");
    }
}

fn crowd() -> usize {
    short_or_full(200, 1000)
}

#[test]
fn headers_that_never_end_are_not_waited_for() {
    endure(Slow::Headers, crowd());
}

#[test]
fn a_body_that_trickles_is_not_waited_for() {
    endure(Slow::Body, crowd());
}

#[test]
fn a_file_that_trickles_is_not_waited_for() {
    endure(Slow::File, crowd());
}

#[test]
fn a_body_that_nobody_wants_is_not_waited_for() {
    endure(Slow::Unwanted, crowd());
}

#[test]
fn an_answer_that_is_not_read_is_not_kept_for_ever() {
    endure(Slow::Answer, crowd() / 10);
}
