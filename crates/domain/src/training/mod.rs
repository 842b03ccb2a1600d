//! Training: templates of workouts, who may use them, and what is said about an exercise in them.

mod amount;
mod mode;
mod name;
mod order;
mod sharing;
mod target;

pub use amount::{Distance, Weight};
pub use mode::Mode;
pub use name::{LongText, TemplateName};
pub use order::{NoPermutation, Ordered};
pub use sharing::{AccessLevel, MyAccess, SharingStatus, Standing};
pub use target::{TargetProblem, Targets};
