//! The simplest possible implementation of lists, to compare with. It knows nothing of likeness: where nothing else
//! matches, it expects nothing.

use std::cmp::Ordering;

use irontrack_domain::{SearchTerm, catalogue::CatalogueItem, exercise::Exercise};

use super::{matching::relevance, world::World};
use crate::{
    PageRequest, SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
    testing::Ports,
};

impl World {
    /// Everything that the caller may list, by name, on one page.
    pub(super) fn everything(&self) -> ExerciseFilter {
        ExerciseFilter {
            caller: self.caller,
            scope: ExerciseScope::All,
            search: None,
            primary_muscles: vec![],
            equipment: vec![],
            tags: vec![],
            category: None,
            difficulty_level: None,
            order: ExerciseOrder::By(ExerciseSort::Name, SortOrder::Ascending),
            page: PageRequest { limit: 100, offset: 0 },
        }
    }

    /// All exercises that match, in order; the page does not count.
    pub(super) fn expected(&self, filter: &ExerciseFilter) -> Vec<Exercise> {
        let mut found: Vec<_> = self.exercises.iter().filter(|exercise| matches(exercise, filter)).cloned().collect();
        found.sort_by(|a, b| compare(a, b, filter).then(a.id.cmp(&b.id)));
        found
    }

    /// Asks for a filter, whose page must have room for everything, and expects the answer to be right. Returns it.
    pub(super) async fn check(&self, ports: &Ports<'_>, filter: &ExerciseFilter) -> Vec<Exercise> {
        let expected = self.expected(filter);
        let page = ports.exercises.page(filter).await.expect("exercises can be listed");
        assert_eq!(names(&page.items), names(&expected), "{filter:?}");
        assert_eq!(page.items, expected, "{filter:?}");
        assert_eq!(usize::try_from(page.total), Ok(expected.len()), "the total of {filter:?}");
        page.items
    }
}

/// The names, for messages that can be read.
pub(super) fn names(exercises: &[Exercise]) -> Vec<&str> {
    exercises.iter().map(|exercise| exercise.name.as_str()).collect()
}

/// A term that is one.
pub(super) fn term(text: &str) -> SearchTerm {
    SearchTerm::parse(text).expect("a term").expect("a term that is not blank")
}

fn matches(exercise: &Exercise, filter: &ExerciseFilter) -> bool {
    let is_own = exercise.created_by == Some(filter.caller);
    let in_scope = match filter.scope {
        ExerciseScope::System => exercise.is_system_default,
        ExerciseScope::User => is_own,
        ExerciseScope::All => exercise.is_system_default || is_own,
    };
    let has_any = |items: &[CatalogueItem], ids: &[i64]| {
        ids.is_empty() || items.iter().any(|item| ids.contains(&i64::from(item.id)))
    };
    in_scope
        && filter.search.as_ref().is_none_or(|term| relevance(exercise, term).is_some())
        && has_any(&exercise.primary_muscles, &filter.primary_muscles)
        && has_any(&exercise.equipment, &filter.equipment)
        && has_any(&exercise.tags, &filter.tags)
        && filter.category.is_none_or(|category| category == exercise.category)
        && filter.difficulty_level.is_none_or(|level| level == exercise.difficulty_level)
}

fn compare(a: &Exercise, b: &Exercise, filter: &ExerciseFilter) -> Ordering {
    let by_name = || a.name.to_lowercase().cmp(&b.name.to_lowercase()).then_with(|| a.name.cmp(&b.name));
    let (sort, order) = match (filter.order, &filter.search) {
        (ExerciseOrder::By(sort, order), _) => (sort, order),
        (ExerciseOrder::Relevance, None) => return by_name(),
        (ExerciseOrder::Relevance, Some(term)) => {
            return relevance(a, term).cmp(&relevance(b, term)).then_with(by_name);
        }
    };
    let ascending = match sort {
        ExerciseSort::Name => by_name(),
        ExerciseSort::CreatedAt => a.created_at.cmp(&b.created_at),
        ExerciseSort::UpdatedAt => a.updated_at.cmp(&b.updated_at),
        ExerciseSort::DifficultyLevel => a.difficulty_level.cmp(&b.difficulty_level),
        ExerciseSort::Category => a.category.cmp(&b.category),
    };
    match order {
        SortOrder::Ascending => ascending,
        SortOrder::Descending => ascending.reverse(),
    }
}
