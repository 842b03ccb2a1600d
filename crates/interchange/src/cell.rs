//! What is wrong with one cell, while a row is read.

use crate::{FileError, Problem};

/// Why a row was not understood.
#[derive(Debug)]
pub(crate) enum CellError {
    /// This column, if it is one, has this problem.
    Row(Option<String>, Problem),
    /// Nobody knows how to read the file.
    File(FileError),
}

impl From<FileError> for CellError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
