//! Numbers, days and names as they are read.

use chrono::{Datelike, NaiveDate};
use irontrack_domain::progress::{Bucket, ChartMetric};

/// From here on a number is written with a power of ten: `1.2e7`.
const LONGEST: f64 = 10_000_000.0;

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `116.67 kg`.
    Kilograms,
    /// `5.25 km`.
    Kilometres,
    /// `1:30`, and `1:01:30` from an hour on.
    Seconds,
}

impl Unit {
    /// The unit of a metric.
    pub const fn of(metric: ChartMetric) -> Self {
        match metric {
            ChartMetric::E1rm | ChartMetric::TopWeight | ChartMetric::Volume => Self::Kilograms,
            ChartMetric::Time => Self::Seconds,
            ChartMetric::Distance => Self::Kilometres,
        }
    }

    /// A value with its unit, with at most three decimals.
    pub fn value(self, value: f64) -> String {
        match self {
            Self::Kilograms => format!("{} kg", number(value, 3)),
            Self::Kilometres => format!("{} km", number(value, 3)),
            Self::Seconds => time(value),
        }
    }

    /// A value at an axis that says the unit itself, with at most so many decimals.
    pub fn label(self, value: f64, decimals: usize) -> String {
        match self {
            Self::Kilograms | Self::Kilometres => number(value, decimals),
            Self::Seconds => time(value),
        }
    }

    /// The unit, for values up to that one.
    pub fn symbol(self, greatest: f64) -> &'static str {
        match self {
            Self::Kilograms => "kg",
            Self::Kilometres => "km",
            Self::Seconds if greatest < 3600.0 => "min:s",
            Self::Seconds => "h:min:s",
        }
    }
}

/// A number with at most so many decimals, thousands apart: `12,345.5`.
pub fn number(value: f64, decimals: usize) -> String {
    if value.abs() >= LONGEST {
        return format!("{value:.1e}");
    }
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let fraction = fraction.trim_end_matches('0');
    let sign = if digits == "0" && fraction.is_empty() { "" } else { sign };
    let mut number = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    number
}

/// Seconds as minutes or hours.
fn time(seconds: f64) -> String {
    if seconds.abs() >= LONGEST {
        return format!("{:.1e} h", seconds / 3600.0);
    }
    let seconds = seconds.round();
    let sign = if seconds < 0.0 { "-" } else { "" };
    let (minutes, rest) = ((seconds.abs() / 60.0).floor(), seconds.abs() % 60.0);
    if minutes < 60.0 {
        return format!("{sign}{minutes}:{rest:02}");
    }
    format!("{sign}{}:{:02}:{rest:02}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// A day: `4 March 2026`.
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// A day of a known year: `4 March`.
pub fn day_of_year(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

/// The name of a month, the first being 1.
pub fn month(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month).ok().and_then(|month| NAMES.get(month.checked_sub(1)?)).copied().unwrap_or("")
}

/// The first three letters of the name of a month.
pub fn short_month(number: u32) -> &'static str {
    month(number).get(..3).unwrap_or("")
}

/// A number of things.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// What a metric is called in full.
pub const fn metric(metric: ChartMetric) -> &'static str {
    match metric {
        ChartMetric::E1rm => "Estimated one-repetition maximum",
        ChartMetric::TopWeight => "Greatest weight",
        ChartMetric::Volume => "Volume (weight × repetitions)",
        ChartMetric::Time => "Longest time",
        ChartMetric::Distance => "Longest distance",
    }
}

/// What a metric is called at an axis.
pub const fn short_metric(metric: ChartMetric) -> &'static str {
    match metric {
        ChartMetric::E1rm => "e1RM",
        ChartMetric::TopWeight => "Weight",
        ChartMetric::Volume => "Volume",
        ChartMetric::Time => "Time",
        ChartMetric::Distance => "Distance",
    }
}

/// What a point stands for: `per week`.
pub const fn per(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Session => "per session",
        Bucket::Day => "per day",
        Bucket::Week => "per week",
        Bucket::Month => "per month",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_thousands_apart() {
        for (value, decimals, expected) in [
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (116.67, 2, "116.67"),
            (102.5, 3, "102.5"),
            (999.999, 0, "1,000"),
            (1_234_567.0, 0, "1,234,567"),
            (-1234.5, 1, "-1,234.5"),
            (12_300_000.0, 0, "1.2e7"),
        ] {
            assert_eq!(number(value, decimals), expected, "{value}");
        }
    }

    #[test]
    fn seconds_are_minutes_or_hours() {
        for (seconds, expected) in
            [(0.0, "0:00"), (9.4, "0:09"), (90.0, "1:30"), (3599.6, "1:00:00"), (7265.0, "2:01:05"), (4e9, "1.1e6 h")]
        {
            assert_eq!(Unit::Seconds.value(seconds), expected);
        }
        assert_eq!(Unit::Kilograms.value(2500.0), "2,500 kg");
        assert_eq!(Unit::Kilometres.label(5.25, 1), "5.2");
    }

    #[test]
    fn months_have_names() {
        assert_eq!([1, 9, 12].map(short_month), ["Jan", "Sep", "Dec"]);
        assert_eq!([0, 13].map(month), ["", ""]);
        assert_eq!(day(NaiveDate::from_ymd_opt(2026, 3, 4).unwrap()), "4 March 2026");
    }
}
