//! Input that somebody sends to break something. What the contract accepts gets its 2xx, everything else a 4xx with the
//! database as it was; never a 5xx, and the server does not grow.

mod bytes;
mod mass_assignment;
mod numbers;
mod shapes;
mod texts;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Mint, Session},
    http::{Request, Response},
};

/// A server under attack by somebody who may do everything.
struct Attack {
    app: App,
    mint: Mint,
    superuser: Session,
    resident: u64,
    failures: Vec<String>,
    count: usize,
}

impl Attack {
    fn start() -> Self {
        let app = App::start();
        let mut mint = app.mint();
        let superuser = mint.person(Role::Superuser);
        let attack = Self { app, mint, superuser, resident: 0, failures: Vec::new(), count: 0 };
        // The memory for hashing and the connections stay: they are there before the first measurement.
        for _ in 0..4 {
            let answers = [
                attack.app.send(&irontrack_tests::harness::sign_in("nobody@example.com", "Passw0rd!")),
                attack.app.get(&attack.superuser, "/api/v1/exercises?pageSize=100"),
            ];
            assert_eq!(answers.map(|answer| answer.status), [401, 200]);
        }
        Self { resident: attack.resident_kilobytes(), ..attack }
    }

    /// Memory that the server has.
    fn resident_kilobytes(&self) -> u64 {
        let path = format!("/proc/{}/status", self.app.process.pid());
        let status = std::fs::read_to_string(&path).expect("the state of the server can be read");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory is told");
        line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number of kilobytes")
    }

    fn send(&mut self, request: Request) -> Response {
        self.count += 1;
        self.app.send_as(&self.superuser, request)
    }

    /// Expects one of these statuses, and a database that is as before after anything but a 2xx.
    fn expect(&mut self, what: &str, request: Request, statuses: &[u16]) -> Response {
        let before = self.mint.fingerprint();
        let answer = self.send(request);
        let text: String = answer.text().chars().take(300).collect();
        if !statuses.contains(&answer.status) {
            self.failures.push(format!("{what}: expected {statuses:?}, got {} {text}", answer.status));
        } else if answer.status >= 300 && self.mint.fingerprint() != before {
            self.failures.push(format!("{what}: {} changed the database", answer.status));
        }
        answer
    }

    /// Sends bytes as they are, and answers status and body, if any come.
    fn raw(&mut self, bytes: &[u8]) -> Option<(u16, String)> {
        self.count += 1;
        let address = self.app.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        // The server may have hung up already.
        let _sent = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _hung_up = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?, body.to_owned()))
    }

    /// Reads from an address that is too long for ordinary clients, and expects one of these statuses.
    fn expect_long(&mut self, what: &str, path: &str, query: &str, statuses: &[u16]) -> String {
        let token = self.superuser.access.clone().unwrap_or_default();
        let head = format!(
            "GET {path}?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: access_token={token}\r\n\r\n"
        );
        let answer = self.raw(head.as_bytes());
        let (status, body) = answer.unwrap_or_default();
        if !statuses.contains(&status) {
            let body: String = body.chars().take(300).collect();
            self.failures.push(format!("{what}: expected {statuses:?}, got {status} {body}"));
        }
        body
    }

    /// Fails with everything that went wrong.
    #[track_caller]
    fn check(self, catalogues_whole: bool) {
        let Self { failures, count, .. } = &self;
        assert!(failures.is_empty(), "{} of {count} requests:\n{}", failures.len(), failures.join("\n"));
        let growth = self.resident_kilobytes().saturating_sub(self.resident) / 1024;
        assert!(growth < 96, "expected a server that does not grow; {count} requests took {growth} MiB");
        assert_eq!(self.app.send(&Request::new("GET", "/health")).status, 200);
        let log = self.app.process.log();
        assert!(!log.contains("panicked"), "expected no panic in the log:\n{log}");
        self.app.database.assert_invariants(catalogues_whole);
        println!("{count} hostile requests, {growth} MiB more");
    }
}
