//! Chance that repeats itself: the same seed, the same throws.

use std::ops::RangeInclusive;

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};
use uuid::Uuid;

/// Throws dice. Each person has dice of their own, so that nobody's data depends on how many others there are.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of a person.
    pub(super) fn of(seed: u64, person: u32) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        dice.set_stream(u64::from(person));
        Self(dice)
    }

    /// A whole number, each as likely as the others.
    pub(super) fn between(&mut self, range: RangeInclusive<i32>) -> i32 {
        let (first, last) = (i64::from(*range.start()), i64::from(*range.end()));
        let count = u64::try_from(last - first + 1).unwrap_or(1).max(1);
        // The high half of the product: without a remainder that would favour small numbers.
        let chosen = (u128::from(self.0.next_u64()) * u128::from(count)) >> 64;
        i32::try_from(first + i64::try_from(chosen).unwrap_or_default()).unwrap_or(*range.start())
    }

    /// Whether something happens that does so many times in a hundred.
    pub(super) fn happens(&mut self, percent: i32) -> bool {
        self.between(1..=100) <= percent
    }

    /// One of these; `None` only if there are none.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let last = i32::try_from(of.len().checked_sub(1)?).unwrap_or(i32::MAX);
        of.get(usize::try_from(self.between(0..=last)).unwrap_or_default())
    }

    /// An identifier as it would have been made at that moment.
    pub(super) fn id(&mut self, milliseconds: u64) -> Uuid {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Other numbers make other data of the same seed.
    #[test]
    fn throws_stay() {
        let throws = |seed, person| {
            let mut dice = Dice::of(seed, person);
            [0; 6].map(|_: i32| dice.between(1..=1000))
        };
        assert_eq!(throws(1, 1), throws(1, 1));
        assert_ne!(throws(1, 1), throws(1, 2));
        assert_ne!(throws(1, 1), throws(2, 1));
    }

    #[test]
    fn every_number_of_a_range_comes_and_no_other() {
        let mut dice = Dice::of(7, 7);
        let mut seen = [0; 6];
        for _ in 0..6000 {
            seen[usize::try_from(dice.between(1..=6)).unwrap() - 1] += 1;
        }
        assert!(seen.iter().all(|count| (800..1200).contains(count)), "{seen:?}");
        assert_eq!(dice.between(5..=5), 5);
        assert_eq!(dice.pick::<i32>(&[]), None);
        assert_eq!(dice.pick(&[3]), Some(&3));
    }

    #[test]
    fn identifiers_are_of_version_7() {
        let id = Dice::of(1, 1).id(1_700_000_000_000);
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
    }
}
