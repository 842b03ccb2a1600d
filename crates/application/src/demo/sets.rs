//! The sets of one exercise.

use irontrack_domain::training::{
    Distance, Mode, Prescription, Targets, Weight,
    session::{Metric, PerformedSet, Rpe, SetNotes, SetType},
};

use super::{
    dice::Dice,
    load::{Load, Progress, is_heavy, weight},
    person::Person,
};

const NOTES: [&str; 5] = ["Felt light", "Grip gave out first", "Last one was ugly", "Paused at the bottom", "Belt on"];

/// Shares of the working weight with which people get warm, in hundredths, and how often they lift them.
const WARM_UPS: [(u32, i16); 3] = [(40, 8), (60, 5), (80, 3)];

/// Somebody at work.
pub(super) struct Effort<'a> {
    pub(super) person: &'a Person,
    pub(super) progress: Progress,
    pub(super) dice: &'a mut Dice,
}

impl Effort<'_> {
    /// What somebody does of what they have set out to do. `is_first` means that they are cold.
    pub(super) fn sets(
        &mut self,
        mode: Mode,
        wanted: &Prescription,
        load: Option<Load>,
        is_first: bool,
    ) -> Vec<PerformedSet> {
        let planned = wanted.targets.weight.map(Weight::grams);
        let load = load.or(planned.filter(|grams| *grams > 0).map(|grams| Load { grams, step: 1_250 }));
        let grams = load.map(|load| load.working(self.progress, self.person));
        let mut sets = match (mode, load, grams) {
            (Mode::Reps, Some(load), Some(grams)) if is_heavy(grams) => warm_ups(load, grams, is_first),
            _ => Vec::new(),
        };
        let mut tired = 0;
        for number in 1..=wanted.sets {
            let is_last = number == wanted.sets;
            sets.push(self.working(mode, &wanted.targets, grams, &mut tired, is_last));
        }
        if let (Mode::Reps, Some(load), Some(grams)) = (mode, load, grams)
            && self.dice.happens(6)
        {
            let reps = i16::try_from(self.dice.between(8..=12)).ok();
            let metric = reps.map(Metric::Reps);
            let weight = weight(load.part(grams, 75));
            sets.push(PerformedSet { weight, metric, set_type: SetType::Drop, ..PerformedSet::default() });
        }
        sets
    }

    fn working(
        &mut self,
        mode: Mode,
        targets: &Targets,
        grams: Option<u32>,
        tired: &mut i32,
        is_last: bool,
    ) -> PerformedSet {
        let fails = mode == Mode::Reps && is_last && !self.progress.is_deload() && self.dice.happens(7);
        let metric = match mode {
            Mode::Reps => Some(Metric::Reps(self.reps(targets, *tired))),
            Mode::Time => Some(Metric::TimeSeconds(self.seconds(targets))),
            Mode::Distance => self.distance(targets).map(Metric::Distance),
            Mode::SetsOnly => None,
        };
        let halves = if fails { 20 } else { self.dice.between(13..=16) + *tired * 2 };
        let rpe = u8::try_from(halves.min(20)).ok().and_then(Rpe::from_halves);
        *tired += i32::from(self.dice.happens(30));
        let notes = if self.dice.happens(1) { self.dice.pick(&NOTES) } else { None };
        PerformedSet {
            weight: grams.and_then(weight),
            metric,
            set_type: if fails { SetType::Failure } else { SetType::Working },
            rpe: rpe.filter(|_| self.person.rates_effort && mode != Mode::SetsOnly && self.dice.happens(80)),
            notes: notes.and_then(|notes| SetNotes::parse(notes).ok()),
        }
    }

    /// At the upper end while fresh, one less whenever it gets hard.
    fn reps(&mut self, targets: &Targets, tired: i32) -> i16 {
        let most = targets.reps_max.or(targets.reps_min).unwrap_or(10);
        let least = targets.reps_min.unwrap_or(most).min(most);
        let reps = i32::from(most) - tired - i32::from(self.dice.happens(15));
        i16::try_from(reps.max(i32::from(least) - 1).max(1)).unwrap_or(most)
    }

    fn seconds(&mut self, targets: &Targets) -> i32 {
        let percent = self.dice.between(85..=115);
        let seconds = i64::from(targets.time_seconds.unwrap_or(45)) * i64::from(percent) / 100;
        // As a clock on the wall is read.
        i32::try_from(seconds / 5 * 5).unwrap_or(45).max(5)
    }

    fn distance(&mut self, targets: &Targets) -> Option<Distance> {
        let metres = targets.distance.map_or(5_000, Distance::metres);
        let percent = u32::try_from(self.dice.between(92..=110)).unwrap_or(100);
        Distance::from_metres((metres / 100 * percent / 10 * 10).max(metres.min(100)))
    }
}

