//! The contract of [`CatalogueRepository`](crate::repo::CatalogueRepository) and
//! [`CatalogueQueries`](crate::query::CatalogueQueries).

use irontrack_domain::{
    SearchTerm,
    catalogue::{CatalogueItem, CatalogueKind},
};

use super::{
    Ports, join,
    store::{commit, expect_conflict, rollback},
};
use crate::{
    Constraint, RepositoryError, SortOrder,
    query::{CatalogueFilter, CatalogueSort},
};

/// Runs the whole suite for each catalogue. The functions need catalogues that nobody else uses at the same time.
pub async fn contract(ports: &Ports<'_>) {
    for (number, kind) in (0_i16..).zip(CatalogueKind::ALL) {
        // Ids of their own, so that a mix-up of catalogues shows.
        let first = number * 1000 + 1;
        only_missing_items_are_inserted(ports, kind, first).await;
        names_are_unique(ports, kind, first + 100).await;
        new_items_get_new_ids(ports, kind, first + 200).await;
        a_search_is_literal_and_ignores_case(ports, kind, first + 300).await;
        lists_are_sorted_both_ways(ports, kind, first + 400).await;
        only_existing_items_are_found(ports, kind, first + 500).await;
        items_that_are_seeded_at_once_are_inserted_once(ports, kind, first + 600).await;
    }
}

/// Items with consecutive ids and these names, each with a mark that keeps it apart from those of other functions.
fn items(first: i16, names: &[&str]) -> Vec<CatalogueItem> {
    (first..).zip(names).map(|(id, name)| CatalogueItem { id, name: format!("{name} #{first}") }).collect()
}

async fn try_seed(ports: &Ports<'_>, kind: CatalogueKind, items: &[CatalogueItem]) -> Result<usize, RepositoryError> {
    let mut unit = ports.begin().await;
    let inserted = unit.catalogues().seed(kind, items).await;
    if inserted.is_ok() {
        commit(unit).await;
    } else {
        rollback(unit).await;
    }
    inserted
}

async fn seed(ports: &Ports<'_>, kind: CatalogueKind, items: &[CatalogueItem]) -> usize {
    try_seed(ports, kind, items).await.unwrap_or_else(|error| panic!("{kind:?} cannot be seeded: {error}"))
}

async fn get(ports: &Ports<'_>, kind: CatalogueKind, id: i16) -> Option<CatalogueItem> {
    ports.catalogues.get(kind, id).await.expect("an item can be read")
}

async fn list(ports: &Ports<'_>, kind: CatalogueKind, filter: &CatalogueFilter) -> Vec<CatalogueItem> {
    ports.catalogues.list(kind, filter).await.expect("a catalogue can be listed")
}

/// Items that are there keep their name; other catalogues are not touched.
pub async fn only_missing_items_are_inserted(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    assert_eq!(seed(ports, kind, &[]).await, 0, "nothing is seeded");
    let items = items(first, &["one", "two", "three"]);
    let backwards: Vec<_> = items[..2].iter().rev().cloned().collect();
    assert_eq!(seed(ports, kind, &backwards).await, 2, "both are new, in whatever order");
    assert_eq!(seed(ports, kind, &items).await, 1, "one is new");
    assert_eq!(seed(ports, kind, &items).await, 0, "none is new");
    let renamed: Vec<_> =
        items.iter().map(|item| CatalogueItem { id: item.id, name: format!("{} renamed", item.name) }).collect();
    assert_eq!(seed(ports, kind, &renamed).await, 0, "none is new under another name");
    for item in &items {
        assert_eq!(get(ports, kind, item.id).await.as_ref(), Some(item), "an item keeps its name");
        for other in CatalogueKind::ALL.into_iter().filter(|&other| other != kind) {
            assert_eq!(get(ports, other, item.id).await, None, "{kind:?} was seeded, {other:?} has it");
        }
    }
}

/// A new item cannot have the name of another one, in any case; an item that is there already is no new one.
pub async fn names_are_unique(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let stored = items(first, &["\u{e4}rm", "bein"]);
    seed(ports, kind, &stored).await;
    let named = |id: i16, name: String| CatalogueItem { id, name };
    let free = named(first + 10, format!("free #{first}"));
    for rival in [stored[0].name.clone(), stored[0].name.to_uppercase()] {
        let result = try_seed(ports, kind, &[free.clone(), named(first + 11, rival.clone())]).await;
        expect_conflict(result, Constraint::CatalogueName, &rival);
        assert_eq!(get(ports, kind, free.id).await, None, "a refused seed was stored");
    }
    let twins = [named(first + 10, format!("twin #{first}")), named(first + 11, format!("twin #{first}"))];
    expect_conflict(try_seed(ports, kind, &twins).await, Constraint::CatalogueName, "two items of one name");
    let swapped = [named(first, stored[1].name.clone()), free.clone()];
    assert_eq!(seed(ports, kind, &swapped).await, 1, "the name of an item that is there does not matter");
    assert_eq!(get(ports, kind, first).await.as_ref(), Some(&stored[0]), "an item keeps its name");
}

