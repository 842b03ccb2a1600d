//! Training: templates of workouts, who may use them, and what is said about an exercise in them.

mod amount;
mod grant;
pub mod limits;
mod mode;
mod name;
mod order;
mod plan;
mod prescription;
mod schedule;
mod sharing;
mod slug;
mod target;
mod template;
mod unit;

pub use amount::{Distance, Weight};
pub use grant::{Grant, Template};
pub use mode::Mode;
pub use name::{LongText, TemplateName, names_of_copies};
pub use order::{NoPermutation, Ordered};
pub use plan::{PlanSummary, PlanUnit, TrainingPlan};
pub use prescription::Prescription;
pub use schedule::Schedule;
pub use sharing::{AccessLevel, MyAccess, SharingStatus, Standing};
pub use slug::TemplateSlug;
pub use target::{TargetProblem, Targets};
pub use template::TemplateHead;
pub use unit::{TrainingUnit, UnitEntry, UnitSummary};
