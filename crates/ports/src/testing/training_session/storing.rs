//! Sessions are stored as they are.

use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UnitEntryId, UserId,
    training::{
        Mode, SharingStatus,
        session::{Course, SessionExercise},
    },
};
use uuid::Uuid;

use super::scene::{again, details, freestyle, sets_of, time, unplanned, zone};
use crate::{
    Constraint,
    repo::{DoneExercise, EntryToStore, NewTrainingSession, SessionDetails},
    testing::{
        Ports,
        store::{at, expect_missing, rollback},
        training_unit::{entry, name, template},
    },
};

/// However far it is, a session is read with every field, by the query and inside a unit of work alike.
pub async fn a_session_is_stored_as_it_is(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let done: Vec<_> = [Mode::Reps, Mode::Time, Mode::Distance, Mode::SetsOnly]
        .map(|mode| DoneExercise { sets: sets_of(mode), ..unplanned(exercise, mode.as_str(), mode) })
        .into();
    let started = Course::started(time(-3));
    let longest = Course::completed(time(0), time(31 * 86_400)).expect("31 days");
    let aborted = started.abort(Some(time(-3)), at(0)).expect("at once");
    for (course, notes) in [(started, None), (longest, details(0).notes), (aborted, details(0).notes)] {
        let details = SessionDetails { course, notes, time_zone: zone("America/Argentina/ComodRivadavia") };
        let new = NewTrainingSession { details, ..freestyle(owner) };
        let id = ports.train(&new, &done).await;
        let session = ports.trained(owner, id).await;
        let head = &session.head;
        assert_eq!((head.id(), head.revision.writes, head.revision.references), (id, 1, 4));
        assert_eq!((head.course, head.time_zone, &head.notes), (course, new.details.time_zone, &new.details.notes));
        assert_eq!((head.created_at, head.updated_at), (at(0), at(0)));
        assert_eq!((head.plan_id, head.unit_id, &head.plan_name, &head.unit_name), (None, None, &None, &None));
        assert_eq!(again(&session.exercises), done, "amounts to the gram and the metre, all in their order");
        let mut work = ports.begin().await;
        let mut sessions = work.training_sessions();
        let locked = sessions.lock(owner, id).await.expect("the session can be locked");
        let alone = sessions.head(owner, id).await.expect("the head can be read");
        assert_eq!((locked.as_ref(), alone.as_ref()), (Some(head), Some(head)));
        assert_eq!(sessions.read(owner, id).await.expect("the session can be read").as_ref(), Some(&session));
        let ids: Vec<_> = session.exercises.iter().map(|exercise| exercise.id).collect();
        assert_eq!(sessions.exercise_ids(id).await.expect("ids can be read"), ids);
        for expected in &session.exercises {
            let found = sessions.exercise(id, expected.id).await.expect("an exercise can be read");
            assert_eq!(found.as_ref(), Some(expected));
        }
        drop(sessions);
        rollback(work).await;
    }
}

/// Names, places and targets are those of the unit, whatever it counts.
pub async fn a_session_of_a_unit_is_stored_as_it_was_planned(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let (new, exercises) = planned(ports, owner).await;
    let id = ports.train(&new, &exercises).await;
    let session = ports.trained(owner, id).await;
    let head = &session.head;
    assert_eq!((head.plan_id, &head.plan_name), (new.plan.as_ref().map(|plan| plan.0), &Some(name("Plan"))));
    assert_eq!((head.unit_id, &head.unit_name), (new.unit.as_ref().map(|unit| unit.0), &Some(name("Unit"))));
    assert_eq!(head.revision.references, 2 + 4 + 4, "plan and unit, exercises, entries");
    assert_eq!(again(&session.exercises), exercises);
    assert!(session.exercises.iter().all(|exercise| exercise.exercise.planned.is_some()));
}

/// A session of a plan and a unit with an entry in every mode, as it is before it is stored.
async fn planned(ports: &Ports<'_>, owner: UserId) -> (NewTrainingSession, Vec<DoneExercise>) {
    let entries = [Mode::Reps, Mode::Time, Mode::Distance, Mode::SetsOnly].map(|mode| {
        let exercise_id = Some(ports.exercise(owner));
        EntryToStore { exercise_id, ..entry(mode.as_str(), mode) }
    });
    let unit =
        ports.unit(&template(owner, &Uuid::new_v4().simple().to_string(), SharingStatus::Private), &entries).await;
    let plan = ports.plan(&template(owner, &Uuid::new_v4().simple().to_string(), SharingStatus::Private), &[]).await;
    let stored = ports.training_units.unit(owner, unit).await.expect("the unit can be read").expect("a unit");
    let exercises = SessionExercise::planned(stored.entries);
    let exercises = exercises.into_iter().map(|exercise| DoneExercise { exercise, sets: vec![] }).collect();
    let new =
        NewTrainingSession { plan: Some((plan, name("Plan"))), unit: Some((unit, name("Unit"))), ..freestyle(owner) };
    (new, exercises)
}

