//! Times in the past.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Failure;

/// Reads a time, or how long ago it was.
pub(super) fn since(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Failure> {
    let wrong = || {
        Failure::usage(format!("--since is wrong: expected a time such as 2026-11-24T08:00:00Z or 24h, not '{text}'"))
    };
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.to_utc());
    }
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let number = text.strip_suffix(unit).and_then(|number| number.parse::<u32>().ok()).map(i64::from);
    let ago = number.and_then(|number| match unit {
        's' => TimeDelta::try_seconds(number),
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => None,
    });
    ago.and_then(|ago| now.checked_sub_signed(ago)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        since(text, now).ok().map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    }

    #[test]
    fn times_and_spans_are_understood() {
        for (text, time) in [
            ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z"),
            ("2026-11-24T08:00:00+02:00", "2026-11-24T06:00:00Z"),
            ("0s", "2027-01-15T08:00:00Z"),
            ("90m", "2027-01-15T06:30:00Z"),
            ("24h", "2027-01-14T08:00:00Z"),
            ("7d", "2027-01-08T08:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(time), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["", "h", "7", "-7d", "7w", "7 d", "yesterday", "2026-11-24", "4294967295d", "7é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
