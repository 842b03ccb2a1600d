//! What becomes of parts when they are written.

use irontrack_domain::{
    TrainingPlanId, UserId,
    exercise::DifficultyLevel,
    training::{
        Mode, SharingStatus,
        session::{Course, Planned, TrainingSession},
    },
};
use uuid::Uuid;

use super::scene::{done, import, session, unit, unknown};
use crate::{
    repo::{ImportPart, PartKind, PartOutcome, StagedPlan, StagedSession, TimePrecision},
    testing::{
        store::{Ports, at, rollback},
        training_session::scene::{set, sets_of, time, zone},
        training_unit::{name, template},
    },
};

async fn sessions_of(ports: &Ports<'_>, owner: UserId) -> Vec<TrainingSession> {
    ports.export.sessions_of(owner, None, 100).await.expect("sessions can be read")
}

fn outcome(things: u64, exercises: u64, sets: u64) -> PartOutcome {
    PartOutcome { things, exercises, sets }
}

/// With every kind of set, under the name of the exercise or the one of the file; the version of the history moves once.
/// What is there is told before, and left out, whoever has the same.
pub async fn sessions_are_written_once(ports: &Ports<'_>) {
    let [owner, other] = [ports.account().await, ports.account().await];
    let exercise = ports.exercise(owner);
    let called = ports.exercises.by_id(exercise).await.expect("it can be read").expect("an exercise").name;
    let modes = [Mode::Reps, Mode::Time, Mode::Distance, Mode::SetsOnly];
    let exercises: Vec<_> = modes.into_iter().map(|mode| done(Some(0), None, mode, sets_of(mode))).collect();
    let nameless = done(None, Some("Gone Long Ago"), Mode::Reps, vec![set(5)]);
    let named = done(Some(0), Some("Old Name"), Mode::Reps, vec![]);
    let all = [exercises, vec![nameless, named]].concat();
    for (round, expected) in [outcome(2, 7, 25), outcome(0, 0, 0)].into_iter().enumerate() {
        let mut new = import(owner, 0);
        new.exercises = vec![unknown(0)];
        // The same times under another title are another session.
        let renamed = StagedSession { unit_name: None, ..session(0, vec![named_again()]) };
        let sessions = vec![session(0, all.clone()), renamed];
        let duplicates = ports.stage(&new, &[ImportPart::Sessions(sessions)]).await;
        assert_eq!(duplicates, 2 * round as u64);
        assert_eq!(ports.write_import(&new, &[(0, exercise)], &[]).await, [expected]);
        assert_eq!(ports.backdoor.history_version(owner), 1);
        let mut work = ports.begin().await;
        assert_eq!(work.imports().parts(new.id).await.expect("parts can be read"), [], "nothing is left of them");
        rollback(work).await;
    }
    let stored = sessions_of(ports, owner).await;
    let stored = stored.iter().find(|session| session.exercises.len() > 1).expect("the session");
    assert_eq!((stored.head.created_at, stored.head.revision.writes), (at(50), 1));
    assert_eq!(stored.head.unit_name, Some(name("Push")));
    for (mode, stored) in modes.into_iter().zip(&stored.exercises) {
        let sets: Vec<_> = stored.sets.iter().map(|recorded| recorded.set.clone()).collect();
        assert_eq!((stored.exercise.mode, sets), (mode, sets_of(mode)));
        assert_eq!((stored.exercise.exercise_id, &stored.exercise.exercise_name), (Some(exercise), &called));
    }
    let rest: Vec<_> = stored.exercises[4..].iter().map(|stored| &stored.exercise).collect();
    assert_eq!((rest[0].exercise_id, rest[0].exercise_name.as_str()), (None, "Gone Long Ago"));
    assert_eq!((rest[1].exercise_id, rest[1].exercise_name.as_str()), (Some(exercise), "Old Name"));
    let theirs = import(other, 0);
    assert_eq!(ports.stage(&theirs, &[ImportPart::Sessions(vec![session(0, vec![])])]).await, 0);
    assert_eq!(ports.write_import(&theirs, &[], &[]).await, [outcome(1, 0, 0)]);
}

