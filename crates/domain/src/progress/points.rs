//! The course of one exercise, session by session or summed up.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Appearance, Bucket, Estimator, History, LoggedSet, OneRepMax};
use crate::{
    SessionSetId, TimeZone, TrainingSessionId,
    training::{Distance, Volume, Weight, session::Metric},
};

/// Where a point stands in time, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointStart {
    /// The start of a session.
    Session(DateTime<Utc>, TrainingSessionId),
    /// The first day of a stretch of the calendar.
    Date(NaiveDate),
}

/// The set that a point is remembered for: that of the greatest estimated maximum; where there is none, the heaviest, and
/// of these the one with the most repetitions. Of equal ones it is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BestSet {
    /// Its session.
    pub session_id: TrainingSessionId,
    /// The set.
    pub set_id: SessionSetId,
    /// Its weight.
    pub weight: Option<Weight>,
    /// Its repetitions.
    pub reps: Option<i16>,
}

/// What was done of an exercise in a session, or in all sessions of a day, week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Where it stands in time.
    pub start: PointStart,
    /// How many sets.
    pub sets: u32,
    /// How many repetitions.
    pub reps: u64,
    /// Weight times repetitions.
    pub volume: Volume,
    /// The greatest weight that was moved at least once.
    pub top_weight: Option<Weight>,
    /// The greatest estimated one-repetition maximum.
    pub best_e1rm: Option<OneRepMax>,
    /// The set that it is remembered for.
    pub best_set: Option<BestSet>,
    /// The longest time of a set, in seconds.
    pub longest_seconds: Option<i32>,
    /// The longest distance of a set.
    pub longest_distance: Option<Distance>,
    /// All times together, in seconds.
    pub total_seconds: Option<u64>,
    /// All distances together, in metres.
    pub total_metres: Option<u64>,
}

/// The points of a history, the oldest first.
#[must_use]
pub fn points(history: &History, bucket: Bucket, estimator: Estimator) -> Vec<Point> {
    let sessions = history.appearances().iter().map(|appearance| (appearance.zone, of_session(appearance, estimator)));
    sum_up(sessions, bucket)
}

/// The points of sessions, which stand in the order of time, put together as it is asked for. Days, weeks and months are
/// those of the time zone of each session.
#[must_use]
pub fn sum_up(sessions: impl IntoIterator<Item = (TimeZone, Point)>, bucket: Bucket) -> Vec<Point> {
    let mut points: BTreeMap<PointStart, Point> = BTreeMap::new();
    for (zone, point) in sessions {
        let start = match (point.start, bucket.calendar()) {
            (PointStart::Session(start, _), Some(calendar)) => PointStart::Date(calendar.start(start, zone)),
            (start, _) => start,
        };
        points.entry(start).or_insert_with(|| Point::nothing(start)).add(&point);
    }
    points.into_values().collect()
}

fn of_session(appearance: &Appearance, estimator: Estimator) -> Point {
    let mut point = Point::nothing(PointStart::Session(appearance.start, appearance.session_id));
    for set in &appearance.sets {
        point.add(&of_set(appearance, set, estimator));
    }
    point
}

fn of_set(appearance: &Appearance, set: &LoggedSet, estimator: Estimator) -> Point {
    let (weight, reps) = (set.weight, set.reps());
    let best = BestSet { session_id: appearance.session_id, set_id: set.id, weight, reps };
    let mut point = Point {
        sets: 1,
        volume: set.volume(),
        top_weight: set.moved_weight(),
        best_e1rm: estimator.of(set),
        best_set: (set.moved_weight().is_some() || reps.is_some()).then_some(best),
        ..Point::nothing(PointStart::Session(appearance.start, appearance.session_id))
    };
    match set.metric {
        Some(Metric::Reps(reps)) => point.reps = u64::try_from(reps).unwrap_or(0),
        Some(Metric::TimeSeconds(seconds)) => {
            point.longest_seconds = Some(seconds);
            point.total_seconds = Some(u64::try_from(seconds).unwrap_or(0));
        }
        Some(Metric::Distance(distance)) => {
            point.longest_distance = Some(distance);
            point.total_metres = Some(distance.metres().into());
        }
        None => {}
    }
    point
}

/// Points are compared by this to find the best set: by the one that each of them remembers.
type Rank = (Option<OneRepMax>, Option<Weight>, Option<i16>);

impl Point {
    /// A point at which nothing was done yet.
    const fn nothing(start: PointStart) -> Self {
        Self {
            start,
            sets: 0,
            reps: 0,
            volume: Volume::ZERO,
            top_weight: None,
            best_e1rm: None,
            best_set: None,
            longest_seconds: None,
            longest_distance: None,
            total_seconds: None,
            total_metres: None,
        }
    }

    /// How good the best set is. No set has a greater estimated maximum.
    fn rank(&self) -> Option<Rank> {
        let best = self.best_set?;
        Some((self.best_e1rm, best.weight.filter(|_| best.reps != Some(0)), best.reps))
    }

    /// Adds what was done later.
    fn add(&mut self, later: &Self) {
        if self.rank() < later.rank() {
            self.best_set = later.best_set;
        }
        self.sets += later.sets;
        self.reps += later.reps;
        self.volume += later.volume;
        self.top_weight = self.top_weight.max(later.top_weight);
        self.best_e1rm = self.best_e1rm.max(later.best_e1rm);
        self.longest_seconds = self.longest_seconds.max(later.longest_seconds);
        self.longest_distance = self.longest_distance.max(later.longest_distance);
        self.total_seconds = total(self.total_seconds, later.total_seconds);
        self.total_metres = total(self.total_metres, later.total_metres);
    }
}

