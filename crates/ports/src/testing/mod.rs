//! Contract suites: plain functions over a port that every adapter of it must pass. Each panics with what it expected.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a contract suite fails by panicking"
)]

pub mod cache;