fn named_again() -> crate::repo::StagedExercise {
    done(None, Some("Plank"), Mode::Time, vec![])
}

/// Two that are alike in one file are two, also where they stand in different parts, and one of them is there already.
pub async fn as_many_sessions_are_written_as_are_missing(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let twin = |twins| StagedSession { twins, ..session(0, vec![named_again()]) };
    for (count, added) in [(1, 1), (4, 3), (3, 0)] {
        let new = import(owner, 0);
        let staged: Vec<_> = match count {
            4 => vec![ImportPart::Sessions(vec![twin(0)]), ImportPart::Sessions((1..4).map(twin).collect())],
            _ => vec![ImportPart::Sessions((0..count).map(twin).collect())],
        };
        assert_eq!(ports.stage(&new, &staged).await, u64::from(count - added));
        let written = ports.write_import(&new, &[], &[]).await;
        assert_eq!(written.iter().map(|part| part.things).sum::<u64>(), u64::from(added), "of {count}");
    }
    assert_eq!(sessions_of(ports, owner).await.len(), 4);
}

/// Where a format has no room for seconds, and nothing but what clocks have shown, a session that comes back is the same.
pub async fn times_are_compared_as_exactly_as_they_are_told(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let told = |start: i64, end: i64, place: &str, precision| StagedSession {
        course: Course::completed(time(start), time(end)).expect("a course"),
        time_zone: zone(place),
        precision,
        ..session(0, vec![])
    };
    // `at` has 40 seconds and a fraction at 0.
    let there = told(0, 3_600, "Europe/Berlin", TimePrecision::Microsecond);
    let new = import(owner, 0);
    ports.stage(&new, &[ImportPart::Sessions(vec![there])]).await;
    ports.write_import(&new, &[], &[]).await;
    for (start, end, place, precision, is_there) in [
        (0, 3_600, "Asia/Tokyo", TimePrecision::Microsecond, true),
        (1, 3_600, "Europe/Berlin", TimePrecision::Microsecond, false),
        (-40, 3_560, "Europe/Berlin", TimePrecision::Minute, true),
        (-41, 3_560, "Europe/Berlin", TimePrecision::Minute, false),
        (-40, 3_559, "Europe/Berlin", TimePrecision::Minute, false),
        // An hour later in Berlin than in London: the same on the clock.
        (3_600, 7_200, "Europe/London", TimePrecision::Minute, true),
        (0, 3_600, "Europe/London", TimePrecision::Minute, false),
        (3_600, 7_200, "Europe/London", TimePrecision::Second, true),
        (0, 3_601, "Europe/Berlin", TimePrecision::Second, false),
        (1, 3_601, "Europe/Berlin", TimePrecision::Second, false),
    ] {
        let again = import(owner, 0);
        let staged = ImportPart::Sessions(vec![told(start, end, place, precision)]);
        let counted = ports.stage(&again, &[staged]).await;
        assert_eq!(counted, u64::from(is_there), "{start} to {end} in {place} by {precision:?}");
    }
}

/// One that is too large goes on in the next part; where the session is not written, neither is the rest.
pub async fn a_session_may_take_several_parts(ports: &Ports<'_>) {
    let owner = ports.account().await;
    for expected in [outcome(0, 2, 3), outcome(0, 0, 0)] {
        let new = import(owner, 0);
        let exercise = |called: &str, sets| done(None, Some(called), Mode::Reps, sets);
        let begun = session(0, vec![exercise("A", vec![set(1)]), exercise("B", vec![])]);
        let more = vec![exercise("C", vec![set(2), set(3)]), exercise("D", vec![set(4)])];
        let rest = StagedSession { goes_on: true, exercises: more, ..begun.clone() };
        let staged = [ImportPart::Sessions(vec![begun]), ImportPart::Sessions(vec![rest, session(9, vec![])])];
        ports.stage(&new, &staged).await;
        let written = ports.write_import(&new, &[], &[]).await;
        let (things, rest) = (written[1].things, PartOutcome { things: 0, ..written[1] });
        assert_eq!((things, rest), (written[0].things, expected));
    }
    let stored = sessions_of(ports, owner).await;
    let done: Vec<_> = stored[0].exercises.iter().map(|e| (e.exercise.exercise_name.as_str(), e.sets.len())).collect();
    assert_eq!(done, [("A", 1), ("B", 0), ("C", 2), ("D", 1)]);
}

