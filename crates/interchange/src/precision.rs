//! How exactly a format tells when a session was, and which sessions are the same by that.

use chrono::{NaiveDateTime, Timelike};
use irontrack_domain::{
    TimeZone,
    training::{
        TemplateName,
        session::{Course, SessionTime},
    },
};

/// How exactly a format tells when a session was. A session that was exported and comes back is never exactly the same
/// where its format has no room for fractions; it is found by its [`SessionKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// Moments, to the microsecond: our own document.
    Microsecond,
    /// What clocks showed at the start, to the second, and how many seconds it took: files of Strong.
    Second,
    /// What clocks showed at the start and at the end, to the minute: files of Hevy.
    Minute,
}

/// What tells sessions apart: start, end and title, as exactly as a format can tell them. Two sessions of one athlete are the
/// same for that format if their keys of the same precision are equal.
///
/// Files of other apps hold what clocks showed and not where they were set, so that their sessions are compared by that.
/// One that was recorded elsewhere, or in the hour that clocks show twice, is the same when it comes back.
///
/// In SQL, where times are `timestamptz` and `zone` is the time zone of the session, a key is the title with
///
/// | precision | start | end |
/// |---|---|---|
/// | [`Precision::Microsecond`] | `start` | `end` |
/// | [`Precision::Second`] | `date_trunc('second', start AT TIME ZONE zone)` | `floor(extract(epoch FROM end)) - floor(extract(epoch FROM start))` |
/// | [`Precision::Minute`] | `date_trunc('minute', start AT TIME ZONE zone)` | `date_trunc('minute', end AT TIME ZONE zone)` |
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionKey {
    start: NaiveDateTime,
    end: Option<End>,
    title: Option<TemplateName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    /// When it was.
    At(NaiveDateTime),
    /// After so many seconds.
    After(i64),
}

impl Precision {
    /// The key of a session that had this course where clocks were set to this zone.
    #[must_use]
    pub fn key(self, course: Course, time_zone: TimeZone, title: Option<TemplateName>) -> SessionKey {
        let (start, end) = (course.start().time(), course.end().map(SessionTime::time));
        let (start, end) = match self {
            Self::Microsecond => (start.naive_utc(), end.map(|end| End::At(end.naive_utc()))),
            Self::Second => {
                let length = end.map(|end| End::After(end.timestamp() - start.timestamp()));
                (to_second(time_zone.local(start)), length)
            }
            Self::Minute => {
                let minute = |time| to_minute(time_zone.local(time));
                (minute(start), end.map(|end| End::At(minute(end))))
            }
        };
        SessionKey { start, end, title }
    }
}

fn to_second(time: NaiveDateTime) -> NaiveDateTime {
    time.with_nanosecond(0).unwrap_or(time)
}

fn to_minute(time: NaiveDateTime) -> NaiveDateTime {
    to_second(time).with_second(0).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn key(precision: Precision, zone: &str, start: &str, end: &str) -> SessionKey {
        let time = |text: &str| SessionTime::from_clock(text.parse().unwrap());
        let course = Course::completed(time(start), time(end)).unwrap();
        precision.key(course, TimeZone::parse(zone).unwrap(), TemplateName::parse("Push").ok())
    }

    #[test]
    fn what_a_format_cannot_tell_does_not_count() {
        let exact = ("2026-05-04T16:00:29.999999Z", "2026-05-04T17:00:59.000001Z");
        for (precision, start, end, is_same) in [
            (Precision::Minute, "2026-05-04T16:00:00Z", "2026-05-04T17:00:00Z", true),
            (Precision::Minute, "2026-05-04T16:01:00Z", "2026-05-04T17:00:00Z", false),
            (Precision::Minute, "2026-05-04T16:00:00Z", "2026-05-04T17:01:00Z", false),
            (Precision::Second, "2026-05-04T16:00:29Z", "2026-05-04T17:00:59Z", true),
            (Precision::Second, "2026-05-04T16:00:29Z", "2026-05-04T17:00:58Z", false),
            (Precision::Second, "2026-05-04T16:00:00Z", "2026-05-04T17:00:30Z", false),
            (Precision::Microsecond, exact.0, exact.1, true),
            (Precision::Microsecond, "2026-05-04T16:00:29.999998Z", exact.1, false),
            (Precision::Microsecond, exact.0, "2026-05-04T17:00:59Z", false),
        ] {
            let of = |(start, end)| key(precision, "UTC", start, end);
            assert_eq!(of((start, end)) == of(exact), is_same, "{precision:?} {start} {end}");
        }
    }

    #[test]
    fn zones_count_only_for_moments() {
        let berlin = |precision| key(precision, "Europe/Berlin", "2026-05-04T16:00:00Z", "2026-05-04T17:00:00Z");
        let tokyo = |precision| key(precision, "Asia/Tokyo", "2026-05-04T09:00:00Z", "2026-05-04T10:00:00Z");
        assert_eq!(berlin(Precision::Minute), tokyo(Precision::Minute));
        assert_eq!(berlin(Precision::Second), tokyo(Precision::Second));
        assert_ne!(berlin(Precision::Microsecond), tokyo(Precision::Microsecond));
        let moment = key(Precision::Microsecond, "UTC", "2026-05-04T16:00:00Z", "2026-05-04T17:00:00Z");
        assert_eq!(berlin(Precision::Microsecond), moment);
    }

    #[test]
    fn titles_and_missing_ends_count() {
        let start = SessionTime::from_clock(DateTime::UNIX_EPOCH);
        let of = |course, title| Precision::Minute.key(course, TimeZone::UTC, TemplateName::parse(title).ok());
        let (open, done) = (Course::started(start), Course::completed(start, start).unwrap());
        assert_ne!(of(open, "Push"), of(done, "Push"));
        assert_ne!(of(done, "Push"), of(done, "push"));
        assert_ne!(of(done, ""), of(done, "Push"));
        assert_eq!(of(done, ""), of(done, " "));
    }
}
