//! Training sessions on the wire.

mod exercise;
mod list;
mod session;
mod set;

pub(super) use exercise::SessionExercise;
pub(super) use list::TrainingSessionPage;
pub(crate) use session::TrainingSession;
pub(crate) use set::{SessionSet, sets};
