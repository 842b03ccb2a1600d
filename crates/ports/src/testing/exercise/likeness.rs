//! What a search finds if nothing matches: what looks like it.

use irontrack_domain::exercise::Category;

use super::{
    model::{names, term},
    wording::{create, matching, searching},
    world::World,
};
use crate::{
    PageRequest, SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
    testing::Ports,
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    let world = create(ports).await;
    mistakes_are_forgiven(ports, &world).await;
    swapped_letters_always_find_the_exercise(ports, &world).await;
    a_known_term_is_not_misspelt(ports, &world).await;
    what_looks_alike_is_listed_like_anything(ports, &world).await;
    nothing_of_others_and_nothing_hidden(ports, &world).await;
}

/// What looks like the term; nothing matches it.
async fn alike(ports: &Ports<'_>, world: &World, filter: &ExerciseFilter) -> Vec<String> {
    assert_eq!(names(&world.expected(filter)), Vec::<&str>::new(), "something matches {filter:?}");
    let page = ports.exercises.page(filter).await.expect("exercises can be searched");
    assert_eq!(usize::try_from(page.total), Ok(page.items.len()), "the total of {filter:?}");
    names(&page.items).into_iter().map(str::to_owned).collect()
}

/// The best first. Two letters may be swapped, left out, doubled or wrong.
async fn mistakes_are_forgiven(ports: &Ports<'_>, world: &World) {
    for (text, best) in [
        ("deadlfit", "Barbell Deadlift"),
        ("daedlift", "Barbell Deadlift"),
        ("dedlift", "Barbell Deadlift"),
        ("deadliftt", "Barbell Deadlift"),
        ("sqaut", "Barbell Squat"),
        ("sqauts", "Barbell Squat"),
        ("suqat", "Barbell Squat"),
        ("barbel sqaut", "Barbell Squat"),
        ("sumo daedlfit", "My Sumo Deadlift"),
        ("ketlebell swing", "Kettlebell Swing"),
        ("kb sawing", "Kettlebell Swing"),
        ("latt pulldwon", "Lat Pulldown"),
        ("angstrm press", "Ångström Press"),
        ("farmres walk", "Farmer’s Walk"),
    ] {
        let found = alike(ports, world, &searching(world, text)).await;
        assert_eq!(found.first().map(String::as_str), Some(best), "{text:?}: {found:?}");
    }
    for text in ["xyzzy", "qwertzuiop", "dle", "deadlfit%", "deadlfit_", "dead|fit", "12345678"] {
        assert_eq!(alike(ports, world, &searching(world, text)).await, Vec::<String>::new(), "{text:?}");
    }
}

/// Wherever they are, in every name that is long enough.
async fn swapped_letters_always_find_the_exercise(ports: &Ports<'_>, world: &World) {
    for exercise in world.expected(&world.everything()) {
        let letters: Vec<char> = exercise.name.chars().collect();
        for at in 1..letters.len() {
            let mut typed = letters.clone();
            typed.swap(at - 1, at);
            let both_in_a_word = typed[at - 1].is_alphabetic() && typed[at].is_alphabetic();
            let text: String = typed.into_iter().collect();
            let filter = searching(world, &text);
            if !both_in_a_word || !world.expected(&filter).is_empty() {
                continue;
            }
            let found = alike(ports, world, &filter).await;
            assert!(found.contains(&exercise.name), "{text:?} finds {}: {found:?}", exercise.name);
        }
    }
}

/// Where a filter leaves nothing of what matches, nothing else comes in its place; what looks alike is filtered as well.
async fn a_known_term_is_not_misspelt(ports: &Ports<'_>, world: &World) {
    let own = ExerciseScope::User;
    for (text, filter, expected) in [
        ("squat", ExerciseFilter { category: Some(Category::Strength), ..world.everything() }, &[][..]),
        ("sqaut", ExerciseFilter { category: Some(Category::Strength), ..world.everything() }, &[]),
        ("sqaut", ExerciseFilter { category: Some(Category::Powerlifting), ..world.everything() }, &["Barbell Squat"]),
        ("barbell deadlift", ExerciseFilter { scope: own, ..world.everything() }, &[]),
        ("deadlfit", ExerciseFilter { scope: own, ..world.everything() }, &["My Sumo Deadlift"]),
        ("deadlfit", ExerciseFilter { tags: vec![999], ..world.everything() }, &[]),
    ] {
        let filter = ExerciseFilter { search: Some(term(text)), ..filter };
        assert_eq!(alike(ports, world, &filter).await, expected, "{filter:?}");
    }
}

/// By name if asked for, on pages that fit together, with one total.
async fn what_looks_alike_is_listed_like_anything(ports: &Ports<'_>, world: &World) {
    let by_relevance = searching(world, "deadlfit");
    let by_name = ExerciseFilter { search: by_relevance.search.clone(), ..world.everything() };
    let descending =
        ExerciseFilter { order: ExerciseOrder::By(ExerciseSort::Name, SortOrder::Descending), ..by_name.clone() };
    let best_first = alike(ports, world, &by_relevance).await;
    assert_eq!(best_first, ["Barbell Deadlift", "Deficit Deadlift", "My Sumo Deadlift"]);
    let mut sorted = best_first.clone();
    sorted.sort();
    assert_eq!(alike(ports, world, &by_name).await, sorted);
    sorted.reverse();
    assert_eq!(alike(ports, world, &descending).await, sorted);
    for (offset, expected) in best_first.iter().enumerate() {
        let offset = i64::try_from(offset).expect("a small number");
        let filter = ExerciseFilter { page: PageRequest { limit: 1, offset }, ..by_relevance.clone() };
        let page = ports.exercises.page(&filter).await.expect("a page");
        assert_eq!((names(&page.items), page.total), (vec![expected.as_str()], 3), "{offset}");
    }
    let far = ExerciseFilter { page: PageRequest { limit: 5, offset: 3 }, ..by_relevance };
    let page = ports.exercises.page(&far).await.expect("a page past the end");
    assert_eq!((page.items.len(), page.total), (0, 3));
}

/// However it is searched for; and they do not make a term a known one.
async fn nothing_of_others_and_nothing_hidden(ports: &Ports<'_>, world: &World) {
    assert_eq!(alike(ports, world, &searching(world, "zerhcer")).await, ["Zercher Hold"]);
    assert_eq!(alike(ports, world, &searching(world, "zerchre")).await, ["Zercher Hold"]);
    assert_eq!(matching(ports, world, "two").await, ["Kettlebell Swing"], "an alias, and no exercise of somebody else");
    let other = ExerciseFilter { caller: world.other, ..searching(world, "zerhcer") };
    assert_eq!(names(&world.check(ports, &other).await), ["Zerhcer Lunge"], "its owner finds it");
    let other = ExerciseFilter { caller: world.other, ..searching(world, "sumo") };
    assert_eq!(names(&world.check(ports, &other).await), Vec::<&str>::new());
}
