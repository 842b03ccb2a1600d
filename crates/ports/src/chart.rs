//! Pictures of a training history.

use chrono::{NaiveDate, NaiveDateTime};
use irontrack_domain::progress::{Bucket, ChartMetric};
use thiserror::Error;

/// How large a chart is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChartSize {
    width: u16,
    height: u16,
}

impl ChartSize {
    /// The least width and height: below, no label would be readable.
    pub const MIN: u16 = 200;

    /// The greatest width and height.
    pub const MAX: u16 = 4000;

    /// A size, unless a side is shorter than [`MIN`](Self::MIN) or longer than [`MAX`](Self::MAX).
    #[must_use]
    pub const fn new(width: u16, height: u16) -> Option<Self> {
        if Self::is_allowed(width) && Self::is_allowed(height) { Some(Self { width, height }) } else { None }
    }

    /// A size that is known beforehand. One that is not allowed does not compile.
    #[must_use]
    pub const fn fixed<const WIDTH: u16, const HEIGHT: u16>() -> Self {
        const { assert!(Self::is_allowed(WIDTH) && Self::is_allowed(HEIGHT), "a side is too short or too long") };
        Self { width: WIDTH, height: HEIGHT }
    }

    const fn is_allowed(side: u16) -> bool {
        Self::MIN <= side && side <= Self::MAX
    }

    /// The width in pixels.
    #[must_use]
    pub const fn width(self) -> u16 {
        self.width
    }

    /// The height in pixels.
    #[must_use]
    pub const fn height(self) -> u16 {
        self.height
    }
}

/// The colours of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ChartTheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// A point of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartPoint {
    /// Where it stands in time: the start of the session, or of the first day of a stretch of the calendar.
    pub start: NaiveDateTime,
    /// The value, in the unit of the metric.
    pub value: f64,
    /// Whether a record was set there, which is marked.
    pub is_record: bool,
}

/// The course of one exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// The name of the exercise: any text.
    pub exercise: String,
    /// What is shown.
    pub metric: ChartMetric,
    /// What a point sums up.
    pub bucket: Bucket,
    /// The points that have a value.
    pub points: Vec<ChartPoint>,
    /// How large the chart is.
    pub size: ChartSize,
    /// Its colours.
    pub theme: ChartTheme,
}

/// What the colour of a day stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayMeasure {
    /// How many sessions there were.
    #[default]
    Sessions,
    /// How much was lifted.
    Volume,
}

/// A day with training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayActivity {
    /// The day.
    pub date: NaiveDate,
    /// How many sessions.
    pub sessions: u32,
    /// Weight times repetitions, in kilograms.
    pub volume: f64,
}

/// The days of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearChart {
    /// The year.
    pub year: i32,
    /// Its days with training, each once. Days of other years are left out.
    pub days: Vec<DayActivity>,
    /// What the colours stand for.
    pub measure: DayMeasure,
    /// How large the chart is.
    pub size: ChartSize,
    /// Its colours.
    pub theme: ChartTheme,
}

/// A chart could not be drawn.
#[derive(Debug, Error)]
#[error("a chart could not be drawn: {0}")]
pub struct ChartError(pub String);

/// Draws charts as SVG documents. They stand alone: no script, no reference to anything outside, and a title and a
/// description for those who do not see them. The same chart is always the same document.
pub trait Charts: Send + Sync {
    /// Draws a line over time. Where there are more points than pixels, those that would not be seen are left out;
    /// extremes and records stay.
    ///
    /// # Errors
    /// [`ChartError`] if the drawing fails.
    fn line(&self, chart: &LineChart) -> Result<String, ChartError>;

    /// Draws a year with a cell for each day: columns are ISO weeks, rows the days from Monday to Sunday.
    ///
    /// # Errors
    /// [`ChartError`] if the drawing fails.
    fn year(&self, chart: &YearChart) -> Result<String, ChartError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_have_bounds() {
        for (width, height, is_allowed) in
            [(200, 200, true), (4000, 4000, true), (199, 300, false), (300, 199, false), (4001, 300, false)]
        {
            assert_eq!(ChartSize::new(width, height).is_some(), is_allowed, "{width} x {height}");
        }
        assert_eq!(Some(ChartSize::fixed::<200, 4000>()), ChartSize::new(200, 4000));
    }
}
