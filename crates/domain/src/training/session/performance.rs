//! What was done in a set, in the measure of its exercise.

use std::ops::RangeInclusive;

use crate::training::{Distance, Mode};

/// What was counted in a set: at most one of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Repetitions.
    Reps(i16),
    /// Seconds.
    TimeSeconds(i32),
    /// A distance.
    Distance(Distance),
}

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricKind {
    /// Repetitions.
    Reps,
    /// Seconds.
    TimeSeconds,
    /// A distance.
    Distance,
}

/// What was given of the three, before anybody has looked at the mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Performance {
    /// Repetitions.
    pub reps: Option<i16>,
    /// Seconds.
    pub time_seconds: Option<i32>,
    /// A distance.
    pub distance: Option<Distance>,
}

/// These metrics were given and are not the one of the mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(pub Vec<MetricKind>);

impl MetricKind {
    /// The metric of a mode, if it has any.
    #[must_use]
    pub const fn of(mode: Mode) -> Option<Self> {
        match mode {
            Mode::Reps => Some(Self::Reps),
            Mode::Time => Some(Self::TimeSeconds),
            Mode::Distance => Some(Self::Distance),
            Mode::SetsOnly => None,
        }
    }
}

impl Performance {
    /// How many repetitions a set may have.
    pub const REPS: RangeInclusive<i16> = 0..=10_000;

    /// How many seconds a set may take: up to a week.
    pub const TIME_SECONDS: RangeInclusive<i32> = 1..=604_800;

    /// The metric, if all that was given is the one of the mode. None at all is right in every mode.
    ///
    /// # Errors
    /// [`Mismatch`] names every other one.
    pub fn align(self, mode: Mode) -> Result<Option<Metric>, Mismatch> {
        let given = [
            self.reps.map(|reps| (MetricKind::Reps, Metric::Reps(reps))),
            self.time_seconds.map(|seconds| (MetricKind::TimeSeconds, Metric::TimeSeconds(seconds))),
            self.distance.map(|distance| (MetricKind::Distance, Metric::Distance(distance))),
        ];
        let own = MetricKind::of(mode);
        let (right, wrong): (Vec<_>, Vec<_>) = given.into_iter().flatten().partition(|(kind, _)| Some(*kind) == own);
        if wrong.is_empty() {
            return Ok(right.first().map(|&(_, metric)| metric));
        }
        Err(Mismatch(wrong.into_iter().map(|(kind, _)| kind).collect()))
    }
}

impl From<Option<Metric>> for Performance {
    fn from(metric: Option<Metric>) -> Self {
        let none = Self::default();
        match metric {
            None => none,
            Some(Metric::Reps(reps)) => Self { reps: Some(reps), ..none },
            Some(Metric::TimeSeconds(seconds)) => Self { time_seconds: Some(seconds), ..none },
            Some(Metric::Distance(distance)) => Self { distance: Some(distance), ..none },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that may be given, in every mode.
    #[test]
    fn only_the_metric_of_the_mode_is_right() {
        let distance = Distance::from_metres(400).unwrap();
        let all = [
            (MetricKind::Reps, Metric::Reps(0)),
            (MetricKind::TimeSeconds, Metric::TimeSeconds(60)),
            (MetricKind::Distance, Metric::Distance(distance)),
        ];
        for mode in Mode::ALL {
            for given in 0..8_u8 {
                let is_given = |index: u8| given & (1 << index) != 0;
                let performance = Performance {
                    reps: is_given(0).then_some(0),
                    time_seconds: is_given(1).then_some(60),
                    distance: is_given(2).then_some(distance),
                };
                let given = (0..3_u8).filter(|&index| is_given(index)).map(|index| all[usize::from(index)]);
                let (right, wrong): (Vec<_>, Vec<_>) = given.partition(|(kind, _)| match mode {
                    Mode::Reps => *kind == MetricKind::Reps,
                    Mode::Time => *kind == MetricKind::TimeSeconds,
                    Mode::Distance => *kind == MetricKind::Distance,
                    Mode::SetsOnly => false,
                });
                let expected = if wrong.is_empty() {
                    Ok(right.first().map(|given| given.1))
                } else {
                    Err(Mismatch(wrong.into_iter().map(|given| given.0).collect()))
                };
                assert_eq!(performance.align(*mode), expected, "{mode:?} {performance:?}");
                if let Ok(metric) = performance.align(*mode) {
                    assert_eq!(Performance::from(metric), performance, "nothing gets lost");
                }
            }
        }
    }
}
