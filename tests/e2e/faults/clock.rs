//! The wall clock of the server jumps, as when somebody corrects it.

use std::time::{Duration, Instant};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Job, Load, Session, SkewedClock, alone, bodies, last, password, unique_email, until},
    http::Request,
};
use uuid::Uuid;

use super::short_or_full;

const HOUR: i64 = 3600;

/// How long the server works with each time.
fn spell() -> Duration {
    short_or_full(Duration::from_secs(1), Duration::from_secs(10))
}

/// Asks as somebody who is signed in since before; whether they still are depends on the time.
fn reading(app: &App, what: &'static str, who: &Session, path: &str) -> Job {
    let request = who.asks(Request::new("GET", path));
    Job::new(&app.address, Duration::from_millis(10), move |caller| drop(caller.send(what, &request)))
}

/// Somebody signs in and uses what they have got.
fn work(app: &App, email: &str) -> Session {
    let who = app.sign_in(email, password());
    let refreshed = app.send_as(&who, Request::new("POST", "/api/v1/access/refresh-jwt"));
    assert_eq!(refreshed.status, 204, "{}", refreshed.text());
    let who = Session { email: email.to_owned(), ..Session::of(&refreshed) };
    let exercise = bodies::exercise(&format!("Exercise {}", Uuid::new_v4().simple()));
    let created = app.send_as(&who, Request::new("POST", "/api/v1/exercises/user").json(&exercise));
    assert_eq!(created.status, 201, "{}", created.text());
    for path in ["/api/v1/access/me", "/api/v1/exercises?scope=user", "/health"] {
        let answer = app.get(&who, path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
    who
}

/// Whoever waits for the database is answered in the time that this may take, whatever the wall clock says.
fn time_out_during_a_jump(app: &App, who: &Session, clock: &SkewedClock, to: i64) -> Duration {
    let mut lock = app.database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE exercises IN ACCESS EXCLUSIVE MODE").expect("the table can be locked");
    let mut watcher = app.database.connect();
    let took = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let list = format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple());
            let start = Instant::now();
            let answer = app.get(who, &list);
            assert_eq!(answer.status, 503, "{}", answer.text());
            start.elapsed()
        });
        let waits =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until(Duration::from_secs(10), "the statement waits", || {
            watcher.query_one(waits, &[]).expect("they can be counted").get::<_, i64>(0) == 1
        });
        clock.set(to);
        waiting.join().expect("it was answered")
    });
    lock.batch_execute("ROLLBACK").expect("the lock can be released");
    let limits = Duration::from_millis(500)..=super::answer_limit();
    assert!(limits.contains(&took), "expected an answer within {limits:?}, it took {took:?}");
    took
}

#[test]
fn jumps_of_the_clock_are_survived() {
    let _turn = alone();
    let clock = SkewedClock::right();
    let settings = clock.settings();
    let mut settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // What counts attempts must not count an hour as over, or as still to come.
    settings.push(("RATE_LIMIT_ENABLED", "true"));
    let app = App::start_with(&settings);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let first = work(&app, &email);
    let load = Load::start(vec![
        reading(&app, "ping", &Session::anonymous(), "/ping"),
        reading(&app, "health", &Session::anonymous(), "/health"),
        reading(&app, "me", &first, "/api/v1/access/me"),
        reading(&app, "list", &first, "/api/v1/exercises?pageSize=5"),
    ]);
    let mut latest = first.clone();
    let mut slowest = Duration::ZERO;
    for to in [HOUR, 0, -HOUR, 0, HOUR, -HOUR, 0] {
        slowest = slowest.max(time_out_during_a_jump(&app, &latest, &clock, to));
        last(spell());
        latest = work(&app, &email);
    }
    // An hour after they were made they are over.
    clock.set(HOUR);
    until(Duration::from_secs(5), "the first token is over", || app.get(&first, "/api/v1/access/me").status == 401);
    clock.set(0);
    let samples = load.stop();
    println!(
        "clock: seven jumps of one and two hours; waiting for a lock ended after {slowest:.1?} at most; {samples}"
    );
    samples.assert_all("answered, or told to sign in", |sample| match sample.what {
        "ping" | "health" => sample.status() == Some(200),
        _ => matches!(sample.status(), Some(200 | 401)) || sample.is_refused_for_now(),
    });
    let log = app.process.log();
    assert!(!log.contains("panicked"), "expected no panic: {log}");
}
