//! Names that people and apps give to exercises.

use std::time::{Duration, Instant};

use uuid::Uuid;

use super::*;

const NAMES: [&str; 14] = [
    "Barbell Bench Press",
    "Barbell Squat",
    "Barbell Back Squat",
    "Dumbbell Bench Press",
    "Incline Dumbbell Bench Press",
    "Romanian Deadlift",
    "Overhead Press",
    "Lat Pulldown",
    "Hip Adduction",
    "Hip Abduction",
    "Pull-Up",
    "Triceps Pushdown",
    "Leg Press",
    "Plank",
];

fn id(number: usize) -> ExerciseId {
    ExerciseId::new(Uuid::from_u128(u128::try_from(number).unwrap()))
}

fn candidates() -> Vec<Candidate<'static>> {
    let candidate = |(place, name)| Candidate { id: id(place), name, aliases: &[], is_custom: false };
    NAMES.into_iter().enumerate().map(candidate).collect()
}

fn found(name: &str) -> Option<(&'static str, MatchKind)> {
    let remembered = HashMap::new();
    let found = Matcher::new(candidates(), &remembered).find(name)?;
    let place = (0..NAMES.len()).find(|&place| id(place) == found.id)?;
    Some((NAMES[place], found.kind))
}

#[test]
fn the_order_of_words_does_not_matter() {
    for (name, expected) in [
        ("Squat (Barbell)", "Barbell Squat"),
        ("Bench Press (Barbell)", "Barbell Bench Press"),
        ("Bench Press - Dumbbell", "Dumbbell Bench Press"),
        ("Incline Bench Press (Dumbbell)", "Incline Dumbbell Bench Press"),
        ("Pull Ups", "Pull-Up"),
        ("OHP", "Overhead Press"),
        ("RDL", "Romanian Deadlift"),
        ("Adduction, Hip", "Hip Adduction"),
        ("Leg presses", "Leg Press"),
    ] {
        assert_eq!(found(name), Some((expected, MatchKind::Fuzzy { score: 100 })), "{name}");
    }
}

#[test]
fn misspelt_words_are_understood() {
    let Some(("Romanian Deadlift", MatchKind::Fuzzy { score })) = found("Romanian Deadlfit") else {
        panic!("{:?}", found("Romanian Deadlfit"))
    };
    assert!((90..100).contains(&score), "{score}");
    assert_eq!(found("Tricep Pushdown").map(|(name, _)| name), Some("Triceps Pushdown"));
}

#[test]
fn other_exercises_are_not_suggested() {
    for name in ["Kettlebell Swing", "", "()", "Barbell", "Press", "深蹲", "Bench Press (Smith Machine)"] {
        assert_eq!(found(name), None, "{name:?}");
    }
    assert_eq!(found("hip abductions").map(|(name, _)| name), Some("Hip Abduction"));
}

#[test]
fn what_was_said_before_comes_first() {
    let aliases = ["Hang".to_owned(), "Plank".to_owned()];
    let mut candidates = candidates();
    candidates[4].aliases = &aliases;
    let remembered = HashMap::from([("leg press".to_owned(), id(3)), ("plank".to_owned(), id(99))]);
    let matcher = Matcher::new(candidates, &remembered);
    let find = |name: &str| matcher.find(name).map(|found| (found.id, found.kind));
    assert_eq!(find("  LEG  press "), Some((id(3), MatchKind::Remembered)));
    assert_eq!(find("plank"), Some((id(13), MatchKind::Exact)), "what is remembered is gone, a name beats an alias");
    assert_eq!(find("HANG"), Some((id(4), MatchKind::Alias)));
}

#[test]
fn the_order_of_candidates_does_not_matter() {
    let twins = |is_custom| [3, 1, 2].map(|number| Candidate { id: id(number), name: "Dip", aliases: &[], is_custom });
    let remembered = HashMap::new();
    let own = Candidate { id: id(9), name: "DIP", aliases: &[], is_custom: true };
    let find = |candidates: Vec<Candidate<'_>>, name| Matcher::new(candidates, &remembered).find(name).map(|m| m.id);
    let mut candidates = twins(false).to_vec();
    assert_eq!(find(candidates.clone(), "dip"), Some(id(1)));
    assert_eq!(find(candidates.clone(), "Dips"), Some(id(1)));
    candidates.push(own);
    assert_eq!(find(candidates.clone(), "dip"), Some(id(9)));
    assert_eq!(find(candidates, "Dips"), Some(id(9)));
}

#[test]
fn names_that_are_too_long_are_not_compared() {
    let words = ["Squat", "Barbell"].map(str::to_owned);
    let name = |blanks: usize| format!("{}{}({})", words[0], " - ".repeat(blanks), words[1]);
    assert_eq!(found(&name(42)).map(|(name, _)| name), Some("Barbell Squat"));
    assert_eq!(found(&name(43)), None, "101 characters");
    let long = (0..200_000).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ");
    let begin = Instant::now();
    assert_eq!(found(&long), None);
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

/// The more names there are, the less is compared; what costs nothing is found all the same.
#[test]
fn any_number_of_names_takes_a_bounded_effort() {
    let remembered = HashMap::from([("press no. 7".to_owned(), id(3))]);
    let mut matcher = Matcher::new(candidates(), &remembered);
    matcher.effort = Effort::of(1_000_000);
    let is_compared = |number: u32| matcher.find(&format!("No. {number} Bench Press, Barbell")).is_some();
    let compared = (0..10_000).take_while(|&number| is_compared(number)).count();
    assert!((500..9_000).contains(&compared), "{compared} names were compared");
    assert!(matcher.effort.is_spent());
    assert_eq!(matcher.find("Squat (Barbell)"), None);
    assert_eq!(matcher.find("press no. 7").map(|found| found.kind), Some(MatchKind::Remembered));
    assert_eq!(matcher.find("plank").map(|found| found.kind), Some(MatchKind::Exact));
}
