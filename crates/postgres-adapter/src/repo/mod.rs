//! Changes inside a unit of work. Each repository borrows the unit's connection.

mod account;
mod audit;
mod catalogue;
mod exercise;
mod role;
mod session;

pub(crate) use account::PostgresAccounts;
pub(crate) use audit::PostgresAudit;
pub(crate) use catalogue::PostgresCatalogues;
pub(crate) use exercise::PostgresExercises;
pub(crate) use role::PostgresRoles;
pub(crate) use session::PostgresSessions;
