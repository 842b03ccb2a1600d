//! Points on the wire.

use irontrack_domain::{
    progress::{BestSet, OneRepMax, Point, PointStart},
    training::{Distance, Weight},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    timestamp,
    training::{Kilograms, Kilometres, thousandths},
};

/// What was done of an exercise in a session, or in all sessions of a day, week or month.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgressPoint {
    /// When the session began, UTC; of a day, week or month its first day, in the time zones of the sessions. Weeks begin
    /// on Monday.
    #[schema(example = "2026-11-23")]
    start: String,
    /// How many sets.
    sets: u32,
    /// How many repetitions.
    reps: u64,
    /// Weight times repetitions of all sets, in kilograms.
    #[schema(value_type = f64, minimum = 0)]
    volume_kg: Kilograms,
    /// The greatest weight that was moved at least once, in kilograms; null if there was none.
    #[schema(required)]
    top_weight_kg: Option<f64>,
    /// The greatest estimated one-repetition maximum, in kilograms; null if no set allows an estimate, with its weight and
    /// 1 to 12 repetitions.
    #[schema(required)]
    best_e1rm_kg: Option<f64>,
    /// The set with this maximum; if there is none, the heaviest, and of these the one with the most repetitions. Of equal
    /// ones the first. Null if no set has a weight or repetitions.
    #[schema(required)]
    best_set: Option<ProgressSet>,
    /// The longest time of a set, in seconds; null if no time was taken.
    #[schema(required)]
    longest_seconds: Option<i32>,
    /// The longest distance of a set, in kilometres; null if no distance was measured.
    #[schema(required)]
    longest_km: Option<f64>,
    /// All times together, in seconds; null if no time was taken.
    #[schema(required)]
    total_seconds: Option<u64>,
    /// All distances together, in kilometres; null if no distance was measured.
    #[schema(required, value_type = Option<f64>)]
    total_km: Option<Kilometres>,
}

/// A set, and where it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProgressSet {
    /// Its session.
    session_id: Uuid,
    /// The set.
    set_id: i64,
    /// With how much weight, in kilograms.
    #[schema(required)]
    weight: Option<f64>,
    /// How many repetitions.
    #[schema(required)]
    reps: Option<i16>,
}

impl From<BestSet> for ProgressSet {
    fn from(set: BestSet) -> Self {
        Self {
            session_id: set.session_id.uuid(),
            set_id: set.set_id.number(),
            weight: set.weight.map(kilograms),
            reps: set.reps,
        }
    }
}

impl From<Point> for ProgressPoint {
    fn from(point: Point) -> Self {
        Self {
            start: match point.start {
                PointStart::Session(start, _) => timestamp::text(start),
                PointStart::Date(date) => date.to_string(),
            },
            sets: point.sets,
            reps: point.reps,
            volume_kg: Kilograms(point.volume),
            top_weight_kg: point.top_weight.map(kilograms),
            best_e1rm_kg: point.best_e1rm.map(one_rep_max),
            best_set: point.best_set.map(ProgressSet::from),
            longest_seconds: point.longest_seconds,
            longest_km: point.longest_distance.map(kilometres),
            total_seconds: point.total_seconds,
            total_km: point.total_metres.map(Kilometres),
        }
    }
}

/// A weight.
pub(super) fn kilograms(weight: Weight) -> f64 {
    thousandths(weight.grams())
}

/// A distance.
pub(super) fn kilometres(distance: Distance) -> f64 {
    thousandths(distance.metres())
}

/// An estimated maximum, in kilograms with two decimals.
pub(super) fn one_rep_max(max: OneRepMax) -> f64 {
    f64::from(u32::try_from(max.hundredths()).unwrap_or(u32::MAX)) / 100.0
}
