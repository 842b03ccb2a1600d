//! The catalogue format: muscle groups, equipment and tags as lists of id and name, exercises with the names of what
//! they refer to, so that a person can read and review them.

use irontrack_application::setup::SystemCatalogue;
use irontrack_domain::{
    Violation,
    catalogue::{CatalogueItem, CatalogueKind, CatalogueName},
    exercise::{Category, DifficultyLevel, ExerciseAlias, ExerciseName, Force, Mechanic},
};
use irontrack_ports::repo::SystemExercise;
use serde::Deserialize;
use thiserror::Error;

/// What is wrong with a catalogue file.
#[derive(Debug, Error)]
pub enum CatalogueFileError {
    /// Not JSON, or not of the format.
    #[error("{file}: {source}")]
    Format {
        /// Which file.
        file: String,
        /// What the JSON reader says.
        source: serde_json::Error,
    },
    /// A value breaks a rule.
    #[error("{file}: {entry}: {field} {problem}")]
    Value {
        /// Which file.
        file: String,
        /// Which entry.
        entry: String,
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

/// The texts of a catalogue. Names of files are for messages only.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueFiles<'a> {
    /// `muscle-groups.json`.
    pub muscle_groups: &'a str,
    /// `equipment.json`.
    pub equipment: &'a str,
    /// `exercise-tags.json`.
    pub exercise_tags: &'a str,
    /// The files of exercises, with their names.
    pub exercises: &'a [(&'a str, &'a str)],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: i16,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exercise {
    name: String,
    slug: String,
    aliases: Vec<String>,
    force: Option<String>,
    difficulty_level: String,
    mechanic: Option<String>,
    category: String,
    equipment: Vec<String>,
    primary_muscles: Vec<String>,
    secondary_muscles: Vec<String>,
    tags: Vec<String>,
    instructions: String,
}

impl CatalogueFiles<'_> {
    /// Reads a whole catalogue.
    ///
    /// # Errors
    /// The first thing that is wrong, with its file, entry and field.
    pub fn read(&self) -> Result<SystemCatalogue, CatalogueFileError> {
        let mut catalogue = SystemCatalogue {
            muscle_groups: items("muscle-groups.json", self.muscle_groups)?,
            equipment: items("equipment.json", self.equipment)?,
            exercise_tags: items("exercise-tags.json", self.exercise_tags)?,
            exercises: Vec::new(),
        };
        for (file, text) in self.exercises {
            for entry in parse::<Exercise>(file, text)? {
                let exercise = Reader { file, entry: &entry.name, catalogue: &catalogue }.exercise(&entry)?;
                catalogue.exercises.push(exercise);
            }
        }
        Ok(catalogue)
    }
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<Vec<T>, CatalogueFileError> {
    serde_json::from_str(text).map_err(|source| CatalogueFileError::Format { file: file.to_owned(), source })
}

fn items(file: &str, text: &str) -> Result<Vec<CatalogueItem>, CatalogueFileError> {
    parse::<Item>(file, text)?
        .into_iter()
        .map(|item| match CatalogueName::parse(&item.name) {
            Ok(name) if name.as_str() == item.name => Ok(CatalogueItem { id: item.id, name: item.name }),
            parsed => Err(CatalogueFileError::Value {
                file: file.to_owned(),
                entry: item.name,
                field: "name",
                problem: parsed.err().map_or("must be in lower case without extra blanks".into(), |v| v.to_string()),
            }),
        })
        .collect()
}

/// Reads one entry.
struct Reader<'a> {
    file: &'a str,
    entry: &'a str,
    catalogue: &'a SystemCatalogue,
}

