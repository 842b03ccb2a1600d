//! `GET /progress/exercises/{exercise_id}`.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, UserId,
    progress::{Bucket, Point},
};
use irontrack_ports::query::PointFilter;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    parameters::{self, BucketName, FormulaName},
    point::ProgressPoint,
};
use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
    timestamp,
};

/// Parameters of the course of an exercise. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct ExerciseProgressQuery {
    /// Only sessions that began then or later; with an offset or `Z`.
    from: Option<DateTime<Utc>>,
    /// Only sessions that began before; with an offset or `Z`.
    to: Option<DateTime<Utc>>,
    /// What makes a point: a session, or all sessions of a day, an ISO week or a month in their own time zones.
    #[param(inline, default = "session")]
    bucket: Option<BucketName>,
    /// How a one-repetition maximum is estimated.
    #[param(inline, default = "epley")]
    formula: Option<FormulaName>,
    /// Whether repetitions in reserve, 10 − RPE, are added to those of a set before its maximum is estimated.
    #[param(default = false)]
    use_rpe: Option<bool>,
    /// Whether sets for warming up count.
    #[param(default = false)]
    include_warmups: Option<bool>,
}

/// What is asked, to which the handler adds who asks.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(super) filter: PointFilter,
    pub(super) bucket: Bucket,
}

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = request.path.uuid("exercise_id", violations);
        let mut query = Query::parse(request.query);
        let asked = asked(exercise, &mut query, violations);
        query.refuse_others(violations);
        asked
    }
}

/// The parameters of the course of an exercise.
pub(super) fn asked(exercise: Read<Uuid>, query: &mut Query, violations: &mut Violations) -> Read<Asked> {
    let period = parameters::period(query, violations);
    let bucket = parameters::bucket(query, Bucket::Session, violations);
    let estimator = parameters::estimator(query, violations);
    let include_warmups = parameters::include_warmups(query, violations);
    let filter = PointFilter {
        owner: UserId::new(Uuid::nil()),
        exercise: ExerciseId::new(exercise?),
        period: period?,
        estimator: estimator?,
        include_warmups: include_warmups?,
    };
    Ok(Asked { filter, bucket: bucket? })
}

/// The course of an exercise.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "from": "2026-11-01T00:00:00Z", "to": null, "bucket": "week",
    "formula": "epley", "useRpe": false, "includeWarmups": false,
    "points": [
        {
            "start": "2026-11-16", "sets": 6, "reps": 30, "volumeKg": 2400, "topWeightKg": 80.0, "bestE1rmKg": 93.33,
            "bestSet": {
                "sessionId": "0192a000-0000-7000-8000-0000000000f1", "setId": 790, "weight": 80.0, "reps": 5
            },
            "longestSeconds": null, "longestKm": null, "totalSeconds": null, "totalKm": null
        },
        {
            "start": "2026-11-23", "sets": 6, "reps": 31, "volumeKg": 2557.5, "topWeightKg": 82.5, "bestE1rmKg": 99.0,
            "bestSet": {
                "sessionId": "0192a000-0000-7000-8000-0000000000ff", "setId": 812, "weight": 82.5, "reps": 6
            },
            "longestSeconds": null, "longestKm": null, "totalSeconds": null, "totalKm": null
        }
    ]
}))]
pub(super) struct ExerciseProgress {
    /// Which exercise.
    exercise_id: Uuid,
    /// The sessions began then or later, UTC; null for all.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    from: Option<DateTime<Utc>>,
    /// The sessions began before, UTC; null for all.
    #[serde(serialize_with = "timestamp::serialize_optional")]
    #[schema(required)]
    to: Option<DateTime<Utc>>,
    /// What makes a point.
    #[schema(value_type = BucketName, inline)]
    bucket: &'static str,
    /// How one-repetition maxima are estimated.
    #[schema(value_type = FormulaName, inline)]
    formula: &'static str,
    /// Whether repetitions in reserve count for that.
    use_rpe: bool,
    /// Whether sets for warming up count.
    include_warmups: bool,
    /// What was done, the oldest first. There is no point for a time without sets that count.
    points: Vec<ProgressPoint>,
}

impl ExerciseProgress {
    fn new(Asked { filter, bucket }: &Asked, points: Vec<Point>) -> Self {
        Self {
            exercise_id: filter.exercise.uuid(),
            from: filter.period.from,
            to: filter.period.to,
            bucket: bucket.as_str(),
            formula: filter.estimator.formula.as_str(),
            use_rpe: filter.estimator.use_rpe,
            include_warmups: filter.include_warmups,
            points: points.into_iter().map(ProgressPoint::from).collect(),
        }
    }
}

/// Shows the course of one exercise
///
/// Sets of completed sessions and of those in progress count, those for warming up only if they are asked for. Everything
/// is computed from the sets as they are now. An exercise that was hidden keeps its course for those who have trained it.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetExerciseProgress",
    params(("exercise_id" = Uuid, Path, description = "Identifier of the exercise"), ExerciseProgressQuery),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The course; without points if there are no sets", body = ExerciseProgress),
        (
            status = 404,
            description = "There is no such exercise that the caller may read or has trained",
            body = crate::problem::ProblemBody<'_>,
        ),
    )
)]
#[get("/exercises/{exercise_id}")]
pub(crate) async fn get_exercise_progress(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let asked = &call.input;
    let render = |points| to_json(&ExerciseProgress::new(asked, points));
    let progress = &call.state.progress;
    let points = progress.points(&call.caller, &asked.filter, asked.bucket, "progress-points.1", &render);
    Ok(ready_json(points.await?))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);
