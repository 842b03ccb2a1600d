//! What a line chart says, in words.

use irontrack_ports::{ChartPoint, LineChart};

use super::extremes;
use crate::{
    document::Description,
    words::{Unit, counted, day, metric, per},
};

/// The words for these points of a chart.
pub fn of(chart: &LineChart, points: &[ChartPoint]) -> Description {
    let title = format!("{}: {}", chart.exercise, metric(chart.metric));
    let what = format!("{} {}.", metric(chart.metric), per(chart.bucket));
    let text = [what, course(chart, points), records(chart, points)].join(" ").trim_end().to_owned();
    Description { title, text }
}

fn course(chart: &LineChart, points: &[ChartPoint]) -> String {
    let said = |point: &ChartPoint| said(chart, point);
    match (points, extremes(points)) {
        ([only], _) => format!("One point: {}.", said(only)),
        ([first, .., latest], Some((least, greatest))) => format!(
            "{}, from {} to {}; least {}, greatest {}.",
            counted(points.len() as u64, "point", "points"),
            said(first),
            said(latest),
            said(&least),
            said(&greatest)
        ),
        _ => "No points.".to_owned(),
    }
}

fn records(chart: &LineChart, points: &[ChartPoint]) -> String {
    let mut records = points.iter().filter(|point| point.is_record);
    let Some(latest) = records.next_back() else { return String::new() };
    let marked = counted(records.count() as u64 + 1, "record is", "records are");
    format!("{marked} marked with a triangle, the last one {}.", said(chart, latest))
}

fn said(chart: &LineChart, point: &ChartPoint) -> String {
    format!("{} on {}", Unit::of(chart.metric).value(point.value), day(point.start.date()))
}
