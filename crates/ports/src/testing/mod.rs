//! Contract suites: plain functions over a port that every adapter of it must pass. Each panics with what it expected.
//!
//! [`cache`] runs against a cache, [`rate_limit`] against a rate limiter, [`invalidation`] against a channel. The others run against the [`Ports`] of one store, which has its tables and nothing
//! in them when a `contract` begins.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a contract suite fails by panicking"
)]

pub mod account;
pub mod audit;
pub mod cache;
pub mod catalogue;
pub mod exercise;
pub mod export;
pub mod grant;
pub mod idempotency;
pub mod import;
pub mod invalidation;
mod join;
pub mod rate_limit;
pub mod role;
pub mod session;
mod store;
pub mod training_plan;
pub mod training_session;
pub mod training_unit;
pub mod unit_of_work;

pub use store::{Backdoor, Ports, StoredRole};
