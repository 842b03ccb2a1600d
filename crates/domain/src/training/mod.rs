//! Training: templates of workouts and who may use them, and the workouts that were done.

mod amount;
mod grant;
pub mod limits;
mod mode;
mod name;
mod order;
mod plan;
mod prescription;
mod schedule;
pub mod session;
mod sharing;
mod slug;
mod target;
mod template;
mod unit;
mod volume;

pub(crate) use amount::thousandths;
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
pub use volume::Volume;
