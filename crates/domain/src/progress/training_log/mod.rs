//! The whole training history of somebody, summed up as far as no question needs more.

mod of_sessions;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    ExerciseId, TimeZone, TrainingSessionId,
    catalogue::CatalogueItem,
    exercise::Category,
    training::{TemplateName, Volume},
};

/// A session that was not aborted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedSession {
    /// Identity.
    pub id: TrainingSessionId,
    /// When it began.
    pub start: DateTime<Utc>,
    /// On which day it began, for clocks where it took place.
    pub date: NaiveDate,
    /// How long it took, if it is completed.
    pub duration_seconds: Option<u32>,
    /// What its unit was called.
    pub unit_name: Option<TemplateName>,
}

/// What the sets of an exercise count for. It is what the exercise is now, not what it was when the sets were done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainedExercise {
    /// Identity; `None` once the exercise is gone.
    pub id: Option<ExerciseId>,
    /// Its name; once the exercise is gone, what it was called when it was done.
    pub name: String,
    /// Its kind of training; `None` once it is gone.
    pub category: Option<Category>,
    /// The muscle groups that it trains first, ascending by id.
    pub primary_muscles: Vec<CatalogueItem>,
    /// The muscle groups that assist, ascending by id.
    pub secondary_muscles: Vec<CatalogueItem>,
}

/// What was done of an exercise in a session: all its sets that count, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Where the session stands in the log.
    pub session: usize,
    /// What the sets add up to.
    pub effort: Effort,
}

/// What sets add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// How many sets.
    pub sets: u64,
    /// How many repetitions.
    pub reps: u64,
    /// Weight times repetitions.
    pub volume: Volume,
    /// How long, in seconds.
    pub seconds: u64,
    /// How far, in metres.
    pub metres: u64,
}

impl std::ops::AddAssign for Effort {
    fn add_assign(&mut self, other: Self) {
        self.sets += other.sets;
        self.reps += other.reps;
        self.volume += other.volume;
        self.seconds += other.seconds;
        self.metres += other.metres;
    }
}

/// An exercise, and the sessions in which it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseWork {
    /// The exercise.
    pub exercise: TrainedExercise,
    /// What was done of it, in the order of the sessions.
    pub work: Arc<[Work]>,
}

/// All that somebody has trained: sessions that are completed or in progress, and of their sets those that count.
///
/// Warm-ups and what was done in aborted sessions are not in it. A clone is cheap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrainingLog {
    sessions: Arc<[LoggedSession]>,
    exercises: Vec<ExerciseWork>,
    latest_zone: Option<TimeZone>,
}

/// A stretch of time that takes its first moment in and leaves its last one out; without bounds it has no end there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Period {
    /// The first moment.
    pub from: Option<DateTime<Utc>>,
    /// The moment when it is over.
    pub to: Option<DateTime<Utc>>,
}

impl Period {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, moment: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= moment) && self.to.is_none_or(|to| moment < to)
    }
}

impl TrainingLog {
    /// A log of sessions, which stand in the order of time: by start, and then by id. Work in a session that is not there
    /// is left out, and so is an exercise without work.
    ///
    /// `latest_zone` is where the latest session of all, aborted or not, took place.
    #[must_use]
    pub fn new(
        sessions: Vec<LoggedSession>,
        exercises: impl IntoIterator<Item = (TrainedExercise, Vec<Work>)>,
        latest_zone: Option<TimeZone>,
    ) -> Self {
        let exercises = exercises.into_iter().filter_map(|(exercise, mut work)| {
            work.retain(|work| work.session < sessions.len() && work.effort.sets > 0);
            (!work.is_empty()).then(|| ExerciseWork { exercise, work: work.into() })
        });
        Self { exercises: exercises.collect(), sessions: sessions.into(), latest_zone }
    }

    /// The same log with exercises as they are now. Those that are not named stay as they were.
    #[must_use]
    pub fn with(mut self, exercises: impl IntoIterator<Item = TrainedExercise>) -> Self {
        let mut known: HashMap<_, _> = exercises.into_iter().map(|exercise| (exercise.id, exercise)).collect();
        for done in self.exercises.iter_mut().filter(|done| done.exercise.id.is_some()) {
            if let Some(exercise) = known.remove(&done.exercise.id) {
                done.exercise = exercise;
            }
        }
        self
    }

    /// The sessions in the order of time.
    #[must_use]
    pub fn sessions(&self) -> &[LoggedSession] {
        &self.sessions
    }

    /// The exercises, each with what was done of it.
    #[must_use]
    pub fn exercises(&self) -> &[ExerciseWork] {
        &self.exercises
    }

    /// Where the latest session took place.
    #[must_use]
    pub const fn latest_zone(&self) -> Option<TimeZone> {
        self.latest_zone
    }

    /// The ids of the exercises that are not gone, in the order of [`exercises`](Self::exercises).
    pub fn exercise_ids(&self) -> impl Iterator<Item = ExerciseId> {
        self.exercises.iter().filter_map(|done| done.exercise.id)
    }

    /// The work in sessions of a period, with its exercise and its session.
    pub fn within(&self, period: Period) -> impl Iterator<Item = (&TrainedExercise, &LoggedSession, Effort)> {
        let done = self.exercises.iter().flat_map(|done| done.work.iter().map(move |work| (&done.exercise, work)));
        let with_session = done.filter_map(|(exercise, work)| {
            let session = self.sessions.get(work.session)?;
            Some((exercise, session, work.effort))
        });
        with_session.filter(move |(_, session, _)| period.contains(session.start))
    }
}

#[cfg(test)]
pub(super) mod testing;

#[cfg(test)]
mod tests {
    use super::{
        testing::{exercise, gone, log, session, sets},
        *,
    };

    #[test]
    fn work_without_a_session_or_a_set_is_none() {
        let sessions = vec![session(1, "2026-01-01T10:00:00Z")];
        let done = vec![
            (exercise(1, &[1], &[]), vec![sets(0, 1, 50), sets(1, 1, 50)]),
            (exercise(2, &[1], &[]), vec![sets(0, 0, 50)]),
        ];
        let log = log(sessions, done);
        assert_eq!((log.exercises().len(), log.exercises()[0].work.len()), (1, 1));
        assert_eq!(log.within(Period::default()).count(), 1);
    }

    #[test]
    fn exercises_are_what_they_are_now() {
        let sessions = vec![session(1, "2026-01-01T10:00:00Z")];
        let names = [exercise(1, &[1], &[]), exercise(2, &[1], &[]), gone("Old curl")];
        let log = log(sessions, names.map(|exercise| (exercise, vec![sets(0, 1, 50)])).into());
        let renamed = TrainedExercise { name: "Squat".to_owned(), ..exercise(2, &[2], &[1]) };
        let now = log.clone().with([renamed.clone(), exercise(7, &[], &[]), gone("Other curl")]);
        let exercises: Vec<_> = now.exercises().iter().map(|done| &done.exercise).collect();
        assert_eq!(exercises, [&exercise(1, &[1], &[]), &renamed, &gone("Old curl")]);
        assert_eq!(now.sessions(), log.sessions());
    }
}
