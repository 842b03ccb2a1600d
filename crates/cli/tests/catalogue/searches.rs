//! What athletes type: the name or an alias of the right exercise is what they type, apart from case, hyphens, blanks and
//! plurals.

use crate::{Findings, entries::Catalogue, holds, notices, words::key};

/// A search, and the exercise that is meant.
const TYPED: [(&str, &str); 84] = [
    ("ab wheel", "Ab Wheel Rollout"),
    ("air squat", "Bodyweight Squat"),
    ("assault bike", "Air Bike"),
    ("back squat", "Barbell Back Squat"),
    ("bb row", "Bent-Over Barbell Row"),
    ("bench", "Barbell Bench Press"),
    ("bench press", "Barbell Bench Press"),
    ("bicep curls", "Barbell Curl"),
    ("bss", "Bulgarian Split Squat"),
    ("btn press", "Behind-the-Neck Press"),
    ("bulgarian split squats", "Bulgarian Split Squat"),
    ("burpees", "Burpee"),
    ("c&j", "Clean and Jerk"),
    ("c2b", "Chest-to-Bar Pull-Up"),
    ("calf raises", "Standing Calf Raise"),
    ("cgbp", "Close-Grip Bench Press"),
    ("chin ups", "Chin-Up"),
    ("chins", "Chin-Up"),
    ("clean & jerk", "Clean and Jerk"),
    ("db bench", "Dumbbell Bench Press"),
    ("db row", "One-Arm Dumbbell Row"),
    ("db shoulder press", "Seated Dumbbell Shoulder Press"),
    ("deadlifts", "Barbell Deadlift"),
    ("dips", "Chest Dip"),
    ("dl", "Barbell Deadlift"),
    ("double unders", "Double-Under"),
    ("face pulls", "Face Pull"),
    ("farmers carry", "Farmer's Walk"),
    ("farmers walk", "Farmer's Walk"),
    ("front squats", "Barbell Front Squat"),
    ("ghr", "Glute-Ham Raise"),
    ("good mornings", "Barbell Good Morning"),
    ("hack squat", "Machine Hack Squat"),
    ("hammer curls", "Hammer Curl"),
    ("hamstring curl", "Lying Leg Curl"),
    ("hip thrusts", "Barbell Hip Thrust"),
    ("hspu", "Handstand Push-Up"),
    ("incline db press", "Incline Dumbbell Bench Press"),
    ("jogging", "Running"),
    ("jumping jacks", "Jumping Jack"),
    ("k2e", "Knees-to-Elbows"),
    ("kb swing", "Kettlebell Swing"),
    ("kb swings", "Kettlebell Swing"),
    ("lat pull down", "Lat Pulldown"),
    ("lat raise", "Dumbbell Lateral Raise"),
    ("lateral raises", "Dumbbell Lateral Raise"),
    ("leg extensions", "Leg Extension"),
    ("lunges", "Bodyweight Lunge"),
    ("military press", "Barbell Overhead Press"),
    ("mountain climbers", "Mountain Climber"),
    ("muscle ups", "Muscle-Up"),
    ("nordics", "Nordic Hamstring Curl"),
    ("ohp", "Barbell Overhead Press"),
    ("ohs", "Overhead Squat"),
    ("overhead press", "Barbell Overhead Press"),
    ("pallof", "Cable Pallof Press"),
    ("pec dec", "Pec Deck Fly"),
    ("pistols", "Pistol Squat"),
    ("press ups", "Push-Up"),
    ("prowler", "Sled Push"),
    ("pull ups", "Pull-Up"),
    ("pullups", "Pull-Up"),
    ("push ups", "Push-Up"),
    ("rdl", "Romanian Deadlift"),
    ("rfess", "Bulgarian Split Squat"),
    ("sdhp", "Sumo Deadlift High Pull"),
    ("shrugs", "Barbell Shrug"),
    ("sit ups", "Sit-Up"),
    ("skullcrusher", "EZ-Bar Skull Crusher"),
    ("skull crushers", "EZ-Bar Skull Crusher"),
    ("sldl", "Stiff-Leg Deadlift"),
    ("squats", "Barbell Back Squat"),
    ("ssb squat", "Safety Bar Squat"),
    ("stairmaster", "Stair Climber"),
    ("step ups", "Step-Up"),
    ("t2b", "Toes-to-Bar"),
    ("tgu", "Turkish Get-Up"),
    ("thrusters", "Barbell Thruster"),
    ("tire flip", "Tyre Flip"),
    ("tricep pushdown", "Triceps Pushdown"),
    ("trx row", "Ring Row"),
    ("upright rows", "Barbell Upright Row"),
    ("walking lunges", "Dumbbell Walking Lunge"),
    ("wall balls", "Wall Ball"),
];

fn searches_miss(catalogue: &Catalogue) -> Findings {
    let missed = TYPED.iter().filter_map(|(typed, meant)| {
        let found = catalogue.entries.iter().find(|entry| entry.names().any(|name| key(name) == key(typed)));
        match found {
            Some(entry) if entry.name == *meant => None,
            Some(entry) => Some(format!("'{typed}' is {} instead of {meant}", entry.name)),
            None => Some(format!("'{typed}' should be an alias of {meant}")),
        }
    });
    missed.collect()
}

#[test]
fn what_athletes_type_is_a_name_or_alias() {
    holds(searches_miss);
    let without = |c: &mut Catalogue| c.entry("Romanian Deadlift").aliases.retain(|alias| alias != "RDL");
    notices(searches_miss, without, "'rdl' should be an alias of Romanian Deadlift");
    let moved = |c: &mut Catalogue| c.entries[0].aliases.push("T2B".into());
    notices(searches_miss, moved, "'t2b' is Crunch instead of Toes-to-Bar");
}
