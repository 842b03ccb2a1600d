//! The contract of [`UnitOfWork`] and [`HealthQueries`](crate::query::HealthQueries).

use irontrack_domain::{
    SessionId, UserId,
    account::{LoginSession, Role},
};

use super::{
    Ports, join,
    store::{commit, expect_conflict, new_account, new_session, rollback},
};
use crate::{Constraint, UnitOfWork, repo::NewAccount};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    ports.create_roles(&[Role::ApplicationAccess]).await;
    ports.health.ping().await.expect("the store answers");
    a_commit_shows_everything(ports).await;
    a_rollback_undoes_everything(ports).await;
    a_dropped_unit_of_work_undoes_everything(ports).await;
    a_unit_of_work_that_is_dropped_while_it_waits_undoes_everything(ports).await;
    a_failed_unit_of_work_cannot_be_committed(ports).await;
    a_failed_unit_of_work_can_be_rolled_back(ports).await;
    a_failed_unit_of_work_leaves_the_next_ones_alone(ports).await;
    ports.health.ping().await.expect("the store still answers");
}

/// An account with a session, in a unit of work.
async fn change(unit: &mut dyn UnitOfWork) -> LoginSession {
    let account = unit.accounts().insert(new_account()).await.expect("the account is stored");
    let session = new_session(account.id);
    unit.sessions().insert(&session).await.expect("the session is stored");
    session
}

/// Whether there is the account, and the session.
async fn found(ports: &Ports<'_>, user: UserId, session: SessionId) -> (bool, bool) {
    let state = ports.accounts.principal(user, session).await.expect("the account can be read");
    (state.is_some(), state.is_some_and(|state| state.session.is_some()))
}

async fn expect_nothing(ports: &Ports<'_>, session: &LoginSession) {
    assert_eq!(found(ports, session.user_id, session.id).await, (false, false), "an undone change is there");
}

/// What one unit of work sees itself, others see after the commit, all of it.
pub async fn a_commit_shows_everything(ports: &Ports<'_>) {
    let (mut unit, mut other) = (ports.begin().await, ports.begin().await);
    let session = change(&mut *unit).await;
    let own = unit.sessions().lock(session.id, session.user_id).await.expect("the session can be read");
    assert_eq!(own.as_ref(), Some(&session), "a unit of work sees its own changes");
    assert_eq!(found(ports, session.user_id, session.id).await, (false, false), "seen before the commit");
    let early = other.sessions().lock(session.id, session.user_id).await.expect("the session can be read");
    assert_eq!(early, None, "another unit of work has seen it before the commit");
    commit(unit).await;
    assert_eq!(found(ports, session.user_id, session.id).await, (true, true), "not seen after the commit");
    let late = other.sessions().lock(session.id, session.user_id).await.expect("the session can be read");
    assert_eq!(late, Some(session), "a unit of work that began earlier sees what was committed since");
    rollback(other).await;
}

/// Nothing is left.
pub async fn a_rollback_undoes_everything(ports: &Ports<'_>) {
    let mut unit = ports.begin().await;
    let session = change(&mut *unit).await;
    rollback(unit).await;
    expect_nothing(ports, &session).await;
}

/// Nothing is left, and however many are dropped, the next one begins.
pub async fn a_dropped_unit_of_work_undoes_everything(ports: &Ports<'_>) {
    for _ in 0..32 {
        let mut unit = ports.begin().await;
        let session = change(&mut *unit).await;
        drop(unit);
        expect_nothing(ports, &session).await;
    }
    // None of them holds a place, or a lock, any more.
    for unit in join::all((0..16).map(|_| ports.begin())).await {
        rollback(unit).await;
    }
}

/// A caller that goes away in the middle of a statement leaves nothing behind either.
pub async fn a_unit_of_work_that_is_dropped_while_it_waits_undoes_everything(ports: &Ports<'_>) {
    let account = new_account();
    let (mut holder, mut waiter) = (ports.begin().await, ports.begin().await);
    holder.accounts().insert(account.clone()).await.expect("the account is stored");
    let session = change(&mut *waiter).await;
    let rival = NewAccount { email: account.email.clone(), ..new_account() };
    let gone = async {
        let mut waiting = std::pin::pin!(async { waiter.accounts().insert(rival.clone()).await });
        // Started and not finished: the address is not decided yet.
        let is_ready =
            std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_ready()));
        assert!(!is_ready.await, "an address was given away before it was decided who has it");
    };
    gone.await;
    drop(waiter);
    expect_nothing(ports, &session).await;
    commit(holder).await;
    let credentials = ports.accounts.credentials(&account.email.canonical()).await.expect("credentials can be read");
    assert_eq!(credentials.map(|found| found.user_id), Some(account.id), "the holder has the address");
}

/// A unit of work in which an account was stored, a session of it, and then a statement has failed.
async fn fail(ports: &Ports<'_>) -> (Box<dyn UnitOfWork>, LoginSession) {
    let taken = new_account();
    ports.store(taken.clone()).await;
    let mut unit = ports.begin().await;
    let session = change(&mut *unit).await;
    let result = unit.accounts().insert(NewAccount { email: taken.email, ..new_account() }).await;
    expect_conflict(result, Constraint::AccountEmail, "an address that is taken");
    (unit, session)
}

/// The commit says so, and nothing is stored.
pub async fn a_failed_unit_of_work_cannot_be_committed(ports: &Ports<'_>) {
    let (unit, session) = fail(ports).await;
    assert!(unit.commit().await.is_err(), "a unit of work in which a statement failed was committed");
    expect_nothing(ports, &session).await;
}

/// The rollback works, and nothing is stored.
pub async fn a_failed_unit_of_work_can_be_rolled_back(ports: &Ports<'_>) {
    let (unit, session) = fail(ports).await;
    rollback(unit).await;
    expect_nothing(ports, &session).await;
}

/// Later statements of a failed unit of work fail, too; units of work after it are not affected.
pub async fn a_failed_unit_of_work_leaves_the_next_ones_alone(ports: &Ports<'_>) {
    for _ in 0..32 {
        let (mut unit, session) = fail(ports).await;
        let later = unit.accounts().insert(new_account()).await;
        assert!(later.is_err(), "a failed unit of work went on: {later:?}");
        assert!(unit.commit().await.is_err(), "a unit of work in which a statement failed was committed");
        expect_nothing(ports, &session).await;
    }
    let mut unit = ports.begin().await;
    let session = change(&mut *unit).await;
    commit(unit).await;
    assert_eq!(found(ports, session.user_id, session.id).await, (true, true), "the next unit of work is sound");
}
