//! Draws charts of made-up data in all themes and several sizes, to be looked at in a browser:
//! `cargo run -p irontrack-chart-adapter --example gallery -- target/charts`.

use std::{env, error::Error, fs, path::PathBuf};

use chrono::{Days, NaiveDate, TimeDelta};
use irontrack_chart_adapter::SvgCharts;
use irontrack_domain::progress::{Bucket, ChartMetric};
use irontrack_ports::{ChartPoint, ChartSize, ChartTheme, Charts, DayActivity, DayMeasure, LineChart, YearChart};

/// Histories by name, as numbers of points and the hours between two of them.
const HISTORIES: [(&str, u32, u32); 6] =
    [("empty", 0, 24), ("one", 1, 24), ("two", 2, 72), ("month", 12, 60), ("years", 300, 84), ("many", 10_000, 21)];

const NAMES: [&str; 3] = [
    "Bench Press",
    "<script>alert(\"1\")</script> & 'quotes' \u{202e}turned\u{0}",
    "שלום مرحبا 体重体重体重体重体重体重体重体重体重体重",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("name the folder to write to")?);
    fs::create_dir_all(&folder)?;
    for (theme_name, theme) in [("light", ChartTheme::Light), ("dark", ChartTheme::Dark)] {
        for (width, height) in [(200, 200), (320, 200), (320, 240), (800, 400), (1200, 600), (4000, 2000)] {
            let size = ChartSize::new(width, height).ok_or("a size is wrong")?;
            let write = |name: &str, svg: String| {
                fs::write(folder.join(format!("{name}-{theme_name}-{width}x{height}.svg")), svg)
            };
            for (index, (name, count, hours)) in HISTORIES.into_iter().enumerate() {
                let metric = ChartMetric::ALL[index % ChartMetric::ALL.len()];
                let chart = LineChart {
                    exercise: NAMES[index % NAMES.len()].to_owned(),
                    metric,
                    bucket: Bucket::ALL[index % Bucket::ALL.len()],
                    points: history(count, hours, metric),
                    size,
                    theme,
                };
                write(&format!("line-{name}"), SvgCharts.line(&chart)?)?;
            }
            for (name, measure) in [("sessions", DayMeasure::Sessions), ("volume", DayMeasure::Volume)] {
                let chart = YearChart { year: 2026, days: year(), measure, size, theme };
                write(&format!("year-{name}"), SvgCharts.year(&chart)?)?;
            }
        }
    }
    println!("{} has {} charts", folder.display(), fs::read_dir(&folder)?.count());
    Ok(())
}

/// Slow progress with good and bad days.
fn history(count: u32, hours: u32, metric: ChartMetric) -> Vec<ChartPoint> {
    let start = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
    let (base, gain) = match metric {
        ChartMetric::E1rm | ChartMetric::TopWeight => (80.0, 60.0),
        ChartMetric::Volume => (2400.0, 4000.0),
        ChartMetric::Time => (45.0, 110.0),
        ChartMetric::Distance => (3.0, 4.0),
    };
    let mut best = f64::MAX;
    let point = |index: u32| {
        let part = f64::from(index) / f64::from(count.max(1));
        let value = base + gain * part.sqrt() + gain * 0.12 * chance(index);
        let is_record = index > 0 && value > best;
        best = if index == 0 { value } else { best.max(value) };
        let start = start - TimeDelta::hours(i64::from(count - index) * i64::from(hours));
        ChartPoint { start, value: (value * 100.0).round() / 100.0, is_record }
    };
    (0..count).map(point).collect()
}

/// Three or four days of training a week, with a holiday.
fn year() -> Vec<DayActivity> {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let days = (0..333).filter(|day| !(200..214).contains(day) && chance(day * 7 + 3) > 0.0);
    let activity = |day: u32| DayActivity {
        date: first + Days::new(u64::from(day)),
        sessions: 1 + u32::from(chance(day * 3) > 0.7) + u32::from(chance(day * 11) > 0.9) * 2,
        volume: (6000.0 + 4500.0 * chance(day * 5 + 1)).round(),
    };
    days.map(activity).collect()
}

/// A number from -1 to 1 that looks like chance and is always the same.
fn chance(seed: u32) -> f64 {
    let mixed = seed.wrapping_add(1).wrapping_mul(2_654_435_761);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(2_246_822_519);
    f64::from(mixed ^ (mixed >> 13)) / f64::from(u32::MAX) * 2.0 - 1.0
}
