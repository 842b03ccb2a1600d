//! The system catalogue as it is now.

use irontrack_domain::{
    Violation,
    catalogue::{CatalogueItem, CatalogueKind},
    exercise::{Exercise, ExerciseAlias, ExerciseName, ImagePath, Instructions},
};
use irontrack_ports::{
    RepositoryError,
    query::{CatalogueFilter, CatalogueSort},
    repo::{Pictures, SystemExercise},
};

use super::{Setup, SystemCatalogue};

impl Setup {
    /// The catalogues and the visible system exercises: items by id, exercises by name.
    ///
    /// # Errors
    /// Those of the database, among them [`RepositoryError::Corrupt`].
    pub async fn export(&self) -> Result<SystemCatalogue, RepositoryError> {
        // Exercises first: whatever is added to the lists meanwhile does no harm, and a link to an item that was deleted
        // meanwhile has gone with it.
        let exercises = self.exercises.system().await?;
        let mut catalogue = SystemCatalogue {
            muscle_groups: self.items(CatalogueKind::MuscleGroups).await?,
            equipment: self.items(CatalogueKind::Equipment).await?,
            exercise_tags: self.items(CatalogueKind::ExerciseTags).await?,
            exercises: Vec::with_capacity(exercises.len()),
        };
        for exercise in exercises {
            let exercise = described(exercise, &catalogue).map_err(|violation| RepositoryError::Corrupt {
                table: "exercises",
                problem: format!("a text of a system exercise {violation}"),
            })?;
            catalogue.exercises.push(exercise);
        }
        Ok(catalogue)
    }

    /// All items of a catalogue, by id.
    pub(super) async fn items(&self, kind: CatalogueKind) -> Result<Vec<CatalogueItem>, RepositoryError> {
        self.catalogues.list(kind, &CatalogueFilter { sort: CatalogueSort::Id, ..CatalogueFilter::default() }).await
    }
}

/// A stored exercise as a file describes it.
fn described(exercise: Exercise, catalogue: &SystemCatalogue) -> Result<SystemExercise, Violation> {
    let ids = |kind, linked: &[CatalogueItem]| {
        let items = catalogue.items(kind);
        let is_there = |id: &i16| items.binary_search_by_key(id, |item| item.id).is_ok();
        linked.iter().map(|item| item.id).filter(is_there).collect::<Vec<_>>()
    };
    let name = ExerciseName::parse(&exercise.name)?;
    let path = |path: Option<String>| path.as_deref().map(ImagePath::parse).transpose();
    Ok(SystemExercise {
        slug: name.slug()?,
        name,
        aliases: Some(exercise.aliases.iter().map(|alias| ExerciseAlias::parse(alias)).collect::<Result<_, _>>()?),
        force: exercise.force,
        difficulty_level: exercise.difficulty_level,
        mechanic: exercise.mechanic,
        category: exercise.category,
        instructions: exercise.instructions.as_deref().map(Instructions::parse).transpose()?,
        pictures: Some(Pictures { start: path(exercise.image_path_start)?, end: path(exercise.image_path_end)? }),
        equipment: ids(CatalogueKind::Equipment, &exercise.equipment),
        primary_muscles: ids(CatalogueKind::MuscleGroups, &exercise.primary_muscles),
        secondary_muscles: ids(CatalogueKind::MuscleGroups, &exercise.secondary_muscles),
        tags: Some(ids(CatalogueKind::ExerciseTags, &exercise.tags)),
    })
}
