//! How much could be lifted once, estimated from a set of several repetitions.

use std::fmt;

use super::LoggedSet;
use crate::{
    attribute::attribute,
    training::{Weight, session::Rpe},
};

attribute! {
    /// A formula that estimates the one-repetition maximum from a weight *w* and repetitions *r*.
    #[derive(Default)]
    Formula {
        /// *w* (1 + *r* / 30). B. Epley, Poundage Chart, in: Boyd Epley Workout, 1985.
        #[default]
        Epley = "epley",
        /// 36 *w* / (37 − *r*). M. Brzycki, Strength Testing: Predicting a One-Rep Max from Reps-to-Fatigue, Journal of
        /// Physical Education, Recreation & Dance 64 (1), 1993.
        Brzycki = "brzycki",
        /// *w* *r*^0.10. V. P. Lombardi, Beginning Weight Training, 1989.
        Lombardi = "lombardi",
        /// *w* (1 + 0.025 *r*). B. O'Conner, J. Simmons, P. O'Shea, Weight Training Today, 1989.
        OConner = "oconner",
        /// 100 *w* / (52.2 + 41.9 e^(−0.055 *r*)). J. L. Mayhew and others, Relative Muscular Endurance Performance as a
        /// Predictor of Bench Press Strength in College Men and Women, Journal of Applied Sport Science Research 6 (4),
        /// 1992.
        Mayhew = "mayhew",
        /// 100 *w* / (48.8 + 53.8 e^(−0.075 *r*)). D. Wathan, Load Assignment, in: T. R. Baechle (ed.), Essentials of
        /// Strength Training and Conditioning, 1994.
        Wathan = "wathan",
        /// 100 *w* / (101.3 − 2.67123 *r*). J. Lander, Maximums Based on Reps, NSCA Journal 6, 1985.
        Lander = "lander",
    }
}

/// The most repetitions from which a maximum is estimated, in halves: beyond them endurance decides.
const MOST_HALF_REPS: u8 = 24;

/// One repetition in halves, which shows the maximum itself. Less than that is a failed attempt and shows nothing.
const ONE_REP: u8 = 2;

/// An estimated one-repetition maximum. It is kept finer than it is shown, so that records compare what was computed, and
/// coarser than the errors of floating-point numbers, so that equal efforts are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OneRepMax {
    micrograms: u64,
}

impl OneRepMax {
    /// A maximum of so many micrograms.
    #[must_use]
    pub const fn from_micrograms(micrograms: u64) -> Self {
        Self { micrograms }
    }

    /// The maximum in micrograms.
    #[must_use]
    pub const fn micrograms(self) -> u64 {
        self.micrograms
    }

    /// The maximum in hundredths of a kilogram, rounded half up: 11667 is 116.67 kg.
    #[must_use]
    pub const fn hundredths(self) -> u64 {
        (self.micrograms + 5_000_000) / 10_000_000
    }

    /// The same in kilograms, exact enough to be drawn.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no maximum is beyond 2^53 hundredths")]
    pub const fn kilograms(self) -> f64 {
        self.hundredths() as f64 / 100.0
    }
}

impl fmt::Display for OneRepMax {
    /// Kilograms with two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.hundredths() / 100, self.hundredths() % 100)
    }
}

impl Formula {
    /// By how much a weight has to be multiplied for each number of half repetitions from which a maximum is estimated,
    /// beginning with one whole repetition. A maximum is this product in micrograms, rounded half up.
    #[must_use]
    pub fn factors(self) -> Vec<f64> {
        (ONE_REP..=MOST_HALF_REPS).filter_map(|half_reps| self.factor_of_halves(half_reps)).collect()
    }

    /// The factor of so many half repetitions, if they say something. One repetition shows the maximum itself.
    fn factor_of_halves(self, half_reps: u8) -> Option<f64> {
        if !(ONE_REP..=MOST_HALF_REPS).contains(&half_reps) {
            return None;
        }
        Some(if half_reps == ONE_REP { 1.0 } else { self.factor(f64::from(half_reps) / 2.0) })
    }

    /// By how much the weight of a set has to be multiplied.
    fn factor(self, reps: f64) -> f64 {
        match self {
            Self::Epley => 1.0 + reps / 30.0,
            Self::Brzycki => 36.0 / (37.0 - reps),
            Self::Lombardi => reps.powf(0.10),
            Self::OConner => 1.0 + 0.025 * reps,
            Self::Mayhew => 100.0 / (52.2 + 41.9 * (-0.055 * reps).exp()),
            Self::Wathan => 100.0 / (48.8 + 53.8 * (-0.075 * reps).exp()),
            Self::Lander => 100.0 / (101.3 - 2.67123 * reps),
        }
    }
}

/// How maxima are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Estimator {
    /// By which formula.
    pub formula: Formula,
    /// Whether repetitions that were left, as the rating of exertion says, count as if they had been done.
    pub use_rpe: bool,
}

