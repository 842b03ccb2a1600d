//! Units of weight and distance.

use irontrack_domain::{
    Violation,
    training::{Distance, Weight},
};

use super::Decimal;
use crate::Problem;

/// The greatest amount, as it is named in messages.
const MAX: &str = "99999.999";

/// In what weights are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WeightUnit {
    /// Kilograms.
    Kilogram,
    /// Avoirdupois pounds: 0.45359237 kg each.
    Pound,
}

impl WeightUnit {
    /// The unit of that name, as apps and people write it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "kg" | "kgs" => Some(Self::Kilogram),
            "lb" | "lbs" => Some(Self::Pound),
            _ => None,
        }
    }

    pub(crate) fn read(self, number: Decimal) -> Result<Weight, Problem> {
        let grams = match self {
            Self::Kilogram => number.times(1000, 1),
            Self::Pound => number.times(45_359_237, 100_000),
        };
        grams.and_then(Weight::from_grams).ok_or(Problem::Rule(Violation::TooGreat { max: MAX }))
    }
}

/// In what distances are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DistanceUnit {
    /// Kilometres.
    Kilometre,
    /// International miles: 1.609344 km each.
    Mile,
    /// Metres.
    Metre,
}

impl DistanceUnit {
    /// The unit of that name, as apps and people write it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "km" | "kms" | "kilometers" | "kilometres" => Some(Self::Kilometre),
            "mi" | "mile" | "miles" => Some(Self::Mile),
            "m" | "meters" | "metres" => Some(Self::Metre),
            _ => None,
        }
    }

    /// The distance, `None` where it is less than half a metre.
    pub(crate) fn read(self, number: Decimal) -> Result<Option<Distance>, Problem> {
        let metres = match self {
            Self::Kilometre => number.times(1000, 1),
            Self::Mile => number.times(1_609_344, 1000),
            Self::Metre => number.times(1, 1),
        };
        match metres {
            Some(0) => Ok(None),
            Some(metres) if Distance::from_metres(metres).is_some() => Ok(Distance::from_metres(metres)),
            _ => Err(Problem::Rule(Violation::TooGreat { max: MAX })),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weight(unit: WeightUnit, text: &str) -> String {
        unit.read(Decimal::parse(text).unwrap()).unwrap().to_string()
    }

    fn distance(unit: DistanceUnit, text: &str) -> String {
        unit.read(Decimal::parse(text).unwrap()).unwrap().unwrap().to_string()
    }

    #[test]
    fn units_are_converted_as_they_are_defined() {
        assert_eq!(weight(WeightUnit::Kilogram, "82.5"), "82.5");
        assert_eq!(weight(WeightUnit::Pound, "1"), "0.454");
        assert_eq!(weight(WeightUnit::Pound, "225"), "102.058");
        assert_eq!(weight(WeightUnit::Pound, "100000.0000000000000000000000"), "45359.237");
        assert_eq!(distance(DistanceUnit::Mile, "1"), "1.609");
        assert_eq!(distance(DistanceUnit::Mile, "26.2"), "42.165");
        assert_eq!(distance(DistanceUnit::Metre, "400"), "0.4");
        assert_eq!(distance(DistanceUnit::Kilometre, "5,25"), "5.25");
    }

    #[test]
    fn three_decimals_are_kept_and_half_of_one_is_rounded_up() {
        assert_eq!(weight(WeightUnit::Kilogram, "22.6796185"), "22.68");
        assert_eq!(weight(WeightUnit::Kilogram, "1.0005"), "1.001");
        assert_eq!(weight(WeightUnit::Kilogram, "1.00049999999999999999"), "1");
        assert_eq!(distance(DistanceUnit::Metre, "0.5"), "0.001");
        assert_eq!(DistanceUnit::Metre.read(Decimal::parse("0.49").unwrap()), Ok(None));
    }

    #[test]
    fn amounts_have_an_end() {
        let too_great = Err(Problem::Rule(Violation::TooGreat { max: "99999.999" }));
        for text in ["100000", "99999.9995", "9999999999999999999999999999"] {
            assert_eq!(WeightUnit::Kilogram.read(Decimal::parse(text).unwrap()), too_great, "{text}");
        }
        assert!(WeightUnit::Kilogram.read(Decimal::parse("99999.9994999").unwrap()).is_ok());
        assert!(DistanceUnit::Mile.read(Decimal::parse("62138").unwrap()).is_err());
    }

    #[test]
    fn units_have_the_names_that_apps_give_them() {
        assert_eq!(WeightUnit::from_name("LBS"), Some(WeightUnit::Pound));
        assert_eq!(DistanceUnit::from_name("meters"), Some(DistanceUnit::Metre));
        assert_eq!((WeightUnit::from_name("st"), DistanceUnit::from_name("yd")), (None, None));
    }

    proptest! {
        #![proptest_config(crate::cases::config())]

        /// Whoever converted kilograms to pounds with all decimals gets them back.
        #[test]
        fn pounds_lead_back_to_kilograms(grams in 0_u32..99_999_999) {
            let pounds = u128::from(grams) * 10_u128.pow(17) / 45_359_237;
            let text = format!("{}.{:012}", pounds / 10_u128.pow(12), pounds % 10_u128.pow(12));
            let read = WeightUnit::Pound.read(Decimal::parse(&text).unwrap()).unwrap();
            prop_assert_eq!(read.grams(), grams, "{} lb", text);
        }
    }
}
