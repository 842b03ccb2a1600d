//! More people sign in than passwords can be checked.

use std::{sync::Arc, time::Duration};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Job, Load, last, password, sign_in, unique_email},
    http::Request,
};

use super::{assert_well, short_or_full};

const MIB: u64 = 1024 * 1024;

/// How many passwords are checked at once.
const PERMITS: u64 = 2;

#[test]
fn a_flood_of_sign_ins_is_refused_quickly_and_slows_nobody_else_down() {
    let app = App::start_with(&[("CRYPTO_MAX_WORKERS", &PERMITS.to_string())]);
    let reader = app.mint().person(Role::ApplicationAccess);
    let known: Arc<Vec<String>> = Arc::new(
        (0..20)
            .map(|_| {
                let email = unique_email();
                app.insert_account(&email, Role::ApplicationAccess, true);
                email
            })
            .collect(),
    );
    let baseline = app.process.memory();
    let mut jobs: Vec<Job> = (0..short_or_full(100, 200))
        .map(|number: usize| {
            let (known, mut turn) = (known.clone(), number);
            // Who is sent away comes back after a second, as told.
            Job::new(&app.address, Duration::from_secs(1), move |caller| {
                turn += 1;
                let (what, request) = match turn % 3 {
                    0 => ("right", sign_in(&known[turn % known.len()], password())),
                    1 => ("wrong", sign_in(&known[turn % known.len()], "Wrong_pass1!")),
                    _ => ("unknown", sign_in("nobody@example.com", "Wrong_pass1!")),
                };
                drop(caller.send(what, &request));
            })
        })
        .collect();
    let me = reader.asks(Request::new("GET", "/api/v1/access/me"));
    jobs.push(Job::new(&app.address, Duration::from_millis(20), move |caller| drop(caller.send("me", &me))));
    let load = Load::start(jobs);
    let (mut most, turns) = (0, short_or_full(40, 300));
    for _ in 0..turns {
        last(Duration::from_millis(200));
        most = most.max(app.process.memory());
    }
    let samples = load.stop();
    let growth = most.saturating_sub(baseline) / MIB;
    println!("hashing: memory {} MiB before, {growth} MiB more at most", baseline / MIB);
    let me = samples.of("me");
    println!("hashing: me: {me}");
    let sign_ins = samples.filter(|sample| sample.what != "me");
    for what in ["right", "wrong", "unknown"] {
        println!("hashing: {what}: {}", samples.of(what));
    }
    let refused = sign_ins.filter(|sample| sample.is_refused_for_now());
    let accepted = sign_ins.filter(|sample| !sample.is_refused_for_now());
    println!("hashing: refused: {refused}");
    println!("hashing: accepted: {accepted}");
    assert_well(&me);
}
