//! The contract of [`SessionRepository`](crate::repo::SessionRepository).

pub mod bounds;

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Client, LoginSession, Role},
};
use uuid::Uuid;

use super::{
    join,
    store::{Ports, at, commit, expect_missing, new_session, refresh_id, rollback},
};
use crate::{Constraint, UnitOfWork};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    sessions_are_stored_as_they_are(ports).await;
    a_session_needs_its_account(ports).await;
    only_the_own_session_can_be_locked(ports).await;
    a_locked_session_stays_as_it_is(ports).await;
    rotating_moves_the_whole_session(ports).await;
    a_refresh_token_is_exchanged_once(ports).await;
    an_expired_session_is_not_rotated(ports).await;
    one_of_sixteen_exchanges_wins(ports).await;
    a_use_is_never_recorded_before_a_later_one(ports).await;
    a_session_is_deleted_once(ports).await;
    bounds::only_expired_sessions_of_the_account_are_deleted(ports).await;
    bounds::the_last_used_sessions_are_kept(ports).await;
    bounds::expired_sessions_of_everybody_are_swept_in_batches(ports).await;
    bounds::a_sweep_waits_for_nobody(ports).await;
}

fn client() -> Client {
    Client::new(Some("2001:db8::1".into()), Some("other/2.0"))
}

async fn stored(ports: &Ports<'_>, session: SessionId, user: UserId) -> Option<LoginSession> {
    let mut unit = ports.begin().await;
    let found = unit.sessions().lock(session, user).await.expect("the session can be read");
    rollback(unit).await;
    found
}

async fn expect_stored(ports: &Ports<'_>, session: &LoginSession, why: &str) {
    assert_eq!(stored(ports, session.id, session.user_id).await.as_ref(), Some(session), "{why}");
}

/// Rotates with the [`client`] and a new life of 2000 seconds.
async fn rotate(
    unit: &mut dyn UnitOfWork,
    session: SessionId,
    current: RefreshId,
    next: RefreshId,
    now: DateTime<Utc>,
) -> bool {
    let rotated = unit.sessions().rotate(session, current, next, &client(), now, at(2000)).await;
    rotated.expect("a session can be rotated, or not, without an error")
}

async fn rotate_alone(
    ports: &Ports<'_>,
    session: SessionId,
    current: RefreshId,
    next: RefreshId,
    now: DateTime<Utc>,
) -> bool {
    let mut unit = ports.begin().await;
    let rotated = rotate(&mut *unit, session, current, next, now).await;
    commit(unit).await;
    rotated
}

/// What a session is after it was rotated like that.
fn rotated(session: &LoginSession, next: RefreshId, now: DateTime<Utc>) -> LoginSession {
    LoginSession {
        last_used_at: now,
        expires_at: at(2000),
        client: client(),
        refresh_id: next,
        previous: Some((session.refresh_id, now)),
        ..session.clone()
    }
}

/// Every field comes back, times to the microsecond.
pub async fn sessions_are_stored_as_they_are(ports: &Ports<'_>) {
    let plain = new_session(ports.account().await);
    let longest_agent = "\u{e4}".repeat(Client::USER_AGENT_MAX);
    for session in [
        plain.clone(),
        LoginSession {
            id: SessionId::new(Uuid::new_v4()),
            last_used_at: at(3),
            client: Client::default(),
            previous: Some((refresh_id(), at(2) + TimeDelta::microseconds(1))),
            ..plain.clone()
        },
        LoginSession {
            id: SessionId::new(Uuid::new_v4()),
            client: Client::new(Some("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".into()), Some(&longest_agent)),
            ..plain
        },
    ] {
        ports.store_session(&session).await;
        expect_stored(ports, &session, "a session is stored as it is").await;
    }
}

