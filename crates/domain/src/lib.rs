//! Types and rules of workout tracking.
//!
//! Everything here is pure: no I/O, no framework, no database, no clock and no randomness. Whatever depends on the
//! current time or on a new identifier takes it as an argument. Values are valid from the moment they exist: they are
//! built by `parse`, which answers a [`Violation`] instead of a half-valid value.
//!
//! ```
//! use irontrack_domain::account::Email;
//!
//! let email = Email::parse(" Jo <Jo.Lifter@EXAMPLE.com> ").unwrap();
//! assert_eq!(email.as_str(), "Jo.Lifter@example.com");
//! assert_eq!(email.canonical(), "jo.lifter@example.com");
//! ```

pub mod account;
mod attribute;
pub mod audit;
pub mod catalogue;
mod entity_tag;
pub mod exercise;
mod id;
mod idempotency_key;
pub mod import;
pub mod progress;
mod text;
mod time_zone;
pub mod training;
mod violation;

pub use entity_tag::EntityTag;
pub use id::{
    ExerciseId, ImportId, PlanUnitId, RefreshId, SessionExerciseId, SessionId, SessionSetId, TrainingPlanId,
    TrainingSessionId, TrainingUnitId, UnitEntryId, UserId,
};
pub use idempotency_key::IdempotencyKey;
pub use text::SearchTerm;
pub use time_zone::TimeZone;
pub use violation::{EmailProblem, Violation};
