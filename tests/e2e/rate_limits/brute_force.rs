//! Somebody who tries passwords on a large scale.

use std::time::{Duration, Instant};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, password, unique_email},
    http::Request,
};
use serde_json::json;

use super::{LIMITED, SIGN_IN_WINDOW, WRONG, assert_limited, from, start, try_from};

/// How many of these attempts have their password checked. All others must be refused, with the time to wait.
fn checked(attempts: impl Iterator<Item = irontrack_tests::http::Response>) -> usize {
    let mut checked = 0;
    for answer in attempts {
        match answer.status {
            401 => checked += 1,
            _ => assert_limited(&answer, SIGN_IN_WINDOW),
        }
    }
    checked
}

/// The addresses from which one person can attack at home.
fn loopback(number: u32) -> impl Iterator<Item = String> {
    (1..=number).map(|n| format!("127.0.{}.{}", n / 256, n % 256))
}

#[test]
fn one_account_from_many_addresses() {
    let app = start(&[]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let owner = app.sign_in(&email, password());
    assert_eq!(checked(loopback(100).map(|address| try_from(&app, &address, &email, WRONG))), 10);
    // The right password is not even looked at, so that guessing on cannot find it.
    assert_limited(&try_from(&app, "127.0.0.1", &email, password()), SIGN_IN_WINDOW);
    assert_eq!(app.get(&owner, "/api/v1/access/me").status, 200, "the owner stays signed in");
}

#[test]
fn many_accounts_from_one_address() {
    let app = start(&[("RATE_LIMIT_SIGN_IN_ADDRESS", "12")]);
    let emails: Vec<_> = (0..100).map(|_| unique_email()).collect();
    app.insert_account(&emails[99], Role::ApplicationAccess, true);
    assert_eq!(checked(emails.iter().map(|email| try_from(&app, "127.0.0.2", email, WRONG))), 12);
    assert_limited(&try_from(&app, "127.0.0.2", &emails[99], password()), SIGN_IN_WINDOW);
    assert_eq!(try_from(&app, "127.0.0.3", &emails[99], password()).status, 204, "the owner is somewhere else");
}

#[test]
fn the_password_of_a_stolen_session() {
    let app = start(&[]);
    let session = app.mint().person(Role::ApplicationAccess);
    let guesses = loopback(100).enumerate().map(|(n, address)| {
        let body = json!({"currentPassword": format!("Guess_{n}!"), "newPassword": "Passw0rd!2"});
        let request = Request::new("PATCH", "/api/v1/access/password-update").json(&body);
        app.send_as(&session, from(&address, request))
    });
    assert_eq!(checked(guesses), 5);
}

/// With the limits and the windows of production, as two instances have them behind a proxy. Takes a quarter of an hour.
#[test]
#[ignore = "takes a quarter of an hour: just brute-force"]
fn with_the_limits_of_production_the_owner_gets_in_after_the_attack() {
    let cache = CacheServer::start();
    let url = cache.url();
    let settings: Vec<_> = LIMITED.into_iter().chain([("CACHE_URL", url.as_str())]).collect();
    let one = App::start_with(&settings);
    let apps = [one.beside(&settings), one];
    let app = |n: usize| &apps[n % 2];
    // Where Valkey takes more than 50 ms for an answer, on a machine that is busy with other things, a process counts for
    // itself; then a few more get through, and never more than each process gives.
    let limit = |limit| limit..2 * limit;
    let email = unique_email();
    app(0).insert_account(&email, Role::ApplicationAccess, true);

    let addresses: Vec<_> = loopback(100).collect();
    let attack = (0..1000).map(|n| try_from(app(n), &addresses[n % 100], &email, WRONG));
    let admitted = checked(attack);
    assert!(limit(10).contains(&admitted), "one account from 100 addresses: {admitted}");
    let attacked = Instant::now();
    let emails: Vec<_> = (0..1000).map(|_| unique_email()).collect();
    let attack = emails.iter().enumerate().map(|(n, email)| try_from(app(n), "198.51.100.7", email, WRONG));
    let admitted = checked(attack);
    assert!(limit(100).contains(&admitted), "1000 accounts from one address: {admitted}");

    // The attack is over; the owner keeps trying with the right password.
    let window = Duration::from_secs(SIGN_IN_WINDOW);
    for n in 0.. {
        let answer = try_from(app(n), "203.0.113.9", &email, password());
        if answer.status == 204 {
            break;
        }
        assert_eq!(answer.status, 429, "{}", answer.text());
        assert!(attacked.elapsed() < window, "still refused after {:?}", attacked.elapsed());
        std::thread::park_timeout(Duration::from_secs(5));
    }
    println!("the owner was let in {:?} after the attack", attacked.elapsed());
}
