//! Reads: one statement each, on one connection, outside any transaction.

mod account;
mod audit;
mod catalogue;
mod exercise;
mod export;
mod grant;
mod health;
mod import;
mod progress;
mod template;
mod training_plan;
mod training_session;
mod training_unit;

pub use account::{AccountFilter, AccountQueries, AccountSort, PrincipalState, SessionState};
pub use audit::{AuditFilter, AuditQueries, RecordedEvent};
pub use catalogue::{CatalogueFilter, CatalogueQueries, CatalogueSort};
pub use exercise::{ExerciseFilter, ExerciseOrder, ExerciseQueries, ExerciseScope, ExerciseSort};
pub use export::{ExportQueries, GrantPosition, SharedTemplate};
pub use grant::GrantQueries;
pub use health::HealthQueries;
pub use import::ImportQueries;
pub use progress::{
    CurrentName, ExerciseContenders, Figures, HistoryVersion, KnownExercise, KnownLog, LogNews, PointFilter,
    PointsAndContenders, PreviousSession, ProgressQueries, RecordFilter, RecordScope, TrainingLogQueries,
};
pub use template::{TemplateFilter, TemplateScope, TemplateSort};
pub use training_plan::TrainingPlanQueries;
pub use training_session::{SessionFilter, SessionPage, SessionPosition, SessionWindow, TrainingSessionQueries};
pub use training_unit::TrainingUnitQueries;
