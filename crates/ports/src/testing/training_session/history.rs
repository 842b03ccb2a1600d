//! All sessions of an account.

use irontrack_domain::{UserId, training::Mode};

use super::scene::{freestyle, set, unplanned};
use crate::{
    Constraint,
    repo::DoneExercise,
    testing::{
        Ports,
        store::{at, commit, expect_missing, rollback},
    },
};

/// Until the last session is gone.
pub async fn an_account_with_a_history_stays(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    ports.train(&freestyle(other), &[]).await;
    assert!(!has_history(ports, owner).await, "a history of somebody else");
    assert_eq!(ports.backdoor.history_version(owner), 0);
    let id = ports.train(&freestyle(owner), &[]).await;
    assert!(has_history(ports, owner).await, "one session is a history");
    let mut work = ports.begin().await;
    let deleted = work.accounts().delete(owner).await;
    expect_missing(deleted, Constraint::TrainingSessionOwner, "an account with a session");
    rollback(work).await;
    let version = ports.backdoor.history_version(owner);
    for expected in [version + 1, version + 1] {
        let mut work = ports.begin().await;
        work.training_sessions().delete(id).await.expect("the session is deleted");
        commit(work).await;
        assert_eq!(ports.backdoor.history_version(owner), expected, "deleted once");
    }
    assert!(!has_history(ports, owner).await, "nothing is left");
    let mut work = ports.begin().await;
    assert!(work.accounts().delete(owner).await.expect("the account can be deleted"));
    commit(work).await;
}

async fn has_history(ports: &Ports<'_>, owner: UserId) -> bool {
    let mut work = ports.begin().await;
    let has = work.training_sessions().has_history(owner).await.expect("it can be asked for");
    rollback(work).await;
    has
}

/// With all exercises and sets, and of nobody else.
pub async fn a_history_is_removed_as_a_whole(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let exercise = ports.exercise(other);
    let done = [DoneExercise { sets: vec![set(1), set(2)], ..unplanned(exercise, "a", Mode::Reps) }];
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(ports.train(&freestyle(owner), &done).await);
    }
    let kept = ports.train(&freestyle(other), &done).await;
    let kept = ports.trained(other, kept).await;
    let (version, version_of_other) = (ports.backdoor.history_version(owner), ports.backdoor.history_version(other));
    for (expected, moved) in [(3, 1), (0, 1)] {
        let mut work = ports.begin().await;
        assert_eq!(work.training_sessions().remove_of(owner).await.expect("sessions are removed"), expected);
        commit(work).await;
        assert_eq!(ports.backdoor.history_version(owner), version + moved);
    }
    for id in sessions {
        assert_eq!(ports.training_sessions.session(owner, id).await.expect("it can be asked for"), None);
    }
    assert_eq!(ports.trained(other, kept.head.id()).await, kept);
    assert_eq!(ports.backdoor.history_version(other), version_of_other);
}

/// However long it is.
pub async fn a_long_history_is_removed_as_well(ports: &Ports<'_>) {
    const SESSIONS: usize = 1001;
    let owner = ports.account().await;
    let mut work = ports.begin().await;
    for _ in 0..SESSIONS {
        work.training_sessions().insert(&freestyle(owner), &[], at(0)).await.expect("the session is stored");
    }
    assert_eq!(work.training_sessions().remove_of(owner).await.expect("sessions are removed"), SESSIONS);
    assert!(!work.training_sessions().has_history(owner).await.expect("it can be asked for"), "nothing is left");
    commit(work).await;
}
