//! Everything of an account, in parts of bounded size.

use async_trait::async_trait;
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    exercise::Exercise,
    training::{Grant, Template, TemplateName, TrainingPlan, TrainingUnit, session::TrainingSession},
};

use super::SessionPosition;
use crate::RepositoryError;

/// A grant, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedTemplate {
    /// The unit or plan.
    pub template: Template,
    /// What that is called.
    pub name: TemplateName,
    /// Who may use it.
    pub grant: Grant,
}

/// Where a grant stands among others: units before plans, then by the id of the unit or plan and that of who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantPosition {
    /// The unit or plan.
    pub template: Template,
    /// Who has access to it.
    pub user: UserId,
}

impl SharedTemplate {
    /// Where it stands among others.
    #[must_use]
    pub const fn position(&self) -> GrantPosition {
        GrantPosition { template: self.template, user: self.grant.user_id }
    }
}

/// Reads what belongs to an account: at most `limit` things that come after a position, or the first ones. Nothing comes
/// only where nothing is left.
#[async_trait]
pub trait ExportQueries: Send + Sync {
    /// Visible custom exercises of the account, by id.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn exercises_of(
        &self,
        owner: UserId,
        after: Option<ExerciseId>,
        limit: i64,
    ) -> Result<Vec<Exercise>, RepositoryError>;

    /// Training units of the account, by id.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn units_of(
        &self,
        owner: UserId,
        after: Option<TrainingUnitId>,
        limit: i64,
    ) -> Result<Vec<TrainingUnit>, RepositoryError>;

    /// Training plans of the account, by id.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn plans_of(
        &self,
        owner: UserId,
        after: Option<TrainingPlanId>,
        limit: i64,
    ) -> Result<Vec<TrainingPlan>, RepositoryError>;

    /// Grants on units and plans of the account, and those that the account has on others that are not private, by
    /// [`position`](SharedTemplate::position).
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn grants_of(
        &self,
        user: UserId,
        after: Option<GrantPosition>,
        limit: i64,
    ) -> Result<Vec<SharedTemplate>, RepositoryError>;

    /// Training sessions of the account, by start, then id; fewer than `limit` where they are large, but at least one.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sessions_of(
        &self,
        owner: UserId,
        after: Option<SessionPosition>,
        limit: i64,
    ) -> Result<Vec<TrainingSession>, RepositoryError>;
}
