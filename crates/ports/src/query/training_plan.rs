//! Reads of training plans.

use async_trait::async_trait;
use irontrack_domain::{
    TrainingPlanId, UserId,
    training::{PlanSummary, TrainingPlan},
};

use super::TemplateFilter;
use crate::{Page, RepositoryError};

/// Reads training plans.
#[async_trait]
pub trait TrainingPlanQueries: Send + Sync {
    /// The plan as that reader sees it, or `None` if for them it is not there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn plan(&self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError>;

    /// One page of the plans that match, and how many match in all.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn plans(&self, filter: &TemplateFilter) -> Result<Page<PlanSummary>, RepositoryError>;
}
