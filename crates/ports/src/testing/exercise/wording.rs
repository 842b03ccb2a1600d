//! What a search finds however it is written: accents, hyphens, plurals, the order of words.

use irontrack_domain::exercise::Category;

use super::{
    aliases,
    model::{names, term},
    seed, stored, system,
    world::{World, custom},
};
use crate::{
    query::{ExerciseFilter, ExerciseOrder},
    repo::SystemExercise,
    testing::{Ports, store::at},
};

const SYSTEM: [(&str, &[&str]); 20] = [
    ("Pull-Up", &["Overhand Pull-Up"]),
    ("Wide-Grip Pull-Up Hold", &[]),
    ("Lat Pulldown", &["Cable Pulldown"]),
    ("Wide-Grip Lat Pulldown", &[]),
    ("Ångström Press", &["Łódź Raise", "Façade Séance"]),
    ("Farmer's Walk", &["Loaded Carry"]),
    ("Clean and Jerk", &["C&J"]),
    ("Dumbbell Fly", &["DB Flyes", "Chest Flies"]),
    ("EZ-Bar Skull Crusher", &["Skull Crusher"]),
    ("Sırt Çekişi", &["İtme"]),
    ("Straße Æon", &[]),
    ("Barbell Squat", &["Squat"]),
    ("Barbell Deadlift", &["Deadlift"]),
    ("Deficit Deadlift", &[]),
    ("Calf Raise", &["Heel Lift (both legs)"]),
    ("Kettlebell Swing", &["Two-Arm KB Swing"]),
    ("Heel Walk Raise", &[]),
    ("Bent Calf Raise", &[]),
    ("A Lunar Leap", &[]),
    ("Calf Hop", &["Lunar Leap"]),
];

const OWN: [&str; 3] = ["My Sumo Deadlift", "Zercher Hold", "a\u{30a}ngstro\u{308}m twice"];
const OF_OTHERS: [&str; 3] = ["Deadlift", "Zerhcer Lunge", "Pull-Ups for Two"];

/// Runs the whole suite.
pub async fn contract(ports: &Ports<'_>) {
    let world = create(ports).await;
    the_same_words_are_the_same_term(ports, &world).await;
    words_come_in_any_order(ports, &world).await;
    signs_and_single_letters(ports, &world).await;
    terms_that_no_name_can_match(ports, &world).await;
    whatever_a_name_contains_finds_it(ports, &world).await;
}

/// Exercises that are hard to write, own ones, others' and a hidden one.
pub(super) async fn create(ports: &Ports<'_>) -> World {
    let mut world = World::of_people(ports).await;
    let wanted = SYSTEM.map(|(name, other_names)| SystemExercise {
        aliases: Some(aliases(other_names)),
        ..system(&name.replace('\'', "’"))
    });
    let wanted = wanted.map(|exercise| match exercise.slug.as_str() {
        "barbell-squat" => SystemExercise { category: Category::Powerlifting, ..exercise },
        _ => exercise,
    });
    seed(ports, &wanted, at(100)).await;
    let hidden = SystemExercise { aliases: Some(aliases(&["Hidden Squat"])), ..system("Zerchre Squat") };
    seed(ports, std::slice::from_ref(&hidden), at(100)).await;
    ports.backdoor.hide_exercise(stored(ports, &hidden).await.id);
    for exercise in &wanted {
        world.exercises.push(stored(ports, exercise).await);
    }
    for (owner, names) in [(world.caller, OWN), (world.other, OF_OTHERS)] {
        for name in names {
            let exercise = custom(owner, name, 100);
            ports.backdoor.add_custom_exercise(&exercise);
            world.exercises.push(exercise);
        }
    }
    world
}

/// All that a term finds.
pub(super) fn searching(world: &World, text: &str) -> ExerciseFilter {
    ExerciseFilter { search: Some(term(text)), order: ExerciseOrder::Relevance, ..world.everything() }
}

/// What matches, which is what the model expects.
pub(super) async fn matching(ports: &Ports<'_>, world: &World, text: &str) -> Vec<String> {
    let found = world.check(ports, &searching(world, text)).await;
    names(&found).into_iter().map(str::to_owned).collect()
}

