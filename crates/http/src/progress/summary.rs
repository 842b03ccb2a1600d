//! `GET /progress/summary`.

use std::borrow::Cow;

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_application::progress::SummaryFigures;
use irontrack_domain::{
    ExerciseId,
    catalogue::CatalogueItem,
    progress::{Averages, MostTrained, Period, Share, Summary},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Record, number::Exact, parameters};
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
    timestamp,
    training::{Kilograms, Kilometres},
};

/// Parameters of the summary.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(super) struct SummaryQuery {
    /// Only sessions that began then or later; with an offset or `Z`.
    from: Option<DateTime<Utc>>,
    /// Only sessions that began before; with an offset or `Z`.
    to: Option<DateTime<Utc>>,
}

/// A period in a few figures. Sets for warming up and aborted sessions do not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z",
    "totals": {
        "sessions": 12, "completedSessions": 11, "trainingDays": 12, "exercises": 9, "sets": 214, "reps": 1712,
        "volumeKg": 94712.5, "durationSeconds": 47366, "timeSeconds": 540, "distanceKm": null
    },
    "averages": {
        "sessionsPerWeek": 2.4, "setsPerSession": 17.83, "repsPerSession": 142.67, "volumeKgPerSession": 7892.71,
        "durationSecondsPerSession": 4306
    },
    "mostTrainedExercises": [
        {"id": "0192a000-0000-7000-8000-0000000000aa", "name": "Barbell Squat", "sessions": 12, "sets": 48,
         "volumeKg": 24960},
        {"id": null, "name": "Cable Row", "sessions": 3, "sets": 9, "volumeKg": 4950}
    ],
    "mostTrainedMuscles": [
        {"id": 1, "name": "quadriceps", "sets": 60, "volumeKg": 29910},
        {"id": 13, "name": "triceps", "sets": 31.5, "volumeKg": 11302.5}
    ],
    "records": [
        {"exerciseId": "0192a000-0000-7000-8000-0000000000aa", "exerciseName": "Barbell Squat", "kind": "max_e1rm",
         "value": 116.67, "previousValue": 112.5, "unit": "kg", "sessionId": "0192a000-0000-7000-8000-0000000000ff",
         "startTime": "2026-11-28T17:30:00Z", "date": "2026-11-28",
         "set": {"setId": 812, "weightKg": 100.0, "reps": 5, "seconds": null, "km": null}}
    ]
}))]
pub(super) struct ProgressSummary<'a> {
    /// The sessions began then or later, UTC; null for all.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    from: Option<DateTime<Utc>>,
    /// The sessions began before, UTC; null for all.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    to: Option<DateTime<Utc>>,
    /// All together.
    totals: SummaryTotals,
    /// What a session or a week has of that.
    averages: SummaryAverages,
    /// The exercises with the most sets, then kilograms: at most ten.
    most_trained_exercises: Vec<SummaryExercise<'a>>,
    /// The muscle groups with the most sets, then kilograms: at most ten. A set counts 1 for each primary muscle and 0.5 for
    /// each secondary one.
    most_trained_muscles: Vec<SummaryMuscle<'a>>,
    /// The records that were set in the period, also those that were broken since, the oldest first.
    records: Vec<Record>,
}

/// All that was done in a period.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryTotals {
    /// How many sessions began.
    sessions: u64,
    /// How many of them are completed; the others are in progress.
    completed_sessions: u64,
    /// On how many days, in the time zones of the sessions.
    training_days: u64,
    /// How many different exercises.
    exercises: u64,
    /// How many sets.
    sets: u64,
    /// How many repetitions.
    reps: u64,
    /// Weight times repetitions, in kilograms.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Kilograms,
    /// How long the completed sessions took, in seconds.
    duration_seconds: u64,
    /// All times of sets together, in seconds; null if no time was taken.
    #[schema(required)]
    time_seconds: Option<u64>,
    /// All distances of sets together, in kilometres; null if no distance was measured.
    #[schema(required, value_type = Option<f64>)]
    distance_km: Option<Kilometres>,
}

