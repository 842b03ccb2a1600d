//! What stands in an export, as far as nothing else describes it.

use chrono::{DateTime, Utc};
use irontrack_domain::training::Template;
use irontrack_ports::query::SharedTemplate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    exercises::dto::Exercise, sharing::AccessGrant, training_plans::dto::TrainingPlan,
    training_sessions::dto::TrainingSession, training_units::dto::TrainingUnit, users::User,
};

/// Everything of an account.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the document for the OpenAPI document; it is written piece by piece")]
pub(crate) struct AccountExport {
    /// Always `irontrack-export`.
    format: String,
    /// The version of the format: 1.
    version: u32,
    /// When the export was begun, UTC.
    exported_at: DateTime<Utc>,
    /// The account.
    account: User,
    /// Custom exercises.
    exercises: Vec<Exercise>,
    /// Training units of the account.
    training_units: Vec<TrainingUnit>,
    /// Training plans of the account.
    training_plans: Vec<TrainingPlan>,
    /// Grants that the account gave or was given.
    grants: Vec<ExportedGrant>,
    /// Training sessions, by start.
    training_sessions: Vec<TrainingSession>,
}

/// A grant, and what it is for: a training unit or a training plan.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportedGrant {
    /// The unit, if it is one.
    #[schema(required)]
    training_unit_id: Option<Uuid>,
    /// The plan, if it is one.
    #[schema(required)]
    training_plan_id: Option<Uuid>,
    /// The name of the unit or plan.
    resource_name: String,
    /// Who may use it, and how.
    grant: AccessGrant,
}

impl From<SharedTemplate> for ExportedGrant {
    fn from(shared: SharedTemplate) -> Self {
        let (training_unit_id, training_plan_id) = match shared.template {
            Template::Unit(id) => (Some(id.uuid()), None),
            Template::Plan(id) => (None, Some(id.uuid())),
        };
        let resource_name = shared.name.as_str().to_owned();
        Self { training_unit_id, training_plan_id, resource_name, grant: shared.grant.into() }
    }
}
