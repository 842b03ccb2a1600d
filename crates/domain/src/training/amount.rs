//! Weights and distances: decimal numbers with three decimals, kept exactly as whole thousandths.

use std::fmt;

use crate::Violation;

/// The decimals that count.
const DECIMALS: u8 = 3;

/// The greatest amount, in thousandths.
const MAX: u32 = 99_999_999;

/// A weight in kilograms, from 0 to 99 999.999, exact to the gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Weight(u32);

/// A distance in kilometres, from 0.001 to 99 999.999, exact to the metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Distance(u32);

impl Weight {
    /// Reads kilograms in decimal notation, with or without an exponent.
    ///
    /// # Errors
    /// [`Violation::NoDecimal`], [`Violation::Negative`], [`Violation::TooGreat`], [`Violation::TooManyDecimals`].
    pub fn parse(kilograms: &str) -> Result<Self, Violation> {
        let (negative, thousandths) = thousandths(kilograms)?;
        if negative && thousandths > 0 { Err(Violation::Negative) } else { Ok(Self(thousandths)) }
    }

    /// A weight in grams, if it is not too great.
    #[must_use]
    pub const fn from_grams(grams: u32) -> Option<Self> {
        if grams <= MAX { Some(Self(grams)) } else { None }
    }

    /// The weight in grams.
    #[must_use]
    pub const fn grams(self) -> u32 {
        self.0
    }
}

impl Distance {
    /// Reads kilometres in decimal notation, with or without an exponent.
    ///
    /// # Errors
    /// [`Violation::NoDecimal`], [`Violation::NotPositive`], [`Violation::TooGreat`], [`Violation::TooManyDecimals`].
    pub fn parse(kilometres: &str) -> Result<Self, Violation> {
        let (negative, thousandths) = thousandths(kilometres)?;
        if negative || thousandths == 0 { Err(Violation::NotPositive) } else { Ok(Self(thousandths)) }
    }

    /// A distance in metres, if it is neither nothing nor too great.
    #[must_use]
    pub const fn from_metres(metres: u32) -> Option<Self> {
        if metres > 0 && metres <= MAX { Some(Self(metres)) } else { None }
    }

    /// The distance in metres.
    #[must_use]
    pub const fn metres(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Weight {
    /// Kilograms, without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_thousandths(self.0.into(), f)
    }
}

impl fmt::Display for Distance {
    /// Kilometres, without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_thousandths(self.0.into(), f)
    }
}

/// Writes a number of thousandths as a decimal number, without zeros at the end.
pub(super) fn write_thousandths(thousandths: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 {
        return write!(f, "{whole}");
    }
    let decimals = format!("{rest:03}");
    write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
}

/// Whether the number has a minus sign, and its size in thousandths. Decimals are counted on the value: zeros at the
/// end are none, and neither are those that an exponent takes away.
pub(crate) fn thousandths(text: &str) -> Result<(bool, u32), Violation> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| Violation::NoDecimal)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(Violation::NoDecimal);
    }
    // The value is `digits` × 10^`power` thousandths.
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return Ok((negative, 0));
    }
    let zeros = all.len() - all.trim_end_matches('0').len();
    let power = i128::from(exponent) + i128::from(DECIMALS) + length(zeros) - length(fraction.len());
    let too_great = || {
        // A distance must not be negative however great it is, and neither must a weight.
        if negative { Violation::Negative } else { Violation::TooGreat { max: "99999.999" } }
    };
    if length(digits.len()) + power > 8 {
        return Err(too_great());
    }
    if power < 0 {
        return Err(Violation::TooManyDecimals { max: DECIMALS });
    }
    let zeros = u32::try_from(power).map_err(|_| too_great())?;
    let value = digits.parse::<u32>().ok().and_then(|digits| digits.checked_mul(10_u32.checked_pow(zeros)?));
    value.map(|value| (negative, value)).ok_or_else(too_great)
}

fn length(digits: usize) -> i128 {
    i128::try_from(digits).unwrap_or(i128::MAX / 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_counted_on_the_value() {
        for (text, grams) in [
            ("0", 0),
            ("-0", 0),
            ("-0.000", 0),
            ("1.5000", 1500),
            ("82.5", 82_500),
            ("1e2", 100_000),
            ("1.23456e2", 123_456),
            ("1500e-3", 1500),
            ("15000E-4", 1500),
            ("0.001", 1),
            ("99999.999", 99_999_999),
            ("0e999999", 0),
            ("00012", 12_000),
        ] {
            assert_eq!(Weight::parse(text).map(Weight::grams), Ok(grams), "{text}");
        }
        for text in ["1.2345", "0.0001", "1e-4", "99999.9999", "1.00000000000000001"] {
            assert_eq!(Weight::parse(text), Err(Violation::TooManyDecimals { max: 3 }), "{text}");
        }
        for text in ["100000", "1e5", "1e300", "1e2147483647", "999999999999999999999999"] {
            assert_eq!(Weight::parse(text), Err(Violation::TooGreat { max: "99999.999" }), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1e", "1e99999999999", "x", "1,5", " 1", "+1", "NaN", "1.5.0", "٣"] {
            assert_eq!(Weight::parse(text), Err(Violation::NoDecimal), "{text:?}");
        }
    }

    #[test]
    fn weights_may_be_nothing_and_distances_may_not() {
        assert_eq!(Weight::parse("-0.5"), Err(Violation::Negative));
        assert_eq!(Weight::parse("-1e9"), Err(Violation::Negative));
        for text in ["0", "-0", "-3"] {
            assert_eq!(Distance::parse(text), Err(Violation::NotPositive), "{text}");
        }
        assert_eq!(Distance::parse("0.001").map(Distance::metres), Ok(1));
        assert_eq!(Distance::from_metres(0), None);
        assert_eq!(Weight::from_grams(100_000_000), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(grams in 0..=MAX) {
            let weight = Weight::from_grams(grams).unwrap();
            prop_assert_eq!(Weight::parse(&weight.to_string()), Ok(weight));
            prop_assert_eq!(Weight::parse(&format!("{grams}e-3")), Ok(weight));
            prop_assert_eq!(Weight::parse(&format!("{}.{:03}000", grams / 1000, grams % 1000)), Ok(weight));
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC*|-?[0-9]{0,40}\\.?[0-9]{0,40}[eE]?[-+]?[0-9]{0,12}") {
            let _ = (Weight::parse(&text), Distance::parse(&text));
        }
    }
}
