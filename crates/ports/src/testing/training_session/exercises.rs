//! Exercises of a session.

use irontrack_domain::{
    ExerciseId, SessionExerciseId, TrainingSessionId, UserId,
    training::{
        Mode, SharingStatus,
        session::{SessionExercise, TrainingSession},
    },
};

use super::scene::{freestyle, set, unplanned};
use crate::{
    repo::{DoneExercise, EntryToStore},
    testing::{
        Ports,
        store::{at, rollback},
        training_unit::{entry, template},
    },
};

/// A session with exercises of these names, each with a set of as many repetitions as exercises stand before it.
async fn session(ports: &Ports<'_>, owner: UserId, exercise: ExerciseId, names: &[&str]) -> TrainingSessionId {
    let done = (0_i16..).zip(names).map(|(index, name)| named(exercise, name, index));
    ports.train(&freestyle(owner), &done.collect::<Vec<_>>()).await
}

fn named(exercise: ExerciseId, name: &str, reps: i16) -> DoneExercise {
    DoneExercise { sets: vec![set(reps)], ..unplanned(exercise, name, Mode::Reps) }
}

fn names(session: &TrainingSession) -> String {
    session.exercises.iter().map(|exercise| exercise.exercise.exercise_name.as_str()).collect::<Vec<_>>().join(" ")
}

fn ids(session: &TrainingSession) -> Vec<SessionExerciseId> {
    session.exercises.iter().map(|exercise| exercise.id).collect()
}

/// In front, in the middle, at the end: the others move over, and close up again.
pub async fn exercises_come_and_go_without_gaps(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let id = session(ports, owner, exercise, &[]).await;
    for (place, name, expected) in
        [(0, "c", "c"), (0, "a", "a c"), (1, "b", "a b c"), (3, "e", "a b c e"), (3, "d", "a b c d e")]
    {
        let mut inserted = None;
        let after = ports.write((owner, id), true, name, async |work, now| {
            let new = named(exercise, name, 7);
            let stored = work.training_sessions().insert_exercise(id, place, &new, now).await;
            inserted = Some(stored.expect("the exercise is stored"));
        });
        let after = after.await;
        assert_eq!(names(&after), expected);
        let stored = &after.exercises[place];
        assert_eq!((Some(stored.id), stored.sets.len(), &stored.sets[0].set), (inserted, 1, &set(7)));
        let references = i64::try_from(after.exercises.len()).expect("a number");
        assert_eq!(after.head.revision.references, references);
    }
    for (place, expected) in [(4, "a b c d"), (1, "a c d"), (0, "c d"), (1, "c"), (0, "")] {
        let gone = ports.trained(owner, id).await.exercises[place].id;
        let after = ports.write((owner, id), true, expected, async |work, now| {
            work.training_sessions().delete_exercise(id, gone, now).await.expect("the exercise is removed");
        });
        assert_eq!(names(&after.await), expected);
        ports
            .write((owner, id), false, "an exercise that is gone", async |work, now| {
                work.training_sessions().delete_exercise(id, gone, now).await.expect("nothing is removed");
                let found = work.training_sessions().exercise(id, gone).await.expect("it can be asked for");
                assert_eq!(found, None);
            })
            .await;
    }
}

/// All of them, in one go; ids and sets stay.
pub async fn exercises_are_put_into_any_order(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let id = session(ports, owner, ports.exercise(owner), &["a", "b", "c", "d"]).await;
    let start = ids(&ports.trained(owner, id).await);
    for (order, is_change, expected) in [
        ([0, 1, 2, 3], false, "a b c d"),
        ([3, 2, 1, 0], true, "d c b a"),
        ([3, 2, 1, 0], false, "d c b a"),
        ([3, 1, 2, 0], true, "d b c a"),
        ([0, 3, 1, 2], true, "a d b c"),
    ] {
        let order = order.map(|index: usize| start[index]);
        let after = ports.write((owner, id), is_change, expected, async |work, now| {
            work.training_sessions().order_exercises(id, &order, now).await.expect("exercises are ordered");
        });
        let after = after.await;
        assert_eq!((names(&after).as_str(), ids(&after)), (expected, order.to_vec()));
        for exercise in &after.exercises {
            let index = start.iter().position(|id| *id == exercise.id).and_then(|index| i16::try_from(index).ok());
            assert_eq!(exercise.sets[0].set.reps(), index, "sets stay with their exercise");
        }
    }
}

