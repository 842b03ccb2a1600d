//! Reads of training units.

use async_trait::async_trait;
use irontrack_domain::{
    TrainingUnitId, UserId,
    training::{TrainingUnit, UnitSummary},
};

use super::TemplateFilter;
use crate::{Page, RepositoryError};

/// Reads training units.
#[async_trait]
pub trait TrainingUnitQueries: Send + Sync {
    /// The unit as that reader sees it, or `None` if for them it is not there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn unit(&self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError>;

    /// One page of the units that match, and how many match in all. Units that can be read only through a plan are in no
    /// list. The difficulty of the filter means nothing here.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn units(&self, filter: &TemplateFilter) -> Result<Page<UnitSummary>, RepositoryError>;
}
