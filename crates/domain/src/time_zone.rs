//! Time zones by their name.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::Violation;

/// A time zone of the IANA database, such as `Europe/Berlin`. The database is part of the program, so that a name is
/// right or wrong on every machine alike. Names of links, such as `US/Eastern`, are right and stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeZone(Tz);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The most characters of a name.
    pub const LONGEST_NAME: usize = 50;

    /// Reads a name as it stands in the database, letter by letter.
    ///
    /// # Errors
    /// [`Violation::TimeZone`].
    pub fn parse(name: &str) -> Result<Self, Violation> {
        Tz::from_str(name).map(Self).map_err(|_| Violation::TimeZone)
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What clocks on the wall show there at a moment.
    #[must_use]
    pub fn local(self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.0).naive_local()
    }

    /// Which day it is there at a moment.
    #[must_use]
    pub fn date(self, moment: DateTime<Utc>) -> NaiveDate {
        self.local(moment).date()
    }

    /// The moment at which clocks on the wall show this there. Of two, because clocks are put back, the earlier one. None
    /// shows it where clocks are put forward: then the moment at which those would that were not. `None` is for times that
    /// are thousands of centuries away.
    #[must_use]
    pub fn moment(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        self.moment_from(local, DateTime::<Utc>::MIN_UTC)
    }

    /// The same for something that was not before a moment: of two, because clocks are put back, the earlier one of those
    /// that were not. Where all were, it is the one of [`TimeZone::moment`].
    ///
    /// ```
    /// use irontrack_domain::TimeZone;
    ///
    /// let berlin = TimeZone::parse("Europe/Berlin").unwrap();
    /// let start = berlin.moment("2026-10-25T02:50:00".parse().unwrap()).unwrap();
    /// let end = berlin.moment_from("2026-10-25T02:20:00".parse().unwrap(), start).unwrap();
    /// assert_eq!((end - start).num_minutes(), 30);
    /// ```
    #[must_use]
    pub fn moment_from(self, local: NaiveDateTime, not_before: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let first = |local: NaiveDateTime| {
            let moments = self.0.from_local_datetime(&local);
            let is_late_enough = |moment: &DateTime<Tz>| moment.to_utc() >= not_before;
            let late_enough =
                moments.earliest().filter(is_late_enough).or_else(|| moments.latest().filter(is_late_enough));
            late_enough.or_else(|| moments.earliest())
        };
        let moment = first(local).or_else(|| {
            // Whole days were left out as well, but never two of them.
            let day = TimeDelta::days(1);
            first(local.checked_sub_signed(day)?)?.checked_add_signed(day)
        });
        moment.map(|moment| moment.to_utc())
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_those_of_the_database() {
        for name in
            ["UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia", "US/Eastern", "Etc/GMT+5", "Asia/Kathmandu"]
        {
            assert_eq!(TimeZone::parse(name).map(TimeZone::name), Ok(name));
        }
        for name in ["", "Berlin", "europe/berlin", "Europe/Berlin ", "+01:00", "Z", "Europe/Berlin\0", "../etc/passwd"]
        {
            assert_eq!(TimeZone::parse(name), Err(Violation::TimeZone), "{name:?}");
        }
        assert!(chrono_tz::TZ_VARIANTS.iter().all(|zone| zone.name().len() <= TimeZone::LONGEST_NAME));
    }

    #[test]
    fn days_begin_at_midnight_there() {
        let date = |zone: &str, moment: &str| TimeZone::parse(zone).unwrap().date(moment.parse().unwrap()).to_string();
        assert_eq!(date("UTC", "2026-03-28T23:59:59Z"), "2026-03-28");
        assert_eq!(date("Europe/Berlin", "2026-03-28T22:59:59Z"), "2026-03-28");
        assert_eq!(date("Europe/Berlin", "2026-03-28T23:00:00Z"), "2026-03-29");
        // The clocks are an hour ahead by now, so that the next day comes an hour earlier.
        assert_eq!(date("Europe/Berlin", "2026-03-29T21:59:59Z"), "2026-03-29");
        assert_eq!(date("Europe/Berlin", "2026-03-29T22:00:00Z"), "2026-03-30");
        assert_eq!(date("Pacific/Kiritimati", "2026-01-01T10:00:00Z"), "2026-01-02");
        // A day that was left out there.
        assert_eq!(date("Pacific/Apia", "2011-12-30T09:59:59Z"), "2011-12-29");
        assert_eq!(date("Pacific/Apia", "2011-12-30T10:00:00Z"), "2011-12-31");
    }

    #[test]
    fn clocks_that_are_changed_show_a_time_twice_or_never() {
        let moment = |zone: &str, local: &str| {
            let moment = TimeZone::parse(zone).unwrap().moment(local.parse().unwrap()).unwrap();
            moment.format("%FT%TZ").to_string()
        };
        assert_eq!(moment("Europe/Berlin", "2026-01-15T18:00:00"), "2026-01-15T17:00:00Z");
        assert_eq!(moment("Europe/Berlin", "2026-07-15T18:00:00"), "2026-07-15T16:00:00Z");
        assert_eq!(moment("Europe/Berlin", "2026-10-25T02:30:00"), "2026-10-25T00:30:00Z", "the first of two");
        assert_eq!(moment("Europe/Berlin", "2026-03-29T02:30:00"), "2026-03-29T01:30:00Z", "half past three in summer");
        assert_eq!(moment("Pacific/Apia", "2011-12-30T10:00:00"), "2011-12-30T20:00:00Z", "a day that was left out");
        assert_eq!(TimeZone::UTC.moment(NaiveDateTime::MIN), Some(DateTime::<Utc>::MIN_UTC));
        let far = TimeZone::parse("Asia/Tokyo").unwrap().moment(NaiveDateTime::MIN);
        assert_eq!(far, None, "before all times that can be told");
    }

    #[test]
    fn of_a_time_that_is_shown_twice_the_one_after_something_else_is_meant() {
        let moment = |local: &str, from: &str| {
            let zone = TimeZone::parse("Europe/Berlin").unwrap();
            let moment = zone.moment_from(local.parse().unwrap(), from.parse().unwrap()).unwrap();
            moment.format("%FT%TZ").to_string()
        };
        assert_eq!(
            moment("2026-10-25T02:30:00", "2026-10-24T23:50:00Z"),
            "2026-10-25T00:30:00Z",
            "the first is late enough"
        );
        assert_eq!(
            moment("2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
            "2026-10-25T00:30:00Z",
            "also at that moment"
        );
        assert_eq!(moment("2026-10-25T02:30:00", "2026-10-25T00:50:00Z"), "2026-10-25T01:30:00Z", "the second");
        assert_eq!(moment("2026-10-25T02:30:00", "2026-10-25T02:00:00Z"), "2026-10-25T00:30:00Z", "both are too early");
        assert_eq!(moment("2026-03-29T02:30:00", "2026-03-29T02:00:00Z"), "2026-03-29T01:30:00Z", "never shown");
    }

    proptest! {
        #[test]
        fn local_times_lead_back_to_their_moment(
            index in 0..chrono_tz::TZ_VARIANTS.len(),
            seconds in -2_208_988_800_i64..4_102_444_800,
        ) {
            let zone = TimeZone(chrono_tz::TZ_VARIANTS[index]);
            let time = DateTime::from_timestamp(seconds, 0).unwrap();
            let found = zone.moment(zone.local(time)).unwrap();
            prop_assert_eq!(zone.local(found), zone.local(time));
            prop_assert!(found <= time, "of two the earlier");
        }

        #[test]
        fn every_name_leads_back_to_its_zone(index in 0..chrono_tz::TZ_VARIANTS.len()) {
            let name = chrono_tz::TZ_VARIANTS[index].name();
            prop_assert_eq!(TimeZone::parse(name).map(TimeZone::name), Ok(name));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            let _ = TimeZone::parse(&text);
        }
    }
}