/// All of them for the first exercise, the last ones for another.
fn warm_ups(load: Load, grams: u32, is_first: bool) -> Vec<PerformedSet> {
    let steps = if is_first { WARM_UPS.as_slice() } else { &WARM_UPS[1..2] };
    let set = |&(percent, reps): &(u32, i16)| PerformedSet {
        weight: weight(load.part(grams, percent)),
        metric: Some(Metric::Reps(reps)),
        set_type: SetType::Warmup,
        ..PerformedSet::default()
    };
    steps.iter().map(set).collect()
}

#[cfg(test)]
mod tests {
    use irontrack_domain::training::session::MetricKind;

    use super::*;

    fn wanted(sets: i16, targets: Targets) -> Prescription {
        Prescription { sets, targets, rest_seconds: None }
    }

    #[test]
    fn what_is_counted_is_that_of_the_mode() {
        let all = Targets {
            reps_min: Some(5),
            reps_max: Some(8),
            time_seconds: Some(60),
            distance: Distance::from_metres(3_000),
            weight: weight(60_000),
        };
        for number in 1..=100 {
            let mut dice = Dice::of(1, number);
            let person = Person::new(&mut dice);
            for (mode, targets) in [
                (Mode::Reps, all),
                (Mode::Time, all),
                (Mode::Distance, all),
                (Mode::SetsOnly, Targets::default()),
                (Mode::Reps, Targets { reps_max: Some(1), ..Targets::default() }),
            ] {
                let mut effort = Effort { person: &person, progress: Progress::after(12), dice: &mut dice };
                let sets = effort.sets(mode, &wanted(4, targets), None, true);
                let working = sets.iter().filter(|set| matches!(set.set_type, SetType::Working | SetType::Failure));
                assert_eq!(working.count(), 4, "{mode:?}");
                for set in &sets {
                    let kind = set.metric.map(|metric| match metric {
                        Metric::Reps(reps) => {
                            assert!((1..=12).contains(&reps));
                            MetricKind::Reps
                        }
                        Metric::TimeSeconds(seconds) => {
                            assert!((50..=70).contains(&seconds) && seconds % 5 == 0, "{seconds}");
                            MetricKind::TimeSeconds
                        }
                        Metric::Distance(distance) => {
                            assert!((2_700..=3_300).contains(&distance.metres()), "{distance}");
                            MetricKind::Distance
                        }
                    });
                    assert_eq!(kind, MetricKind::of(mode));
                    assert_eq!(set.weight.is_some(), targets.weight.is_some());
                }
            }
        }
    }

    #[test]
    fn the_first_exercise_is_for_getting_warm_as_well() {
        let mut dice = Dice::of(1, 2);
        let person = Person { strength: 1000, ..Person::new(&mut dice) };
        let mut effort = Effort { person: &person, progress: Progress::after(0), dice: &mut dice };
        let load = Load { grams: 60_000, step: 2_500 };
        let targets = Targets { reps_min: Some(5), ..Targets::default() };
        let sets = effort.sets(Mode::Reps, &wanted(3, targets), Some(load), true);
        let warm: Vec<_> = sets.iter().take_while(|set| set.set_type == SetType::Warmup).collect();
        let weights: Vec<_> = warm.iter().map(|set| set.weight.map(Weight::grams)).collect();
        assert_eq!(weights, [Some(25_000), Some(35_000), Some(47_500)]);
        assert_eq!(sets[3].weight, weight(60_000));
    }
}
