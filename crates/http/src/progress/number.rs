//! Decimal numbers on the wire.

use irontrack_domain::progress::Decimal;
use serde::{Serialize, Serializer, ser::Error};
use serde_json::Number;

/// Up to here a floating-point number is written as the decimal that it is the nearest one to.
const PRECISE: u64 = 1_000_000_000_000_000;

/// A decimal number, exact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exact(pub(super) Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (units, scale) = (self.0.units(), 10_u32.pow(self.0.decimals().into()));
        let (whole, rest) = (units / u64::from(scale), units % u64::from(scale));
        if rest == 0 {
            return serializer.serialize_u64(whole);
        }
        if units < PRECISE {
            #[expect(clippy::cast_precision_loss, reason = "it has at most 15 digits")]
            return serializer.serialize_f64(units as f64 / f64::from(scale));
        }
        self.0.to_string().parse::<Number>().map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn numbers_are_written_as_the_decimals_that_they_are() {
        for (dividend, divisor, text) in
            [(0, 1, "0"), (5, 2, "2.5"), (1, 3, "0.33"), (600, 3, "200"), (123_456_789, 100, "1234567.89")]
        {
            let number = Decimal::quotient(dividend, divisor).unwrap();
            assert_eq!(serde_json::to_string(&Exact(number)).unwrap(), text);
        }
    }
}
