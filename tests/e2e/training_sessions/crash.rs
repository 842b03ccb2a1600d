//! A server or a database that is killed in the middle of logging: what was acknowledged is there once, and nothing is there
//! by half.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use irontrack_tests::{
    harness::{App, PrivatePostgres, Session, Stop, alone, bodies, until},
    http::{Client, Request},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Track, ordered};
use crate::{
    faults::short_or_full,
    gym::{Gym, array, request, text, under},
};

/// What is killed.
enum Victim {
    /// The server that is logged into; another one is asked what is there.
    Server,
    /// The database with all its processes, which is started again. The server that is logged into lives on.
    Database(Box<PrivatePostgres>),
}

impl Victim {
    fn kill(&mut self, server: &App) {
        match self {
            Self::Server => server.process.signal("KILL"),
            Self::Database(postgres) => postgres.stop(Stop::Killed),
        }
    }

    /// Has everything work again that was killed and is not a server of one round.
    fn revive(&mut self, track: &mut Track, server: &App) {
        let Self::Database(postgres) = self else { return };
        postgres.start_again();
        for app in [server, &track.gym.app] {
            let list = format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple());
            until(Duration::from_secs(10), "the server works again", || app.get(&track.owner, &list).status == 200);
        }
        track.gym.mint = track.gym.app.mint();
    }
}

/// Two of them always share an account, and the session that they log into.
const CLIENTS: usize = 6;

/// What every new session brings along.
const EXERCISES: usize = 3;
const SETS: usize = 4;

/// What became of a write, as far as the client knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It was answered with 201.
    Acknowledged,
    /// It was answered otherwise.
    Refused,
    /// No answer came.
    Unknown,
}

/// A line of the ledger: a write, which is found again by the label that it leaves in the notes.
#[derive(Debug, Clone)]
struct Write {
    label: String,
    request: Request,
    has_key: bool,
    fate: Fate,
}

/// An account, the session that its clients log into, and the exercise that gets the sets.
struct Account {
    who: Session,
    session: String,
    exercise: String,
}

impl Account {
    fn open(track: &mut Track) -> Self {
        let who = track.gym.person();
        let start = json!({"exercises": [track.done("reps", &json!([]))]});
        let created = track.gym.create(&who, "/training-sessions", &bodies::training_session(start));
        let session = under("/training-sessions", &created);
        let exercise = format!("{session}/exercises/{}", created["exercises"][0]["id"]);
        Self { who, session, exercise }
    }

    /// The n-th write of a client: whole sessions, exercises with sets, and mostly sets.
    fn write(&self, exercise: Uuid, n: usize) -> Write {
        let label = Uuid::now_v7().to_string();
        let noted = |sent: Value| bodies::with(sent, "notes", json!(label));
        let sets = Value::from(vec![bodies::set(82.5, 5); SETS]);
        let done = bodies::session_exercise(exercise, "reps", &sets);
        let (path, sent) = match n % 5 {
            0 => {
                let exercises = json!({"exercises": vec![done; EXERCISES]});
                ("/training-sessions".to_owned(), noted(bodies::training_session(exercises)))
            }
            1 => (format!("{}/exercises", self.session), noted(done)),
            _ => (format!("{}/sets", self.exercise), noted(bodies::set(60.0, 8))),
        };
        let has_key = n.is_multiple_of(2);
        let request = request("POST", &path).json(&sent);
        let request = if has_key { request.header("Idempotency-Key", &label) } else { request };
        Write { label, request, has_key, fate: Fate::Unknown }
    }
}

/// Logs until the server or its database is gone, and answers the ledger. `refusal` is what 503 says about a write.
fn log(server: &App, account: &Account, exercise: Uuid, acknowledged: &AtomicUsize, refusal: Fate) -> Vec<Write> {
    let client = Client::new();
    let mut ledger = Vec::new();
    // There is room for two hundred; the last one is the one that found no server.
    for n in 0..150 {
        let mut write = account.write(exercise, n);
        let answer = client.send(&server.address, &account.who.asks(write.request.clone()));
        write.fate = match answer.map(|answer| answer.status) {
            Ok(201) => Fate::Acknowledged,
            Ok(503) => refusal,
            Ok(_) => Fate::Refused,
            Err(_) => Fate::Unknown,
        };
        let is_over = write.fate == Fate::Unknown;
        acknowledged.fetch_add(usize::from(write.fate == Fate::Acknowledged), Ordering::Relaxed);
        ledger.push(write);
        if is_over {
            break;
        }
    }
    ledger
}

