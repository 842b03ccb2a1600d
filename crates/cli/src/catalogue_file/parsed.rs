//! What could be read of a file that somebody else has made.

use irontrack_application::setup::{Import, ImportedExercise};
use serde_json::value::RawValue;
use thiserror::Error;

use super::quote;

/// A file is not what it should be.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct FileError(pub(super) String);

/// What could be read of a file.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What can be imported.
    pub import: Import,
    /// Entries that cannot be imported.
    pub problems: Vec<ParsedProblem>,
    /// How many exercises the file has, those with a problem included.
    pub entries: usize,
    /// Paths of pictures that are not as they were.
    pub pictures: PictureCounts,
}

/// Paths of pictures that are not as they stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PictureCounts {
    /// Those that do not fit, and were left out.
    pub left_out: usize,
    /// Those that were put into lower case. They lead to the pictures when the files are called like that.
    pub in_lower_case: usize,
}

/// Why an entry cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedProblem {
    /// Where it stands in the file, from 0.
    pub index: usize,
    /// Its name, as far as there is one.
    pub name: String,
    /// What is wrong.
    pub problem: String,
}

impl Parsed {
    /// Reads entries one by one, so that one which is wrong does not hide the others.
    pub(super) fn add_entries(
        &mut self,
        entries: &[&RawValue],
        read: impl Fn(usize, &str) -> Result<(ImportedExercise, PictureCounts), String>,
    ) {
        self.entries += entries.len();
        for (index, entry) in entries.iter().map(|entry| entry.get()).enumerate() {
            match read(index, entry) {
                Ok((exercise, pictures)) => {
                    self.import.exercises.push(exercise);
                    self.pictures.left_out += pictures.left_out;
                    self.pictures.in_lower_case += pictures.in_lower_case;
                }
                Err(problem) => self.problems.push(ParsedProblem { index, name: name_of(entry), problem }),
            }
        }
    }
}

/// The name of an entry that is wrong otherwise.
fn name_of(entry: &str) -> String {
    let entry: serde_json::Value = serde_json::from_str(entry).unwrap_or_default();
    quote(entry["name"].as_str().unwrap_or_default())
}

/// What the JSON reader says of an entry. The position in it leads nowhere in the file.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    quote(text.rsplit_once(" at line ").map_or(&*text, |(problem, _)| problem))
}

/// A text as JSON readers want it: some programs put a mark in front.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
