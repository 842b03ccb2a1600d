//! Days, weeks and months.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::{TimeZone, attribute::attribute};

attribute! {
    /// What is summed up.
    #[derive(Default)]
    Bucket {
        /// Each session for itself.
        #[default]
        Session = "session",
        /// The sessions of a day.
        Day = "day",
        /// The sessions of an ISO week, from Monday to Sunday.
        Week = "week",
        /// The sessions of a month.
        Month = "month",
    }
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// A day.
    Day,
    /// An ISO week, from Monday to Sunday.
    Week,
    /// A month.
    Month,
}

impl Calendar {
    /// The first day of the stretch in which a moment lies, for clocks in that zone.
    #[must_use]
    pub fn start(self, moment: DateTime<Utc>, zone: TimeZone) -> NaiveDate {
        self.first_day(zone.date(moment))
    }

    /// The first day of the stretch in which a day lies.
    #[must_use]
    pub fn first_day(self, date: NaiveDate) -> NaiveDate {
        let days_before = match self {
            Self::Day => 0,
            Self::Week => date.weekday().num_days_from_monday(),
            Self::Month => date.day0(),
        };
        date.checked_sub_days(Days::new(u64::from(days_before))).unwrap_or(date)
    }
}

impl Bucket {
    /// The stretch of the calendar, if it is not each session for itself.
    #[must_use]
    pub const fn calendar(self) -> Option<Calendar> {
        match self {
            Self::Session => None,
            Self::Day => Some(Calendar::Day),
            Self::Week => Some(Calendar::Week),
            Self::Month => Some(Calendar::Month),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Weekday};
    use proptest::prelude::*;

    use super::*;

    fn start(calendar: Calendar, moment: &str, zone: &str) -> String {
        calendar.start(moment.parse().unwrap(), TimeZone::parse(zone).unwrap()).to_string()
    }

    #[test]
    fn a_moment_lies_on_different_days_in_different_zones() {
        let moment = "2026-03-01T03:00:00Z";
        assert_eq!(start(Calendar::Day, moment, "Europe/Berlin"), "2026-03-01");
        assert_eq!(start(Calendar::Day, moment, "America/New_York"), "2026-02-28");
        assert_eq!(start(Calendar::Month, moment, "America/New_York"), "2026-02-01");
        // A Sunday here; still Saturday there, but the same week.
        assert_eq!(start(Calendar::Week, moment, "Europe/Berlin"), "2026-02-23");
        assert_eq!(start(Calendar::Week, "2026-03-02T03:00:00Z", "America/New_York"), "2026-02-23");
        assert_eq!(start(Calendar::Week, "2026-03-02T03:00:00Z", "Europe/Berlin"), "2026-03-02");
    }

    #[test]
    fn days_of_23_and_25_hours_are_days() {
        for (first, last, day) in [
            ("2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29"),
            ("2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25"),
        ] {
            for moment in [first, last] {
                assert_eq!(start(Calendar::Day, moment, "Europe/Berlin"), day, "{moment}");
            }
        }
    }

    #[test]
    fn weeks_do_not_end_with_the_year() {
        for day in ["2025-12-29", "2025-12-31", "2026-01-01", "2026-01-04"] {
            assert_eq!(start(Calendar::Week, &format!("{day}T12:00:00Z"), "UTC"), "2025-12-29");
        }
        // 2026 has a 53rd week.
        assert_eq!(start(Calendar::Week, "2027-01-03T12:00:00Z", "UTC"), "2026-12-28");
        assert_eq!(start(Calendar::Week, "2027-01-04T12:00:00Z", "UTC"), "2027-01-04");
    }

    #[test]
    fn the_first_of_all_days_has_a_week() {
        assert_eq!(Calendar::Week.first_day(NaiveDate::MIN), NaiveDate::MIN);
        assert_eq!(Calendar::Month.first_day(NaiveDate::MAX).day(), 1);
    }

    proptest! {
        #[test]
        fn first_days_are_first_days(
            seconds in -2_208_988_800_i64..4_102_444_800, zone in 0..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let zone = TimeZone::parse(chrono_tz::TZ_VARIANTS[zone].name()).unwrap();
            let moment = DateTime::from_timestamp(seconds, 0).unwrap();
            let date = zone.date(moment);
            let [day, week, month] = [Calendar::Day, Calendar::Week, Calendar::Month].map(|c| c.start(moment, zone));
            // No place is further from Greenwich than that, nor was in the past.
            prop_assert!((date - moment.date_naive()).num_days().abs() <= 1);
            prop_assert_eq!(day, date);
            prop_assert_eq!((week.weekday(), week.iso_week()), (Weekday::Mon, date.iso_week()));
            prop_assert_eq!((month.day(), month.month(), month.year()), (1, date.month(), date.year()));
            prop_assert!(date - week < TimeDelta::days(7));
        }
    }
}
