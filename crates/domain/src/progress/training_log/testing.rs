//! Logs for tests.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Effort, LoggedSession, TrainedExercise, TrainingLog, Work};
use crate::{
    ExerciseId, TimeZone, TrainingSessionId, catalogue::CatalogueItem, exercise::Category, training::TemplateName,
    training::Volume,
};

/// A session of an hour in Berlin.
pub(in crate::progress) fn session(id: u128, start: &str) -> LoggedSession {
    session_at(id, start.parse().unwrap(), TimeZone::parse("Europe/Berlin").unwrap())
}

/// A session of an hour.
pub(in crate::progress) fn session_at(id: u128, start: DateTime<Utc>, zone: TimeZone) -> LoggedSession {
    LoggedSession {
        id: TrainingSessionId::new(Uuid::from_u128(id)),
        start,
        date: zone.date(start),
        duration_seconds: Some(3600),
        unit_name: None,
    }
}

/// The same, of a unit.
pub(in crate::progress) fn of_unit(name: &str, mut session: LoggedSession) -> LoggedSession {
    session.unit_name = TemplateName::parse(name).ok();
    session
}

/// A muscle group.
pub(in crate::progress) fn muscle(id: i16) -> CatalogueItem {
    CatalogueItem { id, name: format!("muscle {id}") }
}

/// An exercise of strength that trains these muscle groups.
pub(in crate::progress) fn exercise(id: u128, primary: &[i16], secondary: &[i16]) -> TrainedExercise {
    TrainedExercise {
        id: Some(ExerciseId::new(Uuid::from_u128(id))),
        name: format!("Exercise {id}"),
        category: Some(Category::Strength),
        primary_muscles: primary.iter().copied().map(muscle).collect(),
        secondary_muscles: secondary.iter().copied().map(muscle).collect(),
    }
}

/// An exercise that is gone.
pub(in crate::progress) fn gone(name: &str) -> TrainedExercise {
    TrainedExercise { id: None, name: name.to_owned(), category: None, ..exercise(0, &[], &[]) }
}

/// Sets of ten repetitions with so many kilograms.
pub(in crate::progress) fn sets(session: usize, sets: u64, kilograms: u64) -> Work {
    let volume = Volume::from_grams(sets * 10 * kilograms * 1000);
    Work { session, effort: Effort { sets, reps: sets * 10, volume, ..Effort::default() } }
}

/// A log of sessions in the order of time.
pub(in crate::progress) fn log(sessions: Vec<LoggedSession>, done: Vec<(TrainedExercise, Vec<Work>)>) -> TrainingLog {
    TrainingLog::new(sessions, done, TimeZone::parse("Europe/Berlin").ok())
}

prop_compose! {
    /// Any log of some years, in several zones.
    pub(in crate::progress) fn any_log()(
        starts in proptest::collection::vec((0_i64..100_000_000, 0_usize..3), 0..40),
        done in proptest::collection::vec(
            (
                proptest::collection::vec(0_i16..5, 0..3),
                proptest::collection::vec(5_i16..9, 0..3),
                proptest::collection::vec((0_usize..40, 1_u64..6, 0_u64..200), 0..30),
            ),
            0..6,
        ),
    ) -> TrainingLog {
        let zones = ["Europe/Berlin", "America/New_York", "Pacific/Auckland"].map(|name| TimeZone::parse(name).unwrap());
        let mut sessions: Vec<_> = (1..).zip(starts).map(|(id, (second, zone))| {
            session_at(id, DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap(), zones[zone])
        }).collect();
        sessions.sort_by_key(|session| (session.start, session.id));
        let done = (1..).zip(done).map(|(id, (mut primary, mut secondary, mut work))| {
            for muscles in [&mut primary, &mut secondary] {
                muscles.sort_unstable();
                muscles.dedup();
            }
            work.sort_unstable();
            work.dedup_by_key(|work| work.0);
            let exercise = if id == 3 { gone("Gone") } else { exercise(id, &primary, &secondary) };
            (exercise, work.into_iter().map(|(session, count, kilograms)| sets(session, count, kilograms)).collect())
        }).collect();
        log(sessions, done)
    }
}
