//! Reading times out of text.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::violations::{Location, Read, Violations};

/// Reads a time in ISO 8601 with an offset or `Z`.
pub(super) fn moment(text: &str, at: &Location, violations: &mut Violations) -> Read<DateTime<Utc>> {
    match parse(text) {
        Some(time) => Ok(time),
        None => record(text, at, violations),
    }
}

/// Reads the same out of a query.
pub(super) fn moment_in_query(text: &str, at: &Location, violations: &mut Violations) -> Read<DateTime<Utc>> {
    let text = text.trim();
    // A plus sign in a query that was not encoded arrives as a blank.
    let with_offset = || text.rsplit_once(' ').and_then(|(time, offset)| parse(&format!("{time}+{offset}")));
    match parse(text).or_else(with_offset) {
        Some(time) => Ok(time),
        None => record(text, at, violations),
    }
}

/// Reads the same out of a query, or a number of seconds since 1970.
pub(super) fn timestamp(text: &str, at: &Location, violations: &mut Violations) -> Read<DateTime<Utc>> {
    let Ok(seconds) = text.trim().parse::<f64>() else { return moment_in_query(text, at, violations) };
    match unix_time(seconds) {
        Some(time) => Ok(time),
        None => violations.record(
            at,
            "datetime_parsing",
            "Input should be a valid datetime or date, dates after 9999 are not supported as unix timestamps",
        ),
    }
}

/// The time, to the microsecond. A leap second is the one after it.
fn parse(text: &str) -> Option<DateTime<Utc>> {
    // Years have four digits: others are further away than the database can go.
    let has_plain_year = text.bytes().position(|byte| !byte.is_ascii_digit()) == Some(4);
    // Seconds may be left out, and so may the colon and the minutes of an offset.
    let time = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"]
        .iter()
        .find_map(|format| DateTime::parse_from_str(text, format).ok().filter(|_| has_plain_year))
        .or_else(|| DateTime::parse_from_rfc3339(text).ok())?;
    DateTime::from_timestamp_micros(time.timestamp_micros())
}

fn record(text: &str, at: &Location, violations: &mut Violations) -> Read<DateTime<Utc>> {
    let is_local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .any(|format| NaiveDateTime::parse_from_str(text, format).is_ok())
        || NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    if is_local {
        return violations.record(at, "timezone_aware", "Input should have timezone info");
    }
    violations.record(
        at,
        "datetime_from_date_parsing",
        "Input should be a valid datetime or date, invalid character in year",
    )
}

/// Seconds since 1970; numbers too large for that are milliseconds, as in the reference.
fn unix_time(number: f64) -> Option<DateTime<Utc>> {
    const LARGEST_SECONDS: f64 = 2e10;
    let seconds = if number.abs() > LARGEST_SECONDS { number / 1000.0 } else { number };
    if !seconds.is_finite() || seconds.abs() > 253_402_300_799.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the year 9999, as just checked")]
    let microseconds = (seconds * 1e6).round() as i64;
    DateTime::from_timestamp_micros(microseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Reader = fn(&str, &Location, &mut Violations) -> Read<DateTime<Utc>>;

    fn read(reader: Reader, text: &str) -> Result<DateTime<Utc>, &'static str> {
        let mut violations = Violations::default();
        reader(text, &Location::body(), &mut violations).map_err(|_| violations.into_details().remove(0).kind)
    }

    #[test]
    fn times_are_iso_8601_with_an_offset() {
        let expected = Ok(DateTime::from_timestamp(1_577_836_800, 0).unwrap());
        for text in [
            "2020-01-01T00:00:00Z",
            "2020-01-01T00:00Z",
            "2020-01-01t00:00:00z",
            "2020-01-01T00:00:00.000000Z",
            "2020-01-01 00:00:00+00:00",
            "2020-01-01T02:00:00+02:00",
            "2020-01-01T02:00:00+0200",
            "2020-01-01T02:00:00+02",
            "2019-12-31T19:30:00-04:30",
            "2019-12-31T23:59:60Z",
            "2020-01-01T00:00:00.0000009Z",
        ] {
            for reader in [moment as Reader, moment_in_query, timestamp] {
                assert_eq!(read(reader, text), expected, "{text}");
            }
        }
        for (text, kind) in [
            ("2020-01-01T00:00:00", "timezone_aware"),
            ("2020-01-01T00:00", "timezone_aware"),
            ("2020-01-01", "timezone_aware"),
            ("yesterday", "datetime_from_date_parsing"),
            ("", "datetime_from_date_parsing"),
            ("2020-02-30T00:00:00Z", "datetime_from_date_parsing"),
            ("2020-01-01T24:00:00Z", "datetime_from_date_parsing"),
            ("12020-01-01T00:00:00Z", "datetime_from_date_parsing"),
            ("+2020-01-01T00:00:00Z", "datetime_from_date_parsing"),
            ("-2020-01-01T00:00:00Z", "datetime_from_date_parsing"),
            ("2020-01-01T00:00:00Z\0", "datetime_from_date_parsing"),
        ] {
            for reader in [moment as Reader, moment_in_query, timestamp] {
                assert_eq!(read(reader, text), Err(kind), "{text}");
            }
        }
    }

    #[test]
    fn a_query_may_hold_a_plus_that_was_not_encoded_and_blanks() {
        let expected = DateTime::from_timestamp(1_577_836_800, 0).unwrap();
        for text in ["2020-01-01T02:00:00 02:00", " 2020-01-01T00:00:00Z "] {
            assert_eq!(read(moment_in_query, text), Ok(expected), "{text}");
            assert_eq!(read(timestamp, text), Ok(expected), "{text}");
            assert_eq!(read(moment, text), Err("datetime_from_date_parsing"), "{text}");
        }
    }

    #[test]
    fn only_timestamps_are_numbers() {
        let expected = DateTime::from_timestamp(1_577_836_800, 0).unwrap();
        for text in ["1577836800", "1577836800000", " 1577836800.0 "] {
            assert_eq!(read(timestamp, text), Ok(expected), "{text}");
            assert_eq!(read(moment, text), Err("datetime_from_date_parsing"), "{text}");
            assert_eq!(read(moment_in_query, text), Err("datetime_from_date_parsing"), "{text}");
        }
        for text in ["1e300", "NaN"] {
            assert_eq!(read(timestamp, text), Err("datetime_parsing"), "{text}");
        }
    }
}
