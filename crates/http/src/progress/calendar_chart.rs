//! `GET /progress/calendar.svg`.

use actix_web::{HttpResponse, get};
use irontrack_application::progress::CalendarChartRequest;
use irontrack_ports::{ChartSize, DayMeasure};
use utoipa::{IntoParams, ToSchema};

use super::{
    calendar,
    picture::{self, ThemeName},
};
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
};

/// How large a chart is if nothing is said, in pixels: one row of weeks.
const SIZE: ChartSize = ChartSize::fixed::<800, 200>();

/// What the colours stand for.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(super) enum DayMeasureName {
    Sessions,
    Volume,
}

/// Parameters of the calendar as a picture.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(super) struct CalendarChartQuery {
    /// Which year.
    #[param(minimum = 1, maximum = 9999, example = 2026)]
    year: i32,
    /// What the colours stand for: the number of sessions, or weight times repetitions.
    #[param(inline, default = "sessions")]
    metric: Option<DayMeasureName>,
    /// The width in pixels.
    #[param(default = 800, minimum = 200, maximum = 4000)]
    width: Option<i32>,
    /// The height in pixels. Where a year in one row would be small, it is in several ones.
    #[param(default = 200, minimum = 200, maximum = 4000)]
    height: Option<i32>,
    /// The colours.
    #[param(inline, default = "light")]
    theme: Option<ThemeName>,
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Asked(CalendarChartRequest);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let year = calendar::year(&mut query, violations);
        let measures = [("sessions", DayMeasure::Sessions), ("volume", DayMeasure::Volume)];
        let measure = query.choice(("metric", "metric"), "enum", &measures, violations);
        let size = picture::size(&mut query, SIZE, violations);
        let theme = picture::theme(&mut query, violations);
        query.refuse_others(violations);
        let measure = measure?.unwrap_or_default();
        Ok(Self(CalendarChartRequest { year: year?, measure, size: size?, theme: theme? }))
    }
}

/// Draws a year
///
/// An SVG document that stands alone, with a title and a description for those who do not see it. The days are those of the
/// calendar in JSON.
///
/// - Each cell is a day and has a title that says its date, sessions and kilograms. Each column is an ISO week, each row a
///   day from Monday to Sunday. The names of months stand above the week in which they begin.
/// - The stronger the colour of a cell, the more was done: sessions, or with `metric=volume` kilograms. The legend below
///   says what the weakest and the strongest colour stand for.
/// - Where a year in one row would be small, it is in several ones, one below the other.
///
/// The example is what a year with training on two days looks like, except that only a few of the days without training
/// are in it.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetCalendarChart",
    params(CalendarChartQuery),
    security(("accessCookie" = [])),
    responses((
        status = 200,
        description = "The chart",
        body = String,
        content_type = "image/svg+xml",
        headers(
            ("Content-Security-Policy" = String, description = "`default-src 'none'; sandbox`: nothing is run or fetched"),
            ("X-Content-Type-Options" = String, description = "`nosniff`"),
        ),
        example = json!(include_str!("examples/calendar.svg")),
    ))
)]
#[get("/calendar.svg")]
pub(crate) async fn get_calendar_chart(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let chart = call.state.progress.calendar_chart(call.caller.user_id, &call.input.0).await?;
    Ok(picture::svg(chart))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);
