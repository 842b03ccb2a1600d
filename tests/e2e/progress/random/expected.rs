//! What the answers have to be, made of all rows by the rules of the domain.

use chrono::{DateTime, SecondsFormat, Utc};
use irontrack_domain::{
    progress::{Bucket, Estimator, History, Point, PointStart, Record, RecordValue, latest, points, records},
    training::{
        Volume,
        session::{Performance, SessionStatus},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::rows::{Rows, Subject};

/// What is asked of the course of an exercise.
pub(super) struct Asked {
    pub(super) bucket: Bucket,
    pub(super) estimator: Estimator,
    pub(super) include_warmups: bool,
    pub(super) from: Option<DateTime<Utc>>,
    pub(super) to: Option<DateTime<Utc>>,
}

impl Asked {
    /// As they stand in a query.
    pub(super) fn parameters(&self) -> String {
        let Estimator { formula, use_rpe } = self.estimator;
        let mut text = format!(
            "bucket={}&formula={}&useRpe={use_rpe}&includeWarmups={}",
            self.bucket.as_str(),
            formula.as_str(),
            self.include_warmups
        );
        for (name, moment) in [("from", self.from), ("to", self.to)] {
            text.extend(moment.map(|moment| format!("&{name}={}", time(moment))));
        }
        text
    }
}

/// The answers about these rows.
pub(super) struct Expected<'a>(pub(super) &'a Rows);

impl Expected<'_> {
    pub(super) fn points(&self, exercise: Uuid, asked: &Asked) -> Value {
        let mut appearances = self.0.appearances().remove(&(Some(exercise), None)).unwrap_or_default();
        appearances.retain(|appearance| {
            asked.from.is_none_or(|from| appearance.start >= from) && asked.to.is_none_or(|to| appearance.start < to)
        });
        let history = History::new(appearances, asked.include_warmups);
        let points = points(&history, asked.bucket, asked.estimator);
        json!({
            "exerciseId": exercise, "from": asked.from.map(time), "to": asked.to.map(time),
            "bucket": asked.bucket.as_str(), "formula": asked.estimator.formula.as_str(),
            "useRpe": asked.estimator.use_rpe, "includeWarmups": asked.include_warmups,
            "points": points.iter().map(point).collect::<Vec<_>>()
        })
    }

    pub(super) fn records(&self, exercise: Option<Uuid>) -> Value {
        let is_asked = |subject: &Subject| exercise.is_none() || subject.0 == exercise;
        let found = self.found(is_asked, |records| latest(&records));
        json!({"exerciseId": exercise, "records": found})
    }

    pub(super) fn records_of_session(&self, session: Uuid) -> Value {
        let of_session = |mut records: Vec<Record>| {
            records.retain(|record| record.session_id.uuid() == session);
            records
        };
        json!({"sessionId": session, "records": self.found(|_| true, of_session)})
    }

    /// Some of the records of these exercises, sorted by name, then id.
    fn found(&self, is_asked: impl Fn(&Subject) -> bool, some: impl Fn(Vec<Record>) -> Vec<Record>) -> Vec<Value> {
        let mut found = Vec::new();
        for (subject, appearances) in self.0.appearances() {
            if is_asked(&subject) {
                let name = self.0.name(&subject);
                let history = History::new(appearances, false);
                let records = some(records(&history, Estimator::default()));
                let shown: Vec<_> = records.iter().map(|record| shown(record, &subject, &name)).collect();
                found.push(((name.to_lowercase(), name, subject.0.is_none(), subject.0), shown));
            }
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.into_iter().flat_map(|(_, records)| records).collect()
    }

    pub(super) fn previous(&self, exercise: Uuid) -> Value {
        let completed = self.0.0.iter().rev().filter(|session| session.status == SessionStatus::Completed);
        let mut with_sets = completed.filter_map(|session| {
            let entries = session.entries.iter().filter(|entry| entry.subject.0 == Some(exercise));
            let sets: Vec<_> = entries.flat_map(|entry| entry.sets.clone()).collect();
            (!sets.is_empty()).then_some((session, sets))
        });
        let Some((session, sets)) = with_sets.next() else {
            return json!({"exerciseId": exercise, "session": null, "sets": []});
        };
        let shown = |(place, set): (usize, &irontrack_domain::progress::LoggedSet)| {
            let performance = Performance::from(set.metric);
            json!({
                "id": set.id.number(), "orderIndex": place, "weight": set.weight.map(|weight| number(&weight)),
                "repsCompleted": performance.reps, "timeSeconds": performance.time_seconds,
                "distanceKm": performance.distance.map(|distance| number(&distance)),
                "setType": set.set_type.as_str(), "rpe": set.rpe.map(|rpe| number(&rpe)), "notes": null
            })
        };
        json!({
            "exerciseId": exercise,
            "session": {
                "id": session.id, "startTime": time(session.start), "date": session.zone.date(session.start).to_string(),
                "userTimezone": session.zone.name(), "unitName": null
            },
            "sets": sets.iter().enumerate().map(shown).collect::<Vec<_>>()
        })
    }
}

fn point(point: &Point) -> Value {
    let best = point.best_set.map(|best| {
        json!({
            "sessionId": best.session_id.uuid(), "setId": best.set_id.number(),
            "weight": best.weight.map(|weight| number(&weight)), "reps": best.reps
        })
    });
    json!({
        "start": match point.start {
            PointStart::Session(start, _) => time(start),
            PointStart::Date(date) => date.to_string(),
        },
        "sets": point.sets, "reps": point.reps, "volumeKg": number(&point.volume),
        "topWeightKg": point.top_weight.map(|weight| number(&weight)),
        "bestE1rmKg": point.best_e1rm.map(|max| number(&max)), "bestSet": best,
        "longestSeconds": point.longest_seconds, "longestKm": point.longest_distance.map(|distance| number(&distance)),
        "totalSeconds": point.total_seconds,
        "totalKm": point.total_metres.map(|metres| number(&Volume::from_grams(metres)))
    })
}

fn shown(record: &Record, (exercise, _): &Subject, name: &str) -> Value {
    let (value, unit) = measured(record.value);
    json!({
        "exerciseId": exercise, "exerciseName": name, "kind": record.kind.as_str(), "value": value,
        "previousValue": measured(record.previous).0, "unit": unit, "sessionId": record.session_id.uuid(),
        "startTime": time(record.start), "date": record.zone.date(record.start).to_string(),
        "setId": record.set.map(|set| set.id.number()),
        "weight": record.set.and_then(|set| set.weight).map(|weight| number(&weight)),
        "reps": record.set.and_then(|set| set.reps())
    })
}

fn measured(value: RecordValue) -> (Value, &'static str) {
    match value {
        RecordValue::Weight(weight) => (number(&weight), "kg"),
        RecordValue::OneRepMax(max) => (number(&max), "kg"),
        RecordValue::Volume(volume) => (number(&volume), "kg"),
        RecordValue::Reps(reps) => (json!(reps), "reps"),
        RecordValue::Seconds(seconds) => (json!(seconds), "s"),
        RecordValue::Distance(distance) => (number(&distance), "km"),
    }
}

/// A decimal number as it is written.
fn number(decimal: &impl std::fmt::Display) -> Value {
    decimal.to_string().parse().map(Value::Number).expect("a number")
}

fn time(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
