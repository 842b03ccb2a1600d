//! A session refers to a plan, a unit, its entries and exercises, each of which may go.

use std::collections::HashSet;

use irontrack_domain::training::{Mode, SharingStatus, session::SessionExercise};

use super::scene::{freestyle, set, unplanned};
use crate::{
    repo::{DoneExercise, EntryToStore, NewTrainingSession, Removal},
    testing::{
        Ports,
        store::{at, commit},
        training_unit::{entry, name, template},
    },
};

/// What a session refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    Plan,
    Unit,
    Entry,
    Exercise,
}

/// Whatever goes, in whatever combination: the session stays as it is but for the reference, and is told apart from what
/// it was.
pub async fn a_session_outlives_what_it_refers_to(ports: &Ports<'_>) {
    let all = [Reference::Plan, Reference::Entry, Reference::Unit, Reference::Exercise];
    for combination in 0..16_u8 {
        let gone = (0..).zip(all).filter(|(bit, _)| combination & (1 << bit) > 0).map(|(_, reference)| reference);
        a_session_outlives(ports, &gone.collect::<Vec<_>>()).await;
    }
}

async fn a_session_outlives(ports: &Ports<'_>, gone: &[Reference]) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let entries = [EntryToStore { exercise_id: Some(exercise), ..entry("Squat", Mode::Reps) }];
    let unit = ports.unit(&template(owner, "Unit", SharingStatus::Private), &entries).await;
    let plan = ports.plan(&template(owner, "Plan", SharingStatus::Private), &[]).await;
    let stored = ports.training_units.unit(owner, unit).await.expect("the unit can be read").expect("a unit");
    let planned = SessionExercise::planned(stored.entries).remove(0);
    let new =
        NewTrainingSession { plan: Some((plan, name("Plan"))), unit: Some((unit, name("Unit"))), ..freestyle(owner) };
    let done = [
        DoneExercise { exercise: planned, sets: vec![set(1)] },
        DoneExercise { sets: vec![set(2)], ..unplanned(exercise, "Squat", Mode::Reps) },
    ];
    let id = ports.train(&new, &done).await;
    let mut expected = ports.trained(owner, id).await;
    let mut revisions = HashSet::from([expected.head.revision]);
    for reference in gone {
        let mut work = ports.begin().await;
        match reference {
            Reference::Plan => work.training_plans().delete(plan).await.expect("the plan is deleted"),
            Reference::Unit => work.training_units().delete(unit).await.expect("the unit is deleted"),
            Reference::Entry => {
                work.training_units().write_entries(unit, &[], at(1)).await.expect("the entry is deleted");
            }
            Reference::Exercise => {}
        }
        commit(work).await;
        if *reference == Reference::Exercise {
            ports.backdoor.delete_exercise(exercise);
        }
        let mut lost = 0;
        match reference {
            Reference::Plan => lost += i64::from(expected.head.plan_id.take().is_some()),
            Reference::Unit => lost += i64::from(expected.head.unit_id.take().is_some()),
            Reference::Entry | Reference::Exercise => {}
        }
        for exercise in &mut expected.exercises {
            let planned = exercise.exercise.planned.as_mut();
            match reference {
                Reference::Exercise => lost += i64::from(exercise.exercise.exercise_id.take().is_some()),
                // With a unit go its entries.
                Reference::Unit | Reference::Entry => {
                    lost += i64::from(planned.and_then(|planned| planned.entry.take()).is_some());
                }
                Reference::Plan => {}
            }
        }
        expected.head.revision.references -= lost;
        let found = ports.trained(owner, id).await;
        assert_eq!(found, expected, "without {reference:?}, of {gone:?}");
        assert!(revisions.insert(found.head.revision), "without {reference:?}, of {gone:?}: {revisions:?}");
    }
    // And it can be written: what is gone is not missed.
    let written = ports.write((owner, id), true, "a session that has lost something", async |work, now| {
        let first = &expected.exercises[0];
        let exercise = SessionExercise { notes: None, mode: Mode::SetsOnly, ..first.exercise.clone() };
        work.training_sessions().update_exercise(id, first.id, &exercise, now).await.expect("it can be changed");
    });
    assert_eq!(written.await.exercises[0].exercise.planned, expected.exercises[0].exercise.planned);
}

/// Removed alone and with all others of its owner.
pub async fn an_exercise_in_history_is_hidden(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let [used, disowned, unused] = [ports.exercise(owner), ports.exercise(owner), ports.exercise(owner)];
    let done = [unplanned(used, "used", Mode::Reps), unplanned(disowned, "disowned", Mode::Reps)];
    let id = ports.train(&freestyle(owner), &done).await;
    let before = ports.trained(owner, id).await;
    let mut work = ports.begin().await;
    for (exercise, expected) in [(used, Removal::Hidden), (unused, Removal::Deleted)] {
        work.exercises().lock(exercise).await.expect("the exercise can be locked");
        assert_eq!(work.exercises().remove(exercise, at(1)).await.expect("it can be removed"), expected);
    }
    work.exercises().remove_of(owner, at(1)).await.expect("exercises are removed");
    commit(work).await;
    assert_eq!(ports.trained(owner, id).await, before);
}
