//! Whoever changes a session locks it.

use irontrack_domain::{TrainingSessionId, training::Mode};
use uuid::Uuid;

use super::scene::{freestyle, set, unplanned};
use crate::testing::{
    Ports, join,
    store::{at, commit, rollback},
};

/// A session that is absent, or another account's, is not there.
pub async fn only_the_own_session_is_there(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let id = ports.train(&freestyle(owner), &[]).await;
    let absent = TrainingSessionId::new(Uuid::now_v7());
    for (who, id, is_there) in [(owner, id, true), (other, id, false), (owner, absent, false)] {
        let mut work = ports.begin().await;
        let mut sessions = work.training_sessions();
        let locked = sessions.lock(who, id).await.expect("it can be asked for");
        let head = sessions.head(who, id).await.expect("it can be asked for");
        let read = sessions.read(who, id).await.expect("it can be asked for");
        drop(sessions);
        rollback(work).await;
        let queried = ports.training_sessions.session(who, id).await.expect("it can be asked for");
        let found = [locked.is_some(), head.is_some(), read.is_some(), queried.is_some()];
        assert_eq!(found, [is_there; 4], "locked, head, read, queried");
    }
}

/// The second one waits for the first one, and then finds what that one has made of the session.
pub async fn whoever_locks_sees_what_was_waited_for(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let id = ports.train(&freestyle(owner), &[]).await;
    let (mut holder, mut other) = (ports.begin().await, ports.begin().await);
    holder.training_sessions().lock(owner, id).await.expect("the session can be locked").expect("a session");
    let waiting = async {
        let head = other.training_sessions().lock(owner, id).await.expect("the session can be locked");
        let writes = head.map(|head| head.revision.writes);
        let exercises = other.training_sessions().exercise_ids(id).await.expect("ids can be read");
        commit(other).await;
        (writes, exercises)
    };
    let holding = async {
        let mut inserted = Vec::new();
        for place in 0..3 {
            let new = unplanned(exercise, "a", Mode::Reps);
            let stored = holder.training_sessions().insert_exercise(id, place, &new, at(1)).await;
            inserted.push(stored.expect("the exercise is stored"));
        }
        commit(holder).await;
        inserted
    };
    let ((writes, exercises), inserted) = join::both(waiting, holding).await;
    assert_eq!((writes, exercises), (Some(4), inserted));
    let (mut holder, mut other) = (ports.begin().await, ports.begin().await);
    holder.training_sessions().lock(owner, id).await.expect("the session can be locked").expect("a session");
    let waiting = async {
        let head = other.training_sessions().lock(owner, id).await.expect("the session can be asked for");
        commit(other).await;
        head
    };
    let holding = async {
        holder.training_sessions().delete(id).await.expect("the session is deleted");
        commit(holder).await;
    };
    assert_eq!(join::both(waiting, holding).await.0, None, "the session is gone");
}

/// Each at the end, as it is when its turn has come.
pub async fn sets_that_are_appended_at_once_all_land(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    // Two sessions of one account: they share the version of its history.
    let done = [unplanned(exercise, "a", Mode::Reps)];
    let sessions = [ports.train(&freestyle(owner), &done).await, ports.train(&freestyle(owner), &done).await];
    let version = ports.backdoor.history_version(owner);
    let append = async |id: TrainingSessionId, reps: i16| {
        let mut work = ports.begin().await;
        work.training_sessions().lock(owner, id).await.expect("the session can be locked").expect("a session");
        let into = work.training_sessions().exercise_ids(id).await.expect("ids can be read")[0];
        let found = work.training_sessions().exercise(id, into).await.expect("the exercise can be read");
        let end = found.expect("an exercise").sets.len();
        work.training_sessions().insert_set(id, into, end, &set(reps), at(1)).await.expect("the set is stored");
        commit(work).await;
    };
    join::all((0..16).map(|reps: i16| append(sessions[usize::from(reps % 2 == 0)], reps))).await;
    for (parity, id) in [(1, sessions[0]), (0, sessions[1])] {
        let session = ports.trained(owner, id).await;
        let mut reps: Vec<_> = session.exercises[0].sets.iter().filter_map(|recorded| recorded.set.reps()).collect();
        reps.sort_unstable();
        assert_eq!(reps, (0..16).filter(|reps| reps % 2 == parity).collect::<Vec<_>>());
        assert_eq!(session.head.revision.writes, 9, "once stored, eight times written");
    }
    assert_eq!(ports.backdoor.history_version(owner), version + 16);
}
