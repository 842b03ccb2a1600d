//! Custom exercises.

use irontrack_domain::{
    ExerciseId, UserId,
    catalogue::CatalogueItem,
    exercise::{Category, DifficultyLevel, Exercise, ExerciseName, Force, Instructions, Mechanic},
};

use super::{
    element::{Wrong, at_most, by_rule, choice, optional, parse},
    wire,
};

/// The most muscles or pieces of equipment: more than a catalogue has of either.
const MOST_ITEMS: usize = 400;

pub(super) fn read(text: &str) -> Result<Exercise, Wrong> {
    let wire: wire::Exercise = parse(text)?;
    let lists = [("primaryMuscles", &wire.primary_muscles), ("secondaryMuscles", &wire.secondary_muscles)];
    for (path, items) in lists.into_iter().chain([("equipment", &wire.equipment)]) {
        at_most(path, items.len(), MOST_ITEMS)?;
    }
    Ok(Exercise {
        id: ExerciseId::new(wire.id),
        name: by_rule("name", &wire.name, ExerciseName::parse)?.as_str().to_owned(),
        primary_muscles: items(wire.primary_muscles),
        secondary_muscles: items(wire.secondary_muscles),
        force: wire.force.map(|force| choice("force", &force, Force::from_name)).transpose()?,
        difficulty_level: choice("difficultyLevel", &wire.difficulty_level, DifficultyLevel::from_name)?,
        mechanic: wire.mechanic.map(|mechanic| choice("mechanic", &mechanic, Mechanic::from_name)).transpose()?,
        equipment: items(wire.equipment),
        category: choice("category", &wire.category, Category::from_name)?,
        instructions: optional("instructions", wire.instructions, Instructions::parse)?
            .map(|instructions| instructions.as_str().to_owned()),
        image_path_start: None,
        image_path_end: None,
        tags: Vec::new(),
        slug: None,
        created_by: wire.created_by.map(UserId::new),
        created_at: wire.created_at,
        updated_at: wire.updated_at,
        aliases: Vec::new(),
        is_system_default: false,
    })
}

fn items(items: Vec<wire::Item>) -> Vec<CatalogueItem> {
    items.into_iter().map(|wire::Item { id, name }| CatalogueItem { id, name }).collect()
}
