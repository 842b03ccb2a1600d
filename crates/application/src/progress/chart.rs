//! The course of one exercise as a picture.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDateTime;
use irontrack_domain::{
    TimeZone,
    account::Principal,
    progress::{Bucket, ChartMetric, Point, PointStart, Record, records_among},
};
use irontrack_ports::{
    ChartPoint, ChartSize, ChartTheme, LineChart, RepositoryError,
    query::{Figures, PointFilter, RecordFilter, RecordScope},
};

use super::{Progress, ProgressError, local_time::with_local_starts};

/// What a chart shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartRequest {
    /// Of which exercise and sessions. The owner of the history is whoever calls.
    pub filter: PointFilter,
    /// What makes a point.
    pub bucket: Bucket,
    /// Which figure of the points.
    pub metric: ChartMetric,
    /// How large the chart is.
    pub size: ChartSize,
    /// Its colours.
    pub theme: ChartTheme,
}

impl Progress {
    /// A chart of an exercise as a document. Records are those of the whole history, estimated as the points are;
    /// warm-ups set none.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn chart(&self, caller: &Principal, request: &ChartRequest) -> Result<Arc<[u8]>, ProgressError> {
        let owner = caller.user_id;
        let request = ChartRequest { filter: PointFilter { owner, ..request.filter }, ..*request };
        let Figures { version, value: exercise } = self.exercise(caller, request.filter.exercise).await?;
        let name = exercise.name.as_str();
        let load = || async {
            let chart = self.line_chart(&request, name).await?;
            let Figures { version, value: chart } = chart;
            let charts = self.charts.clone();
            let drawn = self.workshop.make(move || charts.line(&chart)).await?;
            let document = drawn.map_err(|error| RepositoryError::Unexpected(error.to_string()))?;
            Ok(Figures { version, value: document.into_bytes().into() })
        };
        // The name of an exercise changes without a change of the history.
        let what = format!("progress-chart.1:{request:?}:{name:?}");
        Ok(self.copies.of_history(owner, version, &what, load).await?)
    }

    /// What the chart shows.
    async fn line_chart(&self, request: &ChartRequest, name: &str) -> Result<Figures<LineChart>, RepositoryError> {
        let PointFilter { owner, exercise, estimator, .. } = request.filter;
        let filter = RecordFilter { owner, scope: RecordScope::Exercise(exercise), by_exertion: estimator.use_rpe };
        let Figures { version, value: (points, contenders) } =
            self.queries.points_and_contenders(&request.filter, &filter).await?;
        let records = records_among(contenders.into_iter().flat_map(|contenders| contenders.sessions), estimator);
        let value = LineChart {
            exercise: name.to_owned(),
            metric: request.metric,
            bucket: request.bucket,
            points: chart_points(points, &records, request.bucket, request.metric),
            size: request.size,
            theme: request.theme,
        };
        Ok(Figures { version, value })
    }
}

/// The points that have a value, with those marked in which a record was set.
fn chart_points(
    sessions: Vec<(TimeZone, Point)>,
    records: &[Record],
    bucket: Bucket,
    metric: ChartMetric,
) -> Vec<ChartPoint> {
    let records = records.iter().filter(|record| record.kind == metric.record());
    let marked: BTreeSet<PointStart> = records
        .map(|record| match bucket.calendar() {
            None => PointStart::Session(record.start, record.session_id),
            Some(calendar) => PointStart::Date(calendar.start(record.start, record.zone)),
        })
        .collect();
    let drawn = |(start, point): (NaiveDateTime, Point)| {
        Some(ChartPoint { start, value: metric.of(&point)?, is_record: marked.contains(&point.start) })
    };
    with_local_starts(sessions, bucket).into_iter().filter_map(drawn).collect()
}
