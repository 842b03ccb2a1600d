//! How much there is of everything.

use std::collections::BTreeMap;

use irontrack_domain::exercise::{Category, DifficultyLevel, Force, Mechanic};

use crate::{
    Findings,
    entries::{Catalogue, Entry, Item},
    holds, notices,
};

const LEAST_EXERCISES: usize = 600;
const LEAST_OF_A_MUSCLE: usize = 12;
/// There are few sensible exercises for the neck.
const LEAST_OF_THE_NECK: usize = 6;
/// Of every kind of equipment, category, tag, level, force and mechanic.
const LEAST_OF_THE_REST: usize = 15;
/// A tag that nearly every exercise has tells nothing.
const MOST_OF_A_TAG_PERCENT: usize = 75;

fn exercises_are_too_few(catalogue: &Catalogue) -> Findings {
    let count = catalogue.entries.len();
    if count < LEAST_EXERCISES { vec![format!("{count} exercises, at least {LEAST_EXERCISES}")] } else { Vec::new() }
}

/// How many exercises have which value.
fn count<'a, V>(catalogue: &'a Catalogue, values: impl Fn(&'a Entry) -> V) -> BTreeMap<&'a str, usize>
where
    V: IntoIterator<Item = &'a String>,
{
    let mut counts = BTreeMap::new();
    for value in catalogue.entries.iter().flat_map(values) {
        *counts.entry(value.as_str()).or_default() += 1;
    }
    counts
}

/// Which of the names stand in fewer exercises than they should.
fn too_few<'a>(
    what: &str,
    names: impl IntoIterator<Item = &'a str>,
    counts: &BTreeMap<&str, usize>,
    least: impl Fn(&str) -> usize,
) -> Findings {
    let too_few = names.into_iter().filter_map(|name| {
        let (count, least) = (counts.get(name).copied().unwrap_or(0), least(name));
        (count < least).then(|| format!("{what} {name}: {count} exercises, at least {least}"))
    });
    too_few.collect()
}

fn names(items: &[Item]) -> impl Iterator<Item = &str> {
    items.iter().map(|item| item.name.as_str())
}

fn muscles_are_missing(catalogue: &Catalogue) -> Findings {
    let counts = count(catalogue, |entry| &entry.primary_muscles);
    let least = |muscle: &str| if muscle == "neck" { LEAST_OF_THE_NECK } else { LEAST_OF_A_MUSCLE };
    too_few("muscle group", names(&catalogue.muscle_groups), &counts, least)
}

fn equipment_is_missing(catalogue: &Catalogue) -> Findings {
    let counts = count(catalogue, |entry| &entry.equipment);
    too_few("equipment", names(&catalogue.equipment), &counts, |_| LEAST_OF_THE_REST)
}

fn tags_are_missing_or_everywhere(catalogue: &Catalogue) -> Findings {
    let counts = count(catalogue, |entry| &entry.tags);
    let mut findings = too_few("tag", names(&catalogue.exercise_tags), &counts, |_| LEAST_OF_THE_REST);
    let most = catalogue.entries.len() * MOST_OF_A_TAG_PERCENT / 100;
    for (tag, count) in counts.into_iter().filter(|(_, count)| *count > most) {
        findings.push(format!("tag {tag}: {count} exercises, at most {most}"));
    }
    findings
}

fn classes_are_missing(catalogue: &Catalogue) -> Findings {
    let least = |_: &str| LEAST_OF_THE_REST;
    let categories = count(catalogue, |entry| [&entry.category]);
    let levels = count(catalogue, |entry| [&entry.difficulty_level]);
    let forces = count(catalogue, |entry| &entry.force);
    let mechanics = count(catalogue, |entry| &entry.mechanic);
    [
        too_few("category", Category::ALL.iter().map(|value| value.as_str()), &categories, least),
        too_few("level", DifficultyLevel::ALL.iter().map(|value| value.as_str()), &levels, least),
        too_few("force", Force::ALL.iter().map(|value| value.as_str()), &forces, least),
        too_few("mechanic", Mechanic::ALL.iter().map(|value| value.as_str()), &mechanics, least),
    ]
    .concat()
}

#[test]
fn there_are_enough_exercises() {
    holds(exercises_are_too_few);
    notices(exercises_are_too_few, |c| c.entries.truncate(599), "599 exercises, at least 600");
}

#[test]
fn every_muscle_group_is_the_first_of_enough_exercises() {
    holds(muscles_are_missing);
    let without_neck = |c: &mut Catalogue| {
        let mut left = 5;
        c.entries.retain(|entry| {
            let neck = entry.primary_muscles[0] == "neck";
            left -= i32::from(neck);
            !neck || left >= 0
        });
    };
    notices(muscles_are_missing, without_neck, "muscle group neck: 5 exercises, at least 6");
    let without_traps = |c: &mut Catalogue| c.entries.retain(|entry| entry.primary_muscles[0] != "traps");
    notices(muscles_are_missing, without_traps, "muscle group traps: 0 exercises, at least 12");
}

#[test]
fn every_equipment_is_used_often_enough() {
    holds(equipment_is_missing);
    let without_bands = |c: &mut Catalogue| c.entries.retain(|entry| !entry.needs("bands"));
    notices(equipment_is_missing, without_bands, "equipment bands: 0 exercises, at least 15");
}

#[test]
fn every_tag_is_used_often_enough_and_none_everywhere() {
    holds(tags_are_missing_or_everywhere);
    let untagged = |c: &mut Catalogue| c.entries.iter_mut().for_each(|entry| entry.tags.retain(|tag| tag != "hiit"));
    notices(tags_are_missing_or_everywhere, untagged, "tag hiit: 0 exercises, at least 15");
    let everywhere = |c: &mut Catalogue| {
        c.entries.truncate(600);
        c.entries.iter_mut().filter(|entry| !entry.has_tag("hiit")).for_each(|entry| entry.tags.push("hiit".into()));
    };
    let mut catalogue = Catalogue::read();
    everywhere(&mut catalogue);
    let findings = tags_are_missing_or_everywhere(&catalogue);
    assert!(findings.contains(&"tag hiit: 600 exercises, at most 450".to_owned()), "{findings:?}");
}

#[test]
fn every_category_level_force_and_mechanic_is_used_often_enough() {
    holds(classes_are_missing);
    let indoors = |c: &mut Catalogue| {
        c.entries.iter_mut().filter(|it| it.category == "cardio").for_each(|it| it.category = "strength".into());
    };
    notices(classes_are_missing, indoors, "category cardio: 0 exercises, at least 15");
    let easy = |c: &mut Catalogue| c.entries.iter_mut().for_each(|it| it.difficulty_level = "beginner".into());
    let mut catalogue = Catalogue::read();
    easy(&mut catalogue);
    let levels = ["level intermediate: 0 exercises, at least 15", "level expert: 0 exercises, at least 15"];
    assert_eq!(classes_are_missing(&catalogue), levels);
    let moving = |c: &mut Catalogue| {
        c.entries.iter_mut().filter(|it| it.force.as_deref() == Some("static")).for_each(|it| it.force = None);
    };
    notices(classes_are_missing, moving, "force static: 0 exercises, at least 15");
}
