//! `irontrack catalog export`.

use irontrack_application::setup::Setup;
use serde::Serialize;

use crate::{
    ExportArguments, Failure,
    catalogue_file::write_document,
    output::{Output, Page, Report, Tone, counted},
    written_file::{self, Readers},
};

/// Where the catalogue is.
#[derive(Debug, Serialize)]
struct Written {
    file: String,
    exercises: usize,
}

/// Writes the catalogue of the database as one document.
///
/// # Errors
/// The database cannot be used, or the file or standard output cannot be written.
pub async fn export(arguments: &ExportArguments, setup: &Setup, output: &mut Output) -> Result<(), Failure> {
    let not_exported =
        |error: &dyn std::error::Error| Failure::failed(format!("the catalogue was not exported: {error}"));
    let catalogue = setup.export().await.map_err(|error| not_exported(&error))?;
    let document = write_document(&catalogue).map_err(|error| not_exported(&error))?;
    let Some(file) = &arguments.out else { return output.text(&document) };
    written_file::write(file, &document, Readers::Usual)
        .map_err(|error| Failure::failed(format!("{} was not written: {error}", file.display())))?;
    output.show(&Written { file: file.display().to_string(), exercises: catalogue.exercises.len() })
}

impl Report for Written {
    fn print(&self, page: &mut Page) {
        page.line(Tone::Good, &format!("{} holds {}", self.file, counted(self.exercises, "exercise", "exercises")));
    }
}
