//! The document that `GET /access/export` answers, element by element.
//!
//! What is between the lists is read by hand, byte by byte, and only elements are handed to serde, so that no more than one of
//! them is held. An element that is not understood is refused as a whole; one that is no JSON ends the file.

mod convert;
mod element;
mod exercise;
mod input;
mod limited;
mod scan;
mod session;
mod template;
mod wire;

use std::{fmt, io::Read};

use chrono::{DateTime, Utc};
use element::Wrong;
use input::{Input, Value, syntax};
use serde::de::IgnoredAny;

use crate::{FileError, Found, Place, Problem, RowError};

/// How the documents are called.
const FORMAT: &str = "irontrack-export";

/// The version that is known.
const VERSION: &str = "1";

/// The most bytes of a version.
const LONGEST_VERSION: usize = 100;

/// The most bytes of an element of a list: several times what a session has that was not made to be large, also one of the most
/// exercises and sets.
const LONGEST_ELEMENT: usize = 32 << 20;

/// A list of the document whose elements are taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Exercises,
    Units,
    Plans,
    Sessions,
}

impl List {
    const ALL: [Self; 4] = [Self::Exercises, Self::Units, Self::Plans, Self::Sessions];

    const fn name(self) -> &'static str {
        match self {
            Self::Exercises => "exercises",
            Self::Units => "trainingUnits",
            Self::Plans => "trainingPlans",
            Self::Sessions => "trainingSessions",
        }
    }
}

/// Where in the document reading goes on.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Before the name of a member, or the end.
    Members { is_first: bool },
    /// Before an element of a list, or its end.
    Elements { list: List, next: u64 },
    /// Nothing comes any more.
    Over,
}

/// What stands in an export of IronTrack, as it comes: lists in the order of the document, each element once. The account,
/// and who was given access to what, are left out: accounts are made by signing up, and access is given to people.
///
/// Of the document one element is held at a time, as text and as what was made of it. One of more than 32 MiB is refused
/// and not held, so that reading takes some multiple of that at the most, whatever the document is; ordinary ones take some
/// hundred KiB.
pub struct Document<R> {
    input: Input<R>,
    state: State,
    is_export: bool,
    now: DateTime<Utc>,
}

impl<R> fmt::Debug for Document<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("state", &self.state).finish_non_exhaustive()
    }
}

impl<R: Read> Document<R> {
    /// Begins to read a document, which may be compressed with gzip. It may have this many bytes, decompressed; `now` is
    /// what time it is.
    ///
    /// # Errors
    /// [`FileError`] if it is no JSON object.
    pub fn open(file: R, max_bytes: u64, now: DateTime<Utc>) -> Result<Self, FileError> {
        let mut input = Input::new(file, max_bytes)?;
        match input.peek()? {
            None => return Err(FileError::Empty),
            Some(b'{') => input.expect(b'{')?,
            Some(_) => return Err(FileError::NotAnExport),
        }
        Ok(Self { input, state: State::Members { is_first: true }, is_export: false, now })
    }

    /// What comes next; `None` at the end.
    fn read(&mut self) -> Result<Option<Found>, FileError> {
        loop {
            match self.state {
                State::Over => return Ok(None),
                State::Members { is_first } => self.member(is_first)?,
                State::Elements { list, next } => {
                    if let Some(found) = self.element(list, next)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
    }

    fn member(&mut self, is_first: bool) -> Result<(), FileError> {
        if self.input.peek()? == Some(b'}') {
            self.input.expect(b'}')?;
            if self.input.peek()?.is_some() {
                return Err(syntax("something follows the end of the document"));
            }
            self.state = State::Over;
            return if self.is_export { Ok(()) } else { Err(FileError::NotAnExport) };
        }
        if !is_first {
            self.input.expect(b',')?;
        }
        let name = self.input.string()?;
        self.input.expect(b':')?;
        self.state = State::Members { is_first: false };
        match name.as_str() {
            "format" if self.input.peek()? == Some(b'"') => {
                self.is_export = self.input.string()? == FORMAT;
                if self.is_export { Ok(()) } else { Err(FileError::NotAnExport) }
            }
            "version" => match self.input.value(LONGEST_VERSION)? {
                Value::Whole(VERSION) => Ok(()),
                Value::Whole(version) => Err(FileError::UnknownVersion(version.to_owned())),
                Value::TooLong => Err(FileError::ElementTooLarge),
            },
            name => {
                if let Some(list) = List::ALL.into_iter().find(|list| list.name() == name) {
                    self.input.expect(b'[')?;
                    self.state = State::Elements { list, next: 0 };
                    return Ok(());
                }
                self.input.skip()
            }
        }
    }

    fn element(&mut self, list: List, next: u64) -> Result<Option<Found>, FileError> {
        if self.input.peek()? == Some(b']') {
            self.input.expect(b']')?;
            self.state = State::Members { is_first: false };
            return Ok(None);
        }
        if next > 0 {
            self.input.expect(b',')?;
        }
        let place = Place::Element { list: list.name(), index: next };
        self.state = State::Elements { list, next: next + 1 };
        let found = match self.input.value(LONGEST_ELEMENT)? {
            Value::Whole(text) => {
                let found = self::found(list, text, place, self.now);
                if found.is_err() {
                    // What has another shape than it should have is refused; what is no JSON ends the document.
                    let IgnoredAny = serde_json::from_str(text).map_err(FileError::Syntax)?;
                }
                found
            }
            Value::TooLong => Err(Wrong::at("", Problem::TooLarge { max: LONGEST_ELEMENT })),
        };
        Ok(Some(found.unwrap_or_else(|Wrong { path, problem }| {
            let column = (!path.is_empty()).then_some(path);
            Found::Refused(RowError { place, column, problem })
        })))
    }
}

/// What an element of a list is.
fn found(list: List, text: &str, place: Place, now: DateTime<Utc>) -> Result<Found, Wrong> {
    Ok(match list {
        List::Exercises => Found::Exercise(Box::new(exercise::read(text)?)),
        List::Units => Found::Unit(Box::new(template::unit(text)?)),
        List::Plans => Found::Plan(Box::new(template::plan(text)?)),
        List::Sessions => Found::Session(Box::new(session::read(text, place, now)?)),
    })
}

impl<R: Read> Iterator for Document<R> {
    type Item = Result<Found, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.read().map_err(|error| self.input.cause(error));
        if found.is_err() {
            self.state = State::Over;
        }
        found.transpose()
    }
}

/// What is wrong with the shape of a value, as serde says it.
fn shape(error: &serde_json::Error) -> Problem {
    Problem::Shape(error.to_string())
}
