//! Whole files: samples of every form, files that are written and read again, and files that are broken.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking, also in their helpers")]

#[path = "../../src/cases.rs"]
mod cases;
mod document;
mod hevy;
mod hostile;
mod matching;
mod reading;
mod round_trip;
mod samples;
mod strong;
