//! All connections to the database are in use, and those who hold them wait for locks.

use std::{
    sync::Barrier,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Job, Load, Mint, Sample, Session, bodies, last, until},
    http::{Request, Response},
};
use uuid::Uuid;

use super::{answer_limit, assert_well, assert_well_or_refused, short_or_full};

/// Who gets no connection is refused within this time.
fn refusal_limit() -> Duration {
    short_or_full(Duration::from_millis(1600), Duration::from_secs(1))
}

/// A server with four connections.
fn start() -> App {
    App::start_with(&[("DATABASE_POOL_SIZE", "4"), ("DATABASE_MAX_POOL_OVERFLOW", "0")])
}

/// A connection of somebody else that holds all exercises: whoever reads or writes them waits, until it is dropped.
fn lock_exercises(app: &App) -> postgres::Client {
    let mut other = app.database.connect();
    other.batch_execute("BEGIN; LOCK TABLE exercises IN ACCESS EXCLUSIVE MODE").expect("the table can be locked");
    other
}

/// A list that nobody has asked for.
fn list() -> Request {
    Request::new("GET", &format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple()))
}

/// Sends all at once; answers what came back, and when.
fn at_once(app: &App, requests: &[Request]) -> Vec<(Response, Duration)> {
    let start = Barrier::new(requests.len());
    std::thread::scope(|scope| {
        let send = |request| {
            start.wait();
            let begin = Instant::now();
            let answer = app.send(request);
            (answer, begin.elapsed())
        };
        let senders: Vec<_> = requests.iter().map(|request| scope.spawn(move || send(request))).collect();
        senders.into_iter().map(|sender| sender.join().expect("the request was sent")).collect()
    })
}

#[test]
fn whoever_gets_no_connection_is_refused_within_a_second() {
    let app = start();
    let mut mint = app.mint();
    let holders: Vec<Session> = (0..4).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let strangers: Vec<Session> = (0..16).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let lock = lock_exercises(&app);
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let requests: Vec<_> = holders.iter().map(|holder| holder.asks(list())).collect();
    let [held, refused, quick] = std::thread::scope(|scope| {
        let holding = scope.spawn(|| at_once(&app, &requests));
        until(Duration::from_secs(5), "all connections wait for the lock", || {
            mint.database.query_one(waiting, &[]).expect("they can be counted").get::<_, i64>(0) == 4
        });
        // Strangers, whose sessions have to be looked up, and the check of the parts.
        let mut requests: Vec<_> =
            strangers.iter().map(|stranger| stranger.asks(Request::new("GET", "/api/v1/access/me"))).collect();
        requests.push(Request::new("GET", "/health"));
        let checking = scope.spawn(|| at_once(&app, &vec![Request::new("GET", "/ping"); 4]));
        let refused = at_once(&app, &requests);
        [holding.join().expect("they were sent"), refused, checking.join().expect("they were sent")]
    });
    drop(lock);
    let slowest = |answers: &[(Response, Duration)]| answers.iter().map(|(_, took)| *took).max().unwrap_or_default();
    println!("pool exhausted: refused within {:.0?}; holders gave up after {:.0?}", slowest(&refused), slowest(&held));
    for (answer, took) in &refused {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{}", answer.text());
        assert!(*took <= refusal_limit(), "refused after {took:?}");
    }
    for (answer, took) in &held {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{}", answer.text());
        assert!(*took <= answer_limit(), "gave up after {took:?}");
    }
    assert!(quick.iter().all(|(answer, _)| answer.status == 200), "the process answers meanwhile");
    // At once everything works again.
    let requests: Vec<_> = strangers.iter().map(|stranger| stranger.asks(list())).collect();
    let answers = at_once(&app, &requests);
    assert!(answers.iter().all(|(answer, _)| answer.status == 200), "{answers:?}");
    assert_eq!(app.send(&Request::new("GET", "/health")).status, 200);
}

/// Many more than there are connections read and write what is locked: nobody waits for ever, and nothing is left behind.
#[test]
fn a_crowd_before_a_lock_is_refused_in_time_and_leaves_nothing_behind() {
    let app = start();
    let mut mint = app.mint();
    let jobs = (0..40).map(|number| {
        let who = mint.person(Role::ApplicationAccess);
        Job::new(&app.address, Duration::from_millis(50), move |caller| {
            let write = || {
                let name = format!("Exercise {}", Uuid::new_v4().simple());
                Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name))
            };
            let (what, request) = match number % 4 {
                0 => ("write", write()),
                1 => ("me", Request::new("GET", "/api/v1/access/me")),
                _ => ("list", list()),
            };
            drop(caller.send(what, &who.asks(request)));
        })
    });
    let load = Load::start(jobs.collect());
    last(Duration::from_secs(1));
    let locked = load.now();
    let lock = lock_exercises(&app);
    last(short_or_full(Duration::from_secs(5), Duration::from_secs(30)));
    drop(lock);
    let released = load.now();
    let healthy =
        until(Duration::from_secs(3), "the server is well", || app.send(&Request::new("GET", "/health")).status == 200);
    println!("crowd: healthy {healthy:.0?} after the lock was released");
    last(short_or_full(Duration::from_secs(1), Duration::from_secs(3)));
    let settled = load.now();
    last(Duration::from_secs(1));
    let end = load.now();
    let samples = load.stop();
    // What was not answered yet is part of it, though it was sent before.
    let was_calm = |sample: &Sample| sample.began + sample.took < locked;
    let before = samples.filter(was_calm);
    let during = samples.filter(|sample| !was_calm(sample) && sample.began < settled);
    println!("crowd: before: {before}");
    for what in ["me", "list", "write"] {
        println!("crowd: {what}: {}", during.of(what));
    }
    let latest = during.filter(|sample| sample.began >= released && sample.is_refused_for_now());
    let latest = latest.0.iter().map(|sample| sample.began.saturating_sub(released)).max().unwrap_or_default();
    println!("crowd: the last refusal was sent {latest:.0?} after the lock was released");
    assert_well(&before);
    assert_well_or_refused(&during, answer_limit());
    assert!(during.of("list").0.iter().any(Sample::is_refused_for_now), "nobody was refused");
    assert_well(&samples.between(settled, end));

    let count =
        |mint: &mut Mint, sql: &str| -> i64 { mint.database.query_one(sql, &[]).expect("it can be counted").get(0) };
    let connections = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                       AND application_name = 'irontrack'";
    until(Duration::from_secs(5), "no connection is left over", || count(&mut mint, connections) <= 4);
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                AND application_name = 'irontrack' AND state LIKE 'idle in transaction%'";
    assert_eq!(count(&mut mint, open), 0, "a transaction was left open");
    let deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(count(&mut mint, deadlocks), 0, "deadlocks");
}
