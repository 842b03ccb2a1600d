//! `GET /progress/previous`.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, NaiveDate, Utc};
use irontrack_domain::{ExerciseId, training::TemplateName};
use irontrack_ports::query::PreviousSession;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::parameters::{self, EXERCISE_ID};
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
    timestamp,
    training_sessions::dto::{SessionSet, sets},
};

/// Parameters of the previous sets. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct PreviousSetsQuery {
    /// Which exercise.
    exercise_id: Uuid,
}

/// Of which exercise.
#[derive(Debug)]
pub(crate) struct Asked(ExerciseId);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let exercise = query.required(EXERCISE_ID, violations, parameters::exercise_id);
        query.refuse_others(violations);
        exercise.map(Self)
    }
}

/// What was done of an exercise the last time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000aa",
    "session": {
        "id": "0192a000-0000-7000-8000-0000000000ff", "startTime": "2026-11-28T17:30:00Z", "date": "2026-11-28",
        "userTimezone": "Europe/Berlin", "unitName": "Full Body A"
    },
    "sets": [
        {
            "id": 811, "orderIndex": 0, "weight": 40.0, "repsCompleted": 10, "timeSeconds": null, "distanceKm": null,
            "setType": "warmup", "rpe": null, "notes": null
        },
        {
            "id": 812, "orderIndex": 1, "weight": 82.5, "repsCompleted": 8, "timeSeconds": null, "distanceKm": null,
            "setType": "working", "rpe": 8.5, "notes": null
        }
    ]
}))]
pub(super) struct PreviousSets {
    /// Which exercise.
    exercise_id: Uuid,
    /// In which session; null if there is none.
    #[schema(required)]
    session: Option<PreviousSetsSession>,
    /// The sets of the exercise in their order, those for warming up as well. If it stands in the session more than once
    /// they follow each other, and their places are counted through.
    sets: Vec<SessionSet>,
}

/// The session of previous sets.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PreviousSetsSession {
    /// Identifier.
    id: Uuid,
    /// When it began, UTC.
    #[serde(serialize_with = "timestamp::serialize")]
    start_time: DateTime<Utc>,
    /// Which day that was in its time zone.
    date: NaiveDate,
    /// Where the clocks of the athlete were set: a name of the IANA database.
    user_timezone: &'static str,
    /// What the unit was called that it was started from; null without one.
    #[schema(required)]
    unit_name: Option<String>,
}

impl PreviousSets {
    fn new(exercise: ExerciseId, previous: Option<PreviousSession>) -> Self {
        let sets = previous.as_ref().map_or_else(Vec::new, |session| sets(&session.sets));
        let session = previous.map(|session| PreviousSetsSession {
            id: session.id.uuid(),
            start_time: session.start,
            date: session.zone.date(session.start),
            user_timezone: session.zone.name(),
            unit_name: session.unit_name.as_ref().map(TemplateName::as_str).map(str::to_owned),
        });
        Self { exercise_id: exercise.uuid(), session, sets }
    }
}

/// Shows what was done of an exercise the last time
///
/// The sets of the latest completed session in which there are some, to fill in the next one with.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetPreviousSets",
    params(PreviousSetsQuery),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The session and the sets; none if it was never done", body = PreviousSets),
        (
            status = 404,
            description = "There is no such exercise that the caller may read or has trained",
            body = crate::problem::ProblemBody<'_>,
        ),
    )
)]
#[get("/previous")]
pub(crate) async fn get_previous_sets(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let exercise = call.input.0;
    let previous = call.state.progress.previous(&call.caller, exercise).await?;
    Ok(HttpResponse::Ok().json(PreviousSets::new(exercise, previous)))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);
