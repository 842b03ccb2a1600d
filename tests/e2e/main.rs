//! End-to-end tests: the real program, over HTTP and the command line, against a real PostgreSQL.

#![expect(clippy::expect_used, reason = "tests fail by panicking, also in their helpers")]

mod authorisation;
mod catalogues;
mod contract_cases;
mod conventions;
mod emails;
mod errors;
mod exercises;
mod journey;
mod logs;
mod migrations;
mod openapi;
mod races;
mod refresh;
mod repositories;
mod server_dev;
mod server_run;
mod settings;
mod shared_cache;
mod sign_in;
mod sign_up;
mod system_catalogue;