/// Between reading a unit and storing a session of it, everything may go.
pub async fn what_has_gone_since_it_was_planned_is_left_out(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let (new, mut exercises) = planned(ports, owner).await;
    exercises[0].exercise.exercise_id = Some(ExerciseId::new(Uuid::new_v4()));
    if let Some(planned) = &mut exercises[1].exercise.planned {
        planned.entry = Some(UnitEntryId::new(i32::MAX));
    }
    let new = NewTrainingSession {
        plan: Some((TrainingPlanId::new(Uuid::new_v4()), name("Plan"))),
        unit: Some((TrainingUnitId::new(Uuid::new_v4()), name("Unit"))),
        ..new
    };
    let id = ports.train(&new, &exercises).await;
    let session = ports.trained(owner, id).await;
    assert_eq!((session.head.plan_id, session.head.unit_id, session.head.revision.references), (None, None, 6));
    assert_eq!((session.head.plan_name, session.head.unit_name), (Some(name("Plan")), Some(name("Unit"))));
    exercises[0].exercise.exercise_id = None;
    if let Some(planned) = &mut exercises[1].exercise.planned {
        planned.entry = None;
    }
    assert_eq!(again(&session.exercises), exercises);
}

/// Nobody has no sessions, and an exercise that was chosen must be one.
pub async fn what_is_chosen_must_be_there(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let mut work = ports.begin().await;
    let nobody = freestyle(UserId::new(Uuid::new_v4()));
    let stored = work.training_sessions().insert(&nobody, &[], at(0)).await;
    expect_missing(stored, Constraint::TrainingSessionOwner, "a session of nobody");
    rollback(work).await;
    let id = ports.train(&freestyle(owner), &[unplanned(exercise, "a", Mode::Reps)]).await;
    let nothing = unplanned(ExerciseId::new(Uuid::new_v4()), "nothing", Mode::Reps);
    let mut work = ports.begin().await;
    let stored = work.training_sessions().insert(&freestyle(owner), std::slice::from_ref(&nothing), at(0)).await;
    expect_missing(stored, Constraint::PerformedExercise, "a session of an exercise that is not there");
    rollback(work).await;
    let mut work = ports.begin().await;
    let stored = work.training_sessions().insert_exercise(id, 0, &nothing, at(1)).await;
    expect_missing(stored, Constraint::PerformedExercise, "an exercise that is not there");
    rollback(work).await;
    let first = ports.trained(owner, id).await.exercises[0].id;
    let mut work = ports.begin().await;
    let stored = work.training_sessions().update_exercise(id, first, &nothing.exercise, at(1)).await;
    expect_missing(stored, Constraint::PerformedExercise, "another exercise, which is not there");
    rollback(work).await;
}

/// Start, end, state, zone and notes are changed; what they are already is no change.
pub async fn only_a_real_change_moves_a_session(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let id = ports.train(&freestyle(owner), &[]).await;
    let other = ports.train(&freestyle(owner), &[]).await;
    let untouched = ports.trained(owner, other).await;
    let same = details(0);
    let finished = same.course.finish(Some(time(60)), at(99)).expect("a session in progress");
    let longer = finished.correct(Some(time(-60)), None).expect("a correction");
    for (new, is_change) in [
        (same.clone(), false),
        (SessionDetails { course: finished, ..same.clone() }, true),
        (SessionDetails { course: longer, ..same.clone() }, true),
        (SessionDetails { course: longer, notes: None, ..same.clone() }, true),
        (SessionDetails { course: longer, notes: None, ..same.clone() }, false),
        (SessionDetails { course: longer, notes: None, time_zone: zone("Asia/Tokyo") }, true),
        (SessionDetails { course: same.course.abort(None, at(9)).expect("in progress"), ..same.clone() }, true),
        (same, true),
    ] {
        let after = ports.write((owner, id), is_change, "a session", async |work, now| {
            work.training_sessions().update(id, &new, now).await.expect("the session is changed");
        });
        let head = after.await.head;
        let stored = SessionDetails { course: head.course, time_zone: head.time_zone, notes: head.notes };
        assert_eq!(stored, new);
    }
    assert_eq!(ports.trained(owner, other).await, untouched, "another session of the account");
}