/// Another exercise, mode or notes; what had been planned and what was done stays.
pub async fn what_was_planned_outlives_changes(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let [squat, press] = [ports.exercise(owner), ports.exercise(owner)];
    let entries = [EntryToStore { exercise_id: Some(squat), ..entry("Squat", Mode::Reps) }];
    let unit = ports.unit(&template(owner, "changed", SharingStatus::Private), &entries).await;
    let unit = ports.training_units.unit(owner, unit).await.expect("the unit can be read").expect("a unit");
    let planned = SessionExercise::planned(unit.entries).remove(0);
    let done = DoneExercise { exercise: planned.clone(), sets: vec![set(5)] };
    let id = ports.train(&freestyle(owner), &[done, unplanned(squat, "Squat", Mode::Reps)]).await;
    let before = ports.trained(owner, id).await;
    let target = before.exercises[0].id;
    let mut swapped = planned.clone();
    swapped.swap(press, "Press".into());
    let without_plan = SessionExercise { planned: None, ..swapped.clone() };
    let noted = SessionExercise { notes: unplanned(press, "", Mode::Reps).exercise.notes, ..swapped.clone() };
    let timed = SessionExercise { mode: Mode::Time, ..noted.clone() };
    for (new, is_change, expected) in [
        (&planned, false, &planned),
        (&swapped, true, &swapped),
        (&without_plan, false, &swapped),
        (&noted, true, &noted),
        (&timed, true, &timed),
        (&planned, true, &planned),
    ] {
        let after = ports.write((owner, id), is_change, "an exercise", async |work, now| {
            work.training_sessions().update_exercise(id, target, new, now).await.expect("the exercise is changed");
        });
        let after = after.await;
        assert_eq!(&after.exercises[0].exercise, expected);
        assert_eq!(after.exercises[0].sets, before.exercises[0].sets);
        assert_eq!(after.exercises[1], before.exercises[1], "the other one");
    }
}

/// An id alone is not enough: the exercise must be one of that session.
pub async fn exercises_of_other_sessions_are_left_alone(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let [one, other] =
        [session(ports, owner, exercise, &["a", "b"]).await, session(ports, owner, exercise, &["x", "y"]).await];
    let before = ports.trained(owner, other).await;
    let (foreign, mut order) = (before.exercises[0].id, ids(&before));
    order.reverse();
    ports
        .write((owner, one), false, "an exercise of another session", async |work, now| {
            let mut sessions = work.training_sessions();
            assert_eq!(sessions.exercise(one, foreign).await.expect("it can be asked for"), None);
            sessions.delete_exercise(one, foreign, now).await.expect("nothing is removed");
            sessions.order_exercises(one, &order, now).await.expect("nothing is moved");
            let new = unplanned(exercise, "z", Mode::Time).exercise;
            sessions.update_exercise(one, foreign, &new, now).await.expect("nothing is changed");
            sessions.replace_sets(one, foreign, &[set(9)], now).await.expect("nothing is replaced");
            sessions.order_sets(one, foreign, &[], now).await.expect("nothing is moved");
            let gone = before.exercises[0].sets[0].id;
            sessions.delete_set(one, foreign, gone, now).await.expect("nothing is removed");
            sessions.update_set(one, gone, &set(9), now).await.expect("nothing is changed");
        })
        .await;
    let mut work = ports.begin().await;
    let stored = work.training_sessions().insert_set(one, foreign, 0, &set(9), at(1)).await;
    assert!(stored.is_err(), "a set of an exercise of another session: expected an error, got {stored:?}");
    rollback(work).await;
    assert_eq!(ports.trained(owner, other).await, before);
}
