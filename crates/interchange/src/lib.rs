//! Files of other workout apps, and our own: reading them, writing them, and finding the exercises that they name.
//!
//! * [`CsvSessions`] reads what Strong and Hevy export, in all the forms that they have had; [`Document`] reads what
//!   `GET /access/export` answers. Both are iterators that hold one workout at a time, whatever the size of the file.
//!   Nothing that was not understood is left out silently: each row is a set, a row without one, or a [`RowError`].
//! * [`SessionWriter`] writes workouts in the form of either app.
//! * [`Matcher`] finds the exercises that are meant by the names in a file.
//! * [`SessionKey`] tells whether a session of a file was recorded before, as exactly as its format can tell.
//!
//! Nothing here knows a database, a clock or a network.

mod amount;
#[cfg(test)]
mod cases;
mod cell;
mod document;
mod error;
mod formula;
mod imported;
mod local_time;
mod matching;
mod precision;
mod read;
mod sessions;
mod settings;
mod table;
mod text;
mod write;

pub use amount::{DistanceUnit, WeightUnit};
pub use document::Document;
pub use error::{FileError, Place, Problem, Quantity, RowError};
pub use imported::{Found, ImportedExercise, ImportedSession, Tally};
pub use matching::{Candidate, Match, MatchKind, Matcher, folded};
pub use precision::{Precision, SessionKey};
pub use sessions::CsvSessions;
pub use settings::ReadSettings;
pub use write::{CsvShape, SessionWriter};
