//! The system catalogue inside the binary.

use irontrack_application::setup::SystemCatalogue;
use irontrack_cli::catalogue_file::{CatalogueFileError, CatalogueFiles};

macro_rules! exercises {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../../catalogue/exercises/", $file)))),+]
    };
}

const FILES: CatalogueFiles<'static> = CatalogueFiles {
    muscle_groups: include_str!("../../../catalogue/muscle-groups.json"),
    equipment: include_str!("../../../catalogue/equipment.json"),
    exercise_tags: include_str!("../../../catalogue/exercise-tags.json"),
    exercises: exercises![
        "abdominals.json",
        "abductors.json",
        "adductors.json",
        "biceps.json",
        "calves.json",
        "chest.json",
        "forearms.json",
        "glutes.json",
        "hamstrings.json",
        "lats.json",
        "lower-back.json",
        "middle-back.json",
        "neck.json",
        "quadriceps.json",
        "shoulders.json",
        "traps.json",
        "triceps.json",
    ],
};

/// Reads the system catalogue.
///
/// # Errors
/// A mistake in the files, which the tests would have found.
pub fn system_catalogue() -> Result<SystemCatalogue, CatalogueFileError> {
    FILES.read()
}