/// How often every label is found in what an account has, and that nothing is there by half.
fn found(gym: &Gym, account: &Account) -> BTreeMap<String, usize> {
    let mut labels = BTreeMap::new();
    let mut see = |thing: &Value| {
        if let Some(label) = thing["notes"].as_str() {
            *labels.entry(label.to_owned()).or_default() += 1;
        }
    };
    let mut query = "pageSize=100".to_owned();
    loop {
        let page = gym.read(&account.who, &format!("/training-sessions?{query}"));
        for item in array(&page["items"]) {
            let path = format!("/training-sessions/{}", text(&item["id"]));
            let session = gym.read(&account.who, &path);
            see(&session);
            let exercises = array(&session["exercises"]);
            assert_eq!(ordered(&session["exercises"]).len(), exercises.len());
            assert!(path == account.session || exercises.len() == EXERCISES, "half a session: {session}");
            for exercise in &exercises {
                see(exercise);
                let sets = ordered(&exercise["sets"]).len();
                let is_logged_into = account.exercise.ends_with(&format!("/{}", exercise["id"]));
                assert!(is_logged_into || sets == SETS, "half an exercise: {exercise}");
                array(&exercise["sets"]).iter().for_each(&mut see);
            }
        }
        let Some(cursor) = page["nextCursor"].as_str() else { return labels };
        query = format!("pageSize=100&cursor={cursor}");
    }
}

/// Sends a write with its key again, to a server that lives.
fn retry(gym: &Gym, who: &Session, write: &Write) {
    until(Duration::from_secs(10), "the write is answered", || {
        let answer = gym.app.send_as(who, write.request.clone());
        let must_wait = answer.status == 409 && answer.header("retry-after").is_some();
        assert!(must_wait || [201, 503].contains(&answer.status), "{} {}", answer.status, answer.text());
        answer.status == 201
    });
}

/// All live for a while; answers how many writes were acknowledged, and how many were not answered.
fn round(track: &mut Track, n: usize, victim: &mut Victim) -> (usize, usize) {
    let server = track.gym.app.beside(&[]);
    let accounts: Vec<_> = (0..CLIENTS / 2).map(|_| Account::open(track)).collect();
    let (exercise, acknowledged) = (track.exercise, AtomicUsize::new(0));
    // While the database goes away nobody knows whether its last commit was stored.
    let refusal = if matches!(victim, Victim::Database(_)) { Fate::Unknown } else { Fate::Refused };
    let ledgers: Vec<(usize, Vec<Write>)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (server, account, acknowledged) = (&server, &accounts[client / 2], &acknowledged);
                (client / 2, scope.spawn(move || log(server, account, exercise, acknowledged, refusal)))
            })
            .collect();
        // Each time a little later.
        let enough = 20 + n * 13 % 100;
        until(Duration::from_secs(60), "enough was logged", || acknowledged.load(Ordering::Relaxed) >= enough);
        victim.kill(&server);
        clients.into_iter().map(|(of, client)| (of, client.join().expect("a client does not fail"))).collect()
    });
    victim.revive(track, &server);
    // What the dead server had begun is undone, or was committed already, when its connections are closed.
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
    until(Duration::from_secs(20), "all transactions are over", || track.gym.count(open) == 0);
    let mut counts = (0, 0);
    for (of, account) in accounts.iter().enumerate() {
        let ledger: Vec<_> = ledgers.iter().filter(|(account, _)| *account == of).flat_map(|(_, all)| all).collect();
        let labels = found(&track.gym, account);
        let times = |labels: &BTreeMap<String, usize>, write: &Write| labels.get(&write.label).copied().unwrap_or(0);
        for write in &ledger {
            let expected = match write.fate {
                Fate::Acknowledged => 1..=1,
                Fate::Refused => 0..=0,
                Fate::Unknown => 0..=1,
            };
            let seen = times(&labels, write);
            assert!(expected.contains(&seen), "round {n}: found {seen} times: {write:?}");
            counts.0 += usize::from(write.fate == Fate::Acknowledged);
            counts.1 += usize::from(write.fate == Fate::Unknown);
        }
        let known: usize = ledger.iter().map(|write| times(&labels, write)).sum();
        assert_eq!(known, labels.values().sum::<usize>(), "round {n}: only what was sent is there");
        // With a key nobody has to know how far it came.
        let lost: Vec<_> = ledger.iter().filter(|write| write.has_key && write.fate != Fate::Refused).collect();
        for write in &lost {
            retry(&track.gym, &account.who, write);
        }
        let labels = found(&track.gym, account);
        for write in lost {
            assert_eq!(times(&labels, write), 1, "round {n}: after it was sent again: {write:?}");
        }
    }
    track.gym.app.database.assert_invariants(true);
    counts
}

fn survive(mut track: Track, mut victim: Victim, rounds: usize, what: &str) {
    let counts: Vec<_> = (0..rounds).map(|n| round(&mut track, n, &mut victim)).collect();
    let (acknowledged, unknown) = counts.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("killed {rounds} times: {what}: {acknowledged} writes acknowledged, {unknown} of unknown fate");
    assert!(acknowledged >= rounds * 20 && unknown > 0, "{acknowledged} {unknown}");
    track.gym.close();
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_once() {
    survive(Track::open(), Victim::Server, short_or_full(30, 100), "the server");
}

#[test]
fn what_was_acknowledged_before_the_database_was_killed_is_there_once() {
    let _turn = alone();
    let postgres = PrivatePostgres::start();
    let track = Track::of(Gym::of(App::start_on(Arc::new(postgres.database()), &[])));
    survive(track, Victim::Database(Box::new(postgres)), short_or_full(3, 100), "the database");
}