/// In sessions as in units.
pub async fn what_is_skipped_leaves_no_gap(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let mut new = import(owner, 0);
    new.exercises = vec![unknown(0), unknown(1)];
    let exercises = [1, 0, 1, 0].map(|number| done(Some(number), Some("Any"), Mode::Reps, vec![set(7)]));
    let begun = session(0, exercises[..3].to_vec());
    let rest = StagedSession { goes_on: true, exercises: exercises.to_vec(), ..begun.clone() };
    let staged = [
        ImportPart::Sessions(vec![begun]),
        ImportPart::Sessions(vec![rest]),
        ImportPart::Units(vec![unit("Push", &[1, 0, 0, 1, 0])]),
    ];
    ports.stage(&new, &staged).await;
    // Units first.
    let expected = [outcome(1, 0, 0), outcome(1, 1, 1), outcome(0, 2, 2)];
    assert_eq!(ports.write_import(&new, &[(0, exercise)], &[1]).await, expected);
    let stored = sessions_of(ports, owner).await;
    assert_eq!(stored[0].exercises.iter().map(|stored| stored.place).collect::<Vec<_>>(), [0, 1, 2]);
    let units = ports.export.units_of(owner, None, 10).await.expect("units can be read");
    let entries: Vec<_> =
        units[0].entries.iter().map(|entry| (entry.exercise_id, entry.exercise_name.as_str())).collect();
    assert_eq!(entries, [(Some(exercise), "Entry 0"); 3]);
}

/// Under new identities, also the entries that were planned.
pub async fn units_and_plans_come_with_what_refers_to_them(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let mut new = import(owner, 0);
    new.exercises = vec![unknown(0)];
    let (push, pull) = (unit("Push", &[0, 0]), unit("Pull", &[]));
    let plan = plan("Both", vec![(3, 0, push.source), (3, 1, pull.source), (1, 0, push.source)]);
    let prescription = push.entries[1].prescription;
    let planned = Planned { entry: None, order_index: 1, prescription };
    let mut exercise_done = done(Some(0), Some("Entry 0"), Mode::Reps, vec![set(5)]);
    (exercise_done.planned, exercise_done.entry_place) = (Some(planned), Some(1));
    let mut trained = session(0, vec![exercise_done]);
    (trained.unit, trained.plan, trained.plan_name) = (Some(push.source), Some(plan.source), Some(name("Both")));
    let stranger = StagedSession { plan: Some(TrainingPlanId::new(Uuid::now_v7())), ..session(9, vec![]) };
    let staged = [
        ImportPart::Sessions(vec![trained, stranger]),
        ImportPart::Plans(vec![plan]),
        ImportPart::Units(vec![push, pull]),
    ];
    ports.stage(&new, &staged).await;
    let mut work = ports.begin().await;
    let order = work.imports().parts(new.id).await.expect("parts can be read");
    rollback(work).await;
    assert_eq!(order, [(PartKind::Units, 2), (PartKind::Plans, 1), (PartKind::Sessions, 0)]);
    let expected = [outcome(2, 0, 0), outcome(1, 0, 0), outcome(2, 1, 1)];
    assert_eq!(ports.write_import(&new, &[(0, exercise)], &[]).await, expected);

    let units = ports.export.units_of(owner, None, 10).await.expect("units can be read");
    let push = units.iter().find(|unit| unit.head.name == name("Push")).expect("the unit");
    let entries: Vec<_> = push.entries.iter().map(|entry| (entry.exercise_id, entry.prescription)).collect();
    assert_eq!(entries, [(Some(exercise), prescription); 2]);
    assert_eq!((push.head.sharing_status, push.head.created_at), (SharingStatus::Shared, at(50)));
    let plans = ports.export.plans_of(owner, None, 10).await.expect("plans can be read");
    let schedule: Vec<_> = plans[0].units.iter().map(|unit| (unit.day, unit.place, unit.unit_name.as_str())).collect();
    assert_eq!(schedule, [(1, 0, "Push"), (3, 0, "Push"), (3, 1, "Pull")]);
    let sessions = sessions_of(ports, owner).await;
    let head = &sessions[0].head;
    assert_eq!((head.unit_id, head.plan_id), (Some(push.id), Some(plans[0].id)));
    let planned = sessions[0].exercises[0].exercise.planned.expect("what was planned");
    assert_eq!(planned, Planned { entry: Some(push.entries[1].id), order_index: 1, prescription });
    assert_eq!(sessions[1].head.plan_id, None, "a plan that is not in the file");
}