/// Case, accents, hyphens, blanks, apostrophes and plurals make no difference, and nor do short names of equipment.
async fn the_same_words_are_the_same_term(ports: &Ports<'_>, world: &World) {
    let pull_ups = ["Pull-Up", "Wide-Grip Pull-Up Hold"];
    for (texts, expected) in [
        (&["pull-up", "pullup", "pull up", "Pull-Ups", "pullups", "PULL–UPS", " pull  ups "][..], &pull_ups[..]),
        (
            &["lat pulldown", "lat pull down", "latpulldown", "Lat-Pull-Downs"],
            &["Lat Pulldown", "Wide-Grip Lat Pulldown"],
        ),
        (&["skullcrusher", "skull crushers", "SKULL-CRUSHER"], &["EZ-Bar Skull Crusher"]),
        (&["Ångström Press", "angstrom press", "A\u{30a}NGSTRO\u{308}M-PRESS", "ångstrom press"], &["Ångström Press"]),
        (&["Łódź", "lodz raise", "facade seance", "séance"], &["Ångström Press"]),
        (&["farmers walk", "farmer's walk", "farmer’s walks", "farmer walk"], &["Farmer’s Walk"]),
        (&["clean and jerk", "clean & jerk", "c&j", "c & j", "C and J"], &["Clean and Jerk"]),
        (&["dumbbell fly", "db fly", "dumbbell flies", "db flyes", "chest fly", "chest flys"], &["Dumbbell Fly"]),
        (&["kb swing", "kettlebell swings", "two arm kettlebell swing"], &["Kettlebell Swing"]),
        (&["sirt cekisi", "SIRT ÇEKIŞI", "sırt çekişi", "ITME", "itme", "İTME"], &["Sırt Çekişi"]),
        (&["strasse", "STRASSE", "straße", "aeon", "æon"], &["Straße Æon"]),
        (&["calves raise", "calf raises"], &["Calf Raise", "Bent Calf Raise"]),
    ] {
        for text in texts {
            assert_eq!(matching(ports, world, text).await, expected, "{text:?}");
        }
    }
}

/// All of them have to be there, in one name or in one alias; a word may be unfinished, a plural may not.
async fn words_come_in_any_order(ports: &Ports<'_>, world: &World) {
    let deadlifts = ["Barbell Deadlift", "Deficit Deadlift", "My Sumo Deadlift"];
    for (text, expected) in [
        ("walk farmers", &["Farmer’s Walk"][..]),
        ("pull down lat", &["Lat Pulldown", "Wide-Grip Lat Pulldown"]),
        ("swing two-arm kettlebell", &["Kettlebell Swing"]),
        ("deadlift deficit", &["Deficit Deadlift"]),
        ("pull-up wide", &["Wide-Grip Pull-Up Hold"]),
        ("lat pull down wide", &["Wide-Grip Lat Pulldown"]),
        ("wi lat", &["Wide-Grip Lat Pulldown"]),
        ("legs both heel", &["Calf Raise"]),
        ("heel raise", &["Heel Walk Raise"]),
        ("deadlifts", &deadlifts),
        ("dead", &deadlifts),
        ("dead lift", &deadlifts),
        ("sumo dead", &["My Sumo Deadlift"]),
        ("ups", &["Pull-Up", "Wide-Grip Pull-Up Hold"]),
        ("ups pull wide", &["Wide-Grip Pull-Up Hold"]),
        ("jer clea", &["Clean and Jerk"]),
        ("wid", &["Wide-Grip Lat Pulldown", "Wide-Grip Pull-Up Hold"]),
        ("wis", &[]),
        ("walk heel raise", &["Heel Walk Raise"]),
        ("raise calf", &["Calf Raise", "Bent Calf Raise"]),
        ("leap lunar", &["Calf Hop", "A Lunar Leap"]),
    ] {
        assert_eq!(matching(ports, world, text).await, expected, "{text:?}");
    }
}

/// Names that contain them, whatever they are.
async fn signs_and_single_letters(ports: &Ports<'_>, world: &World) {
    for (text, expected) in [
        ("’", &["Farmer’s Walk"][..]),
        ("(", &[]),
        ("--", &[]),
        ("...", &[]),
        ("?!", &[]),
        ("&", &["Clean and Jerk"]),
        ("%", &[]),
        ("_", &[]),
        ("\\", &[]),
        ("z", &["Zercher Hold", "EZ-Bar Skull Crusher"]),
        ("Æ", &["Straße Æon"]),
        ("j", &["Clean and Jerk"]),
        ("ß", &["Straße Æon", "Ångström Press"]),
    ] {
        let mut found = matching(ports, world, text).await;
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text:?}");
    }
    for text in ["-", "a", "ı", "I", "İ", "c", "Ç", "\u{301}"] {
        assert!(!matching(ports, world, text).await.is_empty(), "{text:?}");
    }
}

/// Nor do they take long.
async fn terms_that_no_name_can_match(ports: &Ports<'_>, world: &World) {
    let words: Vec<_> = (0..2000).map(|number| format!("p{number}")).collect();
    let long =
        ["x".repeat(10_000), words.join(" "), "pull up ".repeat(1000), "%".repeat(5000), "\u{301}x".repeat(5000)];
    for text in long {
        assert_eq!(matching(ports, world, &text).await, Vec::<String>::new(), "{}…", &text[..8]);
    }
    assert!(!matching(ports, world, &"pull up ".repeat(20)).await.is_empty(), "a word may stand twice");
}

/// Every piece of every name, in either case.
async fn whatever_a_name_contains_finds_it(ports: &Ports<'_>, world: &World) {
    for exercise in world.expected(&world.everything()) {
        let letters: Vec<char> = exercise.name.chars().collect();
        for length in [1, 2, 4, 7, letters.len()] {
            for piece in letters.windows(length) {
                let piece: String = piece.iter().collect();
                if piece.trim().is_empty() {
                    continue;
                }
                for text in [piece.to_uppercase(), piece] {
                    let found = matching(ports, world, &text).await;
                    assert!(found.contains(&exercise.name), "{text:?} finds {}: {found:?}", exercise.name);
                }
            }
        }
    }
}
