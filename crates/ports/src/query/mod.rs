//! Reads: one statement each, on one connection, outside any transaction.

mod account;
mod audit;
mod catalogue;
mod exercise;
mod health;

pub use account::{AccountFilter, AccountQueries, AccountSort, PrincipalState, SessionState};
pub use audit::{AuditFilter, AuditQueries, RecordedEvent};
pub use catalogue::{CatalogueFilter, CatalogueQueries, CatalogueSort};
pub use exercise::{ExerciseFilter, ExerciseOrder, ExerciseQueries, ExerciseScope, ExerciseSort};
pub use health::HealthQueries;
