//! Repositories: changes inside a [`UnitOfWork`](crate::UnitOfWork).

mod account;
mod audit;
mod catalogue;
mod exercise;
mod role;
mod session;

pub use account::{AccountChanges, AccountRepository, Credentials, NewAccount};
pub use audit::AuditRepository;
pub use catalogue::CatalogueRepository;
pub use exercise::{ExerciseChanges, ExerciseRepository, NewExercise, Ownership, Removal, SeedOutcome, SystemExercise};
pub use role::RoleRepository;
pub use session::SessionRepository;
