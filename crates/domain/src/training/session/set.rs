//! One set of an exercise.

use super::{Metric, Mismatch, Performance, Rpe, SetType};
use crate::{
    Violation, text,
    training::{Distance, Mode, Volume, Weight},
};

/// Notes on a set: up to 500 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SetNotes(String);

impl SetNotes {
    /// The most characters.
    pub const MAX: usize = 500;

    /// Reads notes as they are.
    ///
    /// # Errors
    /// [`Violation::TooLong`], [`Violation::ContainsNul`].
    pub fn parse(notes: &str) -> Result<Self, Violation> {
        text::check(notes, 0, Self::MAX)?;
        Ok(Self(notes.to_owned()))
    }

    /// The notes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A set that was done. Its metric is the one of its exercise's mode, or it has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PerformedSet {
    /// With how much weight, in every mode.
    pub weight: Option<Weight>,
    /// What was counted.
    pub metric: Option<Metric>,
    /// What it was for.
    pub set_type: SetType,
    /// How hard it was.
    pub rpe: Option<Rpe>,
    /// What else there is to say.
    pub notes: Option<SetNotes>,
}

/// What is changed about a set; `Some(None)` takes a value away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetChanges {
    /// The weight.
    pub weight: Option<Option<Weight>>,
    /// The repetitions.
    pub reps: Option<Option<i16>>,
    /// The seconds.
    pub time_seconds: Option<Option<i32>>,
    /// The distance.
    pub distance: Option<Option<Distance>>,
    /// What it was for.
    pub set_type: Option<SetType>,
    /// How hard it was.
    pub rpe: Option<Option<Rpe>>,
    /// The notes.
    pub notes: Option<Option<SetNotes>>,
}

impl PerformedSet {
    /// The set with these changes, as a whole in the mode of its exercise.
    ///
    /// # Errors
    /// [`Mismatch`] when it would have another metric than that of the mode.
    pub fn changed(self, changes: SetChanges, mode: Mode) -> Result<Self, Mismatch> {
        let before = Performance::from(self.metric);
        let performance = Performance {
            reps: changes.reps.unwrap_or(before.reps),
            time_seconds: changes.time_seconds.unwrap_or(before.time_seconds),
            distance: changes.distance.unwrap_or(before.distance),
        };
        Ok(Self {
            weight: changes.weight.unwrap_or(self.weight),
            metric: performance.align(mode)?,
            set_type: changes.set_type.unwrap_or(self.set_type),
            rpe: changes.rpe.unwrap_or(self.rpe),
            notes: changes.notes.unwrap_or(self.notes),
        })
    }

    /// The repetitions, if they were counted.
    #[must_use]
    pub const fn reps(&self) -> Option<i16> {
        match self.metric {
            Some(Metric::Reps(reps)) => Some(reps),
            _ => None,
        }
    }

    /// Weight times repetitions, nothing if one of the two is missing.
    #[must_use]
    pub fn volume(&self) -> Volume {
        match (self.weight, self.reps()) {
            (Some(weight), Some(reps)) => Volume::of(weight, reps),
            _ => Volume::ZERO,
        }
    }
}