/// Items that are added later collide with none that was seeded, also after one with a lower id was seeded.
pub async fn new_items_get_new_ids(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let seeded = items(first + 10, &["lower", "highest"]);
    seed(ports, kind, &seeded).await;
    let mut highest = seeded[1].id;
    for (number, below) in (0_i16..).zip(["", "below", ""]) {
        if !below.is_empty() {
            seed(ports, kind, &items(first, &[below])).await;
        }
        let added = ports.backdoor.add_catalogue_item(kind, &format!("added {number} #{first}"));
        assert!(added > highest, "{kind:?}: expected an id past {highest}, got {added}");
        highest = added;
    }
}

/// Nothing in a term is a pattern, and case does not matter.
pub async fn a_search_is_literal_and_ignores_case(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let names =
        ["100% cable", "100x cable", "under_score", "underxscore", "back\\slash", "r\u{fc}cken (oben)", "a.b*c"];
    let items = items(first, &names);
    seed(ports, kind, &items).await;
    for (term, expected) in [
        ("100% c", &[0][..]),
        ("%", &[0]),
        ("R_S", &[2]),
        ("_", &[2]),
        ("\\", &[4]),
        ("\\s", &[4]),
        ("R\u{dc}CKEN (", &[5]),
        ("a.b", &[6]),
        (".", &[6]),
        ("*", &[6]),
        ("aBLe #", &[0, 1]),
        ("under", &[2, 3]),
        ("cable 100", &[]),
        ("' OR true --", &[]),
    ] {
        let search = SearchTerm::parse(term).expect("a term");
        let filter = CatalogueFilter { search, sort: CatalogueSort::Id, order: SortOrder::Ascending };
        let mut found = list(ports, kind, &filter).await;
        // Other functions have items, too.
        found.retain(|item| (first..first + 100).contains(&item.id));
        let expected: Vec<_> = expected.iter().map(|&index: &usize| items[index].clone()).collect();
        assert_eq!(found, expected, "{kind:?}: search for {term:?}");
    }
}

/// By number, or by the code points of the name, and either way backwards.
pub async fn lists_are_sorted_both_ways(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let names = ["zug", "ab", "a-c", "a b", "\u{e4}b", "abc", "a_d", "9 fold", "10 fold"];
    seed(ports, kind, &items(first, &names)).await;
    let everything = list(ports, kind, &CatalogueFilter::default()).await;
    assert!(everything.len() >= names.len(), "{kind:?}: a list without a search has everything");
    for (sort, order) in [
        (CatalogueSort::Id, SortOrder::Ascending),
        (CatalogueSort::Id, SortOrder::Descending),
        (CatalogueSort::Name, SortOrder::Ascending),
        (CatalogueSort::Name, SortOrder::Descending),
    ] {
        for search in [None, SearchTerm::parse(&format!("#{first}")).expect("a term")] {
            let mut expected = everything.clone();
            expected.retain(|item| search.as_ref().is_none_or(|term| item.name.contains(term.as_str())));
            expected.sort_by_key(|item| match sort {
                CatalogueSort::Id => (String::new(), item.id),
                CatalogueSort::Name => (item.name.to_lowercase(), item.id),
            });
            if order == SortOrder::Descending {
                expected.reverse();
            }
            let found = list(ports, kind, &CatalogueFilter { search, sort, order }).await;
            assert_eq!(found, expected, "{kind:?} by {sort:?}, {order:?}");
        }
    }
    let default = CatalogueFilter { search: None, sort: CatalogueSort::Name, order: SortOrder::Ascending };
    assert_eq!(list(ports, kind, &default).await, everything, "lists are sorted by name unless asked otherwise");
}

/// Ids that nothing has, up to the ends of what an id can be.
pub async fn only_existing_items_are_found(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let items = items(first, &["found"]);
    seed(ports, kind, &items).await;
    assert_eq!(get(ports, kind, first).await.as_ref(), Some(&items[0]));
    for absent in [first + 1, 0, -first, i16::MIN, i16::MAX] {
        assert_eq!(get(ports, kind, absent).await, None, "{kind:?} {absent}");
    }
}

/// Of programs that start together, none fails.
pub async fn items_that_are_seeded_at_once_are_inserted_once(ports: &Ports<'_>, kind: CatalogueKind, first: i16) {
    let items = items(first, &["several", "at", "once"]);
    let mut reversed = items.clone();
    reversed.reverse();
    let units = join::all((0..8).map(|_| ports.begin())).await;
    let programs = units.into_iter().enumerate().map(|(number, mut unit)| {
        let items = if number % 2 == 0 { &items } else { &reversed };
        async move {
            let inserted = unit.catalogues().seed(kind, items).await.expect("several can seed at once");
            commit(unit).await;
            inserted
        }
    });
    assert_eq!(join::all(programs).await.iter().sum::<usize>(), items.len(), "{kind:?}: each item is inserted once");
}
