//! End-to-end tests: the real program, over HTTP and the command line, against a real PostgreSQL.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    reason = "tests fail by panicking, also in their helpers, and are written to be read"
)]

mod account;
mod audit;
mod authorisation;
mod catalogue_writes;
mod catalogues;
mod cli;
mod contract_cases;
mod conventions;
mod cors;
mod cross_site;
mod emails;
mod entity_tags;
mod errors;
mod exercise_writes;
mod exercises;
mod faults;
mod forwarded;
mod gym;
mod history_scale;
mod hostile;
mod idempotency;
mod imports;
mod invariants;
mod journey;
mod logs;
mod migrations;
mod negative;
mod openapi;
mod operations;
mod own_data;
mod password_strength;
mod progress;
mod races;
mod rate_limits;
mod refresh;
mod repositories;
mod roles;
mod schemathesis;
mod search;
mod server_dev;
mod server_run;
mod session_tables;
mod sessions;
mod settings;
mod shared_cache;
mod sharing;
mod sign_in;
mod sign_in_cost;
mod sign_up;
mod statements;
mod system_catalogue;
mod template_lists;
mod template_tables;
mod token_attacks;
#[cfg(target_os = "linux")]
mod topology;
mod training_plans;
mod training_sessions;
mod training_units;
mod two_instances;
mod user_deletion;
mod users;