impl Estimator {
    /// The maximum that a set allows to expect. None without weight, with less than one repetition, or with more than 12;
    /// one repetition shows the maximum itself. What was left is added before these limits apply.
    #[must_use]
    pub fn estimate(self, weight: Weight, reps: i16, rpe: Option<Rpe>) -> Option<OneRepMax> {
        let reserve = rpe.filter(|_| self.use_rpe).map_or(0, Rpe::reserve_halves);
        let half_reps = u32::try_from(reps).ok()? * 2 + u32::from(reserve);
        let factor = u8::try_from(half_reps).ok().and_then(|half_reps| self.formula.factor_of_halves(half_reps))?;
        if weight.grams() == 0 {
            return None;
        }
        let micrograms = (f64::from(weight.grams()) * 1_000_000.0 * factor).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole, positive, and below 10^15: 99 999.999 kg times a factor below 3"
        )]
        Some(OneRepMax { micrograms: micrograms as u64 })
    }

    /// The maximum that a logged set allows to expect.
    #[must_use]
    pub fn of(self, set: &LoggedSet) -> Option<OneRepMax> {
        self.estimate(set.weight?, set.reps()?, set.rpe)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(formula: Formula, kilograms: &str, reps: i16) -> Option<String> {
        let weight = Weight::parse(kilograms).unwrap();
        Estimator { formula, use_rpe: false }.estimate(weight, reps, None).map(|max| max.to_string())
    }

    #[test]
    fn each_formula_has_its_estimate_for_five_times_a_hundred() {
        let estimates = Formula::ALL.iter().map(|&formula| (formula.as_str(), shown(formula, "100", 5).unwrap()));
        let expected = [
            ("epley", "116.67"),
            ("brzycki", "112.50"),
            ("lombardi", "117.46"),
            ("oconner", "112.50"),
            ("mayhew", "119.01"),
            ("wathan", "116.58"),
            ("lander", "113.71"),
        ];
        assert_eq!(estimates.collect::<Vec<_>>(), expected.map(|(name, estimate)| (name, estimate.to_owned())));
    }

    #[test]
    fn one_repetition_is_the_maximum_and_many_say_nothing() {
        for &formula in Formula::ALL {
            assert_eq!(shown(formula, "142.5", 1).as_deref(), Some("142.50"), "{formula:?}");
            assert!(shown(formula, "100", 12).is_some());
            for (kilograms, reps) in [("100", 0), ("100", -1), ("100", 13), ("100", i16::MAX), ("0", 5)] {
                assert_eq!(shown(formula, kilograms, reps), None, "{formula:?} {kilograms} × {reps}");
            }
        }
    }

    #[test]
    fn repetitions_in_reserve_are_added_first() {
        let weight = Weight::parse("100").unwrap();
        let shown = |use_rpe, reps, rpe: Option<&str>| {
            let rpe = rpe.map(|rpe| Rpe::parse(rpe).unwrap());
            let estimator = Estimator { formula: Formula::Epley, use_rpe };
            estimator.estimate(weight, reps, rpe).map(|max| max.to_string())
        };
        assert_eq!(shown(true, 3, Some("8")), shown(false, 5, None));
        assert_eq!(shown(true, 5, Some("8.5")).as_deref(), Some("121.67"), "six and a half repetitions");
        assert_eq!(shown(true, 1, Some("10")).as_deref(), Some("100.00"));
        assert_eq!(shown(true, 1, Some("9")).as_deref(), Some("106.67"));
        assert_eq!(shown(true, 0, Some("10")), None, "none");
        assert_eq!(shown(true, 0, Some("9.5")), None, "half a repetition is none that was done");
        assert_eq!(shown(true, 0, Some("9")).as_deref(), Some("100.00"), "limits apply to the sum");
        assert_eq!(shown(false, 0, Some("9")), None);
        assert_eq!(shown(true, 10, Some("7.5")), None, "twelve and a half");
        assert!(shown(true, 10, Some("8")).is_some(), "twelve");
        assert_eq!(shown(true, 5, None), shown(false, 5, None), "without a rating repetitions stay");
        assert_eq!(shown(false, 5, Some("6")), shown(false, 5, None));
    }

    #[test]
    fn what_is_shown_is_rounded_half_up_and_what_is_compared_is_not() {
        assert_eq!(shown(Formula::OConner, "0.1", 2).as_deref(), Some("0.11"), "0.105");
        assert_eq!(shown(Formula::OConner, "0.1", 1).as_deref(), Some("0.10"));
        let of = |kilograms: &str, reps| {
            Estimator::default().estimate(Weight::parse(kilograms).unwrap(), reps, None).unwrap()
        };
        let (less, more) = (of("100", 5), of("100.001", 5));
        assert!(less < more && less.hundredths() == more.hundredths());
        assert_eq!(of("90", 10), of("100", 6), "both are 120, whatever the floating-point numbers say");
        assert_eq!(of("99999.999", 12).to_string(), "140000.00");
    }

    #[test]
    fn half_a_repetition_more_always_means_more() {
        for &formula in Formula::ALL {
            let factors = formula.factors();
            assert_eq!((factors.len(), factors.first()), (23, Some(&1.0)), "from 1 to 12 in halves, {formula:?}");
            assert!(factors.windows(2).all(|pair| pair[0] < pair[1]), "{formula:?}: {factors:?}");
        }
    }

    proptest! {
        #[test]
        fn more_weight_or_repetitions_never_mean_less(
            formula in 0..Formula::ALL.len(), grams in 1_u32..99_999_998, more in 0_u32..1000, reps in 1_i16..12,
        ) {
            let estimator = Estimator { formula: Formula::ALL[formula], use_rpe: false };
            let of = |grams: u32, reps| {
                estimator.estimate(Weight::from_grams(grams.min(99_999_999)).unwrap(), reps, None).unwrap()
            };
            prop_assert!(of(grams + more, reps) >= of(grams, reps));
            prop_assert!(of(grams, reps + 1) > of(grams, reps));
            prop_assert!(of(grams, reps).hundredths() >= u64::from(grams) / 10);
        }
    }
}
