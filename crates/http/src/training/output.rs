//! Exact numbers on the wire.

use irontrack_domain::training::Volume;
use serde::{Serialize, Serializer, ser::Error};
use serde_json::Number;

/// Kilograms of grams, kilometres of metres. Exact: the nearest number to a decimal with three places is written as that
/// decimal.
pub(crate) fn thousandths(number: u32) -> f64 {
    f64::from(number) / 1000.0
}

/// A volume in kilograms. It can have more digits than floating point numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kilograms(pub(crate) Volume);

/// A distance of so many metres in kilometres. It can have more digits than floating point numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kilometres(pub(crate) u64);

impl Serialize for Kilometres {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        let decimal = format!("{whole}.{rest:03}");
        let shortest = decimal.trim_end_matches('0').trim_end_matches('.');
        shortest.parse::<Number>().map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl Serialize for Kilograms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_string().parse::<Number>().map_err(S::Error::custom)?.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_decimals_that_they_are() {
        for (grams, text) in [(82_500, "82.5"), (1, "0.001"), (99_999_999, "99999.999"), (80_000, "80.0")] {
            assert_eq!(serde_json::to_string(&thousandths(grams)).unwrap(), text);
        }
        for (grams, text) in [
            (0, "0"),
            (892_500, "892.5"),
            (9_007_199_254_740_993, "9007199254740.993"),
            (40_000_000_000_000_001, "40000000000000.001"),
        ] {
            assert_eq!(serde_json::to_string(&Kilograms(Volume::from_grams(grams))).unwrap(), text);
            assert_eq!(serde_json::to_string(&Kilometres(grams)).unwrap(), text);
        }
    }
}
