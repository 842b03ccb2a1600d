//! How much was moved.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign},
};

use super::{Weight, amount::write_thousandths};

/// Weight times repetitions, exact to the gram. A life of training is far from the greatest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Volume(u64);

impl Volume {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The volume of repetitions with a weight. Repetitions below 0 count as none.
    #[must_use]
    pub fn of(weight: Weight, reps: i16) -> Self {
        Self(u64::from(weight.grams()) * u64::try_from(reps).unwrap_or(0))
    }

    /// A volume of so many grams.
    #[must_use]
    pub const fn from_grams(grams: u64) -> Self {
        Self(grams)
    }

    /// The volume in grams.
    #[must_use]
    pub const fn grams(self) -> u64 {
        self.0
    }

    /// The volume in kilograms, exact enough to be drawn.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 grams nobody sees the difference")]
    pub const fn kilograms(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Add for Volume {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Volume {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Volume {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Volume {
    /// Kilograms, without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_thousandths(self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_exact() {
        let weight = |text| Weight::parse(text).unwrap();
        let volumes = [Volume::of(weight("82.5"), 5), Volume::of(weight("0.001"), 3), Volume::of(weight("60"), 0)];
        assert_eq!(volumes.into_iter().sum::<Volume>().to_string(), "412.503");
        assert_eq!(Volume::of(weight("2.5"), 4).to_string(), "10");
        assert_eq!(Volume::of(weight("99999.999"), i16::MAX).grams(), 99_999_999 * 32_767);
        assert_eq!(Volume::of(weight("5"), -1), Volume::ZERO);
    }
}
