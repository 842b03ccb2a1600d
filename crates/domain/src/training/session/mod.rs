//! Training sessions: workouts that were started, what was done in them, and what had been planned.
//!
//! A session takes over what its unit prescribes ([`SessionExercise::planned`]) and is independent of it from then on: it
//! stays readable when the plan, the unit, the entry or the exercise is gone. It can be corrected after its end as well
//! as before; only its [`Course`] has rules about the order of things. Its exercises, and the sets of each, stand in
//! [`Ordered`](super::Ordered) lists.

mod course;
mod exercise;
mod moment;
mod performance;
mod rpe;
mod set;
mod status;
mod training_session;

pub use course::{Course, CourseProblem, Refusal};
pub use exercise::{HasSets, Planned, SessionExercise};
pub use moment::SessionTime;
pub use performance::{Metric, MetricKind, Mismatch, Performance};
pub use rpe::Rpe;
pub use set::{PerformedSet, SetChanges, SetNotes, volume};
pub use status::{SessionStatus, SetType};
pub use training_session::{RecordedExercise, RecordedSet, Revision, SessionHead, SessionSummary, TrainingSession};
