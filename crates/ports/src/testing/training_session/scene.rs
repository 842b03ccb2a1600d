//! What sessions are made of in these tests, and how they are written.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, TimeZone, TrainingSessionId, UserId,
    training::{
        Distance, LongText, Mode, Weight,
        session::{
            Course, Metric, PerformedSet, RecordedExercise, Rpe, SessionExercise, SessionTime, SetNotes, SetType,
            TrainingSession,
        },
    },
};
use uuid::Uuid;

use crate::{
    UnitOfWork,
    repo::{DoneExercise, NewTrainingSession, SessionDetails},
    testing::{
        Ports,
        exercise::custom,
        store::{at, commit},
    },
};

/// A time of a session.
pub(in crate::testing) fn time(second: i64) -> SessionTime {
    SessionTime::from_clock(at(second))
}

/// A session in progress since that second.
pub(in crate::testing) fn details(start: i64) -> SessionDetails {
    let notes = LongText::parse("Slept well.").ok();
    SessionDetails { course: Course::started(time(start)), time_zone: zone("Europe/Berlin"), notes }
}

pub(in crate::testing) fn zone(name: &str) -> TimeZone {
    TimeZone::parse(name).expect("a time zone")
}

/// A freestyle session in progress.
pub(in crate::testing) fn freestyle(owner: UserId) -> NewTrainingSession {
    let id = TrainingSessionId::new(Uuid::now_v7());
    NewTrainingSession { id, owner, plan: None, unit: None, details: details(0) }
}

/// A set of that many repetitions, by which it can be known again.
pub(in crate::testing) fn set(reps: i16) -> PerformedSet {
    PerformedSet { metric: Some(Metric::Reps(reps)), weight: Weight::from_grams(82_501), ..PerformedSet::default() }
}

/// One set of every type, with and without each value.
pub(in crate::testing) fn sets_of(mode: Mode) -> Vec<PerformedSet> {
    let metric = match mode {
        Mode::Reps => Some(Metric::Reps(10_000)),
        Mode::Time => Some(Metric::TimeSeconds(604_800)),
        Mode::Distance => Distance::from_metres(99_999_999).map(Metric::Distance),
        Mode::SetsOnly => None,
    };
    let all = SetType::ALL.iter().zip([2, 11, 17, 20]).map(|(&set_type, halves)| PerformedSet {
        weight: Weight::from_grams(99_999_999),
        metric,
        set_type,
        rpe: Rpe::from_halves(halves),
        notes: SetNotes::parse(&"\u{fc}".repeat(SetNotes::MAX)).ok(),
    });
    all.chain([PerformedSet::default(), PerformedSet { weight: Weight::from_grams(0), ..PerformedSet::default() }])
        .collect()
}

/// An exercise that was not planned, without sets.
pub(in crate::testing) fn unplanned(exercise: ExerciseId, name: &str, mode: Mode) -> DoneExercise {
    let notes = LongText::parse("Felt easy.").ok();
    DoneExercise { exercise: SessionExercise::unplanned(exercise, name.to_owned(), mode, notes), sets: vec![] }
}

/// What is stored, as it would be stored again.
pub(in crate::testing) fn again(exercises: &[RecordedExercise]) -> Vec<DoneExercise> {
    let again = |recorded: &RecordedExercise| DoneExercise {
        exercise: recorded.exercise.clone(),
        sets: recorded.sets.iter().map(|recorded| recorded.set.clone()).collect(),
    };
    exercises.iter().map(again).collect()
}

impl Ports<'_> {
    /// A custom exercise.
    pub(in crate::testing) fn exercise(&self, owner: UserId) -> ExerciseId {
        let exercise = custom(owner, &Uuid::new_v4().simple().to_string(), 0);
        self.backdoor.add_custom_exercise(&exercise);
        exercise.id
    }

    /// Stores a session at second 0.
    pub(in crate::testing) async fn train(
        &self,
        session: &NewTrainingSession,
        exercises: &[DoneExercise],
    ) -> TrainingSessionId {
        let version = self.backdoor.history_version(session.owner);
        let mut work = self.begin().await;
        work.training_sessions().insert(session, exercises, at(0)).await.expect("the session is stored");
        commit(work).await;
        assert_eq!(self.backdoor.history_version(session.owner), version + 1, "a session has been stored");
        session.id
    }

    /// The session of that account.
    pub(in crate::testing) async fn trained(&self, owner: UserId, id: TrainingSessionId) -> TrainingSession {
        let found = self.training_sessions.session(owner, id).await.expect("the session can be read");
        found.expect("the account has that session")
    }

    /// Changes a session in a unit of work, which has it locked, and answers what has become of it. Expects that what
    /// must move with a change has moved if there was one, and has stayed otherwise, and that there are no gaps.
    pub(in crate::testing) async fn write(
        &self,
        (owner, id): (UserId, TrainingSessionId),
        is_change: bool,
        what: &str,
        change: impl AsyncFnOnce(&mut dyn UnitOfWork, DateTime<Utc>),
    ) -> TrainingSession {
        let (before, version) = (self.trained(owner, id).await, self.backdoor.history_version(owner));
        let mut work = self.begin().await;
        let locked = work.training_sessions().lock(owner, id).await.expect("the session can be locked");
        assert_eq!(locked.as_ref(), Some(&before.head), "{what}");
        // Earlier than the change before, as a clock that was set back would have it.
        change(&mut *work, at(-9)).await;
        let inside = work.training_sessions().read(owner, id).await.expect("the session can be read");
        commit(work).await;
        let after = self.trained(owner, id).await;
        assert_eq!(inside.as_ref(), Some(&after), "{what}: as seen by the unit of work itself");
        let moved = i64::from(is_change);
        let (old, new) = (before.head.revision, after.head.revision);
        assert_eq!(new.writes, old.writes + moved, "{what}: how often the session was written");
        assert_eq!(after.head.updated_at > before.head.updated_at, is_change, "{what}: the time of the last change");
        assert_eq!(self.backdoor.history_version(owner), version + moved, "{what}: the version of the history");
        assert_eq!(after.head.created_at, before.head.created_at, "{what}");
        let places: Vec<_> = after.exercises.iter().map(|exercise| exercise.place).collect();
        assert_eq!(places, (0..after.exercises.len()).collect::<Vec<_>>(), "{what}: places without gaps");
        after
    }
}
