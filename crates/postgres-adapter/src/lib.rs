//! PostgreSQL behind the ports of IronTrack.
//!
//! | module | what it does |
//! |---|---|
//! | [`Pool`] | bounded waits for connections and statements; broken connections never come back |
//! | [`Way`] | whether there is a pooler in between, and whether it can be lived with |
//! | [`PostgresUnitOfWorkFactory`] | transactions and the repositories inside them |
//! | [`PostgresQueries`] | reads, one statement each |
//! | [`PostgresDemoStore`] | made-up training data, by `COPY` |
//! | [`PostgresChannel`] | tells other instances what has changed, by `LISTEN` and `NOTIFY` |
//! | [`ensure_database`] | makes the database of a private cluster |
//! | [`role_passwords`] | reads what a pooler needs to let roles in |
//! | [`Migrator`] | brings the schema up to date, one process at a time |
//!
//! Rules that hold everywhere in this crate:
//!
//! * All talk to the server goes through `Connection::run`, which bounds it in time and marks connections that must not
//!   be used again. Notifications and `COPY`, which diesel does not know, have connections of their own, bounded as well.
//! * Statements are prepared once per connection and reused: those of diesel's query builder by their type, the others
//!   (`Statement`) by their text. Texts are put together from fixed pieces; values are always parameters.
//! * Database errors are told apart by constraint name and never repeat a value that was sent.

mod channel;
mod connection;
mod database;
mod demo;
mod error;
mod manager;
mod migrations;
mod open;
mod pool;
mod pooler;
mod query;
mod repo;
mod role_passwords;
mod row;
mod schema;
mod seeding_lock;
mod server;
mod statement;
mod stored;
mod unit_of_work;
mod url;

pub use channel::PostgresChannel;
pub use database::ensure_database;
pub use demo::PostgresDemoStore;
pub use migrations::{MigrationError, MigrationState, MigrationStatus, Migrator};
pub use open::ConnectError;
pub use pool::{Pool, PoolOptions};
pub use pooler::Way;
pub use query::PostgresQueries;
pub use role_passwords::{RolePassword, RolePasswordError, role_passwords};
pub use unit_of_work::PostgresUnitOfWorkFactory;
pub use url::UrlParts;
