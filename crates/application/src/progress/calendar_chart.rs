//! The calendar as a picture.

use std::sync::Arc;

use irontrack_domain::{
    UserId,
    progress::{TrainingDay, TrainingLog, training_days},
};
use irontrack_ports::{ChartSize, ChartTheme, DayActivity, DayMeasure, RepositoryError, YearChart, query::Figures};

use super::{Progress, ProgressError};

/// What a picture of a year shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarChartRequest {
    /// Which year.
    pub year: i32,
    /// What the colours stand for.
    pub measure: DayMeasure,
    /// How large the chart is.
    pub size: ChartSize,
    /// Its colours.
    pub theme: ChartTheme,
}

impl Progress {
    /// A year of an account as a document.
    ///
    /// # Errors
    /// Only those that every statement can have.
    pub async fn calendar_chart(
        &self,
        owner: UserId,
        request: &CalendarChartRequest,
    ) -> Result<Arc<[u8]>, ProgressError> {
        let (version, log) = self.log(owner).await?;
        // Only sessions are shown, and none of them changes without the version of the history.
        let what = format!("calendar-chart.1:{request:?}");
        let load = || async {
            let (charts, log, request) = (self.charts.clone(), log.clone(), *request);
            let drawn = self.workshop.make(move || charts.year(&year_chart(&log, request))).await?;
            let document = drawn.map_err(|error| RepositoryError::Unexpected(error.to_string()))?;
            Ok(Figures { version, value: document.into_bytes().into() })
        };
        Ok(self.copies.of_history(owner, version, &what, load).await?)
    }
}

/// What the picture shows.
fn year_chart(log: &TrainingLog, request: CalendarChartRequest) -> YearChart {
    let CalendarChartRequest { year, measure, size, theme } = request;
    let activity =
        |day: TrainingDay<'_>| DayActivity { date: day.date, sessions: day.sessions, volume: day.volume.kilograms() };
    let days = training_days(log, year, None).into_iter().map(activity).collect();
    YearChart { year, days, measure, size, theme }
}
