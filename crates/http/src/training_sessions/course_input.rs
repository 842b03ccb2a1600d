//! When sessions begin, and how and when they end, in bodies.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    TimeZone,
    training::session::{Course, SessionStatus, SessionTime},
};
use utoipa::ToSchema;

use crate::call::{Field, Location, Object, Read, Violations};

/// How far a session is.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum SessionStatusName {
    InProgress,
    Completed,
    Aborted,
}

/// How far a session is when it is stored.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum FirstStatusName {
    InProgress,
    Completed,
}

/// How far a session may be when it is stored.
const FIRST_STATUSES: [(&str, SessionStatus); 2] = [
    (SessionStatus::InProgress.as_str(), SessionStatus::InProgress),
    (SessionStatus::Completed.as_str(), SessionStatus::Completed),
];

/// Reads the name of a time zone.
pub(super) fn time_zone(field: &Field<'_>, violations: &mut Violations) -> Read<TimeZone> {
    field.text(TimeZone::parse, violations)
}

/// Reads when a session began or ended.
pub(super) fn session_time(now: DateTime<Utc>) -> impl Fn(&Field<'_>, &mut Violations) -> Read<SessionTime> {
    move |field, violations| field.moment(|time| SessionTime::new(time, now), violations)
}

/// Reads start, status and end of a new session.
pub(super) fn read_course(body: &mut Object<'_>, now: DateTime<Utc>, violations: &mut Violations) -> Read<Course> {
    let start = body.field("startTime", "start_time").optional(violations, session_time(now));
    let status = body.field("status", "status").optional(violations, |field, v| field.choice(&FIRST_STATUSES, v));
    let end_field = body.field("endTime", "end_time");
    let end = end_field.optional(violations, session_time(now));
    let start = start.map(|start| start.unwrap_or_else(|| SessionTime::from_clock(now)));
    match (status?.unwrap_or(SessionStatus::InProgress), end) {
        (SessionStatus::Completed, end) => match end? {
            Some(end) => completed(start?, end, end_field.location(), violations),
            None => violations.record(end_field.location(), "missing", "Field required"),
        },
        (_, Ok(None)) => start.map(Course::started),
        // Whatever the end is.
        _ => {
            let message = "Value error, a session in progress has no end yet";
            violations.record(end_field.location(), "value_error", message)
        }
    }
}

/// Start and end together, if they go together.
fn completed(start: SessionTime, end: SessionTime, at: &Location, violations: &mut Violations) -> Read<Course> {
    Course::completed(start, end)
        .or_else(|problem| violations.record(at, "value_error", format!("Value error, {problem}")))
}

/// Reads the start and the end of a change. If both are changed they must go together, whatever they were before.
pub(super) fn read_times(
    body: &mut Object<'_>,
    now: DateTime<Utc>,
    violations: &mut Violations,
) -> Read<(Option<SessionTime>, Option<SessionTime>)> {
    let start = body.field("startTime", "start_time").change(violations, session_time(now));
    let end_field = body.field("endTime", "end_time");
    let end = end_field.change(violations, session_time(now));
    let (start, end) = (start?, end?);
    if let (Some(start), Some(end)) = (start, end) {
        completed(start, end, end_field.location(), violations)?;
    }
    Ok((start, end))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_object;

    fn now() -> DateTime<Utc> {
        "2026-11-28T18:00:00Z".parse().unwrap()
    }

    fn course(body: &Value) -> Result<Course, Vec<String>> {
        read_object(body, |body, v| read_course(body, now(), v))
    }

    #[test]
    fn a_session_is_in_progress_from_now_on_unless_something_else_is_said() {
        let started = Course::started(SessionTime::from_clock(now()));
        for body in
            [json!({}), json!({"startTime": null, "status": null, "endTime": null}), json!({"status": "in_progress"})]
        {
            assert_eq!(course(&body), Ok(started), "{body}");
        }
        let body = json!({"start_time": "2026-11-28T18:00:00.1234567+01:00", "status": "completed",
            "end_time": "2026-11-28T17:30:00Z"});
        let read = course(&body).unwrap();
        assert_eq!(read.start().time().to_rfc3339(), "2026-11-28T17:00:00.123456+00:00");
        assert_eq!((read.status(), read.duration_seconds()), (SessionStatus::Completed, Some(1799)));
    }

    #[test]
    fn start_status_and_end_are_judged_together() {
        for (body, expected) in [
            (json!({"endTime": "2026-11-28T17:00:00Z"}), &["value_error /endTime"][..]),
            (json!({"status": "in_progress", "end_time": "2026-11-28T17:00:00Z"}), &["value_error /end_time"]),
            (json!({"endTime": "noon"}), &["datetime_from_date_parsing /endTime", "value_error /endTime"]),
            (json!({"status": "completed"}), &["missing /endTime"]),
            (json!({"status": "completed", "startTime": 5}), &["datetime_type /startTime", "missing /endTime"]),
            (json!({"status": "completed", "endTime": "2026-11-28T17:59:59Z"}), &["value_error /endTime"]),
            (
                json!({"status": "completed", "startTime": "2026-10-01T00:00:00Z", "endTime": "2026-11-01T00:00:00.000001Z"}),
                &["value_error /endTime"],
            ),
            (json!({"status": "aborted"}), &["enum /status"]),
            (json!({"startTime": "2026-11-28T18:05:00.000001Z"}), &["value_error /startTime"]),
            (json!({"startTime": "1899-12-31T23:59:59Z"}), &["value_error /startTime"]),
            (json!({"startTime": "2026-11-28T18:00:00"}), &["timezone_aware /startTime"]),
            (json!({"startTime": 1_700_000_000}), &["datetime_type /startTime"]),
            (json!({"startTime": "1700000000"}), &["datetime_from_date_parsing /startTime"]),
        ] {
            assert_eq!(course(&body), Err(expected.iter().map(ToString::to_string).collect()), "{body}");
        }
        for body in [
            json!({"startTime": "2026-11-28T18:05:00Z"}),
            json!({"startTime": "1900-01-01T00:00:00Z"}),
            json!({"status": "completed", "startTime": "2026-10-01T00:00:00Z", "endTime": "2026-11-01T00:00:00Z"}),
            json!({"status": "completed", "startTime": "2026-10-01T00:00:00Z", "endTime": "2026-10-01T00:00:00Z"}),
        ] {
            assert!(course(&body).is_ok(), "{body}: {:?}", course(&body));
        }
    }

    #[test]
    fn a_changed_start_and_a_changed_end_go_together() {
        let times = |body: &Value| read_object(body, |body, v| read_times(body, now(), v));
        let (noon, one) = ("2026-11-28T12:00:00Z", "2026-11-28T13:00:00Z");
        assert_eq!(times(&json!({})), Ok((None, None)));
        assert!(matches!(times(&json!({"startTime": noon, "endTime": one})), Ok((Some(_), Some(_)))));
        assert_eq!(times(&json!({"startTime": one, "endTime": noon})), Err(vec!["value_error /endTime".to_owned()]));
        let nulls = ["null_not_allowed /startTime", "null_not_allowed /endTime"].map(str::to_owned).to_vec();
        assert_eq!(times(&json!({"startTime": null, "endTime": null})), Err(nulls));
    }
}
