//! What a search finds, best first.

use super::{
    model::{names, term},
    world::World,
};
use crate::{
    SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
    testing::Ports,
};

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    let world = World::create(ports).await;
    the_best_matches_come_first(ports, &world).await;
    nothing_in_a_term_is_a_pattern(ports, &world).await;
    an_alias_counts_like_a_name(ports, &world).await;
    relevance_without_a_search_is_the_name(ports, &world).await;
}

async fn found(ports: &Ports<'_>, world: &World, text: &str) -> Vec<String> {
    let filter = ExerciseFilter { search: Some(term(text)), order: ExerciseOrder::Relevance, ..world.everything() };
    let found = world.check(ports, &filter).await;
    names(&found).into_iter().map(str::to_owned).collect()
}

/// The name itself, an alias, the start of the name, words of the name or of an alias, a piece of the name; then by name,
/// then by id.
async fn the_best_matches_come_first(ports: &Ports<'_>, world: &World) {
    let expected = [
        "Press",
        "Shoulder Raise",
        "press-up",
        "Pressing Drill",
        "Bench Press",
        "bench press",
        "Leg-Press",
        "Row",
        "Compressor",
        "Compressor",
        "compressor Two",
        "Espresso Hold",
    ];
    for text in ["press", "PRESS", " pReSS\t"] {
        assert_eq!(found(ports, world, text).await, expected, "{text:?}");
    }
    let user = ExerciseFilter {
        search: Some(term("press")),
        order: ExerciseOrder::Relevance,
        scope: ExerciseScope::User,
        ..world.everything()
    };
    assert_eq!(names(&world.check(ports, &user).await), ["bench press", "Compressor", "compressor Two"]);
}

/// Neither for `LIKE` nor for regular expressions; and letters of all languages have two cases.
async fn nothing_in_a_term_is_a_pattern(ports: &Ports<'_>, world: &World) {
    let holds = ["Back\\Slash Hold", "Espresso Hold", "Floor Hold (1.5)", "Floor Hold 1x5", "Snake_Case Hold"];
    for (text, expected) in [
        ("1.5", &["Floor Hold (1.5)", "Floor Hold 1x5"][..]),
        ("(1.5)", &["Floor Hold (1.5)", "Floor Hold 1x5"]),
        ("(", &["Floor Hold (1.5)"]),
        ("hold (", &holds),
        ("100%", &["100% Effort"]),
        ("%", &["100% Effort"]),
        ("100_", &[]),
        ("_", &["Snake_Case Hold"]),
        ("e_c", &["Snake_Case Hold"]),
        ("snake%case", &[]),
        ("\\", &["Back\\Slash Hold"]),
        ("\\s", &["Back\\Slash Hold"]),
        ("\\m", &[]),
        ("back\\slash hold", &["Back\\Slash Hold"]),
        ("[a-z]", &[]),
        ("p.*ess", &[]),
        ("^press", &[]),
        ("press$", &[]),
        ("press|row", &[]),
        ("' OR 1=1 --", &[]),
        ("\u{fc}BUNG", &["\u{dc}bung", "\u{dc}bung f\u{fc}r Profis"]),
        ("F\u{dc}R", &["\u{dc}bung f\u{fc}r Profis"]),
        ("hold", &holds),
        ("case", &["Snake_Case Hold"]),
    ] {
        assert_eq!(found(ports, world, text).await, expected, "{text:?}");
    }
}

/// As a whole more than by its words, but not by a piece of it.
async fn an_alias_counts_like_a_name(ports: &Ports<'_>, world: &World) {
    for (text, expected) in [
        ("raise it", &["Shoulder Raise"][..]),
        ("Raise IT", &["Shoulder Raise"]),
        ("raise i", &["Shoulder Raise"]),
        ("it raise", &["Shoulder Raise"]),
        ("aise", &["Shoulder Raise"]),
        ("fne", &[]),
        ("push-up", &["press-up"]),
        ("flat press", &["Bench Press"]),
        ("flat", &["Bench Press"]),
        ("press it", &["Row"]),
        ("1.5 alias", &["Floor Hold 1x5"]),
        ("\u{f6}FFNER", &["\u{dc}bung f\u{fc}r Profis"]),
        ("all_out", &[]),
        ("all%", &[]),
    ] {
        assert_eq!(found(ports, world, text).await, expected, "{text:?}");
    }
    let by_name = ExerciseFilter {
        search: Some(term("press")),
        order: ExerciseOrder::By(ExerciseSort::Name, SortOrder::Descending),
        scope: ExerciseScope::System,
        ..world.everything()
    };
    let first = world.check(ports, &by_name).await;
    assert_eq!(names(&first)[0], "Shoulder Raise", "an alias is found in whatever order");
}

/// As the other order does it.
async fn relevance_without_a_search_is_the_name(ports: &Ports<'_>, world: &World) {
    let by_name = world.check(ports, &world.everything()).await;
    let filter = ExerciseFilter { order: ExerciseOrder::Relevance, ..world.everything() };
    assert_eq!(world.check(ports, &filter).await, by_name);
}