/// Averages, rounded half up to two decimals; null without a session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryAverages {
    /// Sessions in each ISO week from that of the first session of the period to that of the last one. Weeks without a
    /// session in between count.
    #[schema(required, value_type = Option<f64>)]
    sessions_per_week: Option<Exact>,
    /// Sets of a session.
    #[schema(required, value_type = Option<f64>)]
    sets_per_session: Option<Exact>,
    /// Repetitions of a session.
    #[schema(required, value_type = Option<f64>)]
    reps_per_session: Option<Exact>,
    /// Weight times repetitions of a session, in kilograms.
    #[schema(required, value_type = Option<f64>)]
    volume_kg_per_session: Option<Exact>,
    /// How long a completed session took, in seconds; null without one.
    #[schema(required, value_type = Option<f64>)]
    duration_seconds_per_session: Option<Exact>,
}

/// An exercise that was trained a lot.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryExercise<'a> {
    /// The exercise; null if it is gone.
    #[schema(required)]
    id: Option<Uuid>,
    /// What it is called; if it is gone, what it was called in the session.
    name: Cow<'a, str>,
    /// In how many sessions.
    sessions: u64,
    /// How many sets.
    sets: u64,
    /// Weight times repetitions, in kilograms.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Kilograms,
}

/// A muscle group that was trained a lot.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryMuscle<'a> {
    /// Number of the muscle group.
    id: i16,
    /// What it is called.
    name: Cow<'a, str>,
    /// How many sets: each 1, or 0.5 where it is a secondary muscle.
    #[schema(value_type = f64, minimum = 0)]
    sets: Exact,
    /// Kilograms, shared out in the same way.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Exact,
}

impl From<&Summary<'_>> for SummaryTotals {
    fn from(summary: &Summary<'_>) -> Self {
        let effort = summary.effort;
        Self {
            sessions: summary.sessions,
            completed_sessions: summary.completed_sessions,
            training_days: summary.training_days,
            exercises: summary.exercises,
            sets: effort.sets,
            reps: effort.reps,
            volume_kg: Kilograms(effort.volume),
            duration_seconds: summary.duration_seconds,
            // No set takes no time or leads nowhere.
            time_seconds: Some(effort.seconds).filter(|seconds| *seconds > 0),
            distance_km: Some(effort.metres).filter(|metres| *metres > 0).map(Kilometres),
        }
    }
}

impl From<Averages> for SummaryAverages {
    fn from(averages: Averages) -> Self {
        Self {
            sessions_per_week: averages.sessions_per_week.map(Exact),
            sets_per_session: averages.sets_per_session.map(Exact),
            reps_per_session: averages.reps_per_session.map(Exact),
            volume_kg_per_session: averages.kilograms_per_session.map(Exact),
            duration_seconds_per_session: averages.seconds_per_session.map(Exact),
        }
    }
}

impl<'a> From<MostTrained<'a>> for SummaryExercise<'a> {
    fn from(MostTrained { exercise, sessions, effort }: MostTrained<'a>) -> Self {
        Self {
            id: exercise.id.map(ExerciseId::uuid),
            name: Cow::Borrowed(&exercise.name),
            sessions,
            sets: effort.sets,
            volume_kg: Kilograms(effort.volume),
        }
    }
}

impl<'a> SummaryMuscle<'a> {
    fn new((muscle, share): (&'a CatalogueItem, Share)) -> Self {
        Self {
            id: muscle.id,
            name: Cow::Borrowed(&muscle.name),
            sets: Exact(share.sets()),
            volume_kg: Exact(share.kilograms()),
        }
    }
}

/// Of which sessions.
#[derive(Debug)]
pub(super) struct Asked(Period);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let period = parameters::period(&mut query, violations);
        query.refuse_others(violations);
        period.map(Self)
    }
}

/// Sums a period up
///
/// The caller's own: totals, averages, what was trained most, and the records that were set.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetSummary",
    params(SummaryQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "The summary", body = ProgressSummary<'_>))
)]
#[get("/summary")]
pub(crate) async fn get_summary(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let Asked(period) = call.input;
    let show = |SummaryFigures { summary, records }: SummaryFigures<'_>| {
        HttpResponse::Ok().json(ProgressSummary {
            from: period.from,
            to: period.to,
            totals: SummaryTotals::from(&summary),
            averages: SummaryAverages::from(summary.averages),
            most_trained_exercises: summary.most_trained_exercises.into_iter().map(SummaryExercise::from).collect(),
            most_trained_muscles: summary.most_trained_muscles.into_iter().map(SummaryMuscle::new).collect(),
            records: records.into_iter().map(Record::from).collect(),
        })
    };
    Ok(call.state.progress.summary(call.caller.user_id, period, show).await?)
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);
