//! `GET /progress/calendar`.

use std::num::NonZeroU32;

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use irontrack_application::progress::{CalendarQuestion, TrainingCalendar};
use irontrack_domain::{TimeZone, progress::TrainingDay};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Spellings, Violations},
    problem::Problem,
    training::Kilograms,
};

const YEAR: Spellings = ("year", "year");

/// The years that dates are written in.
const YEARS: std::ops::RangeInclusive<i128> = 1..=9999;

/// The most sessions a week that somebody can want.
const MOST_SESSIONS: i128 = 100;

/// Parameters of the calendar. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(super) struct CalendarQuery {
    /// Which year.
    #[param(minimum = 1, maximum = 9999, example = 2026)]
    year: i32,
    /// Only this month of it.
    #[param(minimum = 1, maximum = 12)]
    month: Option<i32>,
    /// How many sessions a week must have to count for a streak.
    #[param(minimum = 1, maximum = 100, default = 1)]
    weekly_goal: Option<i32>,
    /// Where it is decided which day is today: a name of the IANA database. Without it, where the latest session took
    /// place, or UTC.
    #[param(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

/// Days with sessions. Sessions that were aborted do not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "year": 2026, "month": 11, "weeklyGoal": 2, "timeZone": "Europe/Berlin", "today": "2026-11-29",
    "days": [
        {"date": "2026-11-24", "count": 1, "durationSeconds": 4306, "volumeKg": 7892.5, "unitNames": ["Full Body A"]},
        {"date": "2026-11-27", "count": 2, "durationSeconds": 5400, "volumeKg": 6120, "unitNames": ["Full Body B", "Mobility"]},
        {"date": "2026-11-29", "count": 1, "durationSeconds": null, "volumeKg": 0, "unitNames": []}
    ],
    "weeklyStreak": 6, "longestStreak": 31
}))]
pub(super) struct ProgressCalendar<'a> {
    /// The parameter.
    year: i32,
    /// The parameter; null for the whole year.
    #[schema(required)]
    month: Option<u32>,
    /// How many sessions a week must have to count for a streak.
    weekly_goal: u32,
    /// Where it was decided which day is today: the parameter, or its default.
    time_zone: &'static str,
    /// Which day is today.
    #[schema(value_type = String, format = Date)]
    today: NaiveDate,
    /// The days of the year or month with at least one session, the oldest first.
    days: Vec<ProgressDay<'a>>,
    /// How many weeks in a row had enough sessions, up to today, in the whole history. The running week adds to it as soon
    /// as it has enough, and does not break it before it is over.
    weekly_streak: u32,
    /// The most there ever were.
    longest_streak: u32,
}

/// A day with sessions: those that began on it, for clocks where they took place.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgressDay<'a> {
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: NaiveDate,
    /// How many sessions.
    #[schema(minimum = 1)]
    count: u32,
    /// How long the completed ones took in all, in seconds; null without one.
    #[schema(required)]
    duration_seconds: Option<u64>,
    /// Weight times repetitions, in kilograms; warm-ups do not count.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Kilograms,
    /// What the units were called that the sessions were started from, each name once.
    #[schema(value_type = Vec<String>)]
    unit_names: Vec<&'a str>,
}

impl<'a> From<TrainingDay<'a>> for ProgressDay<'a> {
    fn from(TrainingDay { date, sessions, duration_seconds, volume, unit_names }: TrainingDay<'a>) -> Self {
        Self { date, count: sessions, duration_seconds, volume_kg: Kilograms(volume), unit_names }
    }
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Asked(CalendarQuestion);

impl Input for Asked {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        fn number<T: TryFrom<i128> + Default>(number: i128) -> T {
            T::try_from(number).unwrap_or_default()
        }
        let mut query = Query::parse(request.query);
        let year = year(&mut query, violations);
        let month = query.integer(("month", "month"), 1, Some(12), violations);
        let goal = query.integer(("weeklyGoal", "weekly_goal"), 1, Some(MOST_SESSIONS), violations);
        let time_zone = query.value(("timeZone", "time_zone"), TimeZone::parse, violations);
        query.refuse_others(violations);
        Ok(Self(CalendarQuestion {
            year: year?,
            month: month?.map(number),
            weekly_goal: goal?.and_then(|goal| NonZeroU32::new(number(goal))).unwrap_or(NonZeroU32::MIN),
            time_zone: time_zone?,
        }))
    }
}

/// `year`, which must be there.
pub(super) fn year(query: &mut Query, violations: &mut Violations) -> Read<i32> {
    let year = query.required(YEAR, violations, |query, violations| {
        query.integer(YEAR, *YEARS.start(), Some(*YEARS.end()), violations)
    });
    Ok(i32::try_from(year?).unwrap_or_default())
}

/// Shows the days with sessions
///
/// The caller's own, with how regular they train: how many weeks in a row had at least `weeklyGoal` sessions, up to today
/// and ever. Weeks are ISO weeks. A session belongs to the day on which it began, for clocks where it took place.
#[utoipa::path(
    tag = "Progress",
    operation_id = "GetCalendar",
    params(CalendarQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "The days of the year or month", body = ProgressCalendar<'_>))
)]
#[get("/calendar")]
pub(crate) async fn get_calendar(call: Call<ActiveUser, Asked>) -> Result<HttpResponse, Problem> {
    let Asked(question) = call.input;
    let show = |calendar: TrainingCalendar<'_>| {
        HttpResponse::Ok().json(ProgressCalendar {
            year: question.year,
            month: question.month,
            weekly_goal: question.weekly_goal.get(),
            time_zone: calendar.time_zone.name(),
            today: calendar.today,
            days: calendar.days.into_iter().map(ProgressDay::from).collect(),
            weekly_streak: calendar.streaks.current,
            longest_streak: calendar.streaks.longest,
        })
    };
    Ok(call.state.progress.calendar(call.caller.user_id, question, show).await?)
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Asked);

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::call::read_request;

    fn asked(query: &str) -> Result<CalendarQuestion, Vec<String>> {
        read_request::<Asked>(&[], query, None, DateTime::UNIX_EPOCH).map(|Asked(question)| question)
    }

    #[test]
    fn only_the_year_must_be_said() {
        let question = asked("year=2026").unwrap();
        assert_eq!((question.year, question.month, question.weekly_goal.get()), (2026, None, 1));
        assert_eq!(question.time_zone, None);
        let question = asked("year=2026&month=2&weekly_goal=3&time_zone=Asia/Tokyo").unwrap();
        assert_eq!((question.month, question.weekly_goal.get()), (Some(2), 3));
        assert_eq!(question.time_zone.map(TimeZone::name), Some("Asia/Tokyo"));
    }

    #[test]
    fn wrong_parameters_are_named() {
        for (query, expected) in [
            ("", &["missing ?year"][..]),
            ("year=", &["int_parsing ?year"]),
            ("year=0", &["greater_than_equal ?year"]),
            ("year=10000&month=0", &["less_than_equal ?year", "greater_than_equal ?month"]),
            ("year=2026&month=13&weeklyGoal=0", &["less_than_equal ?month", "greater_than_equal ?weeklyGoal"]),
            ("year=2026&weekly_goal=101", &["less_than_equal ?weekly_goal"]),
            ("year=2026&timeZone=Berlin", &["value_error ?timeZone"]),
            ("year=2026&timeZone=&day=1", &["value_error ?timeZone", "extra_forbidden ?day"]),
        ] {
            let expected = expected.iter().map(ToString::to_string).collect();
            assert_eq!(asked(query).map(|_| ()), Err(expected), "{query}");
        }
    }
}
