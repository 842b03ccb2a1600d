//! What an entry of a training unit aims at.

use std::ops::RangeInclusive;

use super::{Distance, Mode, Weight};

/// The aims of a prescribed exercise beside its number of sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Targets {
    /// The fewest repetitions.
    pub reps_min: Option<i16>,
    /// The most repetitions.
    pub reps_max: Option<i16>,
    /// How long a set takes, in seconds.
    pub time_seconds: Option<i32>,
    /// How far it goes.
    pub distance: Option<Distance>,
    /// With how much weight.
    pub weight: Option<Weight>,
}

/// What is wrong with targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetProblem {
    /// The mode asks for repetitions, and there are neither the fewest nor the most.
    RepsMissing,
    /// The mode asks for a time.
    TimeMissing,
    /// The mode asks for a distance.
    DistanceMissing,
    /// The mode allows no fewest repetitions.
    RepsMinForbidden,
    /// The mode allows no most repetitions.
    RepsMaxForbidden,
    /// The mode allows no time.
    TimeForbidden,
    /// The mode allows no distance.
    DistanceForbidden,
    /// The fewest repetitions are more than the most.
    RepsRange,
}

impl Targets {
    /// How many repetitions may be aimed at.
    pub const REPS: RangeInclusive<i16> = 1..=10_000;

    /// How long a set may be aimed at, in seconds.
    pub const TIME_SECONDS: RangeInclusive<i32> = 1..=86_400;

    /// All that is wrong with these targets in a mode. Targets beyond what the mode asks for are right, but where
    /// nothing is counted. A weight is right in every mode.
    #[must_use]
    pub fn problems(&self, mode: Mode) -> Vec<TargetProblem> {
        let (has_min, has_max) = (self.reps_min.is_some(), self.reps_max.is_some());
        let (has_time, has_distance) = (self.time_seconds.is_some(), self.distance.is_some());
        let checks = match mode {
            Mode::Reps => vec![(!has_min && !has_max, TargetProblem::RepsMissing)],
            Mode::Time => vec![(!has_time, TargetProblem::TimeMissing)],
            Mode::Distance => vec![(!has_distance, TargetProblem::DistanceMissing)],
            Mode::SetsOnly => vec![
                (has_min, TargetProblem::RepsMinForbidden),
                (has_max, TargetProblem::RepsMaxForbidden),
                (has_time, TargetProblem::TimeForbidden),
                (has_distance, TargetProblem::DistanceForbidden),
            ],
        };
        let is_reversed = matches!((self.reps_min, self.reps_max), (Some(min), Some(max)) if min > max);
        let range = (is_reversed, TargetProblem::RepsRange);
        checks.into_iter().chain([range]).filter_map(|(is_wrong, problem)| is_wrong.then_some(problem)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Targets = Targets { reps_min: None, reps_max: None, time_seconds: None, distance: None, weight: None };

    fn all() -> Targets {
        Targets {
            reps_min: Some(5),
            reps_max: Some(8),
            time_seconds: Some(60),
            distance: Distance::from_metres(400),
            weight: Weight::from_grams(0),
        }
    }

    #[test]
    fn each_mode_asks_for_its_own() {
        for (mode, problem) in [
            (Mode::Reps, TargetProblem::RepsMissing),
            (Mode::Time, TargetProblem::TimeMissing),
            (Mode::Distance, TargetProblem::DistanceMissing),
        ] {
            assert_eq!(NONE.problems(mode), [problem]);
            assert_eq!(all().problems(mode), [], "targets of other modes are right in {mode:?}");
        }
        assert_eq!(Targets { reps_min: Some(5), ..NONE }.problems(Mode::Reps), []);
        assert_eq!(Targets { reps_max: Some(5), ..NONE }.problems(Mode::Reps), []);
        assert_eq!(Targets { reps_min: Some(5), ..NONE }.problems(Mode::Time), [TargetProblem::TimeMissing]);
    }

    #[test]
    fn only_a_weight_goes_with_sets_alone() {
        assert_eq!(Targets { weight: Weight::from_grams(60_000), ..NONE }.problems(Mode::SetsOnly), []);
        assert_eq!(
            all().problems(Mode::SetsOnly),
            [
                TargetProblem::RepsMinForbidden,
                TargetProblem::RepsMaxForbidden,
                TargetProblem::TimeForbidden,
                TargetProblem::DistanceForbidden,
            ]
        );
    }

    #[test]
    fn the_range_of_repetitions_is_not_reversed() {
        let reversed = Targets { reps_min: Some(9), ..all() };
        for mode in [Mode::Reps, Mode::Time, Mode::Distance] {
            assert_eq!(reversed.problems(mode), [TargetProblem::RepsRange]);
        }
        assert_eq!(Targets { reps_min: Some(8), ..all() }.problems(Mode::Reps), []);
    }
}
