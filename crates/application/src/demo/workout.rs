//! What is done in one session.

use irontrack_domain::training::{
    Distance, LongText, Mode, Prescription, Targets, TrainingUnit,
    session::{Metric, PerformedSet, SessionExercise},
};
use irontrack_ports::repo::DoneExercise;

use super::{
    dice::Dice,
    load::Progress,
    material::{Focus, Lift, Material, Part},
    person::Person,
    sets::Effort,
};

const NOTES: [&str; 4] =
    ["Keep the elbows in.", "Next time a little more.", "Left shoulder, careful.", "Straps for the last sets."];

/// A session, as far as it goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Workout {
    pub(super) exercises: Vec<DoneExercise>,
    /// How long it takes.
    pub(super) seconds: i64,
}

/// Somebody in their gym.
pub(super) struct Athlete<'a> {
    pub(super) person: &'a Person,
    pub(super) material: &'a Material,
    pub(super) dice: &'a mut Dice,
}

impl Athlete<'_> {
    /// Does what a unit says.
    pub(super) fn after_unit(&mut self, unit: &TrainingUnit, progress: Progress) -> Workout {
        let exercises = SessionExercise::planned(unit.entries.clone());
        let wanted = exercises.into_iter().zip(unit.entries.iter().map(|entry| entry.prescription));
        self.workout(wanted.collect(), progress)
    }

    /// Does what they feel like: mostly push, pull and legs in turn, now and then a run.
    pub(super) fn freely(&mut self, turn: usize, progress: Progress) -> Workout {
        let focus = [Focus::Push, Focus::Legs, Focus::Pull].get(turn % 3).copied().unwrap_or(Focus::Any);
        let mut chosen: Vec<&Lift> = Vec::new();
        if !self.dice.happens(12) {
            let more = if self.dice.happens(50) { 5 } else { 4 };
            for (part, focus, count) in
                [(Part::Main, focus, 1), (Part::Accessory, focus, more), (Part::Core, Focus::Any, 1)]
            {
                let mut candidates: Vec<_> =
                    self.material.lifts.iter().filter(|lift| lift.part == part && lift.focus == focus).collect();
                for _ in 0..count {
                    let Some(&lift) = self.dice.pick(&candidates) else { break };
                    candidates.retain(|other| other.exercise != lift.exercise);
                    chosen.push(lift);
                }
            }
        }
        if chosen.is_empty() {
            let runs: Vec<_> = self.material.lifts.iter().filter(|lift| lift.part == Part::Endurance).collect();
            chosen.extend(self.dice.pick(&runs).copied().or(self.material.lifts.first()));
        }
        let wanted = chosen.into_iter().map(|lift| {
            let notes = if self.dice.happens(2) { self.dice.pick(&NOTES) } else { None };
            let notes = notes.and_then(|notes| LongText::parse(notes).ok());
            let exercise = SessionExercise::unplanned(lift.exercise, lift.name.clone(), lift.mode, notes);
            (exercise, self.intention(lift))
        });
        let wanted = wanted.collect();
        self.workout(wanted, progress)
    }

    /// What somebody sets out to do without a plan.
    fn intention(&mut self, lift: &Lift) -> Prescription {
        let none = Targets::default();
        let (sets, targets, rest) = match (lift.mode, lift.part) {
            (Mode::Reps, Part::Main) => {
                let reps = if self.dice.happens(50) { (5, 5) } else { (6, 8) };
                (self.dice.between(3..=5), Targets { reps_min: Some(reps.0), reps_max: Some(reps.1), ..none }, 180)
            }
            (Mode::Time, _) => (3, Targets { time_seconds: Some(45), ..none }, 60),
            (Mode::Distance, _) => {
                let metres = self.dice.between(6..=20) * 500;
                let distance = u32::try_from(metres).ok().and_then(Distance::from_metres);
                (1, Targets { distance, ..none }, 0)
            }
            _ => (self.dice.between(3..=4), Targets { reps_min: Some(8), reps_max: Some(12), ..none }, 90),
        };
        Prescription { sets: i16::try_from(sets).unwrap_or(3), targets, rest_seconds: Some(rest) }
    }

    fn workout(&mut self, wanted: Vec<(SessionExercise, Prescription)>, progress: Progress) -> Workout {
        // Changing clothes and getting warm.
        let mut workout = Workout { exercises: Vec::with_capacity(wanted.len()), seconds: 60 * 8 };
        for (place, (exercise, prescription)) in wanted.into_iter().enumerate() {
            let load = self.material.load(exercise.exercise_id);
            let mut effort = Effort { person: self.person, progress, dice: self.dice };
            let sets = effort.sets(exercise.mode, &prescription, load, place == 0);
            let rest = i64::from(prescription.rest_seconds.unwrap_or(90));
            workout.seconds += sets.iter().map(|set| work_seconds(set) + rest).sum::<i64>() + 60;
            workout.exercises.push(DoneExercise { exercise, sets });
        }
        workout
    }
}

impl Workout {
    /// What is there of it when somebody stops after so many exercises. What was planned stays to be seen.
    pub(super) fn cut(mut self, after: usize) -> Self {
        let all = self.exercises.len().max(1);
        for exercise in self.exercises.iter_mut().skip(after) {
            exercise.sets.clear();
        }
        self.exercises.retain(|exercise| exercise.exercise.planned.is_some() || !exercise.sets.is_empty());
        let parts = |count: usize| i64::try_from(count).unwrap_or(1);
        self.seconds = self.seconds * parts(after.max(1).min(all)) / parts(all);
        self
    }
}

/// How long a set takes without the pause after it.
fn work_seconds(set: &PerformedSet) -> i64 {
    match set.metric {
        Some(Metric::Reps(reps)) => i64::from(reps) * 4,
        Some(Metric::TimeSeconds(seconds)) => i64::from(seconds),
        // A kilometre in five and a half minutes.
        Some(Metric::Distance(distance)) => i64::from(distance.metres()) * 330 / 1000,
        None => 60,
    }
}
