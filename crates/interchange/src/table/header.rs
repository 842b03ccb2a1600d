//! The names of the columns of a table.

use super::{Column, Record};
use crate::FileError;

/// The columns in their order.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// What they are called.
    names: Vec<String>,
}

/// What stands between the cells of this line: commas, or semicolons where there are more of them. Those between
/// quotation marks do not count.
pub(super) fn delimiter(line: &[u8]) -> u8 {
    let (mut commas, mut semicolons, mut is_quoted) = (0, 0, false);
    for byte in line {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

impl Header {
    pub(super) fn read(record: &Record<'_>) -> Result<Self, FileError> {
        let mut names: Vec<String> = Vec::new();
        for cell in record.cells() {
            // Whatever is not UTF-8 is no column that anybody asks for.
            let name = String::from_utf8_lossy(cell).trim().to_owned();
            if !name.is_empty() && names.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
                return Err(FileError::DuplicateColumn(name));
            }
            names.push(name);
        }
        Ok(Self { names })
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn column(&self, names: &[&str]) -> Option<Column> {
        let find = |name: &&str| self.names.iter().position(|column| column.eq_ignore_ascii_case(name));
        names.iter().find_map(find).map(|index| self.at(index))
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        (0..self.names.len()).map(|index| self.at(index))
    }

    fn at(&self, index: usize) -> Column {
        Column { index, name: self.names[index].clone() }
    }
}
