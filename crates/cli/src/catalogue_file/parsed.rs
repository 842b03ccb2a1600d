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
    /// Paths of pictures that do not fit, and were left out.
    pub pictures_left_out: usize,
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
        read: impl Fn(usize, &str) -> Result<(ImportedExercise, usize), String>,
    ) {
        self.entries += entries.len();
        for (index, entry) in entries.iter().map(|entry| entry.get()).enumerate() {
            match read(index, entry) {
                Ok((exercise, pictures_left_out)) => {
                    self.import.exercises.push(exercise);
                    self.pictures_left_out += pictures_left_out;
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
