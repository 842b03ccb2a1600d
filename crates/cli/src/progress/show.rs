//! `irontrack progress show`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use irontrack_application::{
    progress::{Course, Courses, ProgressError},
    users::{UserError, Users},
};
use irontrack_domain::{
    account::Email,
    progress::{ChartMetric, Point, PointStart},
};
use serde::Serialize;

use crate::{
    Failure, ProgressShowArguments,
    output::{Output, Page, Plot, Report, Table, Tone, counted},
};

/// How large the chart is, in characters, without its labels.
const SIZE: (usize, usize) = (60, 12);

/// What somebody has done of an exercise.
#[derive(Debug, Serialize)]
struct Shown {
    email: String,
    exercise: String,
    bucket: &'static str,
    /// How many points there are in all.
    total: usize,
    /// The last ones.
    points: Vec<ShownPoint>,
    #[serde(skip)]
    metric: ChartMetric,
    /// Days and values of all points that have a value.
    #[serde(skip)]
    values: Vec<(f64, f64)>,
    #[serde(skip)]
    days: Option<(NaiveDate, NaiveDate)>,
}

#[derive(Debug, Serialize)]
struct ShownPoint {
    start: ShownStart,
    /// The day of the start in the time zone of the session.
    date: NaiveDate,
    /// What clocks showed there.
    #[serde(skip)]
    local: NaiveDateTime,
    sets: u32,
    reps: u64,
    volume_kg: f64,
    top_weight_kg: Option<f64>,
    best_e1rm_kg: Option<f64>,
    longest_seconds: Option<i32>,
    longest_km: Option<f64>,
}

/// A session begins at a moment, everything else with a day.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum ShownStart {
    Session(DateTime<Utc>),
    Date(NaiveDate),
}

/// Shows the course of an exercise in somebody's history.
///
/// # Errors
/// A wrong address; there is no such account or exercise; the database cannot be used; standard output cannot be
/// written.
pub async fn show(
    arguments: &ProgressShowArguments,
    users: &Users,
    courses: &Courses,
    output: &mut Output,
) -> Result<(), Failure> {
    let email = Email::parse(&arguments.address)
        .map_err(|violation| Failure::usage(format!("the address {}: {violation}", arguments.address)))?;
    let account = users.find(&email).await.map_err(|error| match error {
        UserError::NotFound => Failure::failed(format!("User with email: {email} not found")),
        error => Failure::failed(error.to_string()),
    })?;
    let course = courses.of(account.id, account.role, &arguments.exercise, arguments.bucket).await;
    let course = course.map_err(|error| match error {
        ProgressError::ExerciseNotFound => Failure::failed(format!("Exercise '{}' not found", arguments.exercise)),
        error => Failure::failed(error.to_string()),
    })?;
    output.show(&Shown::of(account.email.to_string(), course, arguments))
}

impl Shown {
    fn of(email: String, course: Course, arguments: &ProgressShowArguments) -> Self {
        let Course { exercise, points } = course;
        let value = |(start, point): &(NaiveDateTime, Point)| Some((start.date(), arguments.metric.of(point)?));
        let values: Vec<(NaiveDate, f64)> = points.iter().filter_map(value).collect();
        // Whoever travels may begin a later session on an earlier day.
        let days = values.iter().map(|(day, _)| *day);
        let days = days.clone().min().zip(days.max());
        let skipped = points.len().saturating_sub(arguments.last);
        Self {
            email,
            exercise,
            bucket: arguments.bucket.as_str(),
            total: points.len(),
            points: points.iter().skip(skipped).map(ShownPoint::from).collect(),
            metric: arguments.metric,
            values: values.into_iter().map(|(day, value)| (f64::from(day.num_days_from_ce()), value)).collect(),
            days,
        }
    }

    /// A chart above the days of its first and last point.
    fn chart(&self, page: &mut Page) {
        let Some((first, last)) = self.days else {
            return page.remark(Tone::Plain, &format!("No point has a value for {}", self.metric.as_str()));
        };
        let plot = Plot::of(&self.values, SIZE, |value| unit(self.metric, value));
        page.remark(Tone::Heading, &format!("{} {}", self.exercise, title(self.metric)));
        for line in plot.lines(&first.to_string(), &last.to_string()) {
            page.remark(Tone::Plain, &line);
        }
    }
}

impl From<&(NaiveDateTime, Point)> for ShownPoint {
    fn from((local, point): &(NaiveDateTime, Point)) -> Self {
        Self {
            start: match point.start {
                PointStart::Session(start, _) => ShownStart::Session(start),
                PointStart::Date(date) => ShownStart::Date(date),
            },
            date: local.date(),
            local: *local,
            sets: point.sets,
            reps: point.reps,
            volume_kg: ChartMetric::Volume.of(point).unwrap_or_default(),
            top_weight_kg: ChartMetric::TopWeight.of(point),
            best_e1rm_kg: ChartMetric::E1rm.of(point),
            longest_seconds: point.longest_seconds,
            longest_km: ChartMetric::Distance.of(point),
        }
    }
}

impl Report for Shown {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Start", "Sets", "Reps", "Volume", "Top weight", "e1RM", "Time", "Distance"]);
        for point in &self.points {
            let start = match point.start {
                ShownStart::Session(_) => point.local.format("%Y-%m-%d %H:%M").to_string(),
                ShownStart::Date(date) => date.to_string(),
            };
            let shown = |metric, value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| unit(metric, value));
            let (sets, reps) = (point.sets.to_string(), point.reps.to_string());
            table.row(
                Tone::Plain,
                [
                    &start,
                    &sets,
                    &reps,
                    &unit(ChartMetric::Volume, point.volume_kg),
                    &shown(ChartMetric::TopWeight, point.top_weight_kg),
                    &shown(ChartMetric::E1rm, point.best_e1rm_kg),
                    &shown(ChartMetric::Time, point.longest_seconds.map(f64::from)),
                    &shown(ChartMetric::Distance, point.longest_km),
                ],
            );
        }
        page.table(&table);
        self.chart(page);
        let points = counted(self.total, "point", "points");
        page.remark(Tone::Plain, &format!("{points} of {}, by {}", self.email, self.bucket));
    }
}

fn title(metric: ChartMetric) -> &'static str {
    match metric {
        ChartMetric::E1rm => "(estimated one-repetition maximum)",
        ChartMetric::TopWeight => "(greatest weight)",
        ChartMetric::Volume => "(volume)",
        ChartMetric::Time => "(longest time)",
        ChartMetric::Distance => "(longest distance)",
    }
}

/// A value with its unit, with two decimals at most.
fn unit(metric: ChartMetric, value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    match metric {
        ChartMetric::E1rm | ChartMetric::TopWeight | ChartMetric::Volume => format!("{rounded} kg"),
        ChartMetric::Time => format!("{} s", value.round()),
        ChartMetric::Distance => format!("{rounded} km"),
    }
}
