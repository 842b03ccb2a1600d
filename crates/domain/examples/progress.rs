//! Computes progress from logged sets, without a database: the course of an exercise by week, its records, and how many
//! weeks in a row somebody has trained.
//!
//! Run it with `cargo run --example progress -p irontrack-domain`.

use std::num::NonZeroU32;

use irontrack_domain::{
    SessionSetId, TimeZone, TrainingSessionId,
    progress::{
        Appearance, Bucket, Estimator, Formula, History, LoggedSet, PointStart, RecordValue, points, records, streaks,
    },
    training::{
        Weight,
        session::{Metric, Rpe, SessionStatus, SetType},
    },
};
use uuid::Uuid;

/// When, and which sets: kilograms, repetitions, and how hard it was.
type Workout<'a> = (&'a str, &'a [(&'a str, i16, &'a str)]);

const WORKOUTS: [Workout<'_>; 4] = [
    ("2026-01-05T17:30:00Z", &[("80", 8, "8"), ("80", 7, "9")]),
    ("2026-01-08T17:30:00Z", &[("82.5", 6, "8.5"), ("82.5", 6, "9.5")]),
    ("2026-01-12T17:30:00Z", &[("85", 5, "8"), ("80", 9, "9.5")]),
    ("2026-01-20T17:30:00Z", &[("90", 3, "9"), ("90", 3, "9.5")]),
];

/// The squats of somebody in Berlin; `None` if a value breaks a rule.
fn squats() -> Option<Vec<Appearance>> {
    let zone = TimeZone::parse("Europe/Berlin").ok()?;
    let session = |(number, (start, sets)): (u128, Workout<'_>)| {
        let set = |(number, (kilograms, reps, rpe)): (i64, &(&str, i16, &str))| {
            Some(LoggedSet {
                id: SessionSetId::new(number),
                weight: Some(Weight::parse(kilograms).ok()?),
                metric: Some(Metric::Reps(*reps)),
                set_type: SetType::Working,
                rpe: Some(Rpe::parse(rpe).ok()?),
            })
        };
        Some(Appearance {
            session_id: TrainingSessionId::new(Uuid::from_u128(number)),
            status: SessionStatus::Completed,
            start: start.parse().ok()?,
            zone,
            sets: (1..).zip(sets).map(set).collect::<Option<_>>()?,
        })
    };
    (1..).zip(WORKOUTS).map(session).collect()
}

fn main() {
    let Some(squats) = squats() else { return println!("these are no workouts") };
    let history = History::new(squats, false);

    println!("Week        sets  volume  best estimate");
    let estimator = Estimator { formula: Formula::Epley, use_rpe: true };
    for point in points(&history, Bucket::Week, estimator) {
        let PointStart::Date(week) = point.start else { continue };
        let best = point.best_e1rm.map_or_else(|| "none".to_owned(), |best| format!("{best} kg"));
        println!("{week}  {:>4}  {:>6}  {best:>13}", point.sets, point.volume.to_string());
    }

    println!("\nRecords");
    for record in records(&history, Estimator::default()) {
        let (value, unit) = match record.value {
            RecordValue::Weight(weight) => (weight.to_string(), "kg"),
            RecordValue::OneRepMax(max) => (max.to_string(), "kg"),
            RecordValue::Volume(volume) => (volume.to_string(), "kg"),
            RecordValue::Distance(distance) => (distance.to_string(), "km"),
            RecordValue::Reps(reps) => (reps.to_string(), "repetitions"),
            RecordValue::Seconds(seconds) => (seconds.to_string(), "s"),
        };
        println!("{}  {:<18}  {value} {unit}", record.zone.date(record.start), record.kind.as_str());
    }

    let days: Vec<_> = history.appearances().iter().map(|session| session.zone.date(session.start)).collect();
    if let Some(&today) = days.last() {
        let streaks = streaks(days, NonZeroU32::MIN, today);
        println!("\nWeeks in a row: {} now, {} at best", streaks.current, streaks.longest);
    }
}
