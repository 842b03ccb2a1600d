//! One page of exercises and how many there are, in one statement.
//!
//! `filtered` finds the ids and what they are sorted by, `page` cuts the page out of it, and only for its rows the
//! columns and links are read. The single row in front of the page carries the total past the end, too.
//!
//! Scope, search and order change the text; a search holds the scope in parameters. The other conditions change it
//! together, as soon as there is one of them: each text stays prepared on each connection, and one for every combination
//! would be thousands.

use diesel::sql_types::{BigInt, Nullable};
use irontrack_domain::exercise::{Category, DifficultyLevel};
use irontrack_ports::{
    SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
};

use super::search;
use crate::{
    row::exercise::{COLUMNS, ExerciseColumns},
    statement::Statement,
};

/// The total, and an exercise unless the page is empty.
pub(super) type PageColumns = (BigInt, Nullable<ExerciseColumns>);

/// The statement that answers a filter.
pub(super) fn statement(filter: &ExerciseFilter) -> Statement<PageColumns> {
    let Sorting { keys, order } = sorting(filter);
    let has_conditions = has_conditions(filter);

    let mut statement = Statement::new("WITH ");
    if let Some(term) = &filter.search {
        statement = search::with_tables(statement, term, filter.caller);
    }
    if has_conditions {
        statement = with_wanted(statement, filter);
    }
    statement = statement.sql("filtered AS MATERIALIZED (SELECT e.id, ").sql(keys).sql(" FROM ");
    statement = statement.sql(if filter.search.is_some() { search::FROM } else { "exercises e" });
    if has_conditions {
        statement = statement.sql(" CROSS JOIN wanted w");
    }
    statement = if filter.search.is_some() { scope_of_found(statement, filter) } else { scope(statement, filter) };
    if has_conditions {
        statement = statement.sql(CONDITIONS);
    }
    statement
        .sql("), page AS MATERIALIZED (SELECT * FROM filtered ORDER BY ")
        .sql(order)
        .sql(" LIMIT ")
        .bind(filter.page.limit)
        .sql(" OFFSET ")
        .bind(filter.page.offset)
        .sql(") SELECT (SELECT count(*) FROM filtered), ")
        .sql(COLUMNS)
        .sql(" FROM (VALUES (1)) AS one (row) LEFT JOIN (page p JOIN exercises e USING (id)) ON true ORDER BY ")
        .sql(order)
}

fn scope(statement: Statement<PageColumns>, filter: &ExerciseFilter) -> Statement<PageColumns> {
    let statement = statement.sql(" WHERE e.is_active");
    match filter.scope {
        ExerciseScope::System => statement.sql(" AND e.is_system_default"),
        ExerciseScope::User => statement.sql(" AND e.created_by = ").bind(filter.caller.uuid()),
        ExerciseScope::All => {
            statement.sql(" AND (e.is_system_default OR e.created_by = ").bind(filter.caller.uuid()).sql(")")
        }
    }
}

/// The scope of exercises that the caller may see. They are few, so that no index depends on it.
fn scope_of_found(statement: Statement<PageColumns>, filter: &ExerciseFilter) -> Statement<PageColumns> {
    statement
        .sql(" WHERE CASE WHEN e.is_system_default THEN ")
        .bind(filter.scope != ExerciseScope::User)
        .sql(" ELSE ")
        .bind(filter.scope != ExerciseScope::System)
        .sql(" END")
}

fn has_conditions(filter: &ExerciseFilter) -> bool {
    !filter.primary_muscles.is_empty()
        || !filter.equipment.is_empty()
        || !filter.tags.is_empty()
        || filter.category.is_some()
        || filter.difficulty_level.is_some()
}

/// The table `wanted` with one row: what the conditions compare with, null for no condition. Ends with a comma.
fn with_wanted(statement: Statement<PageColumns>, filter: &ExerciseFilter) -> Statement<PageColumns> {
    statement
        .sql("wanted AS MATERIALIZED (SELECT ")
        .bind(storable(&filter.primary_muscles))
        .sql(" AS primary_muscles, ")
        .bind(storable(&filter.equipment))
        .sql(" AS equipment, ")
        .bind(storable(&filter.tags))
        .sql(" AS tags, ")
        .bind(filter.category.map(Category::as_str))
        .sql("::category_enum AS category, ")
        .bind(filter.difficulty_level.map(DifficultyLevel::as_str))
        .sql("::difficulty_level_enum AS difficulty_level), ")
}

const CONDITIONS: &str = " \
    AND (w.category IS NULL OR e.category = w.category) \
    AND (w.difficulty_level IS NULL OR e.difficulty_level = w.difficulty_level) \
    AND (w.primary_muscles IS NULL OR EXISTS (SELECT 1 FROM exercise_primary_muscles l \
         WHERE l.exercise_id = e.id AND l.muscle_group_id = ANY (w.primary_muscles))) \
    AND (w.equipment IS NULL OR EXISTS (SELECT 1 FROM exercise_equipment l \
         WHERE l.exercise_id = e.id AND l.equipment_id = ANY (w.equipment))) \
    AND (w.tags IS NULL OR EXISTS (SELECT 1 FROM exercise_tag_map l \
         WHERE l.exercise_id = e.id AND l.tag_id = ANY (w.tags)))";

