//! Changes inside a unit of work. Each repository borrows the unit's connection.

mod account;
mod audit;
mod catalogue;
mod exercise;
mod grant;
mod idempotency;
mod import;
mod role;
mod session;
mod template;
mod training_plan;
mod training_session;
mod training_unit;

pub(crate) use account::PostgresAccounts;
pub(crate) use audit::PostgresAudit;
pub(crate) use catalogue::PostgresCatalogues;
pub(crate) use exercise::PostgresExercises;
pub(crate) use grant::PostgresGrants;
pub(crate) use idempotency::PostgresIdempotency;
pub(crate) use import::PostgresImports;
pub(crate) use role::PostgresRoles;
pub(crate) use session::PostgresSessions;
pub(crate) use training_plan::PostgresTrainingPlans;
pub(crate) use training_session::PostgresTrainingSessions;
pub(crate) use training_unit::PostgresTrainingUnits;
