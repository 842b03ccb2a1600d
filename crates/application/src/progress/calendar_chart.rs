//! The calendar as a picture.

use irontrack_domain::{
    UserId,
    progress::{TrainingDay, training_days},
};
use irontrack_ports::{ChartSize, ChartTheme, DayActivity, DayMeasure, RepositoryError, YearChart};

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
    pub async fn calendar_chart(&self, owner: UserId, request: &CalendarChartRequest) -> Result<String, ProgressError> {
        let CalendarChartRequest { year, measure, size, theme } = *request;
        let (_, log) = self.log(owner).await?;
        let charts = self.charts.clone();
        let draw = move || {
            let activity = |day: TrainingDay<'_>| DayActivity {
                date: day.date,
                sessions: day.sessions,
                volume: day.volume.kilograms(),
            };
            let days = training_days(&log, year, None).into_iter().map(activity).collect();
            charts.year(&YearChart { year, days, measure, size, theme })
        };
        let drawn = self.workshop.make(draw).await?;
        Ok(drawn.map_err(|error| RepositoryError::Unexpected(error.to_string()))?)
    }
}
