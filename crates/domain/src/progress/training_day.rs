//! Days on which somebody trained.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::TrainingLog;
use crate::training::{TemplateName, Volume};

/// A day with at least one session: it belongs to the day on which it began, for clocks where it took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingDay<'a> {
    /// The day.
    pub date: NaiveDate,
    /// How many sessions began.
    pub sessions: u32,
    /// How long those took that are completed, in seconds; `None` without one.
    pub duration_seconds: Option<u64>,
    /// Weight times repetitions.
    pub volume: Volume,
    /// What the units of the sessions were called, each name once, in the order of the sessions.
    pub unit_names: Vec<&'a str>,
}

/// The days of a year, or of one month of it, on which somebody trained, the oldest first.
#[must_use]
pub fn training_days(log: &TrainingLog, year: i32, month: Option<u32>) -> Vec<TrainingDay<'_>> {
    let is_asked = |date: NaiveDate| date.year() == year && month.is_none_or(|month| date.month() == month);
    let mut days: BTreeMap<NaiveDate, TrainingDay<'_>> = BTreeMap::new();
    for session in log.sessions().iter().filter(|session| is_asked(session.date)) {
        let day = days.entry(session.date).or_insert_with(|| TrainingDay {
            date: session.date,
            sessions: 0,
            duration_seconds: None,
            volume: Volume::ZERO,
            unit_names: Vec::new(),
        });
        day.sessions += 1;
        if let Some(seconds) = session.duration_seconds {
            *day.duration_seconds.get_or_insert(0) += u64::from(seconds);
        }
        if let Some(name) = session.unit_name.as_ref().map(TemplateName::as_str)
            && !day.unit_names.contains(&name)
        {
            day.unit_names.push(name);
        }
    }
    for work in log.exercises().iter().flat_map(|done| done.work.iter()) {
        let date = log.sessions().get(work.session).map(|session| session.date);
        if let Some(day) = date.and_then(|date| days.get_mut(&date)) {
            day.volume += work.effort.volume;
        }
    }
    days.into_values().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::progress::training_log::testing::{any_log, exercise, log, of_unit, session, sets};

    #[test]
    fn a_day_sums_up_its_sessions() {
        let sessions = vec![
            of_unit("Pull", session(1, "2025-12-31T22:59:59Z")),
            of_unit("Push", session(2, "2025-12-31T23:00:00Z")),
            session(3, "2026-01-01T10:00:00Z"),
            of_unit(
                "Legs",
                crate::progress::LoggedSession { duration_seconds: None, ..session(4, "2026-01-01T12:00:00Z") },
            ),
            of_unit("Push", session(5, "2026-01-01T14:00:00Z")),
            session(6, "2026-02-01T14:00:00Z"),
        ];
        let done = vec![
            (exercise(1, &[1], &[]), vec![sets(1, 1, 100), sets(3, 2, 50)]),
            (exercise(2, &[1], &[]), vec![sets(0, 1, 1), sets(3, 1, 10)]),
        ];
        let log = log(sessions, done);
        let days = training_days(&log, 2026, None);
        assert_eq!(days.len(), 2);
        let first = &days[0];
        assert_eq!((first.date.to_string().as_str(), first.sessions), ("2026-01-01", 4), "midnight in Berlin");
        assert_eq!((first.duration_seconds, first.volume.to_string().as_str()), (Some(3 * 3600), "2100"));
        assert_eq!(first.unit_names, ["Push", "Legs"]);
        assert_eq!((days[1].volume, days[1].unit_names.len()), (Volume::ZERO, 0));
        assert_eq!(training_days(&log, 2026, Some(2)), days[1..]);
        assert_eq!(training_days(&log, 2025, Some(12))[0].unit_names, ["Pull"]);
        assert!(training_days(&log, 2024, None).is_empty());
    }

    #[test]
    fn a_session_that_is_not_over_has_no_duration() {
        let running = crate::progress::LoggedSession { duration_seconds: None, ..session(1, "2026-01-01T10:00:00Z") };
        assert_eq!(training_days(&log(vec![running], vec![]), 2026, None)[0].duration_seconds, None);
    }

    proptest! {
        #[test]
        fn every_session_is_in_one_month(log in any_log()) {
            let years = 2023..=2027;
            let months = years.clone().flat_map(|year| (1..=12).flat_map(move |month| [(year, month)]));
            let by_month: Vec<_> = months.flat_map(|(year, month)| training_days(&log, year, Some(month))).collect();
            let by_year: Vec<_> = years.flat_map(|year| training_days(&log, year, None)).collect();
            prop_assert_eq!(&by_month, &by_year);
            prop_assert_eq!(by_year.iter().map(|day| day.sessions as usize).sum::<usize>(), log.sessions().len());
            let volume: Volume = by_year.iter().map(|day| day.volume).sum();
            let done: Volume = log.exercises().iter().flat_map(|done| done.work.iter()).map(|work| work.effort.volume).sum();
            prop_assert_eq!(volume, done);
        }
    }
}
