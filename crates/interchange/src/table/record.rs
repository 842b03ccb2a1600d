//! One row of a table.

use crate::{Problem, cell::CellError, formula};
use irontrack_domain::Violation;

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(super) index: usize,
    pub(super) name: String,
}

impl Column {
    /// What it is called in the file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// This column has this problem.
    pub(crate) fn error(&self, problem: impl Into<Problem>) -> CellError {
        CellError::Row(Some(self.name.clone()), problem.into())
    }
}

/// A row of a table, in the memory of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    line: u64,
    columns: usize,
    bytes: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    pub(super) fn new(line: u64, columns: usize, bytes: &'a [u8], ends: &'a [usize]) -> Self {
        Self { line, columns, bytes, ends }
    }

    /// The line in which it begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let record = *self;
        (0..record.ends.len()).map(move |index| record.cell(index))
    }

    fn cell(&self, index: usize) -> &'a [u8] {
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[begin..self.ends[index]]
    }

    /// Refuses a row that has not one cell for each column. More of them, all empty, are what spreadsheets add. Fewer are a
    /// row that was cut: what is missing may have said something.
    pub(crate) fn check_length(&self) -> Result<(), CellError> {
        let found = self.ends.len();
        let is_full = found == self.columns
            || (found > self.columns && (self.columns..found).all(|index| self.cell(index).is_empty()));
        let problem = Problem::CellCount { expected: self.columns, found };
        if is_full { Ok(()) } else { Err(CellError::Row(None, problem)) }
    }

    /// What stands in a column, as it is but for the apostrophe of [`formula`].
    pub(crate) fn raw(&self, column: &Column) -> Result<&'a str, CellError> {
        if column.index >= self.ends.len() {
            return Ok("");
        }
        let cell = std::str::from_utf8(self.cell(column.index)).map_err(|_| column.error(Problem::NotUtf8))?;
        if cell.contains('\0') { Err(column.error(Violation::ContainsNul)) } else { Ok(formula::restore(cell)) }
    }

    /// What stands in a column, without blanks around it.
    pub(crate) fn text(&self, column: &Column) -> Result<&'a str, CellError> {
        self.raw(column).map(str::trim)
    }

    /// What stands in a column that may not be there, without blanks around it.
    pub(crate) fn optional(&self, column: Option<&Column>) -> Result<&'a str, CellError> {
        column.map_or(Ok(""), |column| self.text(column))
    }

    /// Notes in a column that may not be there, as they are; `None` for blank ones.
    pub(crate) fn notes(&self, column: Option<&Column>) -> Result<Option<&'a str>, CellError> {
        let notes = column.map_or(Ok(""), |column| self.raw(column))?;
        Ok(Some(notes).filter(|notes| !notes.trim().is_empty()))
    }
}