/// Neither an account that never was nor a deleted one can have sessions, and a deleted one loses those that it had.
pub async fn a_session_needs_its_account(ports: &Ports<'_>) {
    let deleted = ports.account().await;
    let old = new_session(deleted);
    ports.store_session(&old).await;
    assert!(ports.backdoor.delete_account(deleted), "the account can be deleted");
    assert_eq!(stored(ports, old.id, deleted).await, None, "a session has outlived its account");
    for user in [deleted, UserId::new(Uuid::new_v4())] {
        let mut unit = ports.begin().await;
        let result = unit.sessions().insert(&new_session(user)).await;
        expect_missing(result, Constraint::SessionAccount, "a session of nobody");
        rollback(unit).await;
    }
}

/// A session that is absent, or another account's, is not there.
pub async fn only_the_own_session_can_be_locked(ports: &Ports<'_>) {
    let (jo, al) = (ports.account().await, ports.account().await);
    let session = new_session(jo);
    ports.store_session(&session).await;
    expect_stored(ports, &session, "the own session").await;
    assert_eq!(stored(ports, session.id, al).await, None, "another account's session");
    assert_eq!(stored(ports, SessionId::new(Uuid::new_v4()), jo).await, None, "an absent session");
}

/// Whoever has locked a session may change it before everybody else.
pub async fn a_locked_session_stays_as_it_is(ports: &Ports<'_>) {
    let session = new_session(ports.account().await);
    ports.store_session(&session).await;
    let (mine, theirs) = (refresh_id(), refresh_id());
    let (mut holder, mut other) = (ports.begin().await, ports.begin().await);
    // So that the intruder has nothing left to prepare, and would be first without the lock.
    let absent = SessionId::new(Uuid::new_v4());
    assert!(!rotate(&mut *other, absent, session.refresh_id, theirs, at(1)).await, "an absent session was rotated");
    let locked = holder.sessions().lock(session.id, session.user_id).await.expect("the session can be locked");
    assert_eq!(locked.as_ref(), Some(&session));
    let intrude = rotate(&mut *other, session.id, session.refresh_id, theirs, at(1));
    let hold = async {
        for _ in 0..50 {
            let still = holder.sessions().lock(session.id, session.user_id).await.expect("the session can be locked");
            assert_eq!(still.as_ref(), Some(&session), "a locked session has changed");
        }
        assert!(rotate(&mut *holder, session.id, session.refresh_id, mine, at(1)).await, "the holder of the lock wins");
        commit(holder).await;
    };
    let (intruded, ()) = join::both(intrude, hold).await;
    assert!(!intruded, "a locked session was rotated by somebody else");
    commit(other).await;
    expect_stored(ports, &rotated(&session, mine, at(1)), "the holder's change is the one that stays").await;
}

/// Refresh ids, times and client move; identity, owner and creation stay; other sessions stay as they are.
pub async fn rotating_moves_the_whole_session(ports: &Ports<'_>) {
    let user = ports.account().await;
    let (session, neighbour) = (new_session(user), new_session(user));
    ports.store_session(&session).await;
    ports.store_session(&neighbour).await;
    let now = at(10) + TimeDelta::microseconds(1);
    let next = refresh_id();
    assert!(rotate_alone(ports, session.id, session.refresh_id, next, now).await, "the current token is exchanged");
    let after = rotated(&session, next, now);
    expect_stored(ports, &after, "after one exchange").await;

    let last = refresh_id();
    assert!(rotate_alone(ports, session.id, next, last, at(20)).await, "the new token is exchanged in turn");
    expect_stored(ports, &rotated(&after, last, at(20)), "after two exchanges").await;
    expect_stored(ports, &neighbour, "another session of the account").await;
}

