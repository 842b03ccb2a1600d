//! A period in a few figures.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{Calendar, Decimal, Effort, Period, SecondaryFactor, Share, TrainedExercise, TrainingLog};
use crate::catalogue::CatalogueItem;

/// How many exercises and muscle groups are named.
const MOST: usize = 10;

/// What was done in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    /// How many sessions began.
    pub sessions: u64,
    /// How many of them are completed. The others are in progress.
    pub completed_sessions: u64,
    /// On how many days.
    pub training_days: u64,
    /// How many different exercises have a set that counts.
    pub exercises: u64,
    /// All sets that count.
    pub effort: Effort,
    /// How long the sessions took that are completed, in seconds.
    pub duration_seconds: u64,
    /// What a session or a week has of that.
    pub averages: Averages,
    /// The exercises with the most sets.
    pub most_trained_exercises: Vec<MostTrained<'a>>,
    /// The muscle groups with the most sets.
    pub most_trained_muscles: Vec<(&'a CatalogueItem, Share)>,
}

/// Averages, rounded half up to two decimals; `None` where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Averages {
    /// Sessions in each ISO week from that of the first session to that of the last one. Weeks without a session in
    /// between count.
    pub sessions_per_week: Option<Decimal>,
    /// Sets of a session.
    pub sets_per_session: Option<Decimal>,
    /// Repetitions of a session.
    pub reps_per_session: Option<Decimal>,
    /// Kilograms of a session.
    pub kilograms_per_session: Option<Decimal>,
    /// Seconds of a session that is completed.
    pub seconds_per_session: Option<Decimal>,
}

/// An exercise that was trained a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MostTrained<'a> {
    /// The exercise.
    pub exercise: &'a TrainedExercise,
    /// In how many sessions.
    pub sessions: u64,
    /// What was done.
    pub effort: Effort,
}

/// The summary of a period. Muscles that assist count a half.
#[must_use]
pub fn summary(log: &TrainingLog, period: Period) -> Summary<'_> {
    let within = || log.sessions().iter().filter(move |session| period.contains(session.start));
    let durations: Vec<u64> = within().filter_map(|session| session.duration_seconds).map(u64::from).collect();
    let days: BTreeSet<NaiveDate> = within().map(|session| session.date).collect();
    let mut effort = Effort::default();
    let mut exercises = Vec::new();
    let mut muscles: HashMap<&CatalogueItem, Share> = HashMap::new();
    for done in log.exercises() {
        let mut most = MostTrained { exercise: &done.exercise, sessions: 0, effort: Effort::default() };
        let is_within = |session: usize| log.sessions().get(session).is_some_and(|it| period.contains(it.start));
        for work in done.work.iter().filter(|work| is_within(work.session)) {
            most.sessions += 1;
            most.effort += work.effort;
        }
        if most.sessions > 0 {
            effort += most.effort;
            let Effort { sets, volume, .. } = most.effort;
            for muscle in &done.exercise.primary_muscles {
                muscles.entry(muscle).or_default().add(sets, volume);
            }
            for muscle in &done.exercise.secondary_muscles {
                muscles.entry(muscle).or_default().add_part(SecondaryFactor::default(), sets, volume);
            }
            exercises.push(most);
        }
    }
    let (sessions, completed_sessions) = (count(within().count()), count(durations.len()));
    let duration_seconds = durations.iter().sum();
    Summary {
        sessions,
        completed_sessions,
        training_days: count(days.len()),
        exercises: count(exercises.len()),
        effort,
        duration_seconds,
        averages: Averages {
            sessions_per_week: Decimal::quotient(sessions, weeks(&days)),
            sets_per_session: Decimal::quotient(effort.sets, sessions),
            reps_per_session: Decimal::quotient(effort.reps, sessions),
            kilograms_per_session: Decimal::quotient(effort.volume.grams(), sessions.saturating_mul(1000)),
            seconds_per_session: Decimal::quotient(duration_seconds, completed_sessions),
        },
        most_trained_exercises: most_trained(exercises),
        most_trained_muscles: most_trained_muscles(muscles),
    }
}

/// How many ISO weeks there are from the first day to the last one.
fn weeks(days: &BTreeSet<NaiveDate>) -> u64 {
    let week = |day: Option<&NaiveDate>| day.map(|day| Calendar::Week.first_day(*day));
    match (week(days.first()), week(days.last())) {
        (Some(first), Some(last)) => u64::try_from((last - first).num_weeks()).unwrap_or(0) + 1,
        _ => 0,
    }
}

