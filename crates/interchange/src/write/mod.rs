//! Sessions as rows of a CSV file.
//!
//! There is a row for each set. What has no set is not written, nor is what there is no column for: targets and plans.
//! Sessions that were aborted or are in progress are left out: nothing in the file would tell them from those that were brought
//! to their end, and they would come back as such. Weights are kilograms. Times are those of the clocks of the athlete.

mod hevy;
mod strong;

use std::io::{self, Write};

use irontrack_domain::training::session::{SessionStatus, TrainingSession};

#[cfg(doc)]
use crate::Precision;
use crate::formula;

/// Whose form the rows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CsvShape {
    /// That of Hevy, with its metric columns. Times are exact to the minute ([`Precision::Minute`]). Notes of sets stand with those of the
    /// exercise, one line each, because they have no column.
    Hevy,
    /// That of Strong, in the form that numbers workouts and says in what everything is. Times are exact to the second
    /// ([`Precision::Second`]). A weight of 0, and 0
    /// repetitions, are written and mean in this form that nothing was given.
    Strong,
}

/// Writes sessions one after the other. It knows how many there were; whatever it writes to belongs to the caller, so that
/// rows can be sent while others are read.
///
/// ```
/// use irontrack_interchange::{CsvShape, SessionWriter};
///
/// let mut file = Vec::new();
/// SessionWriter::begin(CsvShape::Hevy, &mut file).unwrap();
/// assert!(file.starts_with(b"title,start_time,end_time,"));
/// ```
#[derive(Debug)]
pub struct SessionWriter {
    shape: CsvShape,
    written: u64,
}

impl SessionWriter {
    /// Writes the names of the columns.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(shape: CsvShape, out: impl Write) -> io::Result<Self> {
        let mut rows = Rows::new(shape, out);
        match shape {
            CsvShape::Hevy => rows.write(hevy::COLUMNS)?,
            CsvShape::Strong => rows.write(strong::COLUMNS)?,
        }
        rows.finish()?;
        Ok(Self { shape, written: 0 })
    }

    /// Writes a session, if it is completed.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&mut self, session: &TrainingSession, out: impl Write) -> io::Result<()> {
        if session.head.course.status() != SessionStatus::Completed {
            return Ok(());
        }
        self.written += 1;
        let mut rows = Rows::new(self.shape, out);
        match self.shape {
            CsvShape::Hevy => hevy::write(session, &mut rows)?,
            CsvShape::Strong => strong::write(self.written, session, &mut rows)?,
        }
        rows.finish()
    }
}

/// Rows on their way out.
struct Rows<W: Write>(csv::Writer<W>);

impl<W: Write> Rows<W> {
    fn new(shape: CsvShape, out: W) -> Self {
        let delimiter = match shape {
            CsvShape::Hevy => b',',
            CsvShape::Strong => b';',
        };
        Self(csv::WriterBuilder::new().delimiter(delimiter).from_writer(out))
    }

    fn write<const N: usize>(&mut self, cells: [&str; N]) -> io::Result<()> {
        for cell in cells {
            self.0.write_field(&*formula::disarm(cell))?;
        }
        // An empty row ends one that is written cell by cell.
        self.0.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What there is to say, or nothing.
fn or_empty<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