/// The ids that a row can have; `None` without any condition. Where none is left the condition still stands and matches
/// nothing.
fn storable(ids: &[i64]) -> Option<Vec<i16>> {
    (!ids.is_empty()).then(|| ids.iter().filter_map(|&id| i16::try_from(id).ok()).collect())
}

/// What `filtered` is sorted by.
struct Sorting {
    /// Columns `k1`, `k2`…
    keys: &'static str,
    /// Their order, completed by the id.
    order: &'static str,
}

fn sorting(filter: &ExerciseFilter) -> Sorting {
    const NAME: &str = "lower(e.name) COLLATE \"C\" AS k1, e.name COLLATE \"C\" AS k2";
    let (sort, direction) = match filter.order {
        ExerciseOrder::By(sort, direction) => (sort, direction),
        ExerciseOrder::Relevance if filter.search.is_some() => {
            return Sorting { keys: search::RELEVANCE, order: "k1, k2, k3, k4, id" };
        }
        ExerciseOrder::Relevance => (ExerciseSort::Name, SortOrder::Ascending),
    };
    let keys = match sort {
        ExerciseSort::Name => NAME,
        ExerciseSort::CreatedAt => "e.created_at AS k1",
        ExerciseSort::UpdatedAt => "e.updated_at AS k1",
        ExerciseSort::DifficultyLevel => "e.difficulty_level AS k1",
        ExerciseSort::Category => "e.category AS k1",
    };
    let order = match (sort, direction) {
        (ExerciseSort::Name, SortOrder::Ascending) => "k1, k2, id",
        (ExerciseSort::Name, SortOrder::Descending) => "k1 DESC, k2 DESC, id",
        // PostgreSQL has nulls last ascending and first descending, as the port wants it.
        (_, SortOrder::Ascending) => "k1, id",
        (_, SortOrder::Descending) => "k1 DESC, id",
    };
    Sorting { keys, order }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::{SearchTerm, UserId};
    use irontrack_ports::PageRequest;
    use uuid::Uuid;

    use super::*;

    fn everything() -> ExerciseFilter {
        ExerciseFilter {
            caller: UserId::new(Uuid::nil()),
            scope: ExerciseScope::All,
            search: None,
            primary_muscles: vec![],
            equipment: vec![],
            tags: vec![],
            category: None,
            difficulty_level: None,
            order: ExerciseOrder::Relevance,
            page: PageRequest { limit: 20, offset: 0 },
        }
    }

    fn text(filter: &ExerciseFilter) -> String {
        let text = debug_query::<Pg, _>(&statement(filter)).to_string();
        text.split(" -- binds").next().unwrap().to_owned()
    }

    #[test]
    fn no_condition_stands_in_the_text_that_is_not_asked_for() {
        let text = text(&everything());
        assert!(!text.contains("search") && !text.contains("wanted"), "{text}");
        assert!(text.contains("WHERE e.is_active AND (e.is_system_default OR e.created_by = $1)"), "{text}");
        assert!(text.ends_with("ORDER BY k1, k2, id"), "{text}");
    }

    #[test]
    fn the_number_of_texts_is_bounded() {
        let mut texts = HashSet::new();
        let sorts = [
            ExerciseSort::Name,
            ExerciseSort::CreatedAt,
            ExerciseSort::UpdatedAt,
            ExerciseSort::DifficultyLevel,
            ExerciseSort::Category,
        ];
        let orders = sorts
            .into_iter()
            .flat_map(|sort| [SortOrder::Ascending, SortOrder::Descending].map(|order| ExerciseOrder::By(sort, order)))
            .chain([ExerciseOrder::Relevance]);
        for order in orders {
            for scope in [ExerciseScope::System, ExerciseScope::User, ExerciseScope::All] {
                for search in [None, SearchTerm::parse("press").unwrap(), SearchTerm::parse("p").unwrap()] {
                    for conditions in 0..8 {
                        texts.insert(text(&ExerciseFilter {
                            scope,
                            order,
                            search: search.clone(),
                            tags: if conditions & 1 > 0 { vec![1] } else { vec![] },
                            equipment: if conditions & 2 > 0 { vec![1, 2] } else { vec![] },
                            category: (conditions & 4 > 0).then_some(Category::Cardio),
                            ..everything()
                        }));
                    }
                }
            }
        }
        // with and without conditions × (3 scopes × 10 orders without a search, and 2 ways to look × 11 orders with one)
        assert_eq!(texts.len(), 2 * (3 * 10 + 2 * 11));
    }

    #[test]
    fn ids_that_no_row_can_have_are_left_out_but_the_condition_stays() {
        assert_eq!(storable(&[]), None);
        assert_eq!(storable(&[3, 40_000, -1, i64::MAX]), Some(vec![3, -1]));
        assert_eq!(storable(&[i64::MIN]), Some(vec![]));
    }
}
