//! How sets are shared out among the muscles that an exercise trains.

use std::fmt;

use crate::{
    Violation,
    training::{Volume, thousandths},
};

/// What a set counts for a muscle that only assists: from 0, nothing, to 1, as much as for a primary one. Exact to the
/// thousandth.
///
/// Counting a half is what fits the growth of muscles best in Pelland et al., *The Resistance Training Dose-Response*
/// (2024), where it is called the fractional method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecondaryFactor(u16);

impl Default for SecondaryFactor {
    /// A half.
    fn default() -> Self {
        Self(500)
    }
}

impl SecondaryFactor {
    /// Reads a decimal number.
    ///
    /// # Errors
    /// [`Violation::NoDecimal`], [`Violation::Negative`], [`Violation::TooGreat`], [`Violation::TooManyDecimals`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        const TOO_GREAT: Violation = Violation::TooGreat { max: "1" };
        let (is_negative, thousandths) = match thousandths(text) {
            Err(Violation::TooGreat { .. }) => return Err(TOO_GREAT),
            read => read?,
        };
        match u16::try_from(thousandths) {
            Ok(1..) if is_negative => Err(Violation::Negative),
            Ok(thousandths @ ..=1000) => Ok(Self(thousandths)),
            _ if is_negative => Err(Violation::Negative),
            _ => Err(TOO_GREAT),
        }
    }

    /// The factor in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }
}

/// Sets and kilograms that a muscle, exercise or category has its part in. Both are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share {
    /// Sets, in thousandths.
    sets: u64,
    /// Volume, in milligrams.
    volume: u64,
}

impl Share {
    /// Adds sets that count in full.
    pub(super) fn add(&mut self, sets: u64, volume: Volume) {
        self.add_with(1000, sets, volume);
    }

    /// Adds sets that count in part.
    pub(super) fn add_part(&mut self, factor: SecondaryFactor, sets: u64, volume: Volume) {
        self.add_with(factor.0.into(), sets, volume);
    }

    fn add_with(&mut self, thousandths: u64, sets: u64, volume: Volume) {
        self.sets = self.sets.saturating_add(sets.saturating_mul(thousandths));
        self.volume = self.volume.saturating_add(volume.grams().saturating_mul(thousandths));
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sets == 0
    }

    /// How many sets: each counts 1, or the factor.
    #[must_use]
    pub const fn sets(&self) -> Decimal {
        Decimal { units: self.sets, decimals: 3 }
    }

    /// How many kilograms, shared out with the same factor.
    #[must_use]
    pub const fn kilograms(&self) -> Decimal {
        Decimal { units: self.volume, decimals: 6 }
    }
}

/// A number that is not negative, and exact with so many decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    units: u64,
    decimals: u8,
}

impl Decimal {
    /// How many of its last decimal it has: 1250 of 12.50.
    #[must_use]
    pub const fn units(self) -> u64 {
        self.units
    }

    /// How many decimals it has, zeros at the end counted.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// A fraction, rounded half up to two decimals; nothing where there is nothing to divide by.
    #[must_use]
    pub fn quotient(dividend: u64, divisor: u64) -> Option<Self> {
        let (dividend, divisor) = (u128::from(dividend), u128::from(divisor));
        let hundredths = (dividend * 200 + divisor).checked_div(divisor * 2)?;
        Some(Self { units: u64::try_from(hundredths).unwrap_or(u64::MAX), decimals: 2 })
    }
}

impl fmt::Display for Decimal {
    /// Without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_u64.pow(self.decimals.into());
        let (whole, rest) = (self.units / scale, self.units % scale);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{rest:0width$}", width = usize::from(self.decimals));
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn factors_are_between_nothing_and_all() {
        for (text, thousandths) in [("0", 0), ("-0", 0), ("0.5", 500), ("0.333", 333), ("1", 1000), ("1.000", 1000)] {
            assert_eq!(SecondaryFactor::parse(text).map(SecondaryFactor::thousandths), Ok(thousandths), "{text}");
        }
        for (text, violation) in [
            ("", Violation::NoDecimal),
            ("half", Violation::NoDecimal),
            (".5", Violation::NoDecimal),
            ("-0.1", Violation::Negative),
            ("-100", Violation::Negative),
            ("1.001", Violation::TooGreat { max: "1" }),
            ("100", Violation::TooGreat { max: "1" }),
            ("1e9", Violation::TooGreat { max: "1" }),
            ("0.3333", Violation::TooManyDecimals { max: 3 }),
        ] {
            assert_eq!(SecondaryFactor::parse(text), Err(violation), "{text:?}");
        }
    }

    #[test]
    fn shares_are_exact() {
        let mut share = Share::default();
        assert!(share.is_empty());
        share.add(3, Volume::from_grams(1_500_001));
        share.add_part(SecondaryFactor::default(), 1, Volume::from_grams(1));
        share.add_part(SecondaryFactor(333), 1, Volume::from_grams(2));
        assert_eq!((share.sets().to_string(), share.kilograms().to_string()), ("3.833".into(), "1500.002166".into()));
        assert!(!share.is_empty());
    }

    #[test]
    fn quotients_are_rounded_half_up() {
        for (dividend, divisor, text) in
            [(1, 3, "0.33"), (2, 3, "0.67"), (1, 8, "0.13"), (10, 5, "2"), (1, 200, "0.01"), (0, 7, "0")]
        {
            assert_eq!(Decimal::quotient(dividend, divisor).unwrap().to_string(), text, "{dividend}/{divisor}");
        }
        assert_eq!(Decimal::quotient(5, 0), None);
        assert!(Decimal::quotient(u64::MAX, u64::MAX).is_some_and(|one| one.to_string() == "1"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_number(units in 0_u64..1_000_000_000_000, decimals in 0_u8..7) {
            let number: f64 = Decimal { units, decimals }.to_string().parse().unwrap();
            #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
            let expected = units as f64 / 10_f64.powi(decimals.into());
            prop_assert!((number - expected).abs() <= expected.abs() * 1e-12);
        }
    }
}
