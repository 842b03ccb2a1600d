//! Repositories: changes inside a [`UnitOfWork`](crate::UnitOfWork).

mod account;
mod audit;
mod catalogue;
mod exercise;
mod grant;
mod idempotency;
mod import;
mod role;
mod session;
mod template;
mod training_plan;
mod training_session;
mod training_unit;

pub use account::{AccountChanges, AccountRepository, Credentials, NewAccount};
pub use audit::AuditRepository;
pub use catalogue::CatalogueRepository;
pub use exercise::{
    ExerciseChanges, ExerciseRepository, KeptExercise, NewExercise, Ownership, Pictures, Removal, SeedOutcome,
    SystemExercise,
};
pub use grant::GrantRepository;
pub use idempotency::{Claim, IdempotencyRepository, KeptAnswer, RequestHash};
pub use import::{
    ExerciseDefinition, FoundExercise, Import, ImportCounts, ImportOutcome, ImportPart, ImportRepository, ImportedName,
    Likeness, NameDecision, PartKind, PartOutcome, RefusedRow, StagedEntry, StagedExercise, StagedPlan, StagedSession,
    StagedUnit, TimePrecision,
};
pub use role::RoleRepository;
pub use session::SessionRepository;
pub use template::{NewTemplate, TemplateChanges};
pub use training_plan::{PlanUnitToStore, TrainingPlanRepository};
pub use training_session::{DoneExercise, NewTrainingSession, SessionDetails, TrainingSessionRepository};
pub use training_unit::{EntryToStore, TrainingUnitRepository, UnitCopy};
