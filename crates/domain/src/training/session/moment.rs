//! When a session begins or ends.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use crate::Violation;

/// The start or the end of a session, exact to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionTime(DateTime<Utc>);

/// 1900-01-01T00:00:00Z, in seconds since 1970.
const FIRST: i64 = -2_208_988_800;

impl SessionTime {
    /// How far ahead of our clock a time may be: clocks of phones differ.
    pub const MOST_MINUTES_AHEAD: u8 = 5;

    /// A time that somebody gave. Fractions of a microsecond are dropped.
    ///
    /// # Errors
    /// [`Violation::TooEarly`] before 1900, [`Violation::TooLate`] more than five minutes ahead.
    pub fn new(time: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, Violation> {
        if time.timestamp() < FIRST {
            return Err(Violation::TooEarly { first: "1900-01-01T00:00:00Z" });
        }
        let ahead = TimeDelta::minutes(i64::from(Self::MOST_MINUTES_AHEAD));
        if time.signed_duration_since(now) > ahead {
            return Err(Violation::TooLate { minutes: Self::MOST_MINUTES_AHEAD });
        }
        Ok(Self::from_clock(time))
    }

    /// The time that our clock shows, or one that was stored. Fractions of a microsecond are dropped.
    #[must_use]
    pub fn from_clock(time: DateTime<Utc>) -> Self {
        Self(time.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(time))
    }

    /// The time.
    #[must_use]
    pub const fn time(self) -> DateTime<Utc> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_not_far_ahead_and_not_before_1900() {
        let now = at("2026-05-01T12:00:00Z");
        let read = |text: &str| SessionTime::new(at(text), now).map(SessionTime::time);
        assert_eq!(read("2026-05-01T12:05:00Z"), Ok(at("2026-05-01T12:05:00Z")));
        assert_eq!(read("2026-05-01T12:05:00.000001Z"), Err(Violation::TooLate { minutes: 5 }));
        assert_eq!(read("1900-01-01T00:00:00Z"), Ok(at("1900-01-01T00:00:00Z")));
        let too_early = Err(Violation::TooEarly { first: "1900-01-01T00:00:00Z" });
        assert_eq!(read("1899-12-31T23:59:59.999999Z"), too_early);
        assert_eq!(SessionTime::new(DateTime::<Utc>::MIN_UTC, now).map(SessionTime::time), too_early);
        assert_eq!(SessionTime::new(DateTime::<Utc>::MAX_UTC, now).map(|_| ()), Err(Violation::TooLate { minutes: 5 }));
    }

    #[test]
    fn fractions_of_a_microsecond_are_dropped() {
        let time = |text: &str| SessionTime::from_clock(at(text)).time();
        assert_eq!(time("2026-05-01T12:00:00.123456789Z"), at("2026-05-01T12:00:00.123456Z"));
        assert_eq!(time("1950-05-01T12:00:00.123456789Z"), at("1950-05-01T12:00:00.123456Z"));
    }
}