/// Those with the most sets, then kilograms; equal ones by name.
fn most_trained(mut exercises: Vec<MostTrained<'_>>) -> Vec<MostTrained<'_>> {
    exercises.sort_by(|one, other| {
        let rank = |most: &MostTrained<'_>| (most.effort.sets, most.effort.volume);
        let name = |most: &MostTrained<'_>| (most.exercise.name.to_lowercase(), most.exercise.id);
        rank(other).cmp(&rank(one)).then_with(|| name(one).cmp(&name(other)))
    });
    exercises.truncate(MOST);
    exercises
}

/// Likewise.
fn most_trained_muscles(muscles: HashMap<&CatalogueItem, Share>) -> Vec<(&CatalogueItem, Share)> {
    let mut muscles: Vec<_> = muscles.into_iter().collect();
    muscles
        .sort_by(|(one, share), (other, other_share)| other_share.cmp(share).then_with(|| one.name.cmp(&other.name)));
    muscles.truncate(MOST);
    muscles
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::progress::{
        LoggedSession,
        training_log::testing::{any_log, exercise, gone, log, session, sets},
    };

    #[test]
    fn a_period_in_a_few_figures() {
        let sessions = vec![
            session(1, "2026-01-04T10:00:00Z"),
            session(2, "2026-01-05T10:00:00Z"),
            LoggedSession { duration_seconds: Some(1800), ..session(3, "2026-01-05T18:00:00Z") },
            LoggedSession { duration_seconds: None, ..session(4, "2026-01-20T10:00:00Z") },
        ];
        let done = vec![
            (exercise(1, &[1], &[2]), vec![sets(0, 3, 100), sets(1, 2, 100)]),
            (exercise(2, &[2], &[]), vec![sets(2, 2, 10)]),
            (gone("Old curl"), vec![sets(3, 2, 5)]),
        ];
        let log = log(sessions, done);
        let all = summary(&log, Period::default());
        assert_eq!((all.sessions, all.completed_sessions, all.training_days, all.exercises), (4, 3, 3, 3));
        assert_eq!((all.effort.sets, all.effort.reps, all.duration_seconds), (9, 90, 9000));
        assert_eq!(all.effort.volume.to_string(), "5300");
        let text = |average: Option<Decimal>| average.map(|average| average.to_string()).unwrap_or_default();
        let averages = all.averages;
        assert_eq!(text(averages.sessions_per_week), "1", "four in four weeks, of which one had none");
        assert_eq!(text(averages.sets_per_session), "2.25");
        assert_eq!(text(averages.kilograms_per_session), "1325");
        assert_eq!(text(averages.seconds_per_session), "3000");
        let names: Vec<_> = all.most_trained_exercises.iter().map(|most| most.exercise.name.as_str()).collect();
        assert_eq!(names, ["Exercise 1", "Exercise 2", "Old curl"], "equal sets go by kilograms");
        let muscle = |(muscle, share): &(&CatalogueItem, Share)| format!("{} {}", muscle.name, share.sets());
        assert_eq!(all.most_trained_muscles.iter().map(muscle).collect::<Vec<_>>(), ["muscle 1 5", "muscle 2 4.5"]);
        let period = Period { from: "2026-01-05T00:00:00Z".parse().ok(), to: "2026-01-06T00:00:00Z".parse().ok() };
        let day = summary(&log, period);
        assert_eq!((day.sessions, day.training_days, text(day.averages.sessions_per_week)), (2, 1, "2".to_owned()));
    }

    #[test]
    fn nothing_has_no_averages() {
        let nothing = TrainingLog::default();
        let Summary { sessions, averages, most_trained_muscles, .. } = summary(&nothing, Period::default());
        assert_eq!((sessions, most_trained_muscles.len()), (0, 0));
        assert_eq!(
            (averages.sessions_per_week, averages.sets_per_session, averages.seconds_per_session),
            (None, None, None)
        );
    }

    proptest! {
        #[test]
        fn two_halves_make_a_whole(log in any_log(), second in 0_i64..100_000_000) {
            let middle = chrono::DateTime::from_timestamp(1_700_000_000 + second, 0);
            let of = |from, to| summary(&log, Period { from, to });
            let (all, before, after) = (of(None, None), of(None, middle), of(middle, None));
            prop_assert_eq!(all.sessions, before.sessions + after.sessions);
            prop_assert_eq!(all.duration_seconds, before.duration_seconds + after.duration_seconds);
            let mut both = before.effort;
            both += after.effort;
            prop_assert_eq!(all.effort, both);
            prop_assert!(all.most_trained_exercises.windows(2).all(|two| two[0].effort.sets >= two[1].effort.sets));
            prop_assert!(all.most_trained_muscles.windows(2).all(|two| two[0].1 >= two[1].1));
        }
    }
}
