//! Names of other apps, and our catalogue.

use std::{collections::HashMap, fs, path::Path};

use irontrack_domain::ExerciseId;
use irontrack_interchange::{Candidate, MatchKind, Matcher};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Entry {
    name: String,
    aliases: Vec<String>,
}

fn catalogue() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/exercises");
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    files.flat_map(|file| serde_json::from_str::<Vec<Entry>>(&file).unwrap()).collect()
}

#[test]
fn exercises_of_other_apps_are_found_in_the_catalogue() {
    let entries = catalogue();
    assert!(entries.len() > 500, "{}", entries.len());
    let id = |place: usize| ExerciseId::new(Uuid::from_u128(place as u128));
    let candidates = entries.iter().enumerate().map(|(place, entry)| Candidate {
        id: id(place),
        name: &entry.name,
        aliases: &entry.aliases,
        is_custom: false,
    });
    let remembered = HashMap::new();
    let matcher = Matcher::new(candidates, &remembered);
    let find = |name: &str| {
        let found = matcher.find(name)?;
        let (_, entry) = entries.iter().enumerate().find(|(place, _)| id(*place) == found.id)?;
        Some((entry.name.as_str(), found.kind))
    };
    for (name, expected) in [
        ("Bench Press (Barbell)", "Barbell Bench Press"),
        ("Bench Press (Dumbbell)", "Dumbbell Bench Press"),
        ("Incline Bench Press (Dumbbell)", "Incline Dumbbell Bench Press"),
        ("Squat (Barbell)", "Barbell Back Squat"),
        ("Squat (Smith Machine)", "Smith Machine Squat"),
        ("Front Squat (Barbell)", "Barbell Front Squat"),
        ("Deadlift (Barbell)", "Barbell Deadlift"),
        ("Romanian Deadlift (Barbell)", "Romanian Deadlift"),
        ("Overhead Press (Barbell)", "Barbell Overhead Press"),
        ("Shoulder Press (Dumbbell)", "Seated Dumbbell Shoulder Press"),
        ("Lat Pulldown (Cable)", "Lat Pulldown"),
        ("Pull Up", "Pull-Up"),
        ("Pullups", "Pull-Up"),
        ("Pull Up (Weighted)", "Weighted Pull-Up"),
        ("Bicep Curl (Barbell)", "Barbell Curl"),
        ("Bicep Curl (Dumbbell)", "Dumbbell Curl"),
        ("Seated Row (Cable)", "Seated Cable Row"),
        ("Bent Over Row (Barbell)", "Bent-Over Barbell Row"),
        ("Lateral Raise (Dumbbell)", "Dumbbell Lateral Raise"),
        ("Face Pull (Cable)", "Face Pull"),
        ("Leg Extension (Machine)", "Leg Extension"),
        ("Seated Leg Curl (Machine)", "Seated Leg Curl"),
        ("Hip Thrust (Barbell)", "Barbell Hip Thrust"),
        ("Hip Adduction (Machine)", "Machine Hip Adduction"),
        ("Hip Abduction (Machine)", "Machine Hip Abduction"),
        ("Farmers Walk", "Farmer's Walk"),
        ("Chest Press (Machine)", "Machine Chest Press"),
        ("Push Ups", "Push-Up"),
        ("Running (Treadmill)", "Treadmill Running"),
        ("Running", "Running"),
        ("Plank", "Plank"),
    ] {
        assert_eq!(find(name).map(|(found, _)| found), Some(expected), "{name}");
    }
    for name in ["Yoga", "Meditation", "Physio homework", "Exercise 3"] {
        assert_eq!(find(name), None, "{name}");
    }
    for entry in &entries {
        assert_eq!(find(&entry.name.to_uppercase()), Some((entry.name.as_str(), MatchKind::Exact)));
    }
}