/// The volume of sets. Those that were for warming up do not count.
pub fn volume<'a>(sets: impl IntoIterator<Item = &'a PerformedSet>) -> Volume {
    sets.into_iter().filter(|set| set.set_type.counts()).map(PerformedSet::volume).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::training::session::MetricKind;

    fn set(kilograms: &str, reps: i16) -> PerformedSet {
        let weight = Some(Weight::parse(kilograms).unwrap());
        PerformedSet { weight, metric: Some(Metric::Reps(reps)), ..PerformedSet::default() }
    }

    #[test]
    fn volume_leaves_out_warm_ups_and_what_is_not_complete() {
        let of = |set_type, kilograms, reps| PerformedSet { set_type, ..set(kilograms, reps) };
        let sets = [
            of(SetType::Warmup, "40", 10),
            of(SetType::Working, "82.5", 5),
            of(SetType::Drop, "60", 8),
            of(SetType::Failure, "60", 0),
            PerformedSet { weight: None, ..set("1", 12) },
            PerformedSet { metric: None, ..set("100", 1) },
            PerformedSet { metric: Some(Metric::TimeSeconds(60)), ..set("24", 1) },
        ];
        assert_eq!(volume(&sets).to_string(), "892.5");
        assert_eq!(volume(&[]), Volume::ZERO);
    }

    #[test]
    fn changes_are_judged_together_with_what_stays() {
        let before = set("80", 5);
        let heavier = SetChanges { weight: Some(Weight::parse("82.5").ok()), ..SetChanges::default() };
        assert_eq!(before.clone().changed(heavier, Mode::Reps), Ok(set("82.5", 5)));
        let timed = SetChanges { time_seconds: Some(Some(30)), ..SetChanges::default() };
        let wrong = Err(Mismatch(vec![MetricKind::TimeSeconds]));
        assert_eq!(before.clone().changed(timed, Mode::Reps), wrong);
        let cleared = SetChanges { reps: Some(None), time_seconds: Some(None), ..SetChanges::default() };
        assert_eq!(before.clone().changed(cleared, Mode::Reps).unwrap().metric, None);
        let rated =
            SetChanges { rpe: Some(Rpe::from_halves(17)), set_type: Some(SetType::Drop), ..SetChanges::default() };
        let after = before.clone().changed(rated, Mode::Reps).unwrap();
        assert_eq!((after.rpe, after.set_type, after.metric), (Rpe::from_halves(17), SetType::Drop, before.metric));
        assert_eq!(before.clone().changed(SetChanges::default(), Mode::Reps), Ok(before));
    }

    #[test]
    fn notes_are_short() {
        assert_eq!(SetNotes::parse(&"ü".repeat(500)).unwrap().as_str().chars().count(), 500);
        assert_eq!(SetNotes::parse(&"a".repeat(501)), Err(Violation::TooLong { max: 500 }));
        assert_eq!(SetNotes::parse("\0"), Err(Violation::ContainsNul));
    }

    fn sets() -> impl Strategy<Value = Vec<PerformedSet>> {
        let set = (proptest::option::of(0_u32..99_999_999), proptest::option::of(0_i16..10_000), 0_usize..4);
        let set = set.prop_map(|(grams, reps, set_type)| PerformedSet {
            weight: grams.and_then(Weight::from_grams),
            metric: reps.map(Metric::Reps),
            set_type: SetType::ALL[set_type],
            ..PerformedSet::default()
        });
        proptest::collection::vec(set, 0..50)
    }

    proptest! {
        #[test]
        fn volume_does_not_depend_on_order_or_grouping(sets in sets(), cut in 0_usize..50) {
            let (front, back) = sets.split_at(cut.min(sets.len()));
            prop_assert_eq!(volume(front) + volume(back), volume(&sets));
            prop_assert_eq!(volume(sets.iter().rev()), volume(&sets));
            let grams: u64 = sets.iter().filter(|set| set.set_type != SetType::Warmup).map(|set| {
                let reps = u64::try_from(set.reps().unwrap_or(0)).unwrap();
                u64::from(set.weight.map_or(0, Weight::grams)) * reps
            }).sum();
            prop_assert_eq!(volume(&sets).grams(), grams);
        }

        #[test]
        fn changed_sets_keep_to_their_mode(
            mode in 0_usize..4,
            reps in proptest::option::of(proptest::option::of(0_i16..100)),
            seconds in proptest::option::of(proptest::option::of(1_i32..100)),
            metres in proptest::option::of(proptest::option::of(1_u32..100)),
        ) {
            let mode = Mode::ALL[mode];
            let distance = metres.map(|metres| metres.and_then(Distance::from_metres));
            let changes = SetChanges { reps, time_seconds: seconds, distance, ..SetChanges::default() };
            if let Ok(set) = PerformedSet::default().changed(changes, mode) {
                prop_assert_eq!(Performance::from(set.metric).align(mode), Ok(set.metric));
            }
        }
    }
}
