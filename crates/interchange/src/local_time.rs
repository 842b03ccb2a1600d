//! Dates, times and durations as apps write them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::amount::Decimal;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `2026-05-15 19:26:00`, `22 Dec 2025, 08:00` or `May 15, 2026, 7:26 PM`; seconds may be missing everywhere. Names
/// of months are English, whole or their first three letters.
pub(crate) fn parse(text: &str) -> Option<NaiveDateTime> {
    let words: Vec<&str> =
        text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    let (date, rest) = match words.as_slice() {
        [date, rest @ ..] if date.contains('-') => (iso_date(date)?, rest),
        [first, second, year, rest @ ..] => {
            let (day, month) = if first.starts_with(|c: char| c.is_ascii_digit()) {
                (first, month(second)?)
            } else {
                (second, month(first)?)
            };
            (NaiveDate::from_ymd_opt(number(year, 4)?.try_into().ok()?, month, number(day, 2)?)?, rest)
        }
        _ => return None,
    };
    let time = match rest {
        [time] => clock(time, None)?,
        [time, half] => clock(time, Some(half))?,
        _ => return None,
    };
    Some(date.and_time(time))
}

/// A number of at least one digit and no more than that.
fn number(text: &str, most_digits: usize) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= most_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if parts.next().is_some() { None } else { NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day) }
}

fn month(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_it = |month: &str| name == month || name == month[..3] || (name == "sept" && month == "september");
    (1..).zip(MONTHS).find(|(_, month)| is_it(month)).map(|(number, _)| number)
}

/// Reads `19:26:00`, or `7:26` with the half of the day that it is in.
fn clock(text: &str, half: Option<&str>) -> Option<NaiveTime> {
    let mut parts = text.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let hour = match half.map(str::to_ascii_lowercase).as_deref() {
        None => hour,
        Some("am") if (1..=12).contains(&hour) => hour % 12,
        Some("pm") if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Reads a duration in seconds: `3900`, `1h 5m`, `45m` or `1h 5m 10s`. Fractions of a second are dropped.
pub(crate) fn duration(text: &str) -> Option<i64> {
    if let Ok(seconds) = Decimal::parse(text) {
        return seconds.truncated().map(i64::from);
    }
    let mut seconds = 0;
    // Each unit comes at most once, the larger ones first.
    let mut units = [('h', 3600), ('m', 60), ('s', 1)].into_iter();
    for word in text.split_whitespace() {
        let unit = word.chars().next_back()?.to_ascii_lowercase();
        let (_, factor) = units.find(|(letter, _)| *letter == unit)?;
        seconds += i64::from(number(word.get(..word.len() - 1)?, 6)?) * factor;
    }
    if text.trim().is_empty() { None } else { Some(seconds) }
}

/// A time as Hevy writes it: `22 Dec 2025, 08:00`.
pub(crate) fn with_month_name(time: NaiveDateTime) -> String {
    time.format("%-d %b %Y, %H:%M").to_string()
}

/// A time as Strong writes it: `2025-12-22 08:00:00`.
pub(crate) fn in_numbers(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_in_all_their_forms() {
        for (text, expected) in [
            ("2026-05-15 19:26:05", "2026-05-15T19:26:05"),
            ("2026-05-15 19:26", "2026-05-15T19:26:00"),
            ("22 Dec 2025, 08:00", "2025-12-22T08:00:00"),
            ("2 September 2025, 8:00", "2025-09-02T08:00:00"),
            ("May 15, 2026, 7:26 PM", "2026-05-15T19:26:00"),
            ("May 15, 2026, 7:26\u{202f}PM", "2026-05-15T19:26:00"),
            ("Sept. 1, 2026, 12:00 AM", "2026-09-01T00:00:00"),
            ("jan 1, 2026, 12:59 pm", "2026-01-01T12:59:00"),
        ] {
            assert_eq!(parse(text), expected.parse().ok(), "{text}");
        }
        for text in [
            "",
            "2026-05-15",
            "15.05.2026 19:26",
            "2026-13-01 00:00:00",
            "2026-02-30 00:00:00",
            "22 Dez 2025, 08:00",
            "May 15, 2026, 13:26 PM",
            "May 15, 2026, 0:26 AM",
            "22 Dec 2025, 24:00",
            "22 Dec 99999, 08:00",
            "22 Dec 2025, 08:00 CET",
            "2026-05-15-1 19:26:05",
            "22 Dec 2025",
            "May ١٥, 2026, 7:26 PM",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn durations_are_read_in_all_their_forms() {
        for (text, seconds) in
            [("1h 5m", 3900), ("45m", 2700), ("2h", 7200), ("1h 0m 10s", 3610), ("3900", 3900), ("59.9", 59), ("0", 0)]
        {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", " ", "h", "5m 1h", "1h 1h", "1d", "-5m", "1h5", "1 h", "9999999m", "99999999999", "é"] {
            assert_eq!(duration(text), None, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(crate::cases::config())]

        #[test]
        fn what_is_written_is_read_again(seconds in -2_208_988_800_i64..4_102_444_800) {
            let time = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            prop_assert_eq!(parse(&in_numbers(time)), Some(time));
            let minute = DateTime::from_timestamp(seconds - seconds.rem_euclid(60), 0).unwrap().naive_utc();
            prop_assert_eq!(parse(&with_month_name(time)), Some(minute));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*|[0-9hms: .,-]{0,30}|(May|Dec) [0-9 ,:]{0,20}[AaPp]?M?") {
            let _ = (parse(&text), duration(&text));
        }
    }
}
