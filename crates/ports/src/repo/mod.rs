//! Repositories: changes inside a [`UnitOfWork`](crate::UnitOfWork).

mod account;
mod catalogue;
mod exercise;
mod role;
mod session;

pub use account::{AccountRepository, Credentials, NewAccount};
pub use catalogue::CatalogueRepository;
pub use exercise::{ExerciseRepository, SeedOutcome, SystemExercise};
pub use role::RoleRepository;
pub use session::SessionRepository;
