//! Whether what is prescribed makes sense for the exercise and for whom the programme is.

use std::collections::BTreeSet;

use irontrack_application::setup::Programme;
use irontrack_domain::{
    exercise::{DifficultyLevel, Slug},
    training::Mode,
};

use super::{Programmes, has_tag, holds, notices};
use crate::{Findings, entries::Entry};

const ENTRIES: [usize; 2] = [2, 8];

fn modes_are_odd(programmes: &Programmes) -> Findings {
    let is_held = |exercise: &Entry| {
        let is_static = exercise.force.as_deref() == Some("static");
        exercise.has_tag("isometric") || (exercise.category == "stretching" && is_static)
    };
    let goes_somewhere = |exercise: &Entry| {
        let name = &exercise.name;
        ["cardio", "strongman"].contains(&exercise.category.as_str()) || name.contains("Walk") || name.contains("Carry")
    };
    let mut findings = Findings::new();
    for (_, unit, entry, exercise) in programmes.entries() {
        let has_time = entry.prescription.targets.time_seconds.is_some();
        if is_held(exercise) && !(entry.mode == Mode::Time && has_time) {
            findings.push(format!("{}: {} is held and goes by the clock", unit.slug, exercise.slug));
        }
        if entry.mode == Mode::Distance && !goes_somewhere(exercise) {
            findings.push(format!("{}: {} goes nowhere", unit.slug, exercise.slug));
        }
    }
    findings
}

fn equipment_is_not_there(programmes: &Programmes) -> Findings {
    let allowed = |programme: &Programme, equipment: &str| {
        let only = |tag: &str, names: &[&str]| !has_tag(programme, tag) || names.contains(&equipment);
        only("no equipment", &["body only"])
            && only("dumbbells only", &["body only", "dumbbell"])
            && only("kettlebells only", &["body only", "kettlebells"])
            && only("outdoor", &["body only"])
    };
    let mut findings = Findings::new();
    for (programme, unit, _, exercise) in programmes.entries() {
        let missing = exercise.equipment.iter().find(|equipment| !allowed(programme, equipment));
        findings.extend(missing.map(|name| format!("{}: {} needs {name}", unit.slug, exercise.slug)));
        if has_tag(programme, "no equipment") && exercise.has_tag("hanging") {
            findings.push(format!("{}: {} needs a bar to hang from", unit.slug, exercise.slug));
        }
    }
    findings
}

fn exercises_are_too_hard(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for (programme, unit, _, exercise) in programmes.entries() {
        let is_for_experts = programme.plan.difficulty_level == DifficultyLevel::Expert;
        if exercise.difficulty_level == "expert" && !is_for_experts {
            findings.push(format!("{}: {} is for experts", unit.slug, exercise.slug));
        }
    }
    findings
}

fn units_are_odd(programmes: &Programmes) -> Findings {
    let mut findings = Findings::new();
    for unit in programmes.list.iter().flat_map(|programme| &programme.units) {
        let [fewest, most] = ENTRIES;
        let count = unit.entries.len();
        if !(fewest..=most).contains(&count) {
            findings.push(format!("{}: {count} exercises, {fewest} to {most} are allowed", unit.slug));
        }
        // Who runs walks before and after.
        let entries = unit.entries.iter().filter(|entry| entry.exercise.as_str() != "walking");
        let mut seen = BTreeSet::new();
        let twice = entries.filter(|entry| !seen.insert(entry.exercise.as_str()));
        findings.extend(twice.map(|entry| format!("{}: {} comes twice", unit.slug, entry.exercise)));
    }
    findings
}

/// Puts another exercise where the first one of a programme stands.
fn exchange(programmes: &mut Programmes, slug: &str, from: &str, to: &str) {
    assert!(programmes.catalogue.entries.iter().any(|entry| entry.slug == to), "{to} is an exercise");
    let exercise = Slug::from_stored(to.to_owned());
    let units = &mut programmes.programme(slug).units;
    let mut entries = units.iter_mut().flat_map(|unit| &mut unit.entries);
    entries.find(|entry| entry.exercise.as_str() == from).expect("the programme has the exercise").exercise = exercise;
}

#[test]
fn modes_suit_the_exercises() {
    holds(modes_are_odd);
    let held = |p: &mut Programmes| exchange(p, "no-equipment-home-strength", "bodyweight-squat", "wall-sit");
    notices(modes_are_odd, held, "no-equipment-home-strength-push-learn: wall-sit is held and goes by the clock");
    let nowhere = |p: &mut Programmes| exchange(p, "full-body-foundations", "farmer-s-walk", "push-up");
    notices(modes_are_odd, nowhere, "full-body-foundations-c: push-up goes nowhere");
}

#[test]
fn what_a_programme_needs_is_there() {
    holds(equipment_is_not_there);
    let rope = |p: &mut Programmes| exchange(p, "dumbbells-only-muscle", "dumbbell-fly", "cable-crossover");
    notices(equipment_is_not_there, rope, "dumbbells-only-muscle-upper-press: cable-crossover needs cable");
    let bar = |p: &mut Programmes| exchange(p, "no-equipment-home-strength", "push-up", "pull-up");
    let finding = "no-equipment-home-strength-push-build: pull-up needs a bar to hang from";
    notices(equipment_is_not_there, bar, finding);
}

#[test]
fn nobody_meets_an_exercise_that_is_too_hard() {
    holds(exercises_are_too_hard);
    let hard = |p: &mut Programmes| exchange(p, "full-body-foundations", "plank", "planche");
    notices(exercises_are_too_hard, hard, "full-body-foundations-a: planche is for experts");
}

#[test]
fn units_are_neither_too_long_nor_do_they_repeat_themselves() {
    holds(units_are_odd);
    let short = |p: &mut Programmes| p.programme("kettlebell-three-days").units[0].entries.truncate(1);
    notices(units_are_odd, short, "kettlebell-three-days-strength: 1 exercises, 2 to 8 are allowed");
    let twice = |p: &mut Programmes| exchange(p, "full-body-foundations", "plank", "seated-cable-row");
    notices(units_are_odd, twice, "full-body-foundations-a: seated-cable-row comes twice");
}
