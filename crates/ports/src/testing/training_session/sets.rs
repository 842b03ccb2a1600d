//! Sets of an exercise.

use irontrack_domain::{
    SessionExerciseId, SessionSetId, TrainingSessionId, UserId,
    training::{
        Mode,
        session::{PerformedSet, SetType, TrainingSession},
    },
};

use super::scene::{freestyle, set, sets_of, unplanned};
use crate::{repo::DoneExercise, testing::Ports};

/// A session with two exercises: the first one has sets of these repetitions, the second one three of 7.
async fn session(ports: &Ports<'_>, reps: &[i16]) -> (UserId, TrainingSessionId, SessionExerciseId) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let of = |sets| DoneExercise { sets, ..unplanned(exercise, "a", Mode::Reps) };
    let done = [of(reps.iter().map(|&reps| set(reps)).collect()), of(vec![set(7), set(7), set(7)])];
    let id = ports.train(&freestyle(owner), &done).await;
    (owner, id, ports.trained(owner, id).await.exercises[0].id)
}

fn reps(session: &TrainingSession) -> Vec<i16> {
    assert_eq!(session.exercises[1].sets.len(), 3, "the other exercise keeps its sets");
    session.exercises[0].sets.iter().filter_map(|recorded| recorded.set.reps()).collect()
}

fn ids(session: &TrainingSession) -> Vec<SessionSetId> {
    session.exercises[0].sets.iter().map(|recorded| recorded.id).collect()
}

/// In front, in the middle, at the end: the others move over, and close up again.
pub async fn sets_come_and_go_without_gaps(ports: &Ports<'_>) {
    let (owner, id, exercise) = session(ports, &[]).await;
    for (place, new, expected) in
        [(0, 3, &[3][..]), (0, 1, &[1, 3]), (1, 2, &[1, 2, 3]), (3, 5, &[1, 2, 3, 5]), (3, 4, &[1, 2, 3, 4, 5])]
    {
        let mut inserted = None;
        let after = ports.write((owner, id), true, "a new set", async |work, now| {
            let stored = work.training_sessions().insert_set(id, exercise, place, &set(new), now).await;
            inserted = Some(stored.expect("the set is stored"));
        });
        let after = after.await;
        assert_eq!((reps(&after).as_slice(), Some(ids(&after)[place])), (expected, inserted));
    }
    for (place, expected) in [(4, &[1, 2, 3, 4][..]), (1, &[1, 3, 4]), (0, &[3, 4]), (1, &[3]), (0, &[])] {
        let gone = ids(&ports.trained(owner, id).await)[place];
        let after = ports.write((owner, id), true, "a removed set", async |work, now| {
            work.training_sessions().delete_set(id, exercise, gone, now).await.expect("the set is removed");
        });
        assert_eq!(reps(&after.await), expected);
        ports
            .write((owner, id), false, "a set that is gone", async |work, now| {
                work.training_sessions().delete_set(id, exercise, gone, now).await.expect("nothing is removed");
            })
            .await;
    }
    // Had there been a gap, this place would be taken or the order wrong.
    let after = ports.write((owner, id), true, "a set after all", async |work, now| {
        work.training_sessions().insert_set(id, exercise, 0, &set(1), now).await.expect("the set is stored");
    });
    assert_eq!(reps(&after.await), [1]);
}

/// All of them, in one go; ids stay.
pub async fn sets_are_put_into_any_order(ports: &Ports<'_>) {
    let (owner, id, exercise) = session(ports, &[0, 1, 2, 3]).await;
    let start = ids(&ports.trained(owner, id).await);
    for (order, is_change) in
        [([0, 1, 2, 3], false), ([3, 2, 1, 0], true), ([3, 2, 1, 0], false), ([3, 1, 2, 0], true), ([0, 3, 1, 2], true)]
    {
        let wanted = order.map(|reps| start[usize::try_from(reps).expect("an index")]);
        let after = ports.write((owner, id), is_change, "ordered sets", async |work, now| {
            work.training_sessions().order_sets(id, exercise, &wanted, now).await.expect("sets are ordered");
        });
        let after = after.await;
        assert_eq!((reps(&after), ids(&after)), (order.to_vec(), wanted.to_vec()));
    }
}

/// New ids, none of the old ones; nothing instead of nothing is no change.
pub async fn sets_are_replaced_as_a_whole(ports: &Ports<'_>) {
    let (owner, id, exercise) = session(ports, &[1, 2, 3]).await;
    for (new, is_change) in [(sets_of(Mode::Reps), true), (sets_of(Mode::Reps), true), (vec![], true), (vec![], false)]
    {
        let before = ids(&ports.trained(owner, id).await);
        let after = ports.write((owner, id), is_change, "replaced sets", async |work, now| {
            work.training_sessions().replace_sets(id, exercise, &new, now).await.expect("sets are replaced");
        });
        let after = after.await;
        let stored: Vec<_> = after.exercises[0].sets.iter().map(|recorded| recorded.set.clone()).collect();
        assert_eq!(stored, new);
        assert!(ids(&after).iter().all(|id| !before.contains(id)), "{:?} has ids of {before:?}", ids(&after));
        assert_eq!(after.exercises[1].sets.len(), 3, "the other exercise keeps its sets");
    }
}

/// Every value comes and goes; what is as it shall be is no change.
pub async fn a_set_is_changed_as_a_whole(ports: &Ports<'_>) {
    let (owner, id, _) = session(ports, &[1, 2]).await;
    let before = ports.trained(owner, id).await;
    let target = ids(&before)[1];
    let mut last = set(2);
    let warm_up = PerformedSet { set_type: SetType::Warmup, ..set(2) };
    let all = sets_of(Mode::Reps).into_iter().chain(sets_of(Mode::Time)).chain(sets_of(Mode::Distance));
    for new in [set(2), warm_up.clone(), warm_up].into_iter().chain(all) {
        let is_change = new != last;
        let after = ports.write((owner, id), is_change, "a changed set", async |work, now| {
            work.training_sessions().update_set(id, target, &new, now).await.expect("the set is changed");
        });
        let after = after.await;
        assert_eq!((ids(&after), &after.exercises[0].sets[1].set), (ids(&before), &new));
        assert_eq!(after.exercises[0].sets[0], before.exercises[0].sets[0], "the other set");
        last = new;
    }
}

/// An id alone is not enough: the set must be one of that exercise.
pub async fn sets_of_other_exercises_are_left_alone(ports: &Ports<'_>) {
    let (owner, id, exercise) = session(ports, &[1, 2]).await;
    let before = ports.trained(owner, id).await;
    let mut foreign: Vec<_> = before.exercises[1].sets.iter().map(|recorded| recorded.id).collect();
    foreign.reverse();
    let after = ports.write((owner, id), false, "sets of another exercise", async |work, now| {
        let mut sessions = work.training_sessions();
        sessions.delete_set(id, exercise, foreign[0], now).await.expect("nothing is removed");
        sessions.order_sets(id, exercise, &foreign, now).await.expect("nothing is moved");
    });
    assert_eq!(after.await, before);
}
