//! Exercises of every kind, to be listed.

use irontrack_domain::{
    UserId,
    account::Role,
    catalogue::CatalogueKind,
    exercise::{Category, DifficultyLevel, Exercise},
};

use super::{aliases, create_catalogues, instructions, items, new_id, seed, stored, system};
use crate::{
    repo::SystemExercise,
    testing::{Ports, store::at},
};

/// Everything that queries may find, as it is stored.
pub(super) struct World {
    /// Who asks.
    pub(super) caller: UserId,
    /// Somebody else, with exercises of their own.
    pub(super) other: UserId,
    /// All visible exercises.
    pub(super) exercises: Vec<Exercise>,
}

/// The plainest of custom exercises.
pub(in crate::testing) fn custom(owner: UserId, name: &str, created: i64) -> Exercise {
    Exercise {
        id: new_id(),
        name: name.to_owned(),
        primary_muscles: vec![],
        secondary_muscles: vec![],
        force: None,
        difficulty_level: DifficultyLevel::Beginner,
        mechanic: None,
        equipment: vec![],
        category: Category::Strength,
        instructions: None,
        image_path_start: None,
        image_path_end: None,
        tags: vec![],
        slug: None,
        created_by: Some(owner),
        created_at: at(created),
        updated_at: at(created),
        aliases: vec![],
        is_system_default: false,
    }
}

/// A system exercise: name, aliases, level, category, primary muscles, equipment, tags.
type SystemRow = (&'static str, &'static [&'static str], usize, usize, &'static [i16], &'static [i16], &'static [i16]);

/// A custom exercise: whether the caller owns it, name, level, category, primary muscles, equipment, time of creation.
type CustomRow = (bool, &'static str, usize, usize, &'static [i16], &'static [i16], i64);

/// In groups, each with a time of creation of its own, so that there are ties.
const SYSTEM: [(i64, &[SystemRow]); 3] = [
    (
        300,
        &[
            ("Press", &[], 0, 0, &[1, 2], &[1], &[1]),
            ("Shoulder Raise", &["PRESS", "raise it"], 1, 0, &[3], &[2], &[1, 2]),
            ("Pressing Drill", &[], 2, 1, &[1], &[], &[]),
            ("press-up", &["push-up"], 0, 0, &[1], &[], &[2]),
            ("Bench Press", &["flat press"], 1, 4, &[1, 4], &[1, 3], &[1]),
        ],
    ),
    (
        100,
        &[
            ("Leg-Press", &[], 0, 0, &[5], &[4], &[3]),
            ("Compressor", &[], 2, 3, &[2], &[4], &[]),
            ("Espresso Hold", &[], 1, 5, &[4, 5], &[2, 5], &[2, 3]),
            ("Row", &["press it"], 0, 0, &[3, 4], &[1], &[1]),
        ],
    ),
    (
        200,
        &[
            ("Floor Hold (1.5)", &[], 0, 1, &[2], &[], &[1]),
            ("Floor Hold 1x5", &["1.5 alias"], 1, 1, &[2], &[], &[]),
            ("100% Effort", &["all out"], 2, 2, &[5], &[3], &[2]),
            ("Snake_Case Hold", &[], 1, 2, &[3], &[2], &[3]),
            ("Back\\Slash Hold", &[], 2, 6, &[4], &[5], &[3]),
            ("\u{dc}bung f\u{fc}r Profis", &["\u{d6}ffner"], 2, 6, &[1, 5], &[1, 2], &[1, 2, 3]),
        ],
    ),
];

const CUSTOM: [CustomRow; 7] = [
    (true, "bench press", 1, 0, &[1], &[1], 100),
    (true, "Compressor", 0, 3, &[2, 3], &[], 250),
    (true, "compressor Two", 2, 5, &[3], &[4, 5], 100),
    (true, "\u{dc}bung", 1, 4, &[4], &[2], 400),
    (false, "Press", 0, 0, &[1], &[1], 100),
    (false, "Compressor", 2, 3, &[2], &[4], 50),
    (false, "Their Own", 1, 1, &[5], &[3], 500),
];

impl World {
    /// Fills an empty store with all but exercises.
    pub(super) async fn of_people(ports: &Ports<'_>) -> Self {
        ports.create_roles(&[Role::ApplicationAccess]).await;
        create_catalogues(ports).await;
        Self { caller: ports.account().await, other: ports.account().await, exercises: vec![] }
    }

    /// Fills an empty store.
    pub(super) async fn create(ports: &Ports<'_>) -> Self {
        let Self { caller, other, .. } = Self::of_people(ports).await;
        let mut all = Vec::new();
        for (second, rows) in SYSTEM {
            let wanted: Vec<_> = rows.iter().map(system_exercise).collect();
            seed(ports, &wanted, at(second)).await;
            all.extend(wanted);
        }
        // Another order of changes than of creations.
        let changed: Vec<_> = all[3..7]
            .iter()
            .map(|old| SystemExercise { instructions: Some(instructions("Changed.")), ..old.clone() })
            .collect();
        seed(ports, &changed, at(600)).await;
        let hidden = system("Hidden Press");
        seed(ports, std::slice::from_ref(&hidden), at(100)).await;
        ports.backdoor.hide_exercise(stored(ports, &hidden).await.id);

        let mut exercises = Vec::new();
        for wanted in &all {
            exercises.push(stored(ports, wanted).await);
        }
        for (is_own, name, level, category, muscles, equipment, created) in CUSTOM {
            let exercise = Exercise {
                difficulty_level: DifficultyLevel::ALL[level],
                category: Category::ALL[category],
                primary_muscles: items(CatalogueKind::MuscleGroups, muscles),
                equipment: items(CatalogueKind::Equipment, equipment),
                instructions: is_own.then(|| "As I like it.".to_owned()),
                updated_at: at(created + 7),
                ..custom(if is_own { caller } else { other }, name, created)
            };
            ports.backdoor.add_custom_exercise(&exercise);
            exercises.push(exercise);
        }
        Self { caller, other, exercises }
    }
}

fn system_exercise(row: &SystemRow) -> SystemExercise {
    let &(name, other_names, level, category, primary_muscles, equipment, tags) = row;
    SystemExercise {
        aliases: Some(aliases(other_names)),
        difficulty_level: DifficultyLevel::ALL[level],
        category: Category::ALL[category],
        primary_muscles: primary_muscles.to_vec(),
        equipment: equipment.to_vec(),
        tags: Some(tags.to_vec()),
        ..system(name)
    }
}
