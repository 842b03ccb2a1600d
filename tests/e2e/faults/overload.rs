//! More requests than can be worked on.

use std::{
    sync::Barrier,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, alone, body, until},
    http::{Request, Response},
};
use uuid::Uuid;

use super::short_or_full;

/// How many are worked on at the same time.
const ROOM: usize = 4;

fn list() -> Request {
    Request::new("GET", &format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple()))
}

#[test]
fn more_requests_than_there_is_room_for_are_sent_away_at_once() {
    let _turn = alone();
    let app = App::start_with(&[("HTTP_MAX_REQUESTS", &ROOM.to_string())]);
    let mut mint = app.mint();
    let people: Vec<Session> = (0..=ROOM).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let (other, holders) = people.split_first().expect("there are people");
    let mut lock = app.database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE exercises IN ACCESS EXCLUSIVE MODE").expect("the table can be locked");
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let start = Barrier::new(ROOM);
    let (refused, lives) = std::thread::scope(|scope| {
        let holding: Vec<_> = holders
            .iter()
            .map(|holder| {
                let (start, app) = (&start, &app);
                scope.spawn(move || {
                    start.wait();
                    app.send(&holder.asks(list())).status
                })
            })
            .collect();
        until(Duration::from_secs(20), "all places are taken", || {
            mint.database.query_one(waiting, &[]).expect("they can be counted").get::<_, i64>(0) == 4
        });
        let refused: Vec<(Response, Duration)> = (0..10)
            .map(|_| {
                let begin = Instant::now();
                (app.get(other, "/api/v1/access/me"), begin.elapsed())
            })
            .collect();
        let lives = ["/ping", "/health"].map(|path| app.send(&Request::new("GET", path)).status);
        lock.batch_execute("ROLLBACK").expect("the lock can be released");
        let held: Vec<u16> = holding.into_iter().map(|holder| holder.join().expect("it was sent")).collect();
        assert!(held.iter().all(|status| [200, 503].contains(status)), "{held:?}");
        (refused, lives)
    });
    let slowest = refused.iter().map(|(_, took)| *took).max().unwrap_or_default();
    println!("overload: sent away within {slowest:.1?}");
    for (answer, took) in &refused {
        let kind = &body(answer)["type"];
        assert_eq!(kind, "urn:irontrack:problem:overloaded", "{}", answer.text());
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
        assert!(*took <= short_or_full(Duration::from_secs(1), Duration::from_millis(100)), "{took:?}");
    }
    assert_eq!(lives, [200, 200], "whether the service lives is told all the same");
    assert_eq!(app.get(other, "/api/v1/access/me").status, 200, "there is room again");
}
