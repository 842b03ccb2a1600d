//! The single fields of an entry: lengths, slugs, repetitions, and the ids that installations rely on.

use std::collections::{BTreeMap, BTreeSet};

use irontrack_domain::exercise::ExerciseName;

use crate::{
    Findings,
    entries::{Catalogue, Item},
    holds, notices,
};

/// The names of the lists in the order of their ids, which count from 1. They are in the databases of installations.
const MUSCLE_GROUPS: [&str; 17] = [
    "abdominals",
    "hamstrings",
    "adductors",
    "quadriceps",
    "biceps",
    "shoulders",
    "chest",
    "middle back",
    "calves",
    "glutes",
    "lower back",
    "lats",
    "triceps",
    "traps",
    "forearms",
    "neck",
    "abductors",
];
const EQUIPMENT: [&str; 12] = [
    "body only",
    "machine",
    "other",
    "foam roll",
    "kettlebells",
    "dumbbell",
    "cable",
    "barbell",
    "bands",
    "medicine ball",
    "exercise ball",
    "e-z curl bar",
];
const TAGS: [&str; 25] = [
    "home friendly",
    "outdoor",
    "travel friendly",
    "unilateral",
    "bilateral",
    "explosive",
    "high impact",
    "isometric",
    "warm-up",
    "cool-down",
    "rehab",
    "posture correction",
    "core stability",
    "mobility",
    "stability",
    "activation",
    "hiit",
    "standing",
    "seated",
    "lying",
    "hanging",
    "squat pattern",
    "hinge pattern",
    "rotation",
    "balance",
];

fn ids_moved(catalogue: &Catalogue) -> Findings {
    let moved = |list: &str, items: &[Item], fixed: &[&str]| -> Findings {
        let found: BTreeMap<i16, &str> = items.iter().map(|item| (item.id, item.name.as_str())).collect();
        let wanted = (1_i16..).zip(fixed.iter().copied());
        let mut findings: Findings = wanted
            .filter(|(id, name)| found.get(id) != Some(name))
            .map(|(id, name)| format!("{list}: {id} must be {name}"))
            .collect();
        if items.len() != fixed.len() {
            findings.push(format!("{list}: {} items instead of {}", items.len(), fixed.len()));
        }
        findings
    };
    [
        moved("muscle groups", &catalogue.muscle_groups, &MUSCLE_GROUPS),
        moved("equipment", &catalogue.equipment, &EQUIPMENT),
        moved("tags", &catalogue.exercise_tags, &TAGS),
    ]
    .concat()
}

fn slugs_are_wrong(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    let mut seen = BTreeSet::new();
    for entry in &catalogue.entries {
        let slug = ExerciseName::parse(&entry.name).and_then(|name| name.slug());
        if !slug.is_ok_and(|slug| slug.as_str() == entry.slug) {
            findings.push(format!("{}: {} is not the slug of this name", entry.name, entry.slug));
        }
        if !seen.insert(entry.slug.as_str()) {
            findings.push(format!("{}: another exercise has the slug {}", entry.name, entry.slug));
        }
    }
    findings
}

/// Characters of a text, or members of a list: fewest and most.
const NAME: [usize; 2] = [3, 60];
const ALIAS: [usize; 2] = [2, 60];
const INSTRUCTIONS: [usize; 2] = [150, 700];
const ALIASES: [usize; 2] = [0, 6];
const EQUIPMENT_OF_ONE: [usize; 2] = [1, 2];
const PRIMARY_MUSCLES: [usize; 2] = [1, 2];
const SECONDARY_MUSCLES: [usize; 2] = [0, 6];
const TAGS_OF_ONE: [usize; 2] = [1, 8];

