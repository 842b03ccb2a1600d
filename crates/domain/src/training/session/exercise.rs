//! The exercises of a session, and what had been planned for them.

use thiserror::Error;

use crate::{
    ExerciseId, UnitEntryId,
    training::{LongText, Mode, Prescription, UnitEntry},
};

/// What a training unit prescribed when the session was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The entry that it comes from, unless that is gone.
    pub entry: Option<UnitEntryId>,
    /// Where the entry stood in the unit.
    pub order_index: i16,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
}

/// An exercise of a session, without its sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionExercise {
    /// The exercise, unless its row is gone.
    pub exercise_id: Option<ExerciseId>,
    /// What the exercise was called when it was put in.
    pub exercise_name: String,
    /// What is counted in its sets.
    pub mode: Mode,
    /// What had been planned, also for an exercise that has taken the place of another one since.
    pub planned: Option<Planned>,
    /// How it went.
    pub notes: Option<LongText>,
}

/// The mode of an exercise with sets stays, because their metrics are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the mode of an exercise with sets cannot be changed")]
pub struct HasSets;

impl SessionExercise {
    /// The exercises of a session that is started from a unit: its entries in their order. What the unit said to take
    /// care of stays with the unit: these notes are for what happened.
    #[must_use]
    pub fn planned(entries: Vec<UnitEntry>) -> Vec<Self> {
        let exercise = |(order_index, entry): (i16, UnitEntry)| Self {
            exercise_id: entry.exercise_id,
            exercise_name: entry.exercise_name,
            mode: entry.mode,
            planned: Some(Planned { entry: Some(entry.id), order_index, prescription: entry.prescription }),
            notes: None,
        };
        (0..).zip(entries).map(exercise).collect()
    }

    /// An exercise that nobody had planned.
    #[must_use]
    pub fn unplanned(exercise_id: ExerciseId, exercise_name: String, mode: Mode, notes: Option<LongText>) -> Self {
        Self { exercise_id: Some(exercise_id), exercise_name, mode, planned: None, notes }
    }

    /// Changes what is counted. To the same mode is no change and always right.
    ///
    /// # Errors
    /// [`HasSets`].
    pub fn change_mode(&mut self, mode: Mode, has_sets: bool) -> Result<(), HasSets> {
        if has_sets && mode != self.mode {
            return Err(HasSets);
        }
        self.mode = mode;
        Ok(())
    }

    /// Puts another exercise in its place. Sets, mode, notes and what had been planned stay.
    pub fn swap(&mut self, exercise_id: ExerciseId, exercise_name: String) {
        self.exercise_id = Some(exercise_id);
        self.exercise_name = exercise_name;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::training::{Targets, Weight};

    fn entry(id: i32, name: &str) -> UnitEntry {
        UnitEntry {
            id: UnitEntryId::new(id),
            exercise_id: (id != 3).then(|| ExerciseId::new(Uuid::from_u128(7))),
            exercise_name: name.to_owned(),
            mode: Mode::Reps,
            prescription: Prescription {
                sets: 3,
                targets: Targets { reps_min: Some(5), weight: Weight::from_grams(60_000), ..Targets::default() },
                rest_seconds: Some(90),
            },
            notes: LongText::parse("Slowly.").ok(),
        }
    }

    #[test]
    fn entries_are_taken_over_in_their_order() {
        let entries = vec![entry(2, "Squat"), entry(3, "Press"), entry(1, "Row"), entry(4, "Squat")];
        let exercises = SessionExercise::planned(entries.clone());
        let names: Vec<_> = exercises.iter().map(|exercise| exercise.exercise_name.as_str()).collect();
        assert_eq!(names, ["Squat", "Press", "Row", "Squat"], "an exercise may come twice");
        assert_eq!(exercises[1].exercise_id, None, "what is gone was called something");
        let planned = exercises[2].planned.unwrap();
        assert_eq!((planned.entry, planned.order_index), (Some(UnitEntryId::new(1)), 2));
        assert_eq!(planned.prescription, entries[2].prescription);
        assert!(exercises.iter().all(|exercise| exercise.notes.is_none() && exercise.mode == Mode::Reps));
        assert!(SessionExercise::planned(vec![]).is_empty());
    }

    #[test]
    fn modes_change_while_there_are_no_sets() {
        let mut exercise = SessionExercise::unplanned(ExerciseId::new(Uuid::nil()), "Plank".into(), Mode::Reps, None);
        assert_eq!(exercise.change_mode(Mode::Time, true), Err(HasSets));
        assert_eq!((exercise.change_mode(Mode::Reps, true), exercise.mode), (Ok(()), Mode::Reps));
        assert_eq!((exercise.change_mode(Mode::Time, false), exercise.mode), (Ok(()), Mode::Time));
    }

    #[test]
    fn a_swap_keeps_what_had_been_planned() {
        let mut exercise = SessionExercise::planned(vec![entry(1, "Squat")]).remove(0);
        let before = exercise.clone();
        let id = ExerciseId::new(Uuid::from_u128(9));
        exercise.swap(id, "Leg Press".into());
        assert_eq!((exercise.exercise_id, exercise.exercise_name.as_str()), (Some(id), "Leg Press"));
        assert_eq!((exercise.planned, exercise.mode), (before.planned, before.mode));
    }
}
