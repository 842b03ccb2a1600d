//! What becomes of sessions that are too many or too old.

use chrono::TimeDelta;
use irontrack_domain::account::LoginSession;

use super::{Ports, at, commit, expect_stored, new_session, rollback, stored};

/// Sessions that live on, even if for a microsecond, and those of others stay.
pub async fn only_expired_sessions_of_the_account_are_deleted(ports: &Ports<'_>) {
    let (jo, al) = (ports.account().await, ports.account().await);
    let ending = |user, expires_at| LoginSession { expires_at, ..new_session(user) };
    let over = [ending(jo, at(50)), ending(jo, at(99)), ending(jo, at(100))];
    let alive = [ending(jo, at(100) + TimeDelta::microseconds(1)), ending(jo, at(1000)), ending(al, at(50))];
    for session in over.iter().chain(&alive) {
        ports.store_session(session).await;
    }
    for _again in 0..2 {
        let mut unit = ports.begin().await;
        unit.sessions().delete_expired(jo, at(100)).await.expect("expired sessions can be deleted");
        commit(unit).await;
        for session in &over {
            let found = stored(ports, session.id, session.user_id).await;
            assert_eq!(found, None, "a session whose life is over is deleted");
        }
        for session in &alive {
            expect_stored(ports, session, "a session that lives, or is another account's, stays").await;
        }
    }
}

/// As many as asked for stay; who was last used goes last, and other accounts are not affected.
pub async fn the_last_used_sessions_are_kept(ports: &Ports<'_>) {
    let (jo, al) = (ports.account().await, ports.account().await);
    let used = |user, n: i64| LoginSession { last_used_at: at(n), ..new_session(user) };
    // Neither the order of their creation nor that of their ids.
    let mine = [used(jo, 3), used(jo, 1), used(jo, 5), used(jo, 2), used(jo, 4)];
    let theirs = [used(al, 0), used(al, 9)];
    for session in mine.iter().chain(&theirs) {
        ports.store_session(session).await;
    }
    for (keep, expected) in [(6, vec![]), (5, vec![]), (3, vec![1, 2]), (2, vec![3]), (0, vec![4, 5])] {
        let mut unit = ports.begin().await;
        let ended = unit.sessions().end_surplus(jo, keep).await.expect("sessions can be ended");
        commit(unit).await;
        let mut ended: Vec<i64> = ended
            .into_iter()
            .map(|id| mine.iter().find(|session| session.id == id).expect("a session of the account"))
            .map(|session| (session.last_used_at - at(0)).num_seconds())
            .collect();
        ended.sort_unstable();
        assert_eq!(ended, expected, "of which {keep} are kept");
        for session in &mine {
            let is_there = stored(ports, session.id, jo).await.is_some();
            let rank = 5 - (session.last_used_at - at(0)).num_seconds();
            assert_eq!(is_there, rank < keep.into(), "number {rank} when {keep} are kept");
        }
    }
    for session in &theirs {
        expect_stored(ports, session, "another account's session").await;
    }
}

/// Never more than asked for, those that ended first come first, and what lives stays.
pub async fn expired_sessions_of_everybody_are_swept_in_batches(ports: &Ports<'_>) {
    let (jo, al) = (ports.account().await, ports.account().await);
    let ending = |user, expires_at| LoginSession { expires_at, ..new_session(user) };
    let over = [ending(jo, at(10)), ending(al, at(20)), ending(jo, at(30)), ending(al, at(40))];
    let alive = [ending(jo, at(40) + TimeDelta::microseconds(1)), ending(al, at(50))];
    for session in alive.iter().chain(&over) {
        ports.store_session(session).await;
    }
    for (limit, swept, left) in [(0, 0, 4), (3, 3, 1), (3, 1, 0), (3, 0, 0)] {
        let mut unit = ports.begin().await;
        let count = unit.sessions().sweep_expired(at(40), limit).await.expect("sessions can be swept");
        commit(unit).await;
        assert_eq!(count, swept, "swept of {limit} at most");
        for (n, session) in over.iter().enumerate() {
            let is_there = stored(ports, session.id, session.user_id).await.is_some();
            assert_eq!(is_there, n >= over.len() - left, "number {n} when {left} are left");
        }
    }
    for session in &alive {
        expect_stored(ports, session, "a session that lives").await;
    }
}

/// What somebody else holds is left for the next time.
pub async fn a_sweep_waits_for_nobody(ports: &Ports<'_>) {
    let user = ports.account().await;
    let over = || LoginSession { expires_at: at(5), ..new_session(user) };
    let (held, free) = (over(), over());
    ports.store_session(&held).await;
    ports.store_session(&free).await;
    let (mut holder, mut sweeper) = (ports.begin().await, ports.begin().await);
    holder.sessions().lock(held.id, user).await.expect("a session can be locked");
    let swept = sweeper.sessions().sweep_expired(at(5), 10).await.expect("a sweep that does not wait");
    assert_eq!(swept, 1, "only the free session");
    commit(sweeper).await;
    rollback(holder).await;
    assert_eq!(stored(ports, free.id, user).await, None, "the free session is gone");
    expect_stored(ports, &held, "the held session").await;
    let mut unit = ports.begin().await;
    assert_eq!(unit.sessions().sweep_expired(at(5), 10).await.expect("a sweep"), 1, "free now");
    commit(unit).await;
}
