//! `GET /progress/exercises/{exercise_id}/chart.svg`.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_application::progress::ChartRequest;
use irontrack_domain::progress::ChartMetric;
use irontrack_ports::ChartSize;
use utoipa::{IntoParams, ToSchema};

use super::{
    exercise::{Asked, asked},
    parameters::{BucketName, FormulaName},
    picture::{self, ThemeName},
};
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
};

/// How large a chart is if nothing is said, in pixels.
const SIZE: ChartSize = ChartSize::fixed::<800, 400>();

/// What a chart shows.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum MetricName {
    E1rm,
    TopWeight,
    Volume,
    Time,
    Distance,
}

/// Parameters of the chart of an exercise. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct ExerciseChartQuery {
    /// What is shown: the greatest estimated one-repetition maximum, the greatest weight, the volume, the longest time or
    /// the longest distance of each point. Points without such a value are left out.
    #[param(inline, default = "e1rm")]
    metric: Option<MetricName>,
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
    /// Whether sets for warming up count. They never set records.
    #[param(default = false)]
    include_warmups: Option<bool>,
    /// The width in pixels.
    #[param(default = 800, minimum = 200, maximum = 4000)]
    width: Option<i32>,
    /// The height in pixels.
    #[param(default = 400, minimum = 200, maximum = 4000)]
    height: Option<i32>,
    /// The colours.
    #[param(inline, default = "light")]
    theme: Option<ThemeName>,
}

/// What is asked, to which the use case adds who asks.
#[derive(Debug)]
pub(crate) struct AskedChart(ChartRequest);

impl Input for AskedChart {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = request.path.uuid("exercise_id", violations);
        let mut query = Query::parse(request.query);
        let metrics: Vec<_> = ChartMetric::ALL.iter().map(|&metric| (metric.as_str(), metric)).collect();
        let metric = query.choice(("metric", "metric"), "enum", &metrics, violations);
        let asked = asked(exercise, &mut query, violations);
        let size = picture::size(&mut query, SIZE, violations);
        let theme = picture::theme(&mut query, violations);
        query.refuse_others(violations);
        let (Asked { filter, bucket }, metric) = (asked?, metric?.unwrap_or_default());
        Ok(Self(ChartRequest { filter, bucket, metric, size: size?, theme: theme? }))
    }
}

/// Draws the course of one exercise
///
/// An SVG document that stands alone, with a title and a description for those who do not see it. What counts is what
/// counts for the course in JSON.
///
/// - The horizontal axis is time: the start of each session in its own time zone, or the first day of each day, ISO week or
///   month. Dates stand below it.
/// - The vertical axis is the value of the metric, and says its unit: kilograms for `e1rm`, `topWeight` and `volume`,
///   kilometres for `distance`, and for `time` minutes and seconds, from an hour on with hours.
/// - A line leads from point to point. Each point is a dot as well if there is room for it. Where there are more points
///   than pixels, those that would not be seen are left out, but no extreme and no record.
/// - A triangle marks a point with a record of that metric: a value that had never been reached before in the whole
///   history. The upper right corner says so. Equal values are no records, and neither is the first session.
///
/// The example is what the chart of two sessions with `width=320&height=200` looks like: 116.67 kg, then 128.33 kg, a
/// record.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetExerciseChart",
    params(("exercise_id" = Uuid, Path, description = "Identifier of the exercise"), ExerciseChartQuery),
    security(("accessCookie" = [])),
    responses(
        (
            status = 200,
            description = "The chart; it says so if nothing in the period has such a value",
            body = String,
            content_type = "image/svg+xml",
            headers(
                ("Content-Security-Policy" = String, description = "`default-src 'none'; sandbox`: nothing is run or fetched"),
                ("X-Content-Type-Options" = String, description = "`nosniff`"),
            ),
            example = json!(include_str!("examples/chart.svg")),
        ),
        (
            status = 404,
            description = "There is no such exercise that the caller may read or has trained",
            body = crate::problem::ProblemBody<'_>,
        ),
    )
)]
#[get("/exercises/{exercise_id}/chart.svg")]
pub(crate) async fn get_exercise_chart(call: Call<ActiveUser, AskedChart>) -> Result<HttpResponse, Problem> {
    Ok(picture::svg(call.state.progress.chart(&call.caller, &call.input.0).await?))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(AskedChart);
