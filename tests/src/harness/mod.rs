//! The harness: one PostgreSQL for the run, one database for each test, the real binary as the server.
//!
//! Everything panics with what was expected when it does not work: a test that cannot be set up has failed.

#![expect(clippy::expect_used, clippy::panic, clippy::missing_panics_doc, reason = "a test harness fails by panicking")]

mod alone;
mod announcements;
mod app;
mod audit;
mod binary;
pub mod bodies;
mod browser;
mod cache;
mod cluster;
mod command;
mod contents;
mod database;
mod disk;
mod document;
mod imports;
mod load;
mod mint;
mod oha;
mod plans;
mod postgres;
mod process;
mod proxy;
mod signal;
mod skewed_clock;
mod template;
mod templates;
mod terminal;
mod topology;
mod training_sessions;
mod valid;
mod valid_session;
mod wait;
mod world;

pub use alone::alone;
pub use announcements::Announcements;
pub use app::{App, Session, body, password, sign_in};
pub use audit::AuditRow;
pub use binary::program;
pub use browser::open_page;
pub use cache::{CacheEntries, CacheServer};
pub use cluster::maintenance_url;
pub use command::run_with_input;
pub use contents::Contents;
pub use database::TestDatabase;
pub use disk::SmallDisk;
pub use document::{DocumentedOperation, documented_operations};
pub use imports::{hevy_file, upload};
pub use load::{Caller, Job, Load, Outcome, Sample, Samples};
pub use mint::Mint;
pub use oha::{Answers, Oha, Traffic};
pub use plans::PlanLog;
pub use postgres::{PrivatePostgres, Stop};
pub use process::{Exit, Process};
pub use proxy::{FaultProxy, Upstream};
pub use skewed_clock::SkewedClock;
pub use template::no_copies;
pub use terminal::Terminal;
pub use topology::{Front, Nginx, PoolMode, Pooler, PoolerOptions, Topology};
pub use wait::{during, last, until};
pub use world::{furnish, world};

/// The key that signs the tokens of the tests; the one of the contract cases, so that their tokens are genuine.
#[must_use]
pub fn signing_key() -> String {
    let fixtures = crate::cases::Fixtures::load().expect("the fixtures can be read");
    let key = fixtures.environment.get("JWT_PRIVATE_KEY").cloned().flatten();
    key.expect("the fixtures have a key")
}

/// A new address that no other test has.
#[must_use]
pub fn unique_email() -> String {
    format!("{}@example.com", uuid::Uuid::new_v4().simple())
}
