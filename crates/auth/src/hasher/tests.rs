//! The hasher as a whole, with the real parameters.

use std::task::{Context, Poll, Waker};
use std::time::Instant;

use super::*;

/// Computed with the reference implementation (argon2-cffi 25.1, salt `0123456789abcdef`).
const PASSWORD: &str = "Correct-Horse_9!";
const KNOWN: &str = "$argon2id$v=19$m=65536,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$yn/IhL1HNtbND1SgOwLyb1NKzZrJDM8J4ztGYvCl9Xk";
const UNICODE_PASSWORD: &str = "pässwörd ☃ 密码";
const UNICODE_KNOWN: &str =
    "$argon2id$v=19$m=65536,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$1IeeGFrcca/3vAFKQZNZhreNa4WaT20JHsydBA8smaA";
/// 1 MiB, two passes, two lanes, a hash of 24 bytes (salt `saltsalt`).
const TWO_LANES: &str = "$argon2id$v=19$m=1024,t=2,p=2$c2FsdHNhbHQ$Tjzq3H9pmaHgS4ybWMGuRtVZFhZWGuUU";
/// 1 MiB, one pass.
const ONE_PASS: &str = "$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHQ$L5seObOt9r6ZzHKMbBcf92xhAYU6B4/35f9/R5278U4";

fn hasher(permits: usize, queue_limit: usize) -> Argon2Hasher {
    Argon2Hasher::new(HasherSettings { permits, queue_limit }).unwrap()
}

fn password(text: &str) -> Password {
    Password::presented(text).unwrap()
}

async fn verify(hasher: &Argon2Hasher, text: &str, phc: &str) -> bool {
    hasher.verify(password(text), Some(PasswordHash::new(phc.to_owned()))).await.unwrap()
}

#[tokio::test]
async fn hashes_of_another_implementation_are_verified() {
    let hasher = hasher(1, 0);
    for (text, phc) in
        [(PASSWORD, KNOWN), (UNICODE_PASSWORD, UNICODE_KNOWN), (PASSWORD, TWO_LANES), (PASSWORD, ONE_PASS)]
    {
        assert!(verify(&hasher, text, phc).await, "{phc}");
        assert!(!verify(&hasher, "correct-Horse_9!", phc).await, "{phc}");
    }
}

#[tokio::test]
async fn a_new_hash_has_our_parameters_and_a_salt_of_its_own() {
    let hasher = hasher(1, 0);
    let one = hasher.hash(password(PASSWORD)).await.unwrap();
    let two = hasher.hash(password(PASSWORD)).await.unwrap();
    assert_ne!(one, two);
    for hash in [&one, &two] {
        let fields: Vec<_> = hash.as_str().split('$').collect();
        assert_eq!(fields[..4], ["", "argon2id", "v=19", "m=65536,t=3,p=1"]);
        assert_eq!((fields[4].len(), fields[5].len(), fields.len()), (22, 43, 6));
        assert!(verify(&hasher, PASSWORD, hash.as_str()).await);
        assert!(!verify(&hasher, "", hash.as_str()).await);
    }
}

#[tokio::test]
async fn without_a_hash_the_same_work_is_done_for_nothing() {
    let hasher = hasher(1, 0);
    let ours = StoredHash::parse(KNOWN).unwrap();
    assert_eq!(hasher.dummy.params, ours.params);
    assert_eq!(hasher.dummy.salt.len(), ours.salt.len());
    assert_eq!(hasher.dummy.output.len(), ours.output.len());
    assert_eq!(hasher.scratch.idle_count(), 0);
    assert!(!hasher.verify(password(PASSWORD), None).await.unwrap());
    assert_eq!(hasher.scratch.idle_count(), 1, "the memory was used");
}

#[tokio::test]
async fn even_the_right_password_of_the_dummy_is_wrong() {
    let mut hasher = hasher(1, 0);
    hasher.dummy = StoredHash::parse(ONE_PASS).unwrap();
    assert!(verify(&hasher, PASSWORD, ONE_PASS).await);
    assert!(!hasher.verify(password(PASSWORD), None).await.unwrap());
}

#[tokio::test]
async fn a_malformed_stored_hash_is_an_error_and_takes_no_permit() {
    let hasher = hasher(1, 0);
    let verdict = hasher.verify(password(PASSWORD), Some(PasswordHash::new("plain".into()))).await;
    assert!(matches!(verdict, Err(HashError::Unexpected(_))), "{verdict:?}");
    assert_eq!(hasher.scratch.idle_count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_refuses_at_once() {
    let hasher = hasher(1, 1);
    let inside = hasher.admission.enter().await.unwrap();
    let mut waiting = hasher.hash(password(PASSWORD));
    assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let mut refused = hasher.verify(password(PASSWORD), None);
    let answer = refused.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(answer, Poll::Ready(Err(HashError::Busy))), "{answer:?}");
    drop(inside);
    waiting.await.unwrap();
}

#[tokio::test]
async fn callers_that_go_away_leave_permits_and_memory_behind() {
    let hasher = hasher(2, 4);
    for _ in 0..3 {
        let mut calls: Vec<_> = (0..6).map(|_| hasher.verify(password(PASSWORD), None)).collect();
        for call in &mut calls {
            assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert!(matches!(hasher.verify(password(PASSWORD), None).await, Err(HashError::Busy)));
        // Two are being computed, four wait: all of them go away.
        drop(calls);
        let permits = (hasher.admission.enter().await.unwrap(), hasher.admission.enter().await.unwrap());
        assert_eq!(hasher.scratch.idle_count(), 2);
        drop(permits);
    }
    assert!(verify(&hasher, PASSWORD, KNOWN).await);
}

#[tokio::test]
async fn the_permit_of_work_that_panics_comes_back() {
    let hasher = hasher(1, 0);
    let failed: Result<(), _> = hasher.compute(|_| panic!("on purpose")).await;
    assert!(matches!(failed, Err(HashError::Unexpected(_))), "{failed:?}");
    assert!(verify(&hasher, PASSWORD, ONE_PASS).await);
}

/// Not a limit that has to hold on every machine, but without optimisation a hash takes 5 seconds and more.
#[tokio::test]
async fn the_hash_function_is_compiled_with_optimisation() {
    let hasher = hasher(1, 0);
    let start = Instant::now();
    for _ in 0..3 {
        hasher.verify(password(PASSWORD), None).await.unwrap();
    }
    println!("{:?} a hash", start.elapsed() / 3);
    assert!(start.elapsed().as_secs() < 6, "{:?} for three hashes", start.elapsed());
}
