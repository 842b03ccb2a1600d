//! Scopes, conditions, orders and pages of lists.

use irontrack_domain::{
    UserId,
    exercise::{Category, DifficultyLevel},
};
use uuid::Uuid;

use super::{
    model::{names, term},
    world::World,
};
use crate::{
    PageRequest, SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
    testing::Ports,
};

const SCOPES: [ExerciseScope; 3] = [ExerciseScope::System, ExerciseScope::User, ExerciseScope::All];

const SORTS: [ExerciseSort; 5] = [
    ExerciseSort::Name,
    ExerciseSort::CreatedAt,
    ExerciseSort::UpdatedAt,
    ExerciseSort::DifficultyLevel,
    ExerciseSort::Category,
];

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    let nobody = UserId::new(Uuid::new_v4());
    let world = World::create(ports).await;
    scopes_hold_the_right_owners(ports, &world, nobody).await;
    the_system_catalogue_is_answered_whole(ports, &world).await;
    conditions_narrow_the_list(ports, &world).await;
    conditions_hold_together(ports, &world).await;
    ids_that_no_item_can_have_match_nothing(ports, &world).await;
    lists_are_sorted_both_ways(ports, &world).await;
    pages_fit_together(ports, &world).await;
    the_total_is_right_past_the_end(ports, &world).await;
}

/// The catalogue, the caller's own, both; never those of others, and never hidden ones.
async fn scopes_hold_the_right_owners(ports: &Ports<'_>, world: &World, nobody: UserId) {
    for (caller, counts) in [(world.caller, [15, 4, 19]), (world.other, [15, 3, 18]), (nobody, [15, 0, 15])] {
        for (scope, count) in SCOPES.into_iter().zip(counts) {
            let found = world.check(ports, &ExerciseFilter { caller, scope, ..world.everything() }).await;
            assert_eq!(found.len(), count, "{scope:?} of {caller}");
        }
    }
}

/// In the order of names, without custom and hidden exercises.
async fn the_system_catalogue_is_answered_whole(ports: &Ports<'_>, world: &World) {
    let filter = ExerciseFilter { scope: ExerciseScope::System, ..world.everything() };
    let expected = world.check(ports, &filter).await;
    assert_eq!(ports.exercises.system().await.expect("the catalogue can be read"), expected);
}

/// Every condition with one value, and the lists with several, of which any may hold.
async fn conditions_narrow_the_list(ports: &Ports<'_>, world: &World) {
    let everything = world.everything();
    let mut filters = Vec::new();
    for ids in [vec![1], vec![2], vec![5], vec![1, 5], vec![5, 1, 1, 2], vec![3, 999], vec![999]] {
        filters.push(ExerciseFilter { primary_muscles: ids.clone(), ..everything.clone() });
        filters.push(ExerciseFilter { equipment: ids.clone(), ..everything.clone() });
        filters.push(ExerciseFilter { tags: ids, ..everything.clone() });
    }
    filters.extend(Category::ALL.iter().map(|&c| ExerciseFilter { category: Some(c), ..everything.clone() }));
    filters.extend(
        DifficultyLevel::ALL
            .iter()
            .map(|&level| ExerciseFilter { difficulty_level: Some(level), ..everything.clone() }),
    );
    for filter in filters {
        for scope in SCOPES {
            world.check(ports, &ExerciseFilter { scope, ..filter.clone() }).await;
        }
    }
    let tagged = world.check(ports, &ExerciseFilter { tags: vec![3], ..everything.clone() }).await;
    let expected = ["Back\\Slash Hold", "Espresso Hold", "Leg-Press", "Snake_Case Hold", "\u{dc}bung f\u{fc}r Profis"];
    assert_eq!(names(&tagged), expected, "a tag");
    let muscle = ExerciseFilter { primary_muscles: vec![5, 4], scope: ExerciseScope::User, ..everything };
    assert_eq!(names(&world.check(ports, &muscle).await), ["\u{dc}bung"], "one of two primary muscles");
}

