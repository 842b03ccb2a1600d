//! Files with exercises.
//!
//! Our own format has muscle groups, equipment and tags as lists of id and name, and exercises with the names of what they
//! refer to, so that a person can read and review them: as several files, which are built into the program
//! ([`CatalogueFiles`]), or as one document ([`write_document`], [`read_document`]). `catalogue/README.md` describes it.
//! Lists of exercises that others publish are read by [`read_free_exercise_db`].

mod document;
mod entry;
mod free_exercise_db;
mod parsed;

use std::fmt;

pub use document::{read_document, write_document};
use entry::Entry;
pub use free_exercise_db::read_free_exercise_db;
use irontrack_application::setup::{ImportedExercise, SystemCatalogue};
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::repo::SystemExercise;
pub use parsed::{FileError, Parsed, ParsedProblem, PictureCounts};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most characters of a foreign text that are repeated in a message.
const LONGEST_QUOTE: usize = 80;

/// A text of a file, as it may stand in a message.
pub(crate) fn quote(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct EntryProblem {
    /// Which field.
    field: &'static str,
    /// What is wrong with it.
    problem: String,
}

impl EntryProblem {
    fn new(field: &'static str, problem: impl Into<String>) -> Self {
        Self { field, problem: problem.into() }
    }
}

impl fmt::Display for EntryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
}

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

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: i16,
    name: String,
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
            for (index, entry) in parse::<Entry>(file, text)?.into_iter().enumerate() {
                let name = entry.name.clone();
                let exercise = entry.read(index).and_then(|imported| linked(imported, &catalogue));
                let exercise = exercise.map_err(|EntryProblem { field, problem }| CatalogueFileError::Value {
                    file: (*file).to_owned(),
                    entry: name,
                    field,
                    problem,
                })?;
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

/// The exercise with the ids of the names. What is built in is complete.
fn linked(imported: ImportedExercise, catalogue: &SystemCatalogue) -> Result<SystemExercise, EntryProblem> {
    let ImportedExercise { exercise, names, .. } = imported;
    if names.primary_muscles.is_empty() {
        return Err(EntryProblem::new("primary_muscles", "must not be empty"));
    }
    let ids = |field, kind, names: &[String]| ids(field, catalogue.items(kind), names);
    let tags = ids("tags", CatalogueKind::ExerciseTags, names.tags.as_deref().unwrap_or_default())?;
    Ok(SystemExercise {
        equipment: ids("equipment", CatalogueKind::Equipment, &names.equipment)?,
        primary_muscles: ids("primary_muscles", CatalogueKind::MuscleGroups, &names.primary_muscles)?,
        secondary_muscles: ids("secondary_muscles", CatalogueKind::MuscleGroups, &names.secondary_muscles)?,
        tags: Some(tags),
        ..exercise
    })
}

/// The ids of names, ascending.
fn ids(field: &'static str, items: &[CatalogueItem], names: &[String]) -> Result<Vec<i16>, EntryProblem> {
    let id = |name: &String| match items.iter().find(|item| item.name == *name) {
        Some(item) => Ok(item.id),
        None => Err(EntryProblem::new(field, format!("has the unknown name '{name}'"))),
    };
    let mut ids = names.iter().map(id).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use irontrack_domain::exercise::Force;

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
        assert_eq!(catalogue.exercises[0].tags, Some(vec![2, 18]));
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
        let without_force = ENTRY.replace("\"force\": \"pull\",", "");
        assert!(read(&without_force).unwrap_err().contains("missing field `force`"), "null has to be written");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(quote(&"ö".repeat(80)), "ö".repeat(80));
        assert_eq!(quote(&"ö".repeat(81)), format!("{}…", "ö".repeat(80)));
    }
}
