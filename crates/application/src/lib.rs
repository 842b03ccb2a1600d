//! Use cases of IronTrack.
//!
//! A public method of a use case opens the unit of work, changes things in it and finishes it in one place. Nothing
//! slow happens while a transaction is open: passwords are hashed before, caches are told after the commit and before
//! the answer. Failures are typed; each has a [`kind`](UseCaseError::kind) and a stable [`code`](UseCaseError::code).

pub mod access;
pub mod audit;
mod catalogues;
mod copies;
pub mod demo;
mod error;
mod exercises;
mod export;
mod health;
mod idempotency;
pub mod imports;
mod intent;
mod personal;
mod precondition;
pub mod progress;
pub mod setup;
pub mod sharing;
pub mod training_plans;
pub mod training_sessions;
pub mod training_units;
mod unit_of_work;
pub mod users;

pub use catalogues::{CatalogueError, Catalogues};
pub use copies::{Copies, Following, Render};
pub use error::{ErrorKind, Mistake, UseCaseError};
pub use exercises::{ExerciseDraft, ExerciseError, ExercisePatch, Exercises};
pub use export::{Export, ExportPart, ExportPlace, ExportTurn, ExportTurnError};
pub use health::{Health, HealthReport};
pub use idempotency::{Answered, ForgottenRequests, Once, Repeatable, RepetitionError};
pub use precondition::{Outdated, Precondition, tag};
