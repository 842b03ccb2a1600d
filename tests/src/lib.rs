//! End-to-end tests of IronTrack and their harness.
//!
//! * [`http`]: a client that sends exactly what it is told.
//! * [`harness`]: a PostgreSQL for the run, a database for each test, the real binary as a server.
//! * [`cases`]: the executable cases of the HTTP contract (`tests/cases/*.json`) and what runs them.

#![cfg_attr(test, allow(clippy::needless_pass_by_value, reason = "tests hand `json!` values over as they are written"))]

pub mod cases;
pub mod harness;
pub mod http;
