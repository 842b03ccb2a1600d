//! Where points stand on the clocks of those who trained.

use chrono::{NaiveDateTime, NaiveTime};
use irontrack_domain::{
    TimeZone,
    progress::{Bucket, Point, PointStart, sum_up},
};

/// The points of sessions, which stand in the order of time, put together as it is asked for, each with its start: that of
/// a session is what clocks showed in its time zone, days, weeks and months begin at midnight.
pub(super) fn with_local_starts(sessions: Vec<(TimeZone, Point)>, bucket: Bucket) -> Vec<(NaiveDateTime, Point)> {
    if bucket == Bucket::Session {
        let local = |(zone, point): (TimeZone, Point)| (local_start(zone, point.start), point);
        return sessions.into_iter().map(local).collect();
    }
    // Days have no zone any more.
    let local = |point: Point| (local_start(TimeZone::UTC, point.start), point);
    sum_up(sessions, bucket).into_iter().map(local).collect()
}

fn local_start(zone: TimeZone, start: PointStart) -> NaiveDateTime {
    match start {
        PointStart::Session(start, _) => zone.local(start),
        PointStart::Date(date) => date.and_time(NaiveTime::MIN),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use irontrack_domain::{TrainingSessionId, training::Volume};
    use uuid::Uuid;

    use super::*;

    fn session(zone: &str, start: &str) -> (TimeZone, Point) {
        let start: DateTime<Utc> = start.parse().unwrap();
        let point = Point {
            start: PointStart::Session(start, TrainingSessionId::new(Uuid::nil())),
            sets: 1,
            reps: 5,
            volume: Volume::from_grams(500_000),
            top_weight: None,
            best_e1rm: None,
            best_set: None,
            longest_seconds: None,
            longest_distance: None,
            total_seconds: None,
            total_metres: None,
        };
        (TimeZone::parse(zone).unwrap(), point)
    }

    #[test]
    fn sessions_and_days_begin_where_they_were() {
        let sessions = || {
            vec![session("Europe/Berlin", "2026-01-05T23:30:00Z"), session("America/New_York", "2026-01-06T03:00:00Z")]
        };
        let at =
            |day, hour, minute| NaiveDate::from_ymd_opt(2026, 1, day).unwrap().and_hms_opt(hour, minute, 0).unwrap();
        for (bucket, expected) in [
            (Bucket::Session, vec![at(6, 0, 30), at(5, 22, 0)]),
            (Bucket::Day, vec![at(5, 0, 0), at(6, 0, 0)]),
            (Bucket::Week, vec![at(5, 0, 0)]),
            (Bucket::Month, vec![at(1, 0, 0)]),
        ] {
            let (starts, points): (Vec<_>, Vec<_>) = with_local_starts(sessions(), bucket).into_iter().unzip();
            assert_eq!(starts, expected, "{bucket:?}");
            assert_eq!(points, sum_up(sessions(), bucket), "{bucket:?}");
        }
    }
}
