//! Weeks in a row.

use std::{collections::BTreeMap, num::NonZeroU32};

use chrono::{Days, NaiveDate};

use super::Calendar;

/// How many weeks in a row had enough sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Streaks {
    /// Those up to today. The running week counts as soon as it has enough, and breaks nothing until it is over.
    pub current: u32,
    /// The most there ever were.
    pub longest: u32,
}

/// The streaks of somebody who has trained on these days, given once for each session, and wants so many sessions in
/// every week.
#[must_use]
pub fn streaks(days: impl IntoIterator<Item = NaiveDate>, weekly_goal: NonZeroU32, today: NaiveDate) -> Streaks {
    let mut sessions: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for day in days {
        *sessions.entry(Calendar::Week.first_day(day)).or_default() += 1;
    }
    sessions.retain(|_, count| *count >= weekly_goal.get());
    let running = Calendar::Week.first_day(today);
    let mut streaks = Streaks::default();
    let mut row = 0;
    let mut before: Option<NaiveDate> = None;
    for &week in sessions.keys() {
        row = if before.is_some() && before == week_before(week) { row + 1 } else { 1 };
        before = Some(week);
        streaks.longest = streaks.longest.max(row);
        if week == running || week_before(running) == Some(week) {
            streaks.current = row;
        }
    }
    streaks
}

fn week_before(week: NaiveDate) -> Option<NaiveDate> {
    week.checked_sub_days(Days::new(7))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ONE: NonZeroU32 = NonZeroU32::MIN;

    fn of(days: &[&str], goal: u32, today: &str) -> (u32, u32) {
        let days = days.iter().map(|day| day.parse().unwrap());
        let Streaks { current, longest } = streaks(days, NonZeroU32::new(goal).unwrap(), today.parse().unwrap());
        (current, longest)
    }

    #[test]
    fn the_running_week_adds_and_does_not_break() {
        // Mondays are 2025-12-22, 2025-12-29, 2026-01-05 and 2026-01-12.
        let days = ["2025-12-28", "2025-12-29", "2026-01-11"];
        assert_eq!(of(&days, 1, "2026-01-11"), (3, 3), "over the end of the year");
        assert_eq!(of(&days[..2], 1, "2026-01-11"), (2, 2), "nothing yet in the running week");
        assert_eq!(of(&days, 1, "2026-01-18"), (3, 3));
        assert_eq!(of(&days, 1, "2026-01-19"), (0, 3), "a week without training is over");
        assert_eq!(of(&[], 1, "2026-01-11"), (0, 0));
    }

    #[test]
    fn a_week_with_less_than_the_goal_breaks() {
        let days = ["2026-01-05", "2026-01-05", "2026-01-12", "2026-01-19", "2026-01-25", "2026-01-26"];
        assert_eq!(of(&days, 2, "2026-01-26"), (1, 1));
        assert_eq!(of(&days, 1, "2026-01-26"), (4, 4));
        assert_eq!(of(&days, 3, "2026-01-26"), (0, 0));
    }

    #[test]
    fn a_gap_starts_anew() {
        let days = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-02-02"];
        assert_eq!(of(&days, 1, "2026-02-03"), (1, 3));
        assert_eq!(of(&["9999-12-31"], 1, "2026-02-03"), (0, 1), "what lies ahead is no current streak");
    }

    proptest! {
        /// Against weeks that are looked at one by one, back from today.
        #[test]
        fn streaks_are_weeks_in_a_row(offsets in proptest::collection::vec(0_u64..120, 0..60), goal in 1_u32..4) {
            let today: NaiveDate = "2026-11-25".parse().unwrap();
            let days: Vec<NaiveDate> = offsets.iter().map(|&offset| today - Days::new(offset)).collect();
            let running = Calendar::Week.first_day(today);
            let is_enough = |weeks_ago: u64| {
                let week = running - Days::new(7 * weeks_ago);
                days.iter().filter(|day| Calendar::Week.first_day(**day) == week).count() >= goal as usize
            };
            let from = u64::from(!is_enough(0));
            let current = (from..20).take_while(|&week| is_enough(week)).count();
            let weeks: String = (0..20).map(|week| if is_enough(week) { 'x' } else { ' ' }).collect();
            let longest = weeks.split(' ').map(str::len).max().unwrap();
            let found = streaks(days, NonZeroU32::new(goal).unwrap(), today);
            prop_assert_eq!((found.current as usize, found.longest as usize), (current, longest));
        }

        #[test]
        fn more_training_never_makes_them_shorter(offsets in proptest::collection::vec(0_u64..200, 1..40)) {
            let today: NaiveDate = "2026-11-25".parse().unwrap();
            let days: Vec<NaiveDate> = offsets.iter().map(|&offset| today - Days::new(offset)).collect();
            let (all, fewer) = (streaks(days.clone(), ONE, today), streaks(days[1..].to_vec(), ONE, today));
            prop_assert!(all.current >= fewer.current && all.longest >= fewer.longest && all.longest >= all.current);
        }
    }
}