/// All subsets of the conditions.
async fn conditions_hold_together(ports: &Ports<'_>, world: &World) {
    for bits in 0..64_u8 {
        let has = |bit: u8| bits & (1 << bit) != 0;
        let ids = |bit: u8, ids: &[i64]| if has(bit) { ids.to_vec() } else { vec![] };
        let filter = ExerciseFilter {
            primary_muscles: ids(0, &[1, 4]),
            equipment: ids(1, &[1, 2]),
            tags: ids(2, &[1, 3]),
            category: has(3).then_some(Category::Powerlifting),
            difficulty_level: has(4).then_some(DifficultyLevel::Intermediate),
            search: has(5).then(|| term("PRESS")),
            ..world.everything()
        };
        let found = world.check(ports, &filter).await;
        assert_eq!(found.iter().filter(|exercise| exercise.name == "Bench Press").count(), 1, "{filter:?}");
    }
}

/// Such a condition stands all the same.
async fn ids_that_no_item_can_have_match_nothing(ports: &Ports<'_>, world: &World) {
    for impossible in [i64::MIN, -1, 0, 32_768, 65_537, i64::MAX] {
        for ids in [vec![impossible], vec![impossible, 1]] {
            for filter in [
                ExerciseFilter { primary_muscles: ids.clone(), ..world.everything() },
                ExerciseFilter { equipment: ids.clone(), ..world.everything() },
                ExerciseFilter { tags: ids.clone(), ..world.everything() },
            ] {
                let found = world.check(ports, &filter).await;
                assert_eq!(found.is_empty(), ids.len() == 1, "{filter:?}");
            }
        }
    }
}

/// Every order in every scope, with and without other conditions. Equal ones are ascending by id either way.
async fn lists_are_sorted_both_ways(ports: &Ports<'_>, world: &World) {
    let mut orders = vec![ExerciseOrder::Relevance];
    for sort in SORTS {
        orders.extend([SortOrder::Ascending, SortOrder::Descending].map(|order| ExerciseOrder::By(sort, order)));
    }
    for order in orders {
        for scope in SCOPES {
            let filter = ExerciseFilter { scope, order, ..world.everything() };
            world.check(ports, &filter).await;
            world.check(ports, &ExerciseFilter { search: Some(term("press")), ..filter.clone() }).await;
            world.check(ports, &ExerciseFilter { primary_muscles: vec![1, 2, 3], ..filter }).await;
        }
    }
}

/// The pages of a list, one after the other, are the list.
async fn pages_fit_together(ports: &Ports<'_>, world: &World) {
    for order in [
        ExerciseOrder::By(ExerciseSort::Category, SortOrder::Descending),
        ExerciseOrder::By(ExerciseSort::CreatedAt, SortOrder::Ascending),
        ExerciseOrder::Relevance,
    ] {
        for search in [None, Some(term("press"))] {
            let filter = ExerciseFilter { search, order, ..world.everything() };
            let all = world.check(ports, &filter).await;
            let total = i64::try_from(all.len()).expect("a small number");
            for limit in [1, 4, total - 1, total, total + 1] {
                let mut found = Vec::new();
                let mut offset = 0;
                while offset < total {
                    let page = PageRequest { limit, offset };
                    let page = ports.exercises.page(&ExerciseFilter { page, ..filter.clone() }).await;
                    let page = page.expect("exercises can be listed");
                    assert_eq!(page.total, total, "the total does not depend on the page");
                    let size = i64::try_from(page.items.len()).expect("a small number");
                    assert_eq!(size, limit.min(total - offset), "every page but the last one is full");
                    found.extend(page.items);
                    offset += limit;
                }
                assert_eq!(found, all, "pages of {limit} by {order:?}");
            }
        }
    }
}

/// However far.
async fn the_total_is_right_past_the_end(ports: &Ports<'_>, world: &World) {
    let everything = world.everything();
    let searched =
        ExerciseFilter { search: Some(term("press")), order: ExerciseOrder::Relevance, ..everything.clone() };
    let none = ExerciseFilter { search: Some(term("nothing like it")), ..everything.clone() };
    for (filter, total) in [(everything.clone(), 19), (searched, 12), (none, 0)] {
        for offset in [total, total + 1, 1000, i64::MAX - 1, i64::MAX] {
            for limit in [1, 100] {
                let filter = ExerciseFilter { page: PageRequest { limit, offset }, ..filter.clone() };
                let page = ports.exercises.page(&filter).await.expect("a page past the end is empty");
                assert_eq!((page.items.len(), page.total), (0, total), "{filter:?}");
            }
        }
    }
    let far = ExerciseFilter { page: PageRequest::numbered(i64::MAX, 100), ..everything };
    let page = ports.exercises.page(&far).await.expect("a page past the end is empty");
    assert_eq!((page.items.len(), page.total), (0, 19));
}
