//! What is wrong with files and with what stands in them.

use std::{fmt, io};

use irontrack_domain::{Violation, training::session::CourseProblem};
use thiserror::Error;

/// Why a file cannot be read, or not any further. What was found in it before is not all of it.
#[derive(Debug, Error)]
pub enum FileError {
    /// The bytes cannot be had, or cannot be decompressed.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The first line is not the one of this format.
    #[error("the first line has no column {}", .missing.join(", "))]
    UnknownHeader {
        /// The columns that it would need to have.
        missing: Vec<&'static str>,
    },
    /// Two columns have the same name.
    #[error("the column {0} is there twice")]
    DuplicateColumn(String),
    /// A column says in what its numbers are, and nothing is measured in that here.
    #[error("the column {column} is in a unit that is not known")]
    UnknownUnit {
        /// The column, as it is called in the file.
        column: String,
    },
    /// Two columns say the same in different units.
    #[error("the columns {} and {} measure the same", .columns.0, .columns.1)]
    TwoUnits {
        /// The columns, as they are called in the file.
        columns: (String, String),
    },
    /// The file does not say in what its numbers are, and neither does anybody else.
    #[error("the file does not say in which unit {0} is")]
    UnitNeeded(Quantity),
    /// A row is longer than any row is; usually because a quotation mark is missing.
    #[error("the row that begins in line {line} does not end")]
    RowTooLong {
        /// Where it begins, from 1.
        line: u64,
    },
    /// A quotation mark has no other one, so that nobody knows where cells and rows end.
    #[error("a quotation mark in the row that begins in line {line} is not closed")]
    UnclosedQuote {
        /// Where the row begins, from 1.
        line: u64,
    },
    /// It is JSON, but no export of IronTrack.
    #[error("the file is no export of IronTrack")]
    NotAnExport,
    /// It is an export of another version.
    #[error("the file is an export of version {0}, which is not known here")]
    UnknownVersion(String),
    /// It is no JSON document, or one that ends too early.
    #[error("the file is no JSON document: {0}")]
    Syntax(serde_json::Error),
    /// A name or a number between the lists is larger than any is.
    #[error("something in the document is too large")]
    ElementTooLarge,
    /// There is more in it than may be.
    #[error("the file is larger than {max} bytes")]
    TooLarge {
        /// The most bytes, decompressed.
        max: u64,
    },
}

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A weight.
    Weight,
    /// A distance.
    Distance,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weight => "a weight",
            Self::Distance => "a distance",
        })
    }
}

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The line in which a row begins, from 1; the first one holds the names of the columns.
    Line(u64),
    /// An element of a list of a JSON document.
    Element {
        /// The name of the list.
        list: &'static str,
        /// Its place, from 0.
        index: u64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Element { list, index } => write!(f, "/{list}/{index}"),
        }
    }
}

/// A row, or an element of a list, that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Which one.
    pub place: Place,
    /// What of it: a column as it is called in the file, or a path into an element. `None` for all of it.
    pub column: Option<String>,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "{}, {column}: {}", self.place, self.problem),
            None => write!(f, "{}: {}", self.place, self.problem),
        }
    }
}

/// Why a row was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// It has more or fewer cells than there are columns.
    #[error("has {found} cells instead of {expected}")]
    CellCount {
        /// How many columns there are.
        expected: usize,
        /// How many cells it has.
        found: usize,
    },
    /// The text is not UTF-8.
    #[error("is not UTF-8")]
    NotUtf8,
    /// The cell must not be empty.
    #[error("is missing")]
    Missing,
    /// A value breaks a rule.
    #[error(transparent)]
    Rule(#[from] Violation),
    /// The text is no time of this format.
    #[error("is not a date with a time")]
    NoTime,
    /// The text is no duration of this format.
    #[error("is not a duration")]
    NoDuration,
    /// The text is no number.
    #[error("is not a number")]
    NoNumber,
    /// The number is not within its limits.
    #[error("must be a whole number from {min} to {max}")]
    OutOfRange {
        /// The least.
        min: i32,
        /// The most.
        max: i32,
    },
    /// Nothing is measured in such a unit here.
    #[error("is not a unit that is known")]
    UnknownUnit,
    /// There is no such kind of set.
    #[error("is not a kind of set that is known")]
    UnknownSetType,
    /// The workout ends before it begins, or much later.
    #[error(transparent)]
    Course(#[from] CourseProblem),
    /// Rows of other workouts stand between this one and those that it belongs to.
    #[error("belongs to the workout that begins in line {line}, but does not stand with it")]
    Apart {
        /// Where that begins.
        line: u64,
    },
    /// The exercise has as many sets as an exercise may have.
    #[error("is one set more than an exercise may have")]
    TooManySets,
    /// The workout has as many exercises as a workout may have.
    #[error("is one exercise more than a session may have")]
    TooManyExercises,
    /// The element is larger than any is.
    #[error("is larger than {max} bytes")]
    TooLarge {
        /// The most bytes.
        max: usize,
    },
    /// The metric is not the one of the mode.
    #[error("is not what is counted in this mode")]
    ModeMismatch,
    /// The value has another shape than it should have.
    #[error("{0}")]
    Shape(String),
}

impl Problem {
    /// A stable, machine-readable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CellCount { .. } => "cell_count",
            Self::NotUtf8 => "not_utf8",
            Self::Missing => "missing",
            Self::Rule(violation) => violation.code(),
            Self::NoTime => "no_time",
            Self::NoDuration => "no_duration",
            Self::NoNumber => "no_number",
            Self::OutOfRange { .. } => "out_of_range",
            Self::UnknownUnit => "unknown_unit",
            Self::UnknownSetType => "unknown_set_type",
            Self::Course(CourseProblem::EndBeforeStart) => "end_before_start",
            Self::Course(CourseProblem::TooLong) => "too_long_session",
            Self::Apart { .. } => "apart",
            Self::TooManySets => "too_many_sets",
            Self::TooManyExercises => "too_many_exercises",
            Self::TooLarge { .. } => "too_large",
            Self::ModeMismatch => "mode_mismatch",
            Self::Shape(_) => "shape",
        }
    }
}
