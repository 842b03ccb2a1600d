//! How much weight an exercise is done with, and how that grows.

use irontrack_domain::training::Weight;

use super::person::Person;

/// The weight with which somebody average begins, in grams, and the steps in which it can grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) grams: u32,
    pub(super) step: u32,
}

/// With this much or more, people get warm with less first.
const HEAVY: u32 = 30_000;

/// After so many weeks, half of what there is to win is won.
const HALF: i64 = 40;

/// Every so many weeks one is easy.
const CYCLE: i64 = 5;

/// How far somebody has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    weeks: i64,
}

impl Progress {
    /// After so many weeks of training.
    pub(super) const fn after(weeks: i64) -> Self {
        Self { weeks }
    }

    /// Whether it is an easy week.
    pub(super) const fn is_deload(self) -> bool {
        self.weeks % CYCLE == CYCLE - 1
    }

    /// What somebody average does at the beginning, as this person does it now. The more there is, the slower it grows.
    pub(super) fn of(self, amount: u32, person: &Person) -> u32 {
        let won = i64::from(person.talent) * self.weeks / (self.weeks + HALF);
        let ease = if self.is_deload() { 850 } else { 1000 };
        let amount = i64::from(amount) * i64::from(person.strength) / 1000 * (1000 + won) / 1000 * ease / 1000;
        u32::try_from(amount).unwrap_or_default()
    }
}

impl Load {
    /// What this person puts on for a working set.
    pub(super) fn working(self, progress: Progress, person: &Person) -> u32 {
        self.rounded(progress.of(self.grams, person))
    }

    /// So many hundredths of a weight, as one can put it together.
    pub(super) fn part(self, grams: u32, percent: u32) -> u32 {
        self.rounded(grams / 100 * percent)
    }

    fn rounded(self, grams: u32) -> u32 {
        ((grams + self.step / 2) / self.step).max(1) * self.step
    }
}

/// Whether a weight is one to get warm for.
pub(super) const fn is_heavy(grams: u32) -> bool {
    grams >= HEAVY
}

/// A weight of so many grams.
pub(super) fn weight(grams: u32) -> Option<Weight> {
    Weight::from_grams(grams)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::dice::Dice;

    const SQUAT: Load = Load { grams: 50_000, step: 2_500 };

    #[test]
    fn weights_grow_and_can_be_put_together() {
        for number in 1..=200 {
            let person = Person::new(&mut Dice::of(1, number));
            let weights: Vec<_> = (0..5000).map(|week| (week, SQUAT.working(Progress::after(week), &person))).collect();
            assert!(weights.iter().all(|(_, grams)| grams % 2_500 == 0 && (25_000..=130_000).contains(grams)));
            let hard = weights.iter().filter(|(week, _)| !Progress::after(*week).is_deload());
            assert!(hard.map(|(_, grams)| grams).is_sorted(), "{person:?}");
            assert!(weights[52].1 > weights[0].1, "a year brings something: {person:?}");
            assert!(weights[54].1 < weights[53].1, "easy weeks are easier: {person:?}");
        }
    }

    #[test]
    fn there_is_always_some_weight() {
        let small = Load { grams: 1_000, step: 1_250 };
        assert_eq!(small.part(1_250, 40), 1_250);
        assert_eq!(SQUAT.part(100_000, 60), 60_000);
        assert_eq!(SQUAT.part(52_500, 80), 42_500);
    }
}
