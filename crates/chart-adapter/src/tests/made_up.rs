//! Charts of made-up data.

use chrono::{NaiveDate, TimeDelta};
use irontrack_domain::progress::{Bucket, ChartMetric};
use irontrack_ports::{ChartPoint, ChartSize, ChartTheme, LineChart};

/// Names that somebody may give to an exercise.
pub const HOSTILE: [&str; 8] = [
    "</title><script>alert(1)</script>",
    "\" onload=\"alert(1)\" x='",
    "]]><!-- -- --> <![CDATA[ &amp; &bogus; &#0; %s {}",
    "a\u{0}b\u{1}c\u{b}d\u{1f}e\u{7f}f\u{9f}g\u{fffe}h\u{ffff}",
    "\u{202e}gnp.exe \u{2067}\u{2066}\u{200f}שלום مرحبا",
    "line\nbreak\r\n\ttab\u{2028}and\u{2029}more",
    "👩‍👩‍👧‍👦🏋🏽‍♀️ e\u{301}\u{301}\u{301}",
    "",
];

/// Sizes at the edges of what is allowed, and usual ones.
pub const SIZES: [(u16, u16); 9] =
    [(200, 200), (320, 200), (320, 480), (800, 400), (1200, 600), (1200, 200), (200, 4000), (4000, 200), (4000, 4000)];

/// A chart with so many points a number of hours apart.
pub fn line(size: (u16, u16), values: &[f64], hours_apart: i64) -> LineChart {
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(18, 30, 0).unwrap();
    let mut best = f64::MAX;
    let point = |(index, value): (usize, &f64)| {
        let is_record = *value > best;
        best = if index == 0 { *value } else { best.max(*value) };
        let start = start + TimeDelta::hours(hours_apart * i64::try_from(index).unwrap());
        ChartPoint { start, value: *value, is_record }
    };
    LineChart {
        exercise: "Bench Press".to_owned(),
        metric: ChartMetric::E1rm,
        bucket: Bucket::Session,
        points: values.iter().enumerate().map(point).collect(),
        size: ChartSize::new(size.0, size.1).unwrap(),
        theme: ChartTheme::Light,
    }
}
