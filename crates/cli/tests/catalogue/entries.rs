//! The files as they are written: the reader of the program replaces names by ids and drops repetitions, and both would
//! hide mistakes.

use std::{fs, path::PathBuf};

use irontrack_application::setup::SystemCatalogue;
use irontrack_cli::catalogue_file::CatalogueFiles;
use serde::{Deserialize, de::DeserializeOwned};

/// A muscle group, a kind of equipment or a tag.
#[derive(Debug, Deserialize)]
pub struct Item {
    pub id: i16,
    pub name: String,
}

/// An exercise.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// The file without its ending.
    #[serde(skip)]
    pub file: String,
    pub name: String,
    pub slug: String,
    pub aliases: Vec<String>,
    pub force: Option<String>,
    pub difficulty_level: String,
    pub mechanic: Option<String>,
    pub category: String,
    pub equipment: Vec<String>,
    pub primary_muscles: Vec<String>,
    pub secondary_muscles: Vec<String>,
    pub tags: Vec<String>,
    pub instructions: String,
}

impl Entry {
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    pub fn needs(&self, equipment: &str) -> bool {
        self.equipment.iter().any(|own| own == equipment)
    }

    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// All files.
#[derive(Debug)]
pub struct Catalogue {
    pub muscle_groups: Vec<Item>,
    pub equipment: Vec<Item>,
    pub exercise_tags: Vec<Item>,
    pub entries: Vec<Entry>,
}

impl Catalogue {
    pub fn read() -> Self {
        let mut entries = Vec::new();
        for (file, text) in files_in("exercises") {
            for mut entry in parse::<Entry>(&file, &text) {
                file.trim_end_matches(".json").clone_into(&mut entry.file);
                entries.push(entry);
            }
        }
        let items = |file: &str| parse(file, &text_of(file));
        Self {
            muscle_groups: items("muscle-groups.json"),
            equipment: items("equipment.json"),
            exercise_tags: items("exercise-tags.json"),
            entries,
        }
    }

    /// One exercise, to spoil it.
    pub fn entry(&mut self, name: &str) -> &mut Entry {
        let found = self.entries.iter_mut().find(|entry| entry.name == name);
        found.unwrap_or_else(|| panic!("the catalogue has no {name}"))
    }
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "catalogue"].iter().collect()
}

fn text_of(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Names and texts of the files in a folder of the catalogue, by name.
pub fn files_in(part: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder().join(part)).unwrap_or_else(|error| panic!("{part}: {error}"));
    let mut names: Vec<_> =
        files.map(|file| file.expect("a file has a name").file_name().into_string().expect("in UTF-8")).collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), text_of(&format!("{part}/{name}")))).collect()
}

/// The exercises as the reader of the program takes them.
pub fn system_catalogue() -> SystemCatalogue {
    let files = files_in("exercises");
    let exercises: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let catalogue = CatalogueFiles {
        muscle_groups: &text_of("muscle-groups.json"),
        equipment: &text_of("equipment.json"),
        exercise_tags: &text_of("exercise-tags.json"),
        exercises: &exercises,
    };
    catalogue.read().unwrap_or_else(|error| panic!("{error}"))
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Fields, values, references and slugs are the reader's business; its own tests show that it refuses wrong ones.
#[test]
fn the_reader_of_the_program_takes_every_file() {
    assert_eq!(system_catalogue().exercises.len(), Catalogue::read().entries.len());
}
