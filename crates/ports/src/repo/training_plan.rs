//! Training plans.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    PlanUnitId, TrainingPlanId, TrainingUnitId, UserId,
    exercise::DifficultyLevel,
    training::{TemplateName, TrainingPlan},
};

use super::{NewTemplate, TemplateChanges};
use crate::RepositoryError;

/// A unit on a day of a plan as it is to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanUnitToStore {
    /// The stored one that it replaces; `None` for a new one.
    pub id: Option<PlanUnitId>,
    /// The day, from 1.
    pub day: i16,
    /// The place within the day, from 0.
    pub place: i16,
    /// The unit.
    pub unit_id: TrainingUnitId,
}

/// Changes training plans.
#[async_trait]
pub trait TrainingPlanRepository: Send {
    /// Stores a new plan with its schedule, of which nothing has an id.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `TrainingPlanName`; [`RepositoryError::MissingReference`] with `TemplateOwner`
    /// or `ScheduledUnit`.
    async fn insert(
        &mut self,
        id: TrainingPlanId,
        plan: &NewTemplate,
        difficulty_level: DifficultyLevel,
        schedule: &[PlanUnitToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// The plan as that reader sees it, or `None` if for them it is not there. Nobody else can write it until the unit of
    /// work ends, and what was written by those who were waited for is seen.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError>;

    /// The same for whoever only reads it, next to others who do, and wants it to stay as it is.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn keep(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError>;

    /// Locks those of these plans that there are, whoever may read them and in one order for everybody, and answers which.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_all(&mut self, ids: &[TrainingPlanId]) -> Result<Vec<TrainingPlanId>, RepositoryError>;

    /// The plan as that reader sees it, as it stands now.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn read(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError>;

    /// Changes a plan. `updated_at` moves only if a value really changes.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `TrainingPlanName`.
    async fn update(
        &mut self,
        id: TrainingPlanId,
        changes: &TemplateChanges,
        difficulty_level: Option<DifficultyLevel>,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Makes this the schedule of a plan, and moves `updated_at`. What is stored and not in it goes, rows that are right
    /// already are not touched. The ids must be those of this plan, each once.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `ScheduledUnit`.
    async fn write_schedule(
        &mut self,
        id: TrainingPlanId,
        schedule: &[PlanUnitToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Removes a plan with its schedule and grants; its units stay.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, id: TrainingPlanId) -> Result<(), RepositoryError>;

    /// The names of an account's plans that begin with one of these, ignoring case. Lock the account first: otherwise
    /// another one may be taken in between.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn names_beginning(&mut self, owner: UserId, stems: &[&str]) -> Result<Vec<TemplateName>, RepositoryError>;

    /// Locks all plans, then all units of an account, each in the order in which everybody locks several of them.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_of(&mut self, owner: UserId) -> Result<(), RepositoryError>;

    /// Removes what nobody but that account has of its plans: private ones, and shared ones without grants. Lock them
    /// before.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove_of(&mut self, owner: UserId) -> Result<(), RepositoryError>;
}
