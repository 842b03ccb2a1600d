//! Several server processes on one database: with Valkey they share the limits, without it each has its own.

use std::time::{Duration, Instant};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, Session, bodies, body, password, sign_in, unique_email},
    http::{Request, Response},
};
use serde_json::json;

use super::{LIMITED, SIGN_IN_WINDOW, WRONG, assert_limited, from, start, try_from};

/// Two servers that share their database, and what the settings say besides.
fn two(settings: &[(&str, &str)]) -> [App; 2] {
    let one = start(settings);
    let other = one.beside(&[&LIMITED, settings].concat());
    [one, other]
}

/// Tries at one server after the other until both refuse, and answers how often it was not refused.
fn admitted_by_both(apps: &[App; 2], window: u64, mut attempt: impl FnMut(&App) -> Response) -> usize {
    let (mut admitted, mut refused) = (0, 0);
    for app in apps.iter().cycle().take(100) {
        let answer = attempt(app);
        if answer.status == 429 {
            assert_limited(&answer, window);
            refused += 1;
        } else {
            (admitted, refused) = (admitted + 1, 0);
        }
        if refused == 2 {
            return admitted;
        }
    }
    panic!("100 attempts were not refused");
}

/// Expects both together to admit no more than the limit. Where the limit is not shared they always admit twice as many.
///
/// Valkey has 50 ms for an answer. On a machine that is busy with other things it may be late, and then a process counts
/// for itself. So the limit gets another chance, with somebody else.
fn assert_shared(limit: usize, mut admitted: impl FnMut() -> usize) {
    let mut all = Vec::new();
    while all.len() < 6 {
        all.push(admitted());
        if all.last() == Some(&limit) {
            return;
        }
    }
    panic!("instead of {limit} both together admitted {all:?}");
}

/// Signs in with a wrong password until it is refused, and answers how often it was checked. Everything else is a
/// failure.
fn checked_until_refused(app: &App, email: &str) -> u32 {
    for checked in 0..100 {
        let answer = app.send(&sign_in(email, WRONG));
        match answer.status {
            401 => {}
            429 => return checked,
            status => panic!("{status} after {checked} attempts: {}", answer.text()),
        }
    }
    panic!("100 attempts were not refused");
}

#[test]
fn failed_sign_ins_count_wherever_they_happen() {
    let cache = CacheServer::start();
    let apps = two(&[("CACHE_URL", &cache.url())]);
    assert_shared(10, || {
        let email = unique_email();
        apps[0].insert_account(&email, Role::ApplicationAccess, true);
        // Successes are free, also when they happen elsewhere.
        for app in apps.iter().cycle().take(4) {
            assert_eq!(app.send(&sign_in(&email, password())).status, 204);
        }
        let mut addresses = (1..).map(|n| format!("192.0.2.{n}"));
        let mut attempt = |app: &App, password| try_from(app, &addresses.next().expect("one more"), &email, password);
        let admitted = admitted_by_both(&apps, SIGN_IN_WINDOW, |app| attempt(app, WRONG));
        for app in &apps {
            assert_limited(&attempt(app, password()), SIGN_IN_WINDOW);
        }
        admitted
    });
}

#[test]
fn limits_of_addresses_are_shared() {
    let cache = CacheServer::start();
    let apps = two(&[("CACHE_URL", &cache.url()), ("RATE_LIMIT_SIGN_IN_ADDRESS", "3"), ("RATE_LIMIT_SIGN_UP", "3")]);
    let mut addresses = (1..).map(|n| format!("192.0.2.{n}"));
    assert_shared(3, || {
        let address = addresses.next().expect("one more");
        admitted_by_both(&apps, SIGN_IN_WINDOW, |app| {
            let answer = try_from(app, &address, &unique_email(), WRONG);
            assert!([401, 429].contains(&answer.status), "{}", answer.text());
            answer
        })
    });
    assert_shared(3, || {
        let address = addresses.next().expect("one more");
        admitted_by_both(&apps, 60 * 60, |app| {
            let request = Request::new("POST", "/api/v1/access/signup").json(&bodies::sign_up(&unique_email()));
            let answer = app.send(&from(&address, request));
            assert!([201, 429].contains(&answer.status), "{}", answer.text());
            answer
        })
    });
}

#[test]
fn limits_of_accounts_and_sessions_are_shared() {
    let cache = CacheServer::start();
    let apps = two(&[("CACHE_URL", &cache.url()), ("RATE_LIMIT_PASSWORD_CHANGE", "3"), ("RATE_LIMIT_REFRESH", "3")]);
    assert_shared(3, || {
        let session = apps[0].mint().person(Role::ApplicationAccess);
        admitted_by_both(&apps, SIGN_IN_WINDOW, |app| {
            let body = json!({"currentPassword": WRONG, "newPassword": "Passw0rd!2"});
            let answer = app.send_as(&session, Request::new("PATCH", "/api/v1/access/password-update").json(&body));
            assert!([401, 429].contains(&answer.status), "{}", answer.text());
            answer
        })
    });
    assert_shared(3, || {
        let mut session = apps[0].sign_in_new(Role::ApplicationAccess);
        admitted_by_both(&apps, 60, |app| {
            session.access = None;
            let answer = app.send_as(&session, Request::new("POST", "/api/v1/access/refresh-jwt"));
            if answer.status == 204 {
                session = Session::of(&answer);
            }
            assert!([204, 429].contains(&answer.status), "{}", answer.text());
            answer
        })
    });
}

#[test]
fn without_valkey_each_process_limits_itself() {
    let apps = two(&[("RATE_LIMIT_SIGN_IN_ACCOUNT", "3")]);
    let email = unique_email();
    assert_eq!(apps.each_ref().map(|app| checked_until_refused(app, &email)), [3, 3]);
}

#[test]
fn when_valkey_goes_away_nobody_gets_more_attempts_than_each_process_gives() {
    let mut cache = CacheServer::start();
    let apps = two(&[("CACHE_URL", &cache.url()), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "3")]);
    let email = unique_email();
    for app in &apps {
        assert_eq!(app.send(&sign_in(&email, WRONG)).status, 401);
    }
    cache.stop();
    // Each has counted one of the three before.
    assert_eq!(apps.each_ref().map(|app| checked_until_refused(app, &email)), [2, 2]);
    assert_eq!(checked_until_refused(&apps[0], &unique_email()), 3);
    let health = apps[0].send(&Request::new("GET", "/health"));
    assert_eq!((health.status, body(&health)["cache_status"].as_str()), (200, Some("offline")));

    // It is back, and knows nothing. What was counted meanwhile stays counted.
    cache.restart();
    for app in &apps {
        wait_until_it_counts_again(app, &email);
        assert_limited(&app.send(&sign_in(&email, password())), SIGN_IN_WINDOW);
    }
    // And they share the limit of what comes next.
    assert_shared(3, || {
        let email = unique_email();
        admitted_by_both(&apps, SIGN_IN_WINDOW, |app| app.send(&sign_in(&email, WRONG)))
    });
}

/// A server finds out by using it. Meanwhile it refuses who has reached the limit.
fn wait_until_it_counts_again(app: &App, refused: &str) {
    let line = "the shared rate limiter answers again";
    let deadline = Instant::now() + Duration::from_secs(20);
    while !app.process.log().contains(line) {
        assert!(Instant::now() < deadline, "expected '{line}' in\n{}", app.process.log());
        assert_limited(&app.send(&sign_in(refused, WRONG)), SIGN_IN_WINDOW);
        assert_eq!(app.send(&sign_in(&unique_email(), WRONG)).status, 401);
    }
}
