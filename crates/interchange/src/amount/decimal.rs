//! Decimal numbers as they stand in files.

use irontrack_domain::Violation;

use crate::Problem;

/// The most digits that count. Twenty of them are more than a floating point number has, and with as many the
/// conversion of units stays exact.
const DIGITS: usize = 28;

/// A decimal number of 0 or more: `digits` / 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: u128,
    scale: u32,
}

impl Decimal {
    /// Reads digits with at most one point or comma among them. What separates thousands is not understood: whether `1,500`
    /// is one and a half or a thousand more must not be guessed, so that a mark always stands before decimals.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let (is_negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || whole.is_empty() {
            return Err(Problem::NoNumber);
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() {
            return Ok(Self { digits: 0, scale: 0 });
        }
        if is_negative {
            return Err(Violation::Negative.into());
        }
        if digits.len() > DIGITS {
            return Err(Problem::NoNumber);
        }
        let scale = u32::try_from(fraction.len()).map_err(|_| Problem::NoNumber)?;
        Ok(Self { digits: digits.parse().map_err(|_| Problem::NoNumber)?, scale })
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// The number times `numerator` / `denominator` as a whole number, half of one rounded up. `None` where it is too large.
    pub(crate) fn times(self, numerator: u128, denominator: u128) -> Option<u32> {
        let divisor = 10_u128.checked_pow(self.scale)?.checked_mul(denominator)?;
        let doubled = self.digits.checked_mul(numerator)?.checked_mul(2)?.checked_add(divisor)?;
        u32::try_from(doubled / divisor.checked_mul(2)?).ok()
    }

    /// The number without its decimals.
    pub(crate) fn truncated(self) -> Option<i32> {
        i32::try_from(self.digits / 10_u128.checked_pow(self.scale)?).ok()
    }

    /// The number, if it has no decimals.
    pub(crate) fn whole(self) -> Option<i32> {
        if self.scale == 0 { self.truncated() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_have_one_mark_at_most() {
        let read = |text: &str| Decimal::parse(text).map(|number| (number.digits, number.scale));
        assert_eq!(read("82.50"), Ok((825, 1)));
        assert_eq!(read("82,5"), Ok((825, 1)));
        assert_eq!(read("007"), Ok((7, 0)));
        assert_eq!(read("0,000"), Ok((0, 0)));
        assert_eq!(read("-0.0"), Ok((0, 0)));
        assert_eq!(read("5."), Ok((5, 0)));
        assert_eq!(read("-5"), Err(Problem::Rule(Violation::Negative)));
        for text in ["", "-", ".5", ",", "1.000,5", "1,000.5", "1e2", "+1", " 1", "1 kg", "٣", "NaN", "1-"] {
            assert_eq!(read(text), Err(Problem::NoNumber), "{text:?}");
        }
        assert_eq!(read(&"9".repeat(29)), Err(Problem::NoNumber));
    }

    #[test]
    fn parts_are_dropped_or_refused() {
        let number = |text: &str| Decimal::parse(text).unwrap();
        assert_eq!((number("8.0").whole(), number("8.5").whole()), (Some(8), None));
        assert_eq!((number("95.9").truncated(), number("9999999999").truncated()), (Some(95), None));
    }

    proptest! {
        #![proptest_config(crate::cases::config())]

        #[test]
        fn no_text_is_too_strange(text in "\\PC*|-?[0-9]{0,40}[.,]?[0-9]{0,40}") {
            if let Ok(number) = Decimal::parse(&text) {
                let _ = (number.times(45_359_237, 100_000), number.truncated(), number.whole());
            }
        }

        #[test]
        fn halves_are_rounded_up(number in 0_u32..100_000_000, decimals in 0_u32..10_000) {
            let text = format!("{number}.{decimals:04}");
            let expected = u64::from(number) + u64::from(decimals >= 5000);
            prop_assert_eq!(Decimal::parse(&text).unwrap().times(1, 1).map(u64::from), Some(expected));
        }
    }
}
