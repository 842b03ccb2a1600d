//! Steady load, and more than can be served: `just load` looks for the rate `C` that the machine serves, stays below it for
//! ten minutes, and then asks for twice as much. Nine of ten requests read, and the tenth stores a session.

use std::{fmt, time::Duration};

use irontrack_tests::harness::{Answers, App, Oha, Session, Traffic, alone, bodies, last};
use serde_json::{Value, json};

use crate::gym::{Gym, text};

/// At the rate `C` 99 % of the answers come within this time, and none is an error.
const PATIENCE: Duration = Duration::from_millis(50);

/// How long each rate is tried.
const TRIAL: Duration = Duration::from_secs(8);

/// How long it is quiet after each, and how soon everything must be well again after too much.
const REST: Duration = Duration::from_secs(5);

/// The server, somebody who is signed in, and what they ask for.
struct Crowd {
    app: App,
    who: Session,
    reads: Vec<String>,
    stored: Value,
}

/// What came back.
struct Seen {
    reads: Answers,
    writes: Answers,
}

impl Crowd {
    fn open() -> Self {
        let app = App::start_with(&[("LOG_LEVEL", "warn"), ("ACCESS_TOKEN_EXPIRE_MINUTES", "120")]);
        let mut gym = Gym::of(app);
        let who = gym.person();
        let exercise = gym.mint.exercise(None);
        let sets = json!([bodies::set(82.5, 5), bodies::set(82.5, 5), bodies::set(82.5, 4)]);
        let done = json!({"exercises": [bodies::session_exercise(exercise, "reps", &sets)]});
        let stored = bodies::training_session(done);
        let mut paths = [
            "/access/me".to_owned(),
            format!("/exercises/{exercise}"),
            "/exercises?pageSize=20".to_owned(),
            "/catalogs/muscle-groups".to_owned(),
            "/training-sessions?pageSize=10".to_owned(),
        ]
        .to_vec();
        for _ in 0..20 {
            let created = gym.create(&who, "/training-sessions", &stored);
            paths.push(format!("/training-sessions/{}", text(&created["id"])));
        }
        for path in &paths {
            gym.read(&who, path);
        }
        let reads = paths.iter().map(|path| format!("{}/api/v1{path}", gym.app.address)).collect();
        Self { app: gym.app, who, reads, stored }
    }

    /// Asks so many times a second.
    fn ask(&self, rate: f64, duration: Duration) -> Seen {
        let reads = Traffic {
            who: &self.who,
            method: "GET",
            addresses: self.reads.clone(),
            body: None,
            rate: rate * 0.9,
            connections: 384,
        };
        let writes = Traffic {
            method: "POST",
            addresses: vec![format!("{}/api/v1/training-sessions", self.app.address)],
            body: Some(self.stored.to_string()),
            rate: rate * 0.1,
            connections: 128,
            ..reads.clone()
        };
        let (reads, writes) = (Oha::start(&reads, duration), Oha::start(&writes, duration));
        Seen { reads: reads.answers(), writes: writes.answers() }
    }

    /// The highest rate that is served, to about a tenth.
    fn capacity(&self) -> f64 {
        let mut served = 0.0;
        let mut rate = 400.0;
        loop {
            let seen = self.ask(rate, TRIAL);
            println!("load: {rate:.0}/s: {seen}");
            last(REST);
            if !seen.is_served() {
                return served;
            }
            served = rate;
            rate *= if rate < 2000.0 { 1.5 } else { 1.1 };
        }
    }
}

impl Seen {
    fn is_served(&self) -> bool {
        [&self.reads, &self.writes].iter().all(|answers| answers.all_good() && answers.p99 <= PATIENCE)
    }

    fn goodput(&self) -> f64 {
        self.reads.goodput() + self.writes.goodput()
    }

    fn each<T>(&self, of: impl Fn(&Answers) -> T) -> [T; 2] {
        [of(&self.reads), of(&self.writes)]
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reads, writes } = self;
        write!(formatter, "{:.0}/s answered well; reads {reads}; writes {writes}", self.goodput())
    }
}

#[test]
#[ignore = "takes twenty minutes and all cores; `just load` runs it"]
fn steady_load_is_served_and_too_much_is_refused() {
    let _turn = alone();
    let crowd = Crowd::open();
    let capacity = crowd.capacity();
    assert!(capacity > 0.0, "expected that the machine serves something");
    println!("load: C = {capacity:.0}/s");

    // Memory has taken its shape after a while.
    crowd.ask(0.7 * capacity, TRIAL * 4);
    let before = crowd.app.process.memory();
    let steady = crowd.ask(0.7 * capacity, Duration::from_secs(600));
    let after = crowd.app.process.memory();
    println!("load: 0.7·C for ten minutes: {steady}; memory from {before} to {after} bytes");
    let mut found = Vec::new();
    let mut expect = |what: &str, holds: bool| {
        if !holds {
            found.push(what.to_owned());
        }
    };
    expect("steady load: no error, p99 at most 50 ms", steady.is_served());
    expect("steady load: memory within 5 %", after.abs_diff(before) * 20 < before);

    let too_much = crowd.ask(2.0 * capacity, Duration::from_secs(60));
    let most = crowd.app.process.memory();
    println!("load: 2·C for a minute: {too_much}; memory {most} bytes");
    let is_refused = |status: &u16| *status < 400 || *status == 503;
    expect("too much: goodput at least 0.8·C", too_much.goodput() >= 0.8 * capacity);
    expect("too much: 503 and nothing else", too_much.each(|seen| seen.statuses.keys().all(is_refused)) == [true; 2]);
    let limit = Duration::from_millis(100);
    expect("too much: refused within 100 ms", too_much.each(|seen| seen.refused_p99 <= limit) == [true; 2]);
    expect("too much: memory at most twice", most <= 2 * after);

    last(REST);
    let again = crowd.ask(0.5 * capacity, TRIAL);
    println!("load: 0.5·C after {REST:?}: {again}");
    expect("afterwards: as if nothing had been", again.is_served());
    assert!(found.is_empty(), "not as promised: {found:?}");
}
