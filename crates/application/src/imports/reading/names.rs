//! The exercises that a file names, each once.

use std::collections::HashMap;

use irontrack_domain::{
    ExerciseId,
    exercise::{Exercise, ExerciseName, Instructions, assisting},
    import::MAX_NAMES,
};
use irontrack_interchange::{MatchKind, Matcher, folded};
use irontrack_ports::repo::{ExerciseDefinition, FoundExercise, ImportedName, Likeness};

use super::Ended;
use crate::imports::{
    ImportError,
    known::{Known, KnownExercise},
};

/// The exercises so far. Those of an export of ours are told apart by their identities, others by their names.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: Vec<ImportedName>,
    by_name: HashMap<String, u32>,
    by_source: HashMap<ExerciseId, u32>,
}

impl Names {
    /// The number of the exercise of that name, of which there are so many sets more.
    pub(super) fn of_name(&mut self, name: &str, sets: u64) -> Result<u32, Ended> {
        let folded = folded(name);
        let number = if let Some(number) = self.by_name.get(&folded) {
            *number
        } else {
            let number = self.add(name, None)?;
            self.by_name.insert(folded, number);
            number
        };
        self.count(number, sets);
        Ok(number)
    }

    /// The number of the exercise that had that identity.
    pub(super) fn of_source(&mut self, source: ExerciseId, name: &str, sets: u64) -> Result<u32, Ended> {
        let number = if let Some(number) = self.by_source.get(&source) {
            *number
        } else {
            let number = self.add(name, Some(source))?;
            self.by_source.insert(source, number);
            number
        };
        self.count(number, sets);
        Ok(number)
    }

    /// A custom exercise that the file describes. It is called as it is called there, whatever it was called in sessions.
    pub(super) fn define(&mut self, exercise: &Exercise, known: &Known) -> Result<(), Ended> {
        let number = self.of_source(exercise.id, &exercise.name, 0)?;
        let primary_muscles = known.muscles(&exercise.primary_muscles);
        let secondary_muscles = assisting(&primary_muscles, &known.muscles(&exercise.secondary_muscles));
        let Ok(name) = ExerciseName::parse(&exercise.name) else { return Ok(()) };
        let Some(known_name) = self.all.get_mut(number as usize) else { return Ok(()) };
        exercise.name.clone_into(&mut known_name.name);
        known_name.folded = folded(&exercise.name);
        known_name.definition = Some(ExerciseDefinition {
            name,
            force: exercise.force,
            difficulty_level: exercise.difficulty_level,
            mechanic: exercise.mechanic,
            category: exercise.category,
            instructions: exercise.instructions.as_deref().and_then(|text| Instructions::parse(text).ok()),
            primary_muscles,
            secondary_muscles,
            equipment: known.equipment(&exercise.equipment),
        });
        Ok(())
    }

    fn add(&mut self, name: &str, source: Option<ExerciseId>) -> Result<u32, Ended> {
        if self.all.len() >= MAX_NAMES {
            return Err(Ended::Refused(Box::new(ImportError::TooManyNames)));
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let (name, folded) = (name.to_owned(), folded(name));
        self.all.push(ImportedName {
            number,
            name,
            folded,
            source,
            sets: 0,
            definition: None,
            found: None,
            decision: None,
        });
        Ok(number)
    }

    fn count(&mut self, number: u32, sets: u64) {
        if let Some(name) = self.all.get_mut(number as usize) {
            name.sets += sets;
        }
    }

    /// All of them, with the exercises that may be meant.
    pub(super) fn matched(mut self, known: &Known) -> Vec<ImportedName> {
        let by_id: HashMap<_, _> = known.exercises.iter().map(|exercise| (exercise.id, exercise)).collect();
        let own = known.exercises.iter().filter(|exercise| exercise.is_custom);
        let own: HashMap<_, _> = own.map(|exercise| (folded(&exercise.name), exercise)).collect();
        let matcher = Matcher::new(known.candidates(), &known.remembered);
        let exact = |exercise: &&KnownExercise| found(exercise, Likeness::Exact);
        for name in &mut self.all {
            let same = name.source.and_then(|source| by_id.get(&source)).map(exact);
            name.found = match &name.definition {
                _ if same.is_some() => same,
                // A custom exercise is one here as well.
                Some(_) => own.get(&name.folded).map(exact),
                None => matcher.find(&name.name).and_then(|found_match| {
                    let likeness = match found_match.kind {
                        MatchKind::Remembered => Likeness::Remembered,
                        MatchKind::Exact => Likeness::Exact,
                        MatchKind::Alias => Likeness::Alias,
                        MatchKind::Fuzzy { score } => Likeness::Fuzzy { score },
                    };
                    by_id.get(&found_match.id).map(|exercise| found(exercise, likeness))
                }),
            };
        }
        self.all
    }
}

fn found(exercise: &KnownExercise, likeness: Likeness) -> FoundExercise {
    FoundExercise { id: exercise.id, name: exercise.name.clone(), likeness }
}
