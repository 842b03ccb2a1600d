//! What becomes of a name when an import is confirmed.

use irontrack_domain::ExerciseId;
use irontrack_ports::repo::{FoundExercise, ImportedName, Likeness, NameDecision};

/// What becomes of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It is this exercise.
    Exercise(ExerciseId),
    /// It becomes a custom exercise.
    Create,
    /// What was done in it is left out.
    Skip,
    /// It stays a name without an exercise, as it does where an exercise was deleted.
    NameOnly,
    /// Its owner has to say what it means.
    Unknown,
}

impl Meaning {
    /// What becomes of that name: what its owner has said, or else what was found. A name that is only like one of an
    /// exercise is no more than a suggestion, unless it has the same words: history in a wrong exercise is hardly ever
    /// noticed. What was an exercise in an export of ours keeps its name, and nobody has to be asked.
    #[must_use]
    pub fn of(name: &ImportedName) -> Self {
        match (&name.decision, &name.found) {
            (Some(NameDecision::Exercise(id)), _) => Self::Exercise(*id),
            (Some(NameDecision::Create { .. }), _) => Self::Create,
            (Some(NameDecision::Skip), _) => Self::Skip,
            (None, Some(FoundExercise { id, likeness, .. })) if is_clear(*likeness) => Self::Exercise(*id),
            (None, _) if name.definition.is_some() => Self::Create,
            (None, _) if name.source.is_some() => Self::NameOnly,
            (None, _) => Self::Unknown,
        }
    }
}

fn is_clear(likeness: Likeness) -> bool {
    match likeness {
        Likeness::Remembered | Likeness::Exact | Likeness::Alias => true,
        Likeness::Fuzzy { score } => score >= 100,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn name(found: Option<Likeness>, decision: Option<NameDecision>) -> ImportedName {
        let found = found.map(|likeness| FoundExercise { id: exercise(1), name: "Squat".into(), likeness });
        ImportedName {
            number: 0,
            name: "Squat".into(),
            folded: "squat".into(),
            source: None,
            sets: 1,
            definition: None,
            found,
            decision,
        }
    }

    fn exercise(number: u128) -> ExerciseId {
        ExerciseId::new(Uuid::from_u128(number))
    }

    #[test]
    fn likeness_is_a_suggestion_and_the_same_words_are_a_match() {
        for likeness in [Likeness::Remembered, Likeness::Exact, Likeness::Alias, Likeness::Fuzzy { score: 100 }] {
            assert_eq!(Meaning::of(&name(Some(likeness), None)), Meaning::Exercise(exercise(1)), "{likeness:?}");
        }
        assert_eq!(Meaning::of(&name(Some(Likeness::Fuzzy { score: 99 }), None)), Meaning::Unknown);
        assert_eq!(Meaning::of(&name(None, None)), Meaning::Unknown);
    }

    #[test]
    fn what_the_owner_says_counts_most() {
        let exact = Some(Likeness::Exact);
        let said = |decision| Meaning::of(&name(exact, Some(decision)));
        assert_eq!(said(NameDecision::Exercise(exercise(2))), Meaning::Exercise(exercise(2)));
        assert_eq!(said(NameDecision::Skip), Meaning::Skip);
        assert_eq!(said(NameDecision::Create { primary_muscles: vec![] }), Meaning::Create);
    }

    #[test]
    fn exercises_of_an_export_of_ours_keep_their_names() {
        let gone = ImportedName { source: Some(exercise(9)), ..name(Some(Likeness::Fuzzy { score: 80 }), None) };
        assert_eq!(Meaning::of(&gone), Meaning::NameOnly);
    }
}
