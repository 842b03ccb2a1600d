//! The contract of [`IdempotencyRepository`](crate::repo::IdempotencyRepository).

use irontrack_domain::{EntityTag, IdempotencyKey, account::Role};

use super::store::{Ports, at, commit, rollback};
use crate::repo::{Claim, KeptAnswer};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    an_answer_is_kept_with_its_effect(ports).await;
    a_key_is_used_by_one_at_a_time(ports).await;
    old_answers_are_forgotten(ports).await;
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::parse(text).expect("a key")
}

fn answer(location: Option<&str>) -> KeptAnswer {
    KeptAnswer {
        status: 201,
        location: location.map(str::to_owned),
        tag: location.map(|_| EntityTag::of_bytes(&[1, 2])),
        body: vec![0, 255, b'{'],
    }
}

/// What is rolled back was never kept; what is committed is found again, byte for byte, by this account only.
pub async fn an_answer_is_kept_with_its_effect(ports: &Ports<'_>) {
    let [one, other] = [ports.account().await, ports.account().await];
    for commits in [false, true] {
        let mut work = ports.begin().await;
        assert_eq!(work.idempotency().claim(one, &key("k"), at(0)).await.expect("a claim"), Claim::Free);
        let kept = work.idempotency().keep(one, &key("k"), &[7; 32], &answer(Some("/here")), at(5)).await;
        kept.expect("the answer is kept");
        if commits {
            commit(work).await;
        } else {
            rollback(work).await;
        }
    }
    let mut work = ports.begin().await;
    let found = work.idempotency().claim(one, &key("k"), at(0)).await.expect("a claim");
    assert_eq!(found, Claim::Answered { request: [7; 32], answer: answer(Some("/here")) });
    assert_eq!(work.idempotency().claim(other, &key("k"), at(0)).await.expect("a claim"), Claim::Free);
    assert_eq!(work.idempotency().claim(one, &key("K"), at(0)).await.expect("a claim"), Claim::Free);
    rollback(work).await;
}

/// Whoever comes second is told at once, and the end of the first frees the key.
pub async fn a_key_is_used_by_one_at_a_time(ports: &Ports<'_>) {
    let [one, other] = [ports.account().await, ports.account().await];
    let (mut first, mut second) = (ports.begin().await, ports.begin().await);
    assert_eq!(first.idempotency().claim(one, &key("k"), at(0)).await.expect("a claim"), Claim::Free);
    assert_eq!(second.idempotency().claim(one, &key("k"), at(0)).await.expect("a claim"), Claim::InUse);
    assert_eq!(second.idempotency().claim(other, &key("k"), at(0)).await.expect("a claim"), Claim::Free);
    rollback(first).await;
    assert_eq!(second.idempotency().claim(one, &key("k"), at(0)).await.expect("a claim"), Claim::Free);
    rollback(second).await;
}

/// An old answer is not found, can be replaced, and is swept away.
pub async fn old_answers_are_forgotten(ports: &Ports<'_>) {
    let account = ports.account().await;
    for (text, second) in [("old", 10), ("new", 20)] {
        let mut work = ports.begin().await;
        let kept = work.idempotency().keep(account, &key(text), &[1; 32], &answer(None), at(second)).await;
        kept.expect("the answer is kept");
        commit(work).await;
    }
    let mut work = ports.begin().await;
    assert_eq!(work.idempotency().claim(account, &key("old"), at(10)).await.expect("a claim"), Claim::Free);
    let replaced = work.idempotency().keep(account, &key("old"), &[2; 32], &answer(None), at(30)).await;
    replaced.expect("the answer is replaced");
    commit(work).await;
    let mut work = ports.begin().await;
    // Another part of the suite has kept an answer as well.
    let swept = work.idempotency().sweep(at(20), 500).await.expect("answers are swept");
    commit(work).await;
    assert_eq!(swept, 2, "the new one, which is old by now, and the one of before");
    let mut work = ports.begin().await;
    assert_eq!(work.idempotency().claim(account, &key("new"), at(0)).await.expect("a claim"), Claim::Free);
    assert!(matches!(work.idempotency().claim(account, &key("old"), at(0)).await, Ok(Claim::Answered { .. })));
    rollback(work).await;
}
