//! What a chart of an exercise shows.

use super::{OneRepMax, Point, RecordKind};
use crate::attribute::attribute;

attribute! {
    /// What a chart of an exercise shows.
    #[derive(Default)]
    ChartMetric {
        /// The greatest estimated one-repetition maximum, in kilograms.
        #[default]
        E1rm = "e1rm",
        /// The greatest weight, in kilograms.
        TopWeight = "topWeight",
        /// Weight times repetitions, in kilograms.
        Volume = "volume",
        /// The longest time of a set, in seconds.
        Time = "time",
        /// The longest distance of a set, in kilometres.
        Distance = "distance",
    }
}

impl ChartMetric {
    /// The value of a point in the unit of the metric, if it has one. Exact enough for what a chart can show.
    #[must_use]
    pub fn of(self, point: &Point) -> Option<f64> {
        match self {
            Self::E1rm => point.best_e1rm.map(OneRepMax::kilograms),
            Self::TopWeight => point.top_weight.map(|weight| f64::from(weight.grams()) / 1000.0),
            Self::Volume => Some(point.volume.kilograms()),
            Self::Time => point.longest_seconds.map(f64::from),
            Self::Distance => point.longest_distance.map(|distance| f64::from(distance.metres()) / 1000.0),
        }
    }

    /// The records that are marked in such a chart.
    #[must_use]
    pub const fn record(self) -> RecordKind {
        match self {
            Self::E1rm => RecordKind::MaxE1rm,
            Self::TopWeight => RecordKind::MaxWeight,
            Self::Volume => RecordKind::MaxSessionVolume,
            Self::Time => RecordKind::LongestTime,
            Self::Distance => RecordKind::LongestDistance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        progress::{
            Bucket, Estimator, History, LoggedSet,
            history::tests::{reps, session},
            points,
        },
        training::{Distance, session::Metric},
    };

    fn values(sets: Vec<LoggedSet>) -> Vec<Option<f64>> {
        let history = History::new(vec![session(1, "2026-01-01T10:00:00Z", sets)], false);
        let [point] = points(&history, Bucket::Session, Estimator::default()).try_into().unwrap();
        ChartMetric::ALL.iter().map(|metric| metric.of(&point)).collect()
    }

    #[test]
    fn each_metric_has_its_unit() {
        assert_eq!(
            values(vec![reps(1, Some("100"), 5), reps(2, Some("102.5"), 1)]),
            [Some(116.67), Some(102.5), Some(602.5), None, None]
        );
        let timed = LoggedSet { metric: Some(Metric::TimeSeconds(90)), ..reps(3, None, 0) };
        let run = LoggedSet { metric: Distance::from_metres(5250).map(Metric::Distance), ..reps(4, None, 0) };
        assert_eq!(values(vec![timed, run]), [None, None, Some(0.0), Some(90.0), Some(5.25)]);
    }
}
