//! Which sessions a list has, and what it says about them.

use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    training::{
        Mode, SharingStatus, Weight,
        session::{Course, PerformedSet, SessionStatus, SetType, TrainingSession, volume},
    },
};

use super::scene::{details, freestyle, set, time, unplanned};
use crate::{
    PageRequest, SortOrder,
    query::{SessionFilter, SessionWindow},
    repo::{DoneExercise, NewTrainingSession, SessionDetails},
    testing::{
        Ports,
        store::at,
        training_unit::{name, template},
    },
};

/// All sessions of an account, the first ones first.
pub(super) fn all_of(owner: UserId) -> SessionFilter {
    SessionFilter {
        owner,
        status: None,
        from: None,
        to: None,
        plan: None,
        unit: None,
        exercise: None,
        order: SortOrder::Ascending,
        window: SessionWindow::Page(PageRequest::numbered(1, 100)),
    }
}

/// What filters can ask for.
struct Asked {
    plan: TrainingPlanId,
    unit: TrainingUnitId,
    exercise: ExerciseId,
}

impl Asked {
    fn filter(&self, owner: UserId, conditions: u8) -> SessionFilter {
        let is_asked = |bit: u8| conditions & (1 << bit) > 0;
        SessionFilter {
            status: is_asked(0).then_some(SessionStatus::Completed),
            // Half-open: the session that begins then is in, and the one that begins at the end is not.
            from: is_asked(1).then(|| at(200)),
            to: is_asked(2).then(|| at(4600)),
            plan: is_asked(3).then_some(self.plan),
            unit: is_asked(4).then_some(self.unit),
            exercise: is_asked(5).then_some(self.exercise),
            order: if is_asked(6) { SortOrder::Ascending } else { SortOrder::Descending },
            ..all_of(owner)
        }
    }
}

/// The sessions in which each of the conditions holds, and no others; in both directions.
pub async fn filters_hold_alone_and_together(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let asked = Asked {
        plan: ports.plan(&template(owner, "Plan", SharingStatus::Private), &[]).await,
        unit: ports.unit(&template(owner, "Unit", SharingStatus::Private), &[]).await,
        exercise: ports.exercise(owner),
    };
    let another = ports.exercise(owner);
    // Every combination of what can be asked for, at different times.
    let mut sessions = Vec::new();
    for (index, traits) in (0..48_u8).map(|index| (i64::from(index), index)) {
        let has = |bit: u8| traits & (1 << bit) > 0;
        let start = time(index * 100);
        let course = match traits / 16 {
            0 => Course::started(start),
            1 => Course::completed(start, start).expect("no time at all"),
            _ => Course::started(start).abort(Some(start), at(0)).expect("in progress"),
        };
        let exercises = [another, asked.exercise].map(|exercise| unplanned(exercise, "a", Mode::Reps));
        let new = NewTrainingSession {
            plan: has(0).then(|| (asked.plan, name("Plan"))),
            unit: has(1).then(|| (asked.unit, name("Unit"))),
            details: SessionDetails { course, ..details(0) },
            ..freestyle(owner)
        };
        let exercises = if has(2) { &exercises[..] } else { &exercises[..usize::from(has(3))] };
        let id = ports.train(&new, exercises).await;
        sessions.push(ports.trained(owner, id).await);
    }
    ports.train(&freestyle(ports.account().await), &[]).await;
    for conditions in 0..128 {
        let filter = asked.filter(owner, conditions);
        let mut expected: Vec<_> = sessions.iter().filter(|session| matches(&filter, session)).collect();
        if filter.order == SortOrder::Descending {
            expected.reverse();
        }
        let page = ports.training_sessions.sessions(&filter).await.expect("sessions can be listed");
        let found: Vec<_> = page.items.iter().map(|summary| &summary.head).collect();
        assert_eq!(found, expected.iter().map(|session| &session.head).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!((page.total, page.has_more), (i64::try_from(expected.len()).ok(), false), "{filter:?}");
    }
}

fn matches(filter: &SessionFilter, session: &TrainingSession) -> bool {
    let head = &session.head;
    let start = head.course.start().time();
    filter.status.is_none_or(|status| head.course.status() == status)
        && filter.from.is_none_or(|from| start >= from)
        && filter.to.is_none_or(|to| start < to)
        && filter.plan.is_none_or(|plan| head.plan_id == Some(plan))
        && filter.unit.is_none_or(|unit| head.unit_id == Some(unit))
        && filter
            .exercise
            .is_none_or(|id| session.exercises.iter().any(|exercise| exercise.exercise.exercise_id == Some(id)))
}

/// All exercises and sets; the volume of those sets that count, to the gram.
pub async fn a_summary_counts_what_is_in_the_session(ports: &Ports<'_>) {
    let owner = ports.account().await;
    let exercise = ports.exercise(owner);
    let done = |sets| DoneExercise { sets, ..unplanned(exercise, "a", Mode::Reps) };
    let heaviest = PerformedSet { weight: Weight::from_grams(99_999_999), ..set(10_000) };
    let of = |set_type| PerformedSet { set_type, ..set(3) };
    for exercises in [
        vec![],
        vec![done(vec![])],
        vec![done(vec![PerformedSet::default(), PerformedSet { weight: None, ..set(9) }])],
        vec![done(SetType::ALL.iter().map(|&set_type| of(set_type)).collect()), done(vec![]), done(vec![set(1)])],
        vec![done(vec![heaviest; 200]); 2],
    ] {
        let id = ports.train(&freestyle(owner), &exercises).await;
        let page = ports.training_sessions.sessions(&all_of(owner)).await.expect("sessions can be listed");
        let summary = page.items.into_iter().find(|summary| summary.head.id() == id).expect("it is in the list");
        let sets = || exercises.iter().flat_map(|exercise| &exercise.sets);
        let expected = volume(sets());
        let counts = (usize::try_from(summary.exercise_count), usize::try_from(summary.set_count));
        assert_eq!((counts, summary.volume), ((Ok(exercises.len()), Ok(sets().count())), expected));
        assert_eq!(summary.head, ports.trained(owner, id).await.head);
    }
}
