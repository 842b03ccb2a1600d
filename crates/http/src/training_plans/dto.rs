//! Training plans on the wire.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    UserId,
    training::{LongText, PlanSummary, PlanUnit as DomainPlanUnit, TrainingPlan as DomainPlan},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    exercises::DifficultyLevelName,
    template::{MyAccessName, SharingStatusName},
};

/// A training unit on a day of a plan.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": 7, "dayNumber": 1, "orderIndex": 0, "trainingUnitId": "0192a000-0000-7000-8000-0000000000dd",
    "unitName": "Full Body A", "exerciseCount": 6
}))]
pub(crate) struct PlanUnit {
    /// Identifier.
    id: i32,
    /// The day, from 1. Days without a unit are days of rest.
    day_number: i16,
    /// Place within the day, from 0.
    order_index: i16,
    /// The unit.
    training_unit_id: Uuid,
    /// What the unit is called now.
    unit_name: String,
    /// How many entries the unit has.
    exercise_count: i64,
}

impl From<&DomainPlanUnit> for PlanUnit {
    fn from(unit: &DomainPlanUnit) -> Self {
        Self {
            id: unit.id.number(),
            day_number: unit.day,
            order_index: unit.place,
            training_unit_id: unit.unit_id.uuid(),
            unit_name: unit.unit_name.as_str().to_owned(),
            exercise_count: unit.entry_count,
        }
    }
}

/// A training plan.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000ee", "name": "Three days a week",
    "description": "Two full-body days that take turns.", "difficultyLevel": "beginner", "sharingStatus": "private",
    "createdBy": "0192a000-0000-7000-8000-0000000000bb", "myAccess": "owner",
    "createdAt": "2026-11-28T18:41:46.082726Z", "updatedAt": "2026-11-28T18:41:46.082726Z",
    "units": [
        {"id": 7, "dayNumber": 1, "orderIndex": 0, "trainingUnitId": "0192a000-0000-7000-8000-0000000000dd",
         "unitName": "Full Body A", "exerciseCount": 6},
        {"id": 8, "dayNumber": 3, "orderIndex": 0, "trainingUnitId": "0192a000-0000-7000-8000-0000000000de",
         "unitName": "Full Body B", "exerciseCount": 6}
    ]
}))]
pub(crate) struct TrainingPlan {
    /// Identifier.
    id: Uuid,
    /// Name, unique among the plans of its owner, ignoring case.
    name: String,
    /// What it is for.
    #[schema(required)]
    description: Option<String>,
    /// How much experience it asks for.
    #[schema(value_type = DifficultyLevelName, inline)]
    difficulty_level: &'static str,
    /// For whom it is there.
    #[schema(value_type = SharingStatusName, inline)]
    sharing_status: &'static str,
    /// The owner; null once their account is gone.
    #[schema(required)]
    created_by: Option<Uuid>,
    /// What the caller may do with it.
    #[schema(value_type = MyAccessName, inline)]
    my_access: &'static str,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// Its units, by day, then place.
    units: Vec<PlanUnit>,
}

impl TrainingPlan {
    pub(crate) fn new(plan: &DomainPlan) -> Self {
        let head = &plan.head;
        Self {
            id: plan.id.uuid(),
            name: head.name.as_str().to_owned(),
            description: head.description.as_ref().map(LongText::as_str).map(str::to_owned),
            difficulty_level: plan.difficulty_level.as_str(),
            sharing_status: head.sharing_status.as_str(),
            created_by: head.created_by.map(UserId::uuid),
            my_access: head.my_access.as_str(),
            created_at: head.created_at,
            updated_at: head.updated_at,
            units: plan.units.iter().map(PlanUnit::from).collect(),
        }
    }
}

/// A training plan in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000ee", "name": "Three days a week",
    "description": "Two full-body days that take turns.", "difficultyLevel": "beginner", "sharingStatus": "public",
    "createdBy": "0192a000-0000-7000-8000-0000000000bb", "myAccess": "read",
    "createdAt": "2026-11-28T18:41:46.082726Z", "updatedAt": "2026-11-28T18:41:46.082726Z",
    "unitCount": 6, "dayCount": 6, "lengthDays": 12
}))]
pub(crate) struct TrainingPlanSummary {
    /// Identifier.
    id: Uuid,
    /// Name.
    name: String,
    /// What it is for.
    #[schema(required)]
    description: Option<String>,
    /// How much experience it asks for.
    #[schema(value_type = DifficultyLevelName, inline)]
    difficulty_level: &'static str,
    /// For whom it is there.
    #[schema(value_type = SharingStatusName, inline)]
    sharing_status: &'static str,
    /// The owner; null once their account is gone.
    #[schema(required)]
    created_by: Option<Uuid>,
    /// What the caller may do with it.
    #[schema(value_type = MyAccessName, inline)]
    my_access: &'static str,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// How many units stand in it, each counted as often as it does.
    unit_count: i64,
    /// How many different days have a unit.
    day_count: i64,
    /// The highest day with a unit; 0 without units.
    length_days: i64,
}

impl From<PlanSummary> for TrainingPlanSummary {
    fn from(plan: PlanSummary) -> Self {
        let head = plan.head;
        Self {
            id: plan.id.uuid(),
            name: head.name.as_str().to_owned(),
            description: head.description.as_ref().map(LongText::as_str).map(str::to_owned),
            difficulty_level: plan.difficulty_level.as_str(),
            sharing_status: head.sharing_status.as_str(),
            created_by: head.created_by.map(UserId::uuid),
            my_access: head.my_access.as_str(),
            created_at: head.created_at,
            updated_at: head.updated_at,
            unit_count: plan.unit_count,
            day_count: plan.day_count,
            length_days: plan.length_days,
        }
    }
}

/// One page of training plans.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrainingPlanPage {
    /// The plans of the page.
    pub(super) items: Vec<TrainingPlanSummary>,
    /// The page size.
    pub(super) limit: i64,
    /// How many plans come before the page.
    pub(super) offset: i64,
    /// How many plans match on all pages.
    pub(super) total: i64,
}
