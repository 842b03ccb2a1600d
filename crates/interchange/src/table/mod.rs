//! Tables in text files: cells with commas or semicolons between them.
//!
//! Rows are read one after the other into the same memory, and none may be longer than [`LONGEST_ROW`]. A quotation mark that
//! is never closed would make the rest of the file one cell; such a row is an error of the file and not a row.

mod header;
mod record;
#[cfg(test)]
mod tests;

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use header::Header;
pub(crate) use record::{Column, Record};

use crate::FileError;

/// The most bytes of a row, and of the first line.
const LONGEST_ROW: usize = 1 << 20;

/// The most cells of a row.
const MOST_CELLS: usize = 1000;

/// A table that is being read.
pub(crate) struct Table<R> {
    input: Chain<Cursor<Vec<u8>>, BufReader<R>>,
    parser: Reader,
    header: Header,
    cells: Vec<u8>,
    ends: Vec<usize>,
    is_at_end: bool,
}

/// Where a row is in the memory of its table.
struct Extent {
    line: u64,
    cells: usize,
}

impl<R: Read> Table<R> {
    /// Reads the first line: the names of the columns, and what stands between them.
    pub(crate) fn open(input: R) -> Result<Self, FileError> {
        let mut input = BufReader::new(input);
        let mut line = Vec::new();
        let most = u64::try_from(LONGEST_ROW).unwrap_or(u64::MAX);
        input.by_ref().take(most).read_until(b'\n', &mut line)?;
        if let Some(without_mark) = line.strip_prefix(b"\xef\xbb\xbf") {
            line = without_mark.to_vec();
        }
        let delimiter = header::delimiter(&line);
        let mut table = Self {
            input: Cursor::new(line).chain(input),
            // Line feeds alone end rows, so that lines can be counted; carriage returns before them are taken off.
            parser: ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build(),
            header: Header::default(),
            cells: vec![0; 4096],
            ends: vec![0; 64],
            is_at_end: false,
        };
        let Some(extent) = table.read()? else { return Err(FileError::Empty) };
        table.header = Header::read(&table.record(&extent))?;
        Ok(table)
    }

    /// The column that has one of these names, ignoring case; of several the one whose name comes first.
    pub(crate) fn column(&self, names: &[&str]) -> Option<Column> {
        self.header.column(names)
    }

    /// All columns, in their order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        self.header.columns()
    }

    /// The next row that is not blank.
    pub(crate) fn next_record(&mut self) -> Result<Option<Record<'_>>, FileError> {
        Ok(self.read()?.map(|extent| self.record(&extent)))
    }

    fn record(&self, extent: &Extent) -> Record<'_> {
        Record::new(extent.line, self.header.len(), &self.cells, &self.ends[..extent.cells])
    }

    fn read(&mut self) -> Result<Option<Extent>, FileError> {
        while !self.is_at_end {
            if let Some(extent) = self.read_row()? {
                return Ok(Some(extent));
            }
        }
        Ok(None)
    }

    /// The next row. `None` for a blank one, and at the end.
    fn read_row(&mut self) -> Result<Option<Extent>, FileError> {
        let (mut bytes, mut cells) = (0, 0);
        // The last byte before the one at hand, to tell a carriage return that ends the row from one in the last cell.
        let mut before = 0;
        loop {
            let rest = self.input.fill_buf()?;
            self.is_at_end = rest.is_empty();
            // A line feed too many is a blank line, which is no row; one that is missing is there now.
            let input = if self.is_at_end { b"\n" } else { rest };
            let (result, read, written, ended) =
                self.parser.read_record(input, &mut self.cells[bytes..], &mut self.ends[cells..]);
            let ends_with_return = match input[..read] {
                [.., byte, _] => byte == b'\r',
                _ => before == b'\r',
            };
            before = input[..read].last().copied().unwrap_or(before);
            if !self.is_at_end {
                self.input.consume(read);
            }
            bytes += written;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty if self.is_at_end => {
                    // The line feed has not ended the row: it stands between quotation marks.
                    let has_begun = bytes > 0 || cells > 0;
                    let line = self.first_line(bytes) + 1;
                    return if has_begun { Err(FileError::UnclosedQuote { line }) } else { Ok(None) };
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.cells.len() < LONGEST_ROW => self.cells.resize(bytes * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_CELLS => self.ends.resize(MOST_CELLS, 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    // The line feed that ends a row is still to come.
                    return Err(FileError::RowTooLong { line: self.first_line(bytes) + 1 });
                }
                ReadRecordResult::End => {
                    self.is_at_end = true;
                    return Ok(None);
                }
                ReadRecordResult::Record => {
                    let line = self.first_line(bytes);
                    if ends_with_return {
                        self.drop_carriage_return(cells);
                    }
                    let is_blank = cells == 1 && self.cells[..self.ends[0]].trim_ascii().is_empty();
                    return Ok((!is_blank).then_some(Extent { line, cells }));
                }
            }
        }
    }

    /// Takes the carriage return before a line feed off the last cell.
    fn drop_carriage_return(&mut self, cells: usize) {
        let Some(last) = cells.checked_sub(1) else { return };
        let begin = last.checked_sub(1).map_or(0, |before| self.ends[before]);
        if self.cells[begin..self.ends[last]].ends_with(b"\r") {
            self.ends[last] -= 1;
        }
    }

    /// Where the row begins that was just read: its cells have as many line feeds as lines come after its first one.
    fn first_line(&self, bytes: usize) -> u64 {
        self.parser.line().saturating_sub(1 + newlines(&self.cells[..bytes]))
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}