fn lengths_are_wrong(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        let mut check = |what: &str, length: usize, [least, most]: [usize; 2]| {
            if !(least..=most).contains(&length) {
                findings.push(format!("{}: {what} has length {length}, {least} to {most} are allowed", entry.name));
            }
        };
        check("name", entry.name.chars().count(), NAME);
        for alias in &entry.aliases {
            check(&format!("alias {alias}"), alias.chars().count(), ALIAS);
        }
        check("instructions", entry.instructions.chars().count(), INSTRUCTIONS);
        check("aliases", entry.aliases.len(), ALIASES);
        check("equipment", entry.equipment.len(), EQUIPMENT_OF_ONE);
        check("primary_muscles", entry.primary_muscles.len(), PRIMARY_MUSCLES);
        check("secondary_muscles", entry.secondary_muscles.len(), SECONDARY_MUSCLES);
        check("tags", entry.tags.len(), TAGS_OF_ONE);
    }
    findings
}

fn lists_repeat_themselves(catalogue: &Catalogue) -> Findings {
    let mut findings = Findings::new();
    for entry in &catalogue.entries {
        let muscles = [entry.primary_muscles.as_slice(), &entry.secondary_muscles].concat();
        for (what, list) in [("muscle", &muscles), ("equipment", &entry.equipment), ("tag", &entry.tags)] {
            let mut seen = BTreeSet::new();
            for name in list.iter().filter(|name| !seen.insert(name.as_str())) {
                findings.push(format!("{}: the {what} {name} stands twice", entry.name));
            }
        }
    }
    findings
}

fn files_are_wrong(catalogue: &Catalogue) -> Findings {
    let wrong = catalogue.entries.iter().filter_map(|entry| {
        let file = entry.primary_muscles.first()?.replace(' ', "-");
        (file != entry.file).then(|| format!("{}: stands in {}.json instead of {file}.json", entry.name, entry.file))
    });
    wrong.collect()
}

#[test]
fn ids_keep_their_meaning() {
    holds(ids_moved);
    notices(ids_moved, |c| c.exercise_tags[24].id = 26, "tags: 25 must be balance");
    notices(ids_moved, |c| c.equipment[0].name = "none".into(), "equipment: 1 must be body only");
    let one_more = |c: &mut Catalogue| c.muscle_groups.push(Item { id: 18, name: "shins".into() });
    notices(ids_moved, one_more, "muscle groups: 18 items instead of 17");
}

#[test]
fn slugs_are_those_of_the_names_and_unique() {
    holds(slugs_are_wrong);
    let finding = "Plank: front-plank is not the slug of this name";
    notices(slugs_are_wrong, |c| c.entry("Plank").slug = "front-plank".into(), finding);
    let twice = |c: &mut Catalogue| {
        let entry = c.entry("Plank");
        (entry.name, entry.slug) = ("Box-Jump".into(), "box-jump".into());
    };
    notices(slugs_are_wrong, twice, "Box Jump: another exercise has the slug box-jump");
}

#[test]
fn texts_and_lists_are_neither_too_short_nor_too_long() {
    holds(lengths_are_wrong);
    let finding = "Plank: instructions has length 6, 150 to 700 are allowed";
    notices(lengths_are_wrong, |c| c.entry("Plank").instructions = "Plank.".into(), finding);
    let finding = "Plank: alias P has length 1, 2 to 60 are allowed";
    notices(lengths_are_wrong, |c| c.entry("Plank").aliases.push("P".into()), finding);
    notices(lengths_are_wrong, |c| c.entry("Plank").tags.clear(), "Plank: tags has length 0, 1 to 8 are allowed");
}

#[test]
fn no_list_names_anything_twice_and_no_muscle_is_primary_and_secondary() {
    holds(lists_repeat_themselves);
    let finding = "Plank: the muscle abdominals stands twice";
    notices(lists_repeat_themselves, |c| c.entry("Plank").secondary_muscles.push("abdominals".into()), finding);
    let finding = "Plank: the tag isometric stands twice";
    notices(lists_repeat_themselves, |c| c.entry("Plank").tags.push("isometric".into()), finding);
}

#[test]
fn every_exercise_stands_in_the_file_of_its_first_primary_muscle() {
    holds(files_are_wrong);
    let finding = "Plank: stands in abdominals.json instead of lower-back.json";
    notices(files_are_wrong, |c| c.entry("Plank").primary_muscles[0] = "lower back".into(), finding);
}