impl Reader<'_> {
    fn exercise(&self, entry: &Exercise) -> Result<SystemExercise, CatalogueFileError> {
        let name = self.rule("name", ExerciseName::parse(&entry.name))?;
        let slug = self.rule("slug", name.slug())?;
        if slug.as_str() != entry.slug {
            return Err(self.wrong("slug", format!("must be {slug}")));
        }
        let aliases = entry.aliases.iter().map(|alias| self.rule("aliases", ExerciseAlias::parse(alias)));
        let primary_muscles = self.ids("primary_muscles", CatalogueKind::MuscleGroups, &entry.primary_muscles)?;
        let secondary_muscles = self.ids("secondary_muscles", CatalogueKind::MuscleGroups, &entry.secondary_muscles)?;
        if primary_muscles.is_empty() {
            return Err(self.wrong("primary_muscles", "must not be empty"));
        }
        if secondary_muscles.iter().any(|muscle| primary_muscles.contains(muscle)) {
            return Err(self.wrong("secondary_muscles", "must not repeat a primary muscle"));
        }
        let level = Some(&entry.difficulty_level);
        let category = Some(&entry.category);
        Ok(SystemExercise {
            aliases: aliases.collect::<Result<_, _>>()?,
            force: self.value("force", entry.force.as_ref(), Force::from_name)?,
            difficulty_level: self.required("difficulty_level", level, DifficultyLevel::from_name)?,
            mechanic: self.value("mechanic", entry.mechanic.as_ref(), Mechanic::from_name)?,
            category: self.required("category", category, Category::from_name)?,
            instructions: entry.instructions.clone(),
            equipment: self.ids("equipment", CatalogueKind::Equipment, &entry.equipment)?,
            tags: self.ids("tags", CatalogueKind::ExerciseTags, &entry.tags)?,
            primary_muscles,
            secondary_muscles,
            name,
            slug,
        })
    }

    fn wrong(&self, field: &'static str, problem: impl Into<String>) -> CatalogueFileError {
        CatalogueFileError::Value {
            file: self.file.to_owned(),
            entry: self.entry.to_owned(),
            field,
            problem: problem.into(),
        }
    }

    fn rule<T>(&self, field: &'static str, value: Result<T, Violation>) -> Result<T, CatalogueFileError> {
        value.map_err(|violation| self.wrong(field, violation.to_string()))
    }

    fn value<T>(
        &self,
        field: &'static str,
        name: Option<&String>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, CatalogueFileError> {
        name.map(|name| read(name).ok_or_else(|| self.wrong(field, format!("has the unknown value '{name}'"))))
            .transpose()
    }

    fn required<T>(
        &self,
        field: &'static str,
        name: Option<&String>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, CatalogueFileError> {
        self.value(field, name, read)?.ok_or_else(|| self.wrong(field, "is missing"))
    }

    /// The ids of names, ascending.
    fn ids(&self, field: &'static str, kind: CatalogueKind, names: &[String]) -> Result<Vec<i16>, CatalogueFileError> {
        let mut ids = names
            .iter()
            .map(|name| match self.catalogue.items(kind).iter().find(|item| item.name == *name) {
                Some(item) => Ok(item.id),
                None => Err(self.wrong(field, format!("has the unknown name '{name}'"))),
            })
            .collect::<Result<Vec<_>, _>>()?;
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"name": "Band Curl", "slug": "band-curl", "aliases": [], "force": "pull",
        "difficulty_level": "beginner", "mechanic": "isolation", "category": "strength", "equipment": ["bands"],
        "primary_muscles": ["biceps"], "secondary_muscles": [], "tags": ["standing", "seated"],
        "instructions": "Curl."}"#;

    fn read(entry: &str) -> Result<SystemCatalogue, String> {
        let files = CatalogueFiles {
            muscle_groups: r#"[{"id": 5, "name": "biceps"}, {"id": 15, "name": "forearms"}]"#,
            equipment: r#"[{"id": 9, "name": "bands"}]"#,
            exercise_tags: r#"[{"id": 18, "name": "standing"}, {"id": 2, "name": "seated"}]"#,
            exercises: &[("biceps.json", &format!("[{entry}]"))],
        };
        files.read().map_err(|error| error.to_string())
    }

    #[test]
    fn names_become_ids_in_ascending_order() {
        let catalogue = read(ENTRY).unwrap();
        assert_eq!(catalogue.exercises[0].primary_muscles, [5]);
        assert_eq!(catalogue.exercises[0].equipment, [9]);
        assert_eq!(catalogue.exercises[0].tags, [2, 18]);
        assert_eq!(catalogue.exercises[0].force, Some(Force::Pull));
    }

    #[test]
    fn mistakes_are_named_with_file_entry_and_field() {
        let table = [
            ("\"bands\"", "\"ropes\"", "biceps.json: Band Curl: equipment has the unknown name 'ropes'"),
            ("\"pull\"", "\"Pull\"", "biceps.json: Band Curl: force has the unknown value 'Pull'"),
            ("band-curl", "curl", "biceps.json: Band Curl: slug must be band-curl"),
            ("[\"biceps\"]", "[]", "biceps.json: Band Curl: primary_muscles must not be empty"),
            (
                "\"secondary_muscles\": []",
                "\"secondary_muscles\": [\"biceps\"]",
                "biceps.json: Band Curl: secondary_muscles must not repeat a primary muscle",
            ),
        ];
        for (from, to, message) in table {
            assert_eq!(read(&ENTRY.replace(from, to)).unwrap_err(), message);
        }
        assert!(read(&ENTRY.replace("\"aliases\"", "\"alias\"")).unwrap_err().contains("unknown field `alias`"));
    }
}
