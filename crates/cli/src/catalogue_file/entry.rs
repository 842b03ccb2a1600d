//! One exercise of a catalogue file.

use irontrack_application::setup::{ImportedExercise, ItemNames, SystemCatalogue};
use irontrack_domain::{
    Violation,
    catalogue::CatalogueKind,
    exercise::{
        Category, DifficultyLevel, ExerciseAlias, ExerciseName, Force, ImagePath, Instructions, Mechanic, assisting,
    },
};
use irontrack_ports::repo::{Pictures, SystemExercise};
use serde::{Deserialize, Serialize};

use super::{EntryProblem, quote};

/// An exercise as it stands in a file. All members must be there, but those of pictures, and no others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: String,
    slug: String,
    aliases: Vec<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    force: Option<String>,
    difficulty_level: String,
    #[serde(deserialize_with = "Option::deserialize")]
    mechanic: Option<String>,
    category: String,
    equipment: Vec<String>,
    primary_muscles: Vec<String>,
    secondary_muscles: Vec<String>,
    tags: Vec<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    instructions: Option<String>,
    /// Both are absent where the file knows nothing of pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image_path_start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image_path_end: Option<String>,
}

impl Entry {
    /// The exercise, and the names of what it refers to.
    pub(super) fn read(self, index: usize) -> Result<ImportedExercise, EntryProblem> {
        let name = rule("name", ExerciseName::parse(&self.name))?;
        let slug = rule("slug", name.slug())?;
        if slug.as_str() != self.slug {
            return Err(EntryProblem::new("slug", format!("must be {slug}")));
        }
        if self.secondary_muscles.iter().any(|muscle| self.primary_muscles.contains(muscle)) {
            return Err(EntryProblem::new("secondary_muscles", "must not repeat a primary muscle"));
        }
        let aliases = self.aliases.iter().map(|alias| rule("aliases", ExerciseAlias::parse(alias)));
        let path =
            |field, path: Option<String>| path.as_deref().map(|path| rule(field, ImagePath::parse(path))).transpose();
        let has_pictures = self.image_path_start.is_some() || self.image_path_end.is_some();
        let pictures = Pictures {
            start: path("image_path_start", self.image_path_start)?,
            end: path("image_path_end", self.image_path_end)?,
        };
        let instructions = self.instructions.as_deref();
        let exercise = SystemExercise {
            aliases: Some(aliases.collect::<Result<_, _>>()?),
            force: optional("force", self.force.as_deref(), Force::from_name)?,
            difficulty_level: value("difficulty_level", &self.difficulty_level, DifficultyLevel::from_name)?,
            mechanic: optional("mechanic", self.mechanic.as_deref(), Mechanic::from_name)?,
            category: value("category", &self.category, Category::from_name)?,
            instructions: instructions.map(|text| rule("instructions", Instructions::parse(text))).transpose()?,
            pictures: has_pictures.then_some(pictures),
            equipment: Vec::new(),
            primary_muscles: Vec::new(),
            secondary_muscles: Vec::new(),
            tags: Some(Vec::new()),
            name,
            slug,
        };
        let names = ItemNames {
            primary_muscles: self.primary_muscles,
            secondary_muscles: self.secondary_muscles,
            equipment: self.equipment,
            tags: Some(self.tags),
        };
        Ok(ImportedExercise { index, exercise, names })
    }

    /// The exercise as it stands in a file of that catalogue.
    pub(super) fn of(exercise: &SystemExercise, catalogue: &SystemCatalogue) -> Self {
        let names = |kind, ids: &[i16]| {
            let items = catalogue.items(kind).iter();
            items.filter(|item| ids.contains(&item.id)).map(|item| item.name.clone()).collect::<Vec<_>>()
        };
        let path = |which: fn(&Pictures) -> Option<&ImagePath>| {
            exercise.pictures.as_ref().and_then(which).map(|path| path.as_str().to_owned())
        };
        let aliases = exercise.aliases.iter().flatten();
        Self {
            name: exercise.name.as_str().to_owned(),
            slug: exercise.slug.as_str().to_owned(),
            aliases: aliases.map(|alias| alias.as_str().to_owned()).collect(),
            force: exercise.force.map(|force| force.as_str().to_owned()),
            difficulty_level: exercise.difficulty_level.as_str().to_owned(),
            mechanic: exercise.mechanic.map(|mechanic| mechanic.as_str().to_owned()),
            category: exercise.category.as_str().to_owned(),
            equipment: names(CatalogueKind::Equipment, &exercise.equipment),
            primary_muscles: names(CatalogueKind::MuscleGroups, &exercise.primary_muscles),
            secondary_muscles: names(
                CatalogueKind::MuscleGroups,
                &assisting(&exercise.primary_muscles, &exercise.secondary_muscles),
            ),
            tags: names(CatalogueKind::ExerciseTags, exercise.tags.as_deref().unwrap_or_default()),
            instructions: exercise.instructions.as_ref().map(|text| text.as_str().to_owned()),
            image_path_start: path(|pictures| pictures.start.as_ref()),
            image_path_end: path(|pictures| pictures.end.as_ref()),
        }
    }
}

/// A value that a rule accepts.
pub(super) fn rule<T>(field: &'static str, value: Result<T, Violation>) -> Result<T, EntryProblem> {
    value.map_err(|violation| EntryProblem::new(field, violation.to_string()))
}

/// A value of a fixed list.
pub(super) fn value<T>(field: &'static str, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, EntryProblem> {
    read(name).ok_or_else(|| EntryProblem::new(field, format!("has the unknown value '{}'", quote(name))))
}

/// A value of a fixed list, or none.
pub(super) fn optional<T>(
    field: &'static str,
    name: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, EntryProblem> {
    name.map(|name| value(field, name, read)).transpose()
}
