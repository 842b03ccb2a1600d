//! More people sign in than passwords can be checked.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Job, Load, Sample, Samples, Session, alone, last, password, sign_in, unique_email},
    http::Request,
};

use super::{assert_well, short_or_full};

const MIB: u64 = 1024 * 1024;

/// How many passwords are checked at once.
const PERMITS: u32 = 2;

/// How many wait for that, for each that is being checked.
const WAITING: u32 = 8;

/// What checking a password takes, and what all else may take, in MiB.
const MIB_EACH: u64 = 64;

#[test]
fn a_flood_of_sign_ins_is_refused_quickly_and_slows_nobody_else_down() {
    let _turn = alone();
    let app = App::start_with(&[("CRYPTO_MAX_WORKERS", &PERMITS.to_string())]);
    let mut mint = app.mint();
    let readers: Vec<Session> = (0..4).map(|_| mint.person(Role::ApplicationAccess)).collect();
    let known: Arc<Vec<String>> = Arc::new((0..20).map(|_| unique_email()).collect());
    for email in &*known {
        app.insert_account(email, Role::ApplicationAccess, true);
    }
    let checked = Arc::new(AtomicUsize::new(0));
    let flood = (0..short_or_full(100, 200)).map(|number| signing_in(&app, number, known.clone(), checked.clone()));
    let reading = readers.into_iter().map(|reader| reading(&app, &reader));
    let baseline = app.process.memory();
    let load = Load::start(flood.chain(reading).collect());
    let mut most = 0;
    let (ends, patience) = (short_or_full(Duration::from_secs(6), Duration::from_secs(60)), Duration::from_secs(120));
    // A slow machine needs longer to check some of them.
    while load.now() < ends || checked.load(Ordering::Relaxed) < 60 {
        assert!(load.now() < patience, "only {checked:?} were checked");
        last(Duration::from_millis(100));
        most = most.max(app.process.memory());
    }
    let samples = load.stop();

    let growth = most.saturating_sub(baseline) / MIB;
    println!("hashing: {} MiB before the flood, {growth} MiB more at most", baseline / MIB);
    assert!(growth <= u64::from(PERMITS) * MIB_EACH + 64, "{growth} MiB");
    let me = samples.of("me");
    println!("hashing: /access/me meanwhile: {me}");
    assert_well(&me);
    let attempts = samples.filter(|sample| sample.what != "me");
    judge(&attempts);
    // They do not stand in the queue of those who sign in.
    let (quick, limit) = short_or_full(
        (me.per_mille(900), Duration::from_millis(500).max(checked_among(&attempts).per_mille(500) / 3)),
        (me.per_mille(990), Duration::from_millis(50)),
    );
    assert!(quick <= limit, "{me}");
}

fn checked_among(attempts: &Samples) -> Samples {
    attempts.filter(|attempt| !attempt.is_refused_for_now())
}

/// Expects that each attempt ends as it should, or is sent away at once.
fn judge(attempts: &Samples) {
    for what in ["right", "wrong", "unknown"] {
        println!("hashing: {what}: {}", attempts.of(what));
    }
    attempts.assert_all("checked, or sent away for now", |attempt| {
        attempt.status() == Some(if attempt.what == "right" { 204 } else { 401 }) || attempt.is_refused_for_now()
    });
    let refused = attempts.filter(Sample::is_refused_for_now);
    let accepted = checked_among(attempts);
    println!("hashing: checked: {accepted}\nhashing: sent away: {refused}");
    assert!(accepted.0.len() > 20 && refused.0.len() > 20, "{} checked, {} not", accepted.0.len(), refused.0.len());
    // However fast the machine is, no more of them are there at a time than are checked and may wait.
    let there = accepted.0.iter().map(|attempt| attempt.took.as_secs_f64()).sum::<f64>() / attempts.end().as_secs_f64();
    println!("hashing: {there:.1} were checked or waited at a time");
    assert!(there <= f64::from(PERMITS * (1 + WAITING)) * 1.1, "{there:.1} at a time");
    let wait = accepted.per_mille(500);
    assert!(accepted.per_mille(990) <= short_or_full(wait * 5, Duration::from_millis(2500)), "{accepted}");
    let at_once = short_or_full((wait / 3).max(Duration::from_millis(500)), Duration::from_millis(50));
    assert!(refused.per_mille(500) <= at_once, "{refused}");
    assert!(refused.per_mille(short_or_full(900, 990)) <= short_or_full(wait, at_once), "{refused}");
}

/// Signs in again and again: right, wrong, and as nobody. Every second one does not come back a second later, as told,
/// but at once.
fn signing_in(app: &App, number: usize, known: Arc<Vec<String>>, checked: Arc<AtomicUsize>) -> Job {
    let pause = if number.is_multiple_of(2) { Duration::from_secs(1) } else { Duration::from_millis(200) };
    let mut turn = number;
    Job::new(&app.address, pause, move |caller| {
        turn += 1;
        let email = &known[turn % known.len()];
        let (what, request) = match turn % 3 {
            0 => ("right", sign_in(email, password())),
            1 => ("wrong", sign_in(email, "Wrong_pass1!")),
            _ => ("unknown", sign_in("nobody@example.com", "Wrong_pass1!")),
        };
        if caller.send(what, &request).is_some_and(|answer| answer.status < 429) {
            checked.fetch_add(1, Ordering::Relaxed);
        }
    })
}

fn reading(app: &App, reader: &Session) -> Job {
    let me = reader.asks(Request::new("GET", "/api/v1/access/me"));
    Job::new(&app.address, Duration::from_millis(50), move |caller| drop(caller.send("me", &me)))
}
