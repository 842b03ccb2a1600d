//! Which exercise is meant by a name in a file.

mod effort;
mod similarity;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{HashMap, HashSet};

use effort::Effort;
use irontrack_domain::ExerciseId;
use similarity::Vocabulary;

use crate::text::{collapse, cut};

/// The least likeness, in percent, that is worth a suggestion.
const WORTH_A_SUGGESTION: u8 = 70;

/// How many steps all comparisons of one matcher may take: enough for a thousand names and more among as many exercises as
/// the catalogue has, and done within some seconds.
const STEPS: u64 = 100_000_000;

/// An exercise that may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Which one.
    pub id: ExerciseId,
    /// What it is called.
    pub name: &'a str,
    /// Other names under which athletes know it.
    pub aliases: &'a [String],
    /// Whether it is one of the athlete's own. Those come first where several have the same name.
    pub is_custom: bool,
}

/// Why an exercise may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// The athlete has said so before.
    Remembered,
    /// It has this name, ignoring case.
    Exact,
    /// It is known under this name, ignoring case.
    Alias,
    /// One of its names is like this one.
    Fuzzy {
        /// How much, in percent: 100 for the same words in another order.
        score: u8,
    },
}

/// An exercise that may be meant, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Which one.
    pub id: ExerciseId,
    /// Why.
    pub kind: MatchKind,
}

/// The form of a name in which names are compared: lower case, one blank between words. Mappings are remembered by it.
#[must_use]
pub fn folded(name: &str) -> String {
    collapse(&name.to_lowercase())
}

/// Finds exercises by the names that other apps give them. The answer depends on nothing but the candidates and what is
/// remembered, not on their order.
///
/// A matcher serves one file, and its work has an end however many names that has: likeness is looked for only in names of
/// at most [`Matcher::LONGEST_COMPARED`] characters, and only until a hundred million letters were compared, which is
/// a thousand names and more among the exercises of the catalogue. Names beyond that are found if they are remembered or the
/// name or alias of an exercise.
#[derive(Debug)]
pub struct Matcher<'a> {
    remembered: &'a HashMap<String, ExerciseId>,
    candidates: Vec<Candidate<'a>>,
    ids: HashSet<ExerciseId>,
    /// Places among the candidates, by names and by aliases.
    by_name: HashMap<String, usize>,
    by_alias: HashMap<String, usize>,
    vocabulary: Vocabulary,
    effort: Effort,
}

impl<'a> Matcher<'a> {
    /// The most characters of a name that is compared with others: as many as names of exercises have.
    pub const LONGEST_COMPARED: usize = 100;

    /// Among these exercises. `remembered` has [`folded`] names; those whose exercise is not among the candidates count for
    /// nothing.
    ///
    /// ```
    /// # use std::collections::HashMap;
    /// use irontrack_interchange::{Candidate, MatchKind, Matcher};
    ///
    /// # let id = irontrack_domain::ExerciseId::new(uuid::Uuid::nil());
    /// let squat = Candidate { id, name: "Barbell Squat", aliases: &[], is_custom: false };
    /// let remembered = HashMap::new();
    /// let found = Matcher::new([squat], &remembered).find("Squat (Barbell)").unwrap();
    /// assert_eq!(found.kind, MatchKind::Fuzzy { score: 100 });
    /// ```
    #[must_use]
    pub fn new(
        candidates: impl IntoIterator<Item = Candidate<'a>>,
        remembered: &'a HashMap<String, ExerciseId>,
    ) -> Self {
        let mut candidates: Vec<_> = candidates.into_iter().collect();
        candidates.sort_by_cached_key(|candidate| (!candidate.is_custom, folded(candidate.name), candidate.id));
        let (mut by_name, mut by_alias) = (HashMap::new(), HashMap::new());
        let mut vocabulary = Vocabulary::default();
        for (place, candidate) in candidates.iter().enumerate() {
            by_name.entry(folded(candidate.name)).or_insert(place);
            vocabulary.add(place, cut(candidate.name, Self::LONGEST_COMPARED));
            for alias in candidate.aliases {
                by_alias.entry(folded(alias)).or_insert(place);
                vocabulary.add(place, cut(alias, Self::LONGEST_COMPARED));
            }
        }
        let ids = candidates.iter().map(|candidate| candidate.id).collect();
        Self { remembered, candidates, ids, by_name, by_alias, vocabulary, effort: Effort::of(STEPS) }
    }

    /// The exercise that is most likely meant. What was said before comes first, then a name, then an alias, then what is
    /// most like one; of equals the athlete's own, then the first by name and id.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Match> {
        let folded = folded(name);
        if let Some(&id) = self.remembered.get(&folded).filter(|id| self.ids.contains(id)) {
            return Some(Match { id, kind: MatchKind::Remembered });
        }
        let found = |place: usize, kind| Match { id: self.candidates[place].id, kind };
        if let Some(&place) = self.by_name.get(&folded) {
            return Some(found(place, MatchKind::Exact));
        }
        if let Some(&place) = self.by_alias.get(&folded) {
            return Some(found(place, MatchKind::Alias));
        }
        let is_long = folded.len() > cut(&folded, Self::LONGEST_COMPARED).len();
        if is_long || self.effort.is_spent() {
            return None;
        }
        let (place, score) = self.vocabulary.most_like(&folded, &self.effort)?;
        (score >= WORTH_A_SUGGESTION).then(|| found(place, MatchKind::Fuzzy { score }))
    }
}
