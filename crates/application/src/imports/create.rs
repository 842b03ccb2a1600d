//! Custom exercises that an import makes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId,
    catalogue::CatalogueKind,
    exercise::{Category, DifficultyLevel, ExerciseName, assisting},
};
use irontrack_ports::{
    UnitOfWork,
    repo::{ExerciseDefinition, ImportedName, NameDecision, NewExercise, Ownership},
};
use uuid::Uuid;

use super::{ImportError, Importer};
use crate::ExerciseError;

/// Makes an exercise of each of these names, and answers which it became. Names that differ in their case only are one.
pub(super) async fn create(
    work: &mut dyn UnitOfWork,
    importer: Importer,
    names: &[&ImportedName],
    now: DateTime<Utc>,
) -> Result<Vec<(u32, ExerciseId)>, ImportError> {
    let mut made = HashMap::new();
    let mut targets = Vec::with_capacity(names.len());
    for name in names {
        let mut definition = definition(name)?;
        let key = definition.name.as_str().to_lowercase();
        let id = if let Some(id) = made.get(&key) {
            *id
        } else {
            keep_existing(work, &mut definition).await?;
            let id = insert(work, importer, definition, now).await?;
            made.insert(key, id);
            id
        };
        targets.push((name.number, id));
    }
    Ok(targets)
}

/// What the file says about it, or as little as can be said about an exercise of which only the name is known.
fn definition(name: &ImportedName) -> Result<ExerciseDefinition, ImportError> {
    let muscles = match &name.decision {
        Some(NameDecision::Create { primary_muscles }) => primary_muscles.as_slice(),
        _ => &[],
    };
    let mut definition = match &name.definition {
        Some(definition) => definition.clone(),
        None => ExerciseDefinition {
            name: ExerciseName::parse(&name.name).map_err(|_| ImportError::Unmapped(vec![name.name.clone()]))?,
            force: None,
            difficulty_level: DifficultyLevel::Beginner,
            mechanic: None,
            category: Category::Strength,
            instructions: None,
            primary_muscles: Vec::new(),
            secondary_muscles: Vec::new(),
            equipment: Vec::new(),
        },
    };
    if !muscles.is_empty() {
        definition.primary_muscles = muscles.to_vec();
        definition.secondary_muscles = assisting(muscles, &definition.secondary_muscles);
    }
    Ok(definition)
}

/// Leaves out what has gone since the file was read, and keeps the rest.
async fn keep_existing(work: &mut dyn UnitOfWork, definition: &mut ExerciseDefinition) -> Result<(), ImportError> {
    let lists = [
        (CatalogueKind::MuscleGroups, &mut definition.primary_muscles),
        (CatalogueKind::MuscleGroups, &mut definition.secondary_muscles),
        (CatalogueKind::Equipment, &mut definition.equipment),
    ];
    for (kind, ids) in lists {
        if !ids.is_empty() {
            let there = work.catalogues().lock_existing(kind, ids).await?;
            ids.retain(|id| there.contains(id));
        }
    }
    Ok(())
}

async fn insert(
    work: &mut dyn UnitOfWork,
    importer: Importer,
    definition: ExerciseDefinition,
    now: DateTime<Utc>,
) -> Result<ExerciseId, ImportError> {
    let id = ExerciseId::new(Uuid::now_v7());
    let name = definition.name.clone();
    let exercise = NewExercise {
        id,
        ownership: Ownership::Custom(importer.user_id),
        name: definition.name,
        slug: None,
        force: definition.force,
        difficulty_level: definition.difficulty_level,
        mechanic: definition.mechanic,
        category: definition.category,
        instructions: definition.instructions,
        image_path_start: None,
        image_path_end: None,
        primary_muscles: definition.primary_muscles,
        secondary_muscles: definition.secondary_muscles,
        equipment: definition.equipment,
        tags: Vec::new(),
        created_at: now,
    };
    let stored = work.exercises().insert(exercise).await;
    stored.map_err(|error| ExerciseError::of_write(error, Some(&name)))?;
    Ok(id)
}