/// The sum of what there is.
fn total(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::progress::history::tests::{reps, session};

    fn starts(points: &[Point]) -> Vec<String> {
        let start = |point: &Point| match point.start {
            PointStart::Session(start, _) => start.to_rfc3339(),
            PointStart::Date(date) => date.to_string(),
        };
        points.iter().map(start).collect()
    }

    #[test]
    fn a_point_sums_up_and_remembers_the_best() {
        let sets = vec![
            reps(1, Some("100"), 5),
            reps(2, Some("120"), 1),
            reps(3, Some("90"), 9),
            reps(4, None, 12),
            reps(5, Some("140"), 0),
        ];
        let history = History::new(vec![session(1, "2026-01-01T10:00:00Z", sets)], false);
        let [point] = points(&history, Bucket::Session, Estimator::default()).try_into().unwrap();
        assert_eq!((point.sets, point.reps, point.volume.to_string().as_str()), (5, 27, "1430"));
        assert_eq!(point.top_weight, Weight::parse("120").ok());
        assert_eq!(point.best_e1rm.unwrap().to_string(), "120.00");
        assert_eq!(point.best_set.unwrap().set_id.number(), 2);
        assert_eq!((point.longest_seconds, point.total_metres), (None, None));
    }

    #[test]
    fn where_nothing_can_be_estimated_weight_and_repetitions_decide() {
        let best = |sets: Vec<LoggedSet>| {
            let history = History::new(vec![session(1, "2026-01-01T10:00:00Z", sets)], false);
            let points = points(&history, Bucket::Session, Estimator::default());
            points[0].best_set.map(|best| best.set_id.number())
        };
        assert_eq!(best(vec![reps(1, None, 20), reps(2, None, 25), reps(3, None, 25)]), Some(2));
        assert_eq!(best(vec![reps(1, Some("20"), 30), reps(2, Some("24"), 15)]), Some(2));
        assert_eq!(best(vec![LoggedSet { metric: None, ..reps(1, None, 0) }]), None);
    }

    #[test]
    fn times_and_distances_are_added_up() {
        let timed = |id, seconds| LoggedSet { metric: Some(Metric::TimeSeconds(seconds)), ..reps(id, None, 0) };
        let run = LoggedSet { metric: Distance::from_metres(400).map(Metric::Distance), ..reps(3, None, 0) };
        let sets = vec![timed(1, 45), timed(2, 60), run, LoggedSet { id: SessionSetId::new(4), ..run }];
        let history = History::new(vec![session(1, "2026-01-01T10:00:00Z", sets)], false);
        let [point] = points(&history, Bucket::Day, Estimator::default()).try_into().unwrap();
        assert_eq!((point.longest_seconds, point.total_seconds), (Some(60), Some(105)));
        assert_eq!((point.longest_distance, point.total_metres), (Distance::from_metres(400), Some(800)));
        assert_eq!((point.reps, point.best_set), (0, None));
    }

    #[test]
    fn sessions_lie_in_the_days_of_their_own_zone() {
        let zone = TimeZone::parse("America/New_York").unwrap();
        let sessions = vec![
            session(1, "2026-03-28T22:30:00Z", vec![reps(1, None, 1)]),
            session(2, "2026-03-29T21:30:00Z", vec![reps(2, None, 1)]),
            session(3, "2026-03-29T22:30:00Z", vec![reps(3, None, 1)]),
            Appearance { zone, ..session(4, "2026-03-30T03:30:00Z", vec![reps(4, None, 1)]) },
        ];
        let history = History::new(sessions, false);
        let of = |bucket| points(&history, bucket, Estimator::default());
        let days = of(Bucket::Day);
        assert_eq!(starts(&days), ["2026-03-28", "2026-03-29", "2026-03-30"], "23 hours, and another continent");
        assert_eq!(days.iter().map(|day| day.sets).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(starts(&of(Bucket::Week)), ["2026-03-23", "2026-03-30"]);
        assert_eq!(starts(&of(Bucket::Month)), ["2026-03-01"]);
        assert_eq!(of(Bucket::Session).len(), 4);
    }

    proptest! {
        #[test]
        fn nothing_gets_lost_in_any_bucket(
            sessions in proptest::collection::vec((0_i64..40_000_000, proptest::collection::vec((0_u32..200, 0_i16..20), 0..5)), 0..30),
        ) {
            let base = session(0, "2026-01-01T00:00:00Z", vec![]);
            let numbered = (1_u128..).zip(sessions);
            let appearance = |(id, (seconds, sets)): (u128, (i64, Vec<(u32, i16)>))| Appearance {
                session_id: TrainingSessionId::new(uuid::Uuid::from_u128(id)),
                start: base.start + chrono::TimeDelta::seconds(seconds),
                sets: (1..).zip(sets).map(|(id, (kilograms, count))| LoggedSet {
                    weight: Weight::from_grams(kilograms * 1000),
                    ..reps(id, None, count)
                }).collect(),
                ..base.clone()
            };
            let history = History::new(numbered.map(appearance).collect(), false);
            let of = |bucket: &Bucket| points(&history, *bucket, Estimator::default());
            let sums = |points: &[Point]| {
                let volume: Volume = points.iter().map(|point| point.volume).sum();
                let best = points.iter().map(|point| point.best_e1rm).max().flatten();
                let sets: u32 = points.iter().map(|point| point.sets).sum();
                (sets, points.iter().map(|point| point.reps).sum::<u64>(), volume, best)
            };
            let all: Vec<_> = Bucket::ALL.iter().map(|bucket| sums(&of(bucket))).collect();
            prop_assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
            for bucket in Bucket::ALL {
                prop_assert!(of(bucket).windows(2).all(|pair| pair[0].start < pair[1].start));
            }
            prop_assert_eq!(of(&Bucket::Session).len(), history.appearances().len());
        }
    }
}
