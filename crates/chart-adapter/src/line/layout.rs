//! Where the axes are.

use chrono::NaiveDateTime;
use irontrack_domain::progress::ChartMetric;
use irontrack_ports::{ChartPoint, LineChart};

use super::extremes;
use crate::{
    axis::{Axis, Room, dates, position, rounded, values},
    frame::Frame,
    text,
    words::{Unit, short_metric},
};

/// The length of a tick, in pixels of a small chart. Labels stand twice as far away.
pub const TICK: f64 = 4.0;

/// Where the axes are, in pixels.
pub struct Layout {
    /// Where the axis of values is.
    pub left: f64,
    /// Where the plot begins.
    pub top: f64,
    /// How much is below the plot.
    pub bottom: f64,
    /// The axis of time.
    pub x: Axis,
    /// The axis of values.
    pub y: Axis,
    /// What stands along the axis of values.
    pub value_label: String,
}

impl Layout {
    /// The layout for these points of a chart. Without points there are no ticks.
    pub fn of(chart: &LineChart, points: &[ChartPoint], frame: &Frame) -> Self {
        let font_size = frame.text_size();
        let tick = TICK * frame.scale;
        let top = frame.header_bottom() + font_size;
        let bottom = 2.0 * tick + 2.0 * frame.line_height() + frame.margin() / 2.0;
        let height = frame.height - top - bottom;
        let unit = Unit::of(chart.metric);
        let (lowest, highest) = extremes(points).map_or((0.0, 0.0), |(least, greatest)| (least.value, greatest.value));
        // Sums begin at nothing; of everything else the changes matter, which would be small from there.
        let lowest = if chart.metric == ChartMetric::Volume { lowest.min(0.0) } else { lowest };
        let wanted = rounded(height / (font_size * 3.5)).clamp(1, 8);
        let mut y = values(lowest, highest, unit, wanted.unsigned_abs());
        if points.is_empty() {
            y.ticks.clear();
        }
        let widest = y.ticks.iter().map(|tick| text::width(&tick.label, font_size)).fold(0.0, f64::max);
        let left = frame.margin() / 2.0 + frame.line_height() + widest + 2.0 * tick;
        let room =
            Room { length: frame.right() - left, overhang: (left - frame.margin() / 2.0, frame.margin()), font_size };
        let mut x = match (points.first(), points.last()) {
            (Some(first), Some(last)) => dates(first.start, last.start, room),
            _ => dates(NaiveDateTime::default(), NaiveDateTime::default(), room),
        };
        if points.is_empty() {
            x.ticks.clear();
        }
        let value_label = format!("{} ({})", short_metric(chart.metric), unit.symbol(y.to));
        Self { left, top, bottom, x, y, value_label }
    }

    /// In which column of pixels a point is.
    pub fn column(&self, frame: &Frame) -> impl Fn(&ChartPoint) -> i32 + use<> {
        let (x, length) = (self.x.clone(), self.length(frame));
        move |point| rounded((x.part(position(point.start)) * length).floor())
    }

    /// How long the axis of time is.
    pub fn length(&self, frame: &Frame) -> f64 {
        frame.right() - self.left
    }
}