fn plan(called: &str, schedule: Vec<(i16, i16, irontrack_domain::TrainingUnitId)>) -> StagedPlan {
    StagedPlan {
        id: TrainingPlanId::new(Uuid::now_v7()),
        source: TrainingPlanId::new(Uuid::now_v7()),
        name: name(called),
        description: None,
        sharing_status: SharingStatus::Private,
        difficulty_level: DifficultyLevel::Beginner,
        schedule,
    }
}

/// Whether they have the name, ignoring case, or are the very ones; also those that the same file has twice. Units that nobody
/// knows are missing in plans.
pub async fn templates_that_are_there_stay_as_they_are(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let there = ports.unit(&template(owner, "pUSH", SharingStatus::Private), &[]).await;
    let renamed = ports.unit(&template(owner, "Renamed", SharingStatus::Private), &[]).await;
    let new = import(owner, 0);
    let (push, mut same, twice) = (unit("Push", &[]), unit("Before", &[]), unit("pull", &[]));
    let pull = unit("Pull", &[]);
    same.source = renamed;
    let unknown = unit("Unknown", &[]);
    let schedule = vec![(1, 0, unknown.source), (1, 1, push.source), (1, 2, same.source), (1, 3, twice.source)];
    let trained = StagedSession { unit: Some(push.source), ..session(0, vec![]) };
    let staged = [
        ImportPart::Units(vec![push, same, pull, twice]),
        ImportPart::Plans(vec![plan("All", schedule.clone()), plan("ALL", schedule)]),
        ImportPart::Sessions(vec![trained]),
    ];
    ports.stage(&new, &staged).await;
    assert_eq!(ports.write_import(&new, &[], &[]).await, [outcome(1, 0, 0), outcome(1, 0, 0), outcome(1, 0, 0)]);
    let units = ports.export.units_of(owner, None, 10).await.expect("units can be read");
    assert_eq!(units.len(), 3);
    let head = |id| units.iter().find(|unit| unit.id == id).map(|unit| unit.head.name.as_str());
    assert_eq!((head(there), head(renamed)), (Some("pUSH"), Some("Renamed")));
    let plans = ports.export.plans_of(owner, None, 10).await.expect("plans can be read");
    let schedule: Vec<_> = plans[0].units.iter().map(|unit| (unit.place, unit.unit_id)).collect();
    let pull = units.iter().find(|unit| unit.id != there && unit.id != renamed).expect("the new unit");
    assert_eq!((plans.len(), schedule), (1, vec![(0, there), (1, renamed), (2, pull.id)]));
    assert_eq!(sessions_of(ports, owner).await[0].head.unit_id, Some(there));
}
