//! What is linked, and what is left out.

use irontrack_domain::{
    catalogue::CatalogueItem,
    exercise::{Category, DifficultyLevel, ExerciseName},
};

use super::*;

const MUSCLES: CatalogueKind = CatalogueKind::MuscleGroups;
const EQUIPMENT: CatalogueKind = CatalogueKind::Equipment;

fn item(kind: CatalogueKind, id: Option<i16>, name: &str) -> ImportedItem {
    ImportedItem { kind, id, name: CatalogueName::parse(name).unwrap() }
}

/// Two muscles and one piece of equipment are stored.
fn items(imported: Vec<ImportedItem>) -> Items {
    let stored = |id, name: &str| CatalogueItem { id, name: name.to_owned() };
    Items::new(
        vec![(MUSCLES, vec![stored(5, "biceps"), stored(6, "chest")]), (EQUIPMENT, vec![stored(9, "bands")])],
        imported,
    )
}

fn exercise(index: usize, name: &str, names: ItemNames) -> ImportedExercise {
    let name = ExerciseName::parse(name).unwrap();
    let exercise = SystemExercise {
        slug: name.slug().unwrap(),
        name,
        aliases: None,
        force: None,
        difficulty_level: DifficultyLevel::Beginner,
        mechanic: None,
        category: Category::Strength,
        instructions: None,
        pictures: None,
        equipment: vec![],
        primary_muscles: vec![],
        secondary_muscles: vec![],
        tags: None,
    };
    ImportedExercise { index, exercise, names }
}

fn names(primary: &[&str], secondary: &[&str], equipment: &[&str]) -> ItemNames {
    let [primary_muscles, secondary_muscles, equipment] =
        [primary, secondary, equipment].map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    ItemNames { primary_muscles, secondary_muscles, equipment, tags: None }
}

#[test]
fn an_item_is_known_by_its_name_and_keeps_its_id_if_it_can() {
    let items = items(vec![
        item(MUSCLES, Some(5), "Chest"),
        item(MUSCLES, Some(5), "neck"),
        item(MUSCLES, Some(7), "traps"),
        item(MUSCLES, Some(7), "lats"),
        item(MUSCLES, None, "lats"),
        item(EQUIPMENT, Some(5), "rope"),
    ]);
    let found = |kind, name| items.id(kind, name);
    assert_eq!((found(MUSCLES, "chest"), found(MUSCLES, " BICEPS ")), (Some(6), Some(5)), "stored ones stay");
    assert_eq!((found(MUSCLES, "traps"), found(EQUIPMENT, "rope")), (Some(7), Some(5)), "free ids are kept");
    assert_eq!((found(MUSCLES, "neck"), found(MUSCLES, "lats")), (Some(i16::MIN), Some(i16::MIN + 1)), "others wait");
    assert_eq!((found(MUSCLES, "bands"), found(EQUIPMENT, "x")), (None, None));
    let new: Vec<_> = items.new.iter().map(|item| (item.name.as_str(), item.is_id_invented)).collect();
    assert_eq!(new, [("neck", true), ("traps", false), ("lats", true), ("rope", false)]);
}

#[test]
fn names_become_ids_and_a_primary_muscle_is_not_secondary() {
    let imported = vec![exercise(0, "Curl", names(&["Biceps"], &["chest", "BICEPS"], &["bands"]))];
    let (exercises, left_out) = sort_out(imported, &items(vec![]));
    assert_eq!(left_out, []);
    let Some(curl) = exercises.first() else { panic!("it was left out") };
    assert_eq!((&*curl.primary_muscles, &*curl.secondary_muscles, &*curl.equipment), (&[5][..], &[6][..], &[9][..]));
    assert_eq!(curl.tags, None, "what the file does not know is not made up");
}

#[test]
fn an_exercise_is_imported_as_a_whole_or_left_out() {
    let imported = vec![
        exercise(0, "One", names(&["biceps", "wings"], &["tail"], &["sled"])),
        exercise(3, "Two Curl", names(&["biceps"], &[], &[])),
        exercise(4, "two-curl", names(&["chest"], &[], &[])),
        exercise(5, "One", names(&["chest"], &[], &[])),
    ];
    let (exercises, left_out) = sort_out(imported, &items(vec![]));
    let imported: Vec<_> = exercises.iter().map(|exercise| exercise.name.as_str()).collect();
    assert_eq!(imported, ["Two Curl", "One"]);
    let unknown = [(MUSCLES, "wings"), (MUSCLES, "tail"), (EQUIPMENT, "sled")];
    let unknown = unknown.map(|(kind, name)| (kind, name.to_owned())).to_vec();
    let left = |index, name: &str, reason| LeftOut { index, name: name.to_owned(), reason };
    assert_eq!(
        left_out,
        [
            left(0, "One", LeftOutReason::UnknownItems(unknown)),
            left(4, "two-curl", LeftOutReason::Repeated { first: 3 })
        ]
    );
}

#[test]
fn invented_ids_are_corrected() {
    let numbers = crate::setup::items::Numbers([((MUSCLES, -3), 12)].into());
    let mut ids = [-3, 5];
    numbers.correct(EQUIPMENT, &mut ids);
    assert_eq!(ids, [-3, 5]);
    numbers.correct(MUSCLES, &mut ids);
    assert_eq!(ids, [12, 5]);
}
