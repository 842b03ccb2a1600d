//! Lists of sessions on the wire.

use chrono::{DateTime, Utc};
use irontrack_application::training_sessions::SessionList;
use irontrack_domain::{
    TrainingPlanId, TrainingUnitId,
    training::{
        LongText, TemplateName,
        session::{SessionSummary, SessionTime},
    },
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{timestamp, training::Kilograms, training_sessions::course_input::SessionStatusName};

/// A training session in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000ff", "trainingPlanId": "0192a000-0000-7000-8000-0000000000ee",
    "trainingUnitId": "0192a000-0000-7000-8000-0000000000dd", "planName": "Twelve Weeks to Strength",
    "unitName": "Full Body A", "status": "completed", "startTime": "2026-11-28T17:30:00Z",
    "endTime": "2026-11-28T18:41:46.082726Z", "durationSeconds": 4306, "userTimezone": "Europe/Berlin",
    "notes": "Slept badly, trained well.", "createdAt": "2026-11-28T17:30:02.731004Z",
    "updatedAt": "2026-11-28T18:41:46.082726Z", "exerciseCount": 6, "setCount": 21, "totalVolumeKg": 7892.5
}))]
pub(crate) struct TrainingSessionSummary {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// The plan that it was started from; null without one, and once that is gone.
    #[schema(required)]
    training_plan_id: Option<Uuid>,
    /// The unit that it was started from; null without one, and once that is gone.
    #[schema(required)]
    training_unit_id: Option<Uuid>,
    /// What the plan was called when the session was started.
    #[schema(required)]
    plan_name: Option<String>,
    /// What the unit was called when the session was started.
    #[schema(required)]
    unit_name: Option<String>,
    /// How far it is.
    #[schema(value_type = SessionStatusName, inline)]
    status: &'static str,
    /// When it began, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    start_time: DateTime<Utc>,
    /// When it ended, UTC; null while it is in progress.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    end_time: Option<DateTime<Utc>>,
    /// How long it took, in whole seconds; null unless it is completed.
    #[schema(required)]
    duration_seconds: Option<i32>,
    /// Where the clocks of the athlete were set: a name of the IANA database.
    user_timezone: &'static str,
    /// How it went.
    #[schema(required)]
    notes: Option<String>,
    /// Time of creation, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, also of its exercises and sets, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// How many exercises it has.
    exercise_count: i64,
    /// How many sets, those for warming up as well.
    set_count: i64,
    /// Weight times repetitions of all sets that have both, in kilograms; those for warming up do not count.
    #[schema(value_type = f64, minimum = 0)]
    total_volume_kg: Kilograms,
}

impl From<SessionSummary> for TrainingSessionSummary {
    fn from(SessionSummary { head, exercise_count, set_count, volume }: SessionSummary) -> Self {
        let name = |name: &Option<TemplateName>| name.as_ref().map(TemplateName::as_str).map(str::to_owned);
        Self {
            id: head.id().uuid(),
            training_plan_id: head.plan_id.map(TrainingPlanId::uuid),
            training_unit_id: head.unit_id.map(TrainingUnitId::uuid),
            plan_name: name(&head.plan_name),
            unit_name: name(&head.unit_name),
            status: head.course.status().as_str(),
            start_time: head.course.start().time(),
            end_time: head.course.end().map(SessionTime::time),
            duration_seconds: head.course.duration_seconds(),
            user_timezone: head.time_zone.name(),
            notes: head.notes.as_ref().map(LongText::as_str).map(str::to_owned),
            created_at: head.created_at,
            updated_at: head.updated_at,
            exercise_count,
            set_count,
            total_volume_kg: Kilograms(volume),
        }
    }
}

/// One page of training sessions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrainingSessionPage {
    /// The sessions of the page.
    items: Vec<TrainingSessionSummary>,
    /// The page size.
    limit: i64,
    /// How many sessions come before the page; null with `cursor`.
    #[schema(required)]
    offset: Option<i64>,
    /// How many sessions match on all pages; null with `cursor`.
    #[schema(required)]
    total: Option<i64>,
    /// Asks as `cursor` for what follows this page, with the same filters and order; null on the last page.
    #[schema(required)]
    next_cursor: Option<String>,
}

impl From<SessionList> for TrainingSessionPage {
    fn from(SessionList { items, limit, offset, total, next_cursor }: SessionList) -> Self {
        let items = items.into_iter().map(TrainingSessionSummary::from).collect();
        Self { items, limit, offset, total, next_cursor }
    }
}
