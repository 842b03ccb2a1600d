//! A log out of sessions with all their sets, for those who have these and no database.

use std::collections::BTreeMap;

use super::{Effort, LoggedSession, TrainedExercise, TrainingLog, Work};
use crate::{
    ExerciseId,
    training::session::{Metric, PerformedSet, SessionExercise, SessionStatus, TrainingSession},
};

/// An exercise, and what was done of it.
type Done = (TrainedExercise, Vec<Work>);

impl Effort {
    /// What one set adds.
    #[must_use]
    pub fn of(set: &PerformedSet) -> Self {
        let mut effort = Self { sets: 1, volume: set.volume(), ..Self::default() };
        match set.metric {
            Some(Metric::Reps(reps)) => effort.reps = u64::try_from(reps).unwrap_or(0),
            Some(Metric::TimeSeconds(seconds)) => effort.seconds = u64::try_from(seconds).unwrap_or(0),
            Some(Metric::Distance(distance)) => effort.metres = distance.metres().into(),
            None => {}
        }
        effort
    }
}

impl TrainingLog {
    /// The log of sessions in any order. `describe` is asked once about each exercise, and about each name of those that are
    /// gone.
    #[must_use]
    pub fn of_sessions<'a>(
        sessions: impl IntoIterator<Item = &'a TrainingSession>,
        describe: impl Fn(&SessionExercise) -> TrainedExercise,
    ) -> Self {
        let mut sessions: Vec<&TrainingSession> = sessions.into_iter().collect();
        sessions.sort_by_key(|session| (session.head.course.start().time(), session.head.id()));
        let latest_zone = sessions.last().map(|session| session.head.time_zone);
        sessions.retain(|session| session.head.course.status() != SessionStatus::Aborted);
        let mut exercises: BTreeMap<(Option<ExerciseId>, Option<&str>), Done> = BTreeMap::new();
        for (place, session) in sessions.iter().enumerate() {
            for done in &session.exercises {
                let exercise = &done.exercise;
                let name = exercise.exercise_id.is_none().then_some(exercise.exercise_name.as_str());
                let key = (exercise.exercise_id, name);
                let (_, work) = exercises.entry(key).or_insert_with(|| (describe(exercise), Vec::new()));
                if work.last().is_none_or(|work| work.session != place) {
                    work.push(Work { session: place, effort: Effort::default() });
                }
                for set in done.sets.iter().map(|recorded| &recorded.set).filter(|set| set.set_type.counts()) {
                    if let Some(work) = work.last_mut() {
                        work.effort += Effort::of(set);
                    }
                }
            }
        }
        let logged = |session: &&TrainingSession| {
            let head = &session.head;
            let start = head.course.start().time();
            LoggedSession {
                id: head.id(),
                start,
                date: head.time_zone.date(start),
                duration_seconds: head.course.duration_seconds().and_then(|seconds| u32::try_from(seconds).ok()),
                unit_name: head.unit_name.clone(),
            }
        };
        Self::new(sessions.iter().map(logged).collect(), exercises.into_values(), latest_zone)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::{
        SessionExerciseId, SessionSetId, TimeZone, TrainingSessionId,
        progress::training_log::testing::{exercise, gone},
        training::{
            Distance, Mode, Weight,
            session::{Course, RecordedExercise, RecordedSet, Revision, SessionHead, SessionTime, SetType},
        },
    };

    fn session(id: u128, start: &str, status: SessionStatus, exercises: Vec<RecordedExercise>) -> TrainingSession {
        let start: DateTime<Utc> = start.parse().unwrap();
        let end =
            (status != SessionStatus::InProgress).then(|| SessionTime::from_clock(start + chrono::TimeDelta::hours(1)));
        let session = TrainingSessionId::new(Uuid::from_u128(id));
        let head = SessionHead {
            revision: Revision { session, writes: 1, references: 0 },
            plan_id: None,
            unit_id: None,
            plan_name: None,
            unit_name: None,
            course: Course::from_stored(status, SessionTime::from_clock(start), end).unwrap(),
            time_zone: TimeZone::parse(if id == 3 { "Asia/Tokyo" } else { "Europe/Berlin" }).unwrap(),
            notes: None,
            created_at: start,
            updated_at: start,
        };
        TrainingSession { head, exercises }
    }

    fn done(id: Option<u128>, name: &str, sets: Vec<PerformedSet>) -> RecordedExercise {
        let recorded = |set| RecordedSet { id: SessionSetId::new(1), set };
        let exercise = SessionExercise {
            exercise_id: id.map(|id| ExerciseId::new(Uuid::from_u128(id))),
            exercise_name: name.to_owned(),
            mode: Mode::Reps,
            planned: None,
            notes: None,
        };
        let sets = sets.into_iter().map(recorded).collect();
        RecordedExercise { id: SessionExerciseId::new(1), place: 0, exercise, sets }
    }

    fn set(metric: Option<Metric>, set_type: SetType) -> PerformedSet {
        PerformedSet { weight: Weight::parse("50").ok(), metric, set_type, ..PerformedSet::default() }
    }

    #[test]
    fn sets_of_an_exercise_in_a_session_are_added_up() {
        let reps = |count| set(Some(Metric::Reps(count)), SetType::Working);
        let warm_up = set(Some(Metric::Reps(20)), SetType::Warmup);
        let run = set(Distance::from_metres(400).map(Metric::Distance), SetType::Failure);
        let plank = set(Some(Metric::TimeSeconds(60)), SetType::Drop);
        let sessions = [
            session(
                2,
                "2026-01-02T10:00:00Z",
                SessionStatus::InProgress,
                vec![
                    done(Some(1), "Squat", vec![reps(5), warm_up.clone()]),
                    done(None, "Old curl", vec![plank.clone(), run]),
                    done(Some(1), "Deep squat", vec![reps(3), set(None, SetType::Working)]),
                ],
            ),
            session(3, "2026-01-03T20:00:00Z", SessionStatus::Aborted, vec![done(Some(1), "Squat", vec![reps(5)])]),
            session(
                1,
                "2026-01-01T23:30:00Z",
                SessionStatus::Completed,
                vec![done(None, "Old row", vec![plank]), done(None, "Older row", vec![warm_up])],
            ),
        ];
        let describe = |done: &SessionExercise| match done.exercise_id {
            Some(_) => exercise(1, &[1], &[]),
            None => gone(&done.exercise_name),
        };
        let log = TrainingLog::of_sessions(&sessions, describe);
        let days: Vec<_> =
            log.sessions().iter().map(|session| (session.date.to_string(), session.duration_seconds)).collect();
        assert_eq!(days, [("2026-01-02".to_owned(), Some(3600)), ("2026-01-02".to_owned(), None)]);
        assert_eq!(log.latest_zone().map(TimeZone::name), Some("Asia/Tokyo"), "of an aborted one");
        let told: Vec<_> =
            log.exercises().iter().map(|done| (done.exercise.name.as_str(), done.work.to_vec())).collect();
        let effort = |sets, reps, grams, seconds, metres| Effort {
            sets,
            reps,
            volume: crate::training::Volume::from_grams(grams),
            seconds,
            metres,
        };
        assert_eq!(
            told,
            [
                ("Old curl", vec![Work { session: 1, effort: effort(2, 0, 0, 60, 400) }]),
                ("Old row", vec![Work { session: 0, effort: effort(1, 0, 0, 60, 0) }]),
                ("Exercise 1", vec![Work { session: 1, effort: effort(3, 8, 400_000, 0, 0) }]),
            ]
        );
    }
}
