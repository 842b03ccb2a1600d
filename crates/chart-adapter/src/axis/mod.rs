//! An axis whose ticks are known before it is drawn.

mod dates;
mod values;

use std::ops::Range;

pub use dates::{Room, dates, position};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
pub use values::values;

/// A labelled place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it is.
    pub at: f64,
    /// What stands there.
    pub label: String,
}

/// A stretch of numbers with ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Where it begins.
    pub from: f64,
    /// Where it ends, which is more than where it begins.
    pub to: f64,
    /// Its ticks in order.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// How far from the beginning a value is, as part of the whole.
    pub fn part(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        start + rounded(self.part(*value) * f64::from(end - start))
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // Lines between the ticks would only be noise.
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.ticks.iter().map(|tick| tick.at).collect()
    }

    fn range(&self) -> Range<f64> {
        self.from..self.to
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let is_there = |tick: &&Tick| tick.at.total_cmp(value).is_eq();
        self.ticks.iter().find(is_there).map(|tick| tick.label.clone()).unwrap_or_default()
    }
}

/// The nearest whole number. What is too large is the largest one.
#[expect(clippy::cast_possible_truncation, reason = "a conversion to an integer saturates")]
pub fn rounded(value: f64) -> i32 {
    value.round() as i32
}