/// Stale and foreign refresh ids change nothing, and neither does one for a session that is absent.
pub async fn a_refresh_token_is_exchanged_once(ports: &Ports<'_>) {
    let user = ports.account().await;
    let (session, neighbour) = (new_session(user), new_session(user));
    ports.store_session(&session).await;
    ports.store_session(&neighbour).await;
    let next = refresh_id();
    assert!(rotate_alone(ports, session.id, session.refresh_id, next, at(10)).await, "the current token is exchanged");
    let after = rotated(&session, next, at(10));
    for (what, stale) in
        [("stale", session.refresh_id), ("unknown", refresh_id()), ("another session's", neighbour.refresh_id)]
    {
        let won = rotate_alone(ports, session.id, stale, refresh_id(), at(11)).await;
        assert!(!won, "{what} refresh id was exchanged");
        expect_stored(ports, &after, what).await;
    }
    let absent = SessionId::new(Uuid::new_v4());
    assert!(!rotate_alone(ports, absent, next, refresh_id(), at(11)).await, "an absent session was rotated");
    expect_stored(ports, &after, "the holder of that refresh id").await;
}

/// The end itself is too late, the microsecond before is not.
pub async fn an_expired_session_is_not_rotated(ports: &Ports<'_>) {
    let session = new_session(ports.account().await);
    ports.store_session(&session).await;
    let next = refresh_id();
    for late in [session.expires_at, session.expires_at + TimeDelta::days(1)] {
        assert!(!rotate_alone(ports, session.id, session.refresh_id, next, late).await, "rotated at {late}");
        expect_stored(ports, &session, "an expired session stays as it is").await;
    }
    let in_time = session.expires_at - TimeDelta::microseconds(1);
    assert!(rotate_alone(ports, session.id, session.refresh_id, next, in_time).await, "not rotated at {in_time}");
}

/// Sixteen units of work have the same token at the same time.
pub async fn one_of_sixteen_exchanges_wins(ports: &Ports<'_>) {
    let session = new_session(ports.account().await);
    ports.store_session(&session).await;
    let units = join::all((0..16).map(|_| ports.begin())).await;
    let exchanges = units.into_iter().map(|mut unit| async {
        let next = refresh_id();
        let won = rotate(&mut *unit, session.id, session.refresh_id, next, at(1)).await;
        commit(unit).await;
        won.then_some(next)
    });
    let winners: Vec<_> = join::all(exchanges).await.into_iter().flatten().collect();
    assert_eq!(winners.len(), 1, "exactly one of sixteen concurrent exchanges wins");
    expect_stored(ports, &rotated(&session, winners[0], at(1)), "the winner's token is the current one").await;
}

/// Only the time of use moves, and only forward.
pub async fn a_use_is_never_recorded_before_a_later_one(ports: &Ports<'_>) {
    let user = ports.account().await;
    let (mut session, neighbour) = (new_session(user), new_session(user));
    ports.store_session(&session).await;
    ports.store_session(&neighbour).await;
    for (now, recorded) in [(at(5), at(5)), (at(4), at(5)), (at(5), at(5)), (at(6), at(6)), (at(-1), at(6))] {
        let mut unit = ports.begin().await;
        unit.sessions().touch(session.id, now).await.expect("a use can be recorded");
        commit(unit).await;
        session.last_used_at = recorded;
        expect_stored(ports, &session, &format!("used at {now}")).await;
    }
    expect_stored(ports, &neighbour, "another session of the account").await;
    let mut unit = ports.begin().await;
    unit.sessions().touch(SessionId::new(Uuid::new_v4()), at(5)).await.expect("an absent session is no error");
    commit(unit).await;
}

/// `true`, then `false`; a rotation after it fails.
pub async fn a_session_is_deleted_once(ports: &Ports<'_>) {
    let user = ports.account().await;
    let (session, neighbour) = (new_session(user), new_session(user));
    ports.store_session(&session).await;
    ports.store_session(&neighbour).await;
    for expected in [true, false] {
        let mut unit = ports.begin().await;
        let was_there = unit.sessions().delete(session.id).await.expect("a session can be deleted");
        commit(unit).await;
        assert_eq!(was_there, expected, "the answer says whether the session was there");
    }
    assert_eq!(stored(ports, session.id, user).await, None, "a deleted session is gone");
    let revived = rotate_alone(ports, session.id, session.refresh_id, refresh_id(), at(1)).await;
    assert!(!revived, "a deleted session was rotated");
    expect_stored(ports, &neighbour, "another session of the account").await;
}
