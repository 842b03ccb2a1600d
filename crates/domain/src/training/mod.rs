//! Training: templates of workouts, who may use them, and what is said about an exercise in them.

mod amount;
mod grant;
mod mode;
mod name;
mod order;
mod plan;
mod schedule;
mod sharing;
mod target;
mod template;
mod unit;

pub use amount::{Distance, Weight};
pub use grant::{Grant, MAX_GRANTS, Template};
pub use mode::Mode;
pub use name::{LongText, TemplateName, names_of_copies};
pub use order::{NoPermutation, Ordered};
pub use plan::{MAX_DAY, MAX_PLAN_UNITS, PlanSummary, PlanUnit, TrainingPlan};
pub use schedule::Schedule;
pub use sharing::{AccessLevel, MyAccess, SharingStatus, Standing};
pub use target::{TargetProblem, Targets};
pub use template::TemplateHead;
pub use unit::{MAX_ENTRIES, Prescription, TrainingUnit, UnitEntry, UnitSummary};
