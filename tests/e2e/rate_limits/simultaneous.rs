//! Attempts at the same time.

use std::sync::Barrier;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, password, unique_email},
    http::Response,
};

use super::{WRONG, start, try_from};

/// Signs in so many times at once, from as many addresses.
fn at_once(app: &App, number: usize, email: &str, password: &str) -> Vec<Response> {
    let start = Barrier::new(number);
    std::thread::scope(|scope| {
        let attempts: Vec<_> = (0..number)
            .map(|n| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    try_from(app, &format!("192.0.2.{n}"), email, password)
                })
            })
            .collect();
        attempts.into_iter().map(|attempt| attempt.join().expect("the request was sent")).collect()
    })
}

#[test]
fn simultaneous_guesses_are_not_more_than_the_limit() {
    let app = start(&[("CRYPTO_MAX_WORKERS", "4")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let statuses: Vec<_> = at_once(&app, 40, &email, WRONG).iter().map(|answer| answer.status).collect();
    let count = |status| statuses.iter().filter(|s| **s == status).count();
    assert_eq!((count(401), count(429)), (10, 30), "{statuses:?}");
}

#[test]
fn simultaneous_right_passwords_are_not_taken_for_guesses() {
    let app = start(&[("CRYPTO_MAX_WORKERS", "4"), ("RATE_LIMIT_SIGN_IN_ACCOUNT", "2")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let answers = at_once(&app, 6, &email, password());
    for answer in &answers {
        // On a machine that is very busy with other things some may wait too long, and are asked to come back soon.
        let result = (answer.status, answer.header("retry-after"));
        assert!([(204, None), (429, Some("1"))].contains(&result), "{result:?}: {}", answer.text());
    }
    assert_eq!(try_from(&app, "192.0.2.99", &email, password()).status, 204, "none of them stays counted");
}
