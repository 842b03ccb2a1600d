//! Ticks of days, months and years.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Timelike};

use super::{Axis, Tick, rounded};
use crate::{text, words::short_month};

/// What is between two ticks.
#[derive(Debug, Clone, Copy)]
enum Step {
    Days(u32),
    /// From Monday on.
    Weeks(u32),
    /// From January on.
    Months(u32),
    Years(i32),
}

/// From the shortest to the longest one.
const STEPS: [Step; 20] = [
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(200),
    Step::Years(500),
    Step::Years(1000),
    Step::Years(2000),
    Step::Years(5000),
];

/// How much room the labels of an axis have, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// How long the axis is.
    pub length: f64,
    /// How far labels may reach beyond its beginning and its end.
    pub overhang: (f64, f64),
    /// Their font size.
    pub font_size: f64,
}

/// Where a moment is: in days.
pub fn position(moment: NaiveDateTime) -> f64 {
    f64::from(moment.num_days_from_ce()) + f64::from(moment.num_seconds_from_midnight()) / 86_400.0
}

/// An axis from the first to the last moment, a little longer on both sides, with as many labels as stand next to one
/// another.
pub fn dates(first: NaiveDateTime, last: NaiveDateTime, room: Room) -> Axis {
    let (first, last) = (position(first), position(last));
    let space = ((last - first) * 0.02).max(if last - first < 2.0 { 1.5 } else { 0.0 });
    let (from, to) = (first - space, last + space);
    // Where days are named, they are there as a whole.
    let (from, to) = if last - first < 30.0 { (from.floor(), to.ceil()) } else { (from, to) };
    let mut axis = Axis { from, to, ticks: Vec::new() };
    let ticks = STEPS.iter().map(|step| step.ticks(&axis, room)).find(|ticks| are_apart(&axis, room, ticks));
    axis.ticks = ticks.unwrap_or_else(|| first_day(first, &axis, room).into_iter().collect());
    axis
}

/// A tick at the day of the first moment: where there is room for one label only, it belongs to what is shown.
fn first_day(first: f64, axis: &Axis, room: Room) -> Option<Tick> {
    let date = NaiveDate::from_num_days_from_ce_opt(rounded(first.floor()))?;
    let tick = Tick { at: f64::from(date.num_days_from_ce()), label: Step::Days(1).label(date) };
    is_inside(&tick, axis, room).then_some(tick)
}

/// Whether the label of a tick stays in the chart.
fn is_inside(tick: &Tick, axis: &Axis, room: Room) -> bool {
    let (place, half) = (axis.part(tick.at) * room.length, text::width(&tick.label, room.font_size) / 2.0);
    place - half >= -room.overhang.0 && place + half <= room.length + room.overhang.1
}

/// Whether there are labels, and no two of them touch.
fn are_apart(axis: &Axis, room: Room, ticks: &[Tick]) -> bool {
    let place = |tick: &Tick| axis.part(tick.at) * room.length;
    let half = |tick: &Tick| text::width(&tick.label, room.font_size) / 2.0;
    let is_apart = |pair: &[Tick]| {
        let gap = place(&pair[1]) - half(&pair[1]) - place(&pair[0]) - half(&pair[0]);
        gap >= room.font_size
    };
    !ticks.is_empty() && ticks.windows(2).all(is_apart)
}

impl Step {
    /// The ticks on an axis whose labels stay in the chart; none if there are more than anybody could read.
    fn ticks(self, axis: &Axis, room: Room) -> Vec<Tick> {
        if (axis.to - axis.from) / self.days() > room.length / room.font_size {
            return Vec::new();
        }
        let Some(mut date) = NaiveDate::from_num_days_from_ce_opt(rounded(axis.from.ceil())) else {
            return Vec::new();
        };
        let mut ticks = Vec::new();
        while f64::from(date.num_days_from_ce()) <= axis.to {
            if self.begins(date) {
                let tick = Tick { at: f64::from(date.num_days_from_ce()), label: self.label(date) };
                if is_inside(&tick, axis, room) {
                    ticks.push(tick);
                }
            }
            match self.after(date) {
                Some(next) => date = next,
                None => break,
            }
        }
        ticks
    }

    /// About how long it is.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Weeks(weeks) => f64::from(weeks) * 7.0,
            Self::Months(months) => f64::from(months) * 30.4,
            Self::Years(years) => f64::from(years) * 365.2,
        }
    }

    /// Whether a tick may stand at that day.
    fn begins(self, date: NaiveDate) -> bool {
        match self {
            Self::Days(days) => date.num_days_from_ce().unsigned_abs().is_multiple_of(days),
            // The first day of all, 1 January of the year 1, was a Monday.
            Self::Weeks(weeks) => (date.num_days_from_ce() - 1).unsigned_abs().is_multiple_of(weeks * 7),
            Self::Months(months) => date.day() == 1 && date.month0().is_multiple_of(months),
            Self::Years(years) => date.day() == 1 && date.month() == 1 && date.year() % years == 0,
        }
    }

    /// The next day at which a tick may stand.
    fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(_) | Self::Weeks(_) => date.checked_add_days(Days::new(1)),
            Self::Months(_) => date.with_day(1)?.checked_add_months(Months::new(1)),
            Self::Years(_) => NaiveDate::from_ymd_opt(date.year() + 1, 1, 1),
        }
    }

    fn label(self, date: NaiveDate) -> String {
        match self {
            Self::Days(_) | Self::Weeks(_) => {
                format!("{} {} {}", date.day(), short_month(date.month()), date.year())
            }
            Self::Months(_) => format!("{} {}", short_month(date.month()), date.year()),
            Self::Years(_) => date.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(first: &str, last: &str, length: f64) -> Vec<String> {
        let [first, last] = [first, last].map(|day| format!("{day}T18:00:00").parse().unwrap());
        let room = Room { length, overhang: (40.0, 12.0), font_size: 12.0 };
        dates(first, last, room).ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn steps_are_as_short_as_labels_allow() {
        assert_eq!(labels("2026-03-02", "2026-03-02", 400.0), ["1 Mar 2026", "2 Mar 2026", "3 Mar 2026", "4 Mar 2026"]);
        assert_eq!(
            labels("2026-03-02", "2026-03-27", 400.0),
            ["2 Mar 2026", "9 Mar 2026", "16 Mar 2026", "23 Mar 2026"]
        );
        assert_eq!(labels("2026-01-10", "2026-06-20", 500.0).len(), 5, "months");
        assert_eq!(labels("2026-03-02", "2026-03-02", 130.0), ["2 Mar 2026"]);
        assert_eq!(labels("2025-12-10", "2026-11-20", 260.0), ["Jan 2026", "Jul 2026"]);
        assert_eq!(labels("2016-02-10", "2026-11-20", 260.0), ["2016", "2018", "2020", "2022", "2024", "2026"]);
    }

    #[test]
    fn weeks_begin_on_monday() {
        let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert!(Step::Weeks(1).begins(monday));
        assert!(!Step::Weeks(1).begins(monday.succ_opt().unwrap()));
    }

    #[test]
    fn all_of_time_has_labels() {
        assert_eq!(labels("0001-01-01", "9999-12-31", 300.0), ["0", "2000", "4000", "6000", "8000"]);
    }
}
