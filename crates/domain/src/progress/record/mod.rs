//! Records: what had never been reached before.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Estimator, History, LoggedSet, OneRepMax};
use crate::{
    ExerciseId, TimeZone, TrainingSessionId,
    attribute::attribute,
    training::{Distance, Volume, Weight, session::Metric},
};

attribute! {
    /// What a record is about.
    RecordKind {
        /// The greatest weight.
        MaxWeight = "max_weight",
        /// The most repetitions with a weight or a greater one.
        MaxRepsAtWeight = "max_reps_at_weight",
        /// The greatest estimated one-repetition maximum.
        MaxE1rm = "max_e1rm",
        /// The greatest volume of a set.
        MaxSetVolume = "max_set_volume",
        /// The greatest volume of a session.
        MaxSessionVolume = "max_session_volume",
        /// The longest time.
        LongestTime = "longest_time",
        /// The longest distance.
        LongestDistance = "longest_distance",
    }
}

/// What was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordValue {
    /// A weight.
    Weight(Weight),
    /// Repetitions.
    Reps(i16),
    /// An estimated one-repetition maximum.
    OneRepMax(OneRepMax),
    /// A volume.
    Volume(Volume),
    /// Seconds.
    Seconds(i32),
    /// A distance.
    Distance(Distance),
}

/// A record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// What it is about.
    pub kind: RecordKind,
    /// What was reached.
    pub value: RecordValue,
    /// What had to be beaten: of the same kind of value.
    pub previous: RecordValue,
    /// In which session.
    pub session_id: TrainingSessionId,
    /// When that session began.
    pub start: DateTime<Utc>,
    /// Where it took place.
    pub zone: TimeZone,
    /// In which set, unless it took the whole session.
    pub set: Option<LoggedSet>,
}

/// What a session brings into the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// The session.
    pub session_id: TrainingSessionId,
    /// When it began.
    pub start: DateTime<Utc>,
    /// Where it took place.
    pub zone: TimeZone,
    /// Whether it is the first session of the exercise, by which all others are measured.
    pub is_baseline: bool,
    /// Its sets in their order. A set can be left out if an earlier one had the same metric, the same exertion where that
    /// counts for estimates, and at least the same weight: it beats it in nothing.
    pub sets: Vec<LoggedSet>,
    /// The volume of all its sets. If an earlier session had as much, it can be given as nothing.
    pub volume: Volume,
}

/// A record, and what it was set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseRecord {
    /// The exercise; `None` if it is gone.
    pub exercise: Option<ExerciseId>,
    /// What it is called.
    pub name: String,
    /// The record.
    pub record: Record,
}

/// All records of an exercise in the order in which they were set, each beating the one before.
///
/// The whole first session is what all others are measured by. A tie is no record, and neither is the first value of its
/// kind: a record beats something. Nothing is no value: no weight, no repetitions, no volume. What was lifted without a
/// weight has repetitions at the weight 0.
#[must_use]
pub fn records(history: &History, estimator: Estimator) -> Vec<Record> {
    let contenders = history.appearances().iter().enumerate().map(|(index, appearance)| Contender {
        session_id: appearance.session_id,
        start: appearance.start,
        zone: appearance.zone,
        is_baseline: index == 0,
        sets: appearance.sets.clone(),
        volume: appearance.sets.iter().map(LoggedSet::volume).sum(),
    });
    records_among(contenders, estimator)
}

/// The same for sessions that stand in the order of time, of which what cannot make a record was left out.
#[must_use]
pub fn records_among(contenders: impl IntoIterator<Item = Contender>, estimator: Estimator) -> Vec<Record> {
    let mut bests = Bests::default();
    let mut records = Vec::new();
    for contender in contenders {
        let Contender { session_id, start, zone, is_baseline, sets, volume } = contender;
        let mut add = |kind, set, (value, previous): (RecordValue, RecordValue)| {
            if !is_baseline {
                records.push(Record { kind, value, previous, session_id, start, zone, set });
            }
        };
        for set in sets {
            for (kind, value) in values(&set, estimator) {
                if let Some(previous) = bests.beat(kind, value) {
                    add(kind, Some(set), (value, previous));
                }
            }
            if let Some((reps, previous)) = bests.beat_reps(&set) {
                let (reps, previous) = (RecordValue::Reps(reps), RecordValue::Reps(previous));
                add(RecordKind::MaxRepsAtWeight, Some(set), (reps, previous));
            }
        }
        let value = RecordValue::Volume(volume);
        if volume > Volume::ZERO
            && let Some(previous) = bests.beat(RecordKind::MaxSessionVolume, value)
        {
            add(RecordKind::MaxSessionVolume, None, (value, previous));
        }
    }
    records
}

/// Of each kind the record that stands, if there is one.
#[must_use]
pub fn latest(records: &[Record]) -> Vec<Record> {
    let of_kind = |kind: &RecordKind| records.iter().rev().find(|record| record.kind == *kind).copied();
    RecordKind::ALL.iter().filter_map(of_kind).collect()
}

/// The values of a set that are simply greater or less.
fn values(set: &LoggedSet, estimator: Estimator) -> Vec<(RecordKind, RecordValue)> {
    let weight = set.moved_weight().filter(|weight| weight.grams() > 0);
    let (time, distance) = match set.metric {
        Some(Metric::TimeSeconds(seconds)) => (Some(seconds), None),
        Some(Metric::Distance(distance)) => (None, Some(distance)),
        Some(Metric::Reps(_)) | None => (None, None),
    };
    let volume = Some(set.volume()).filter(|volume| *volume > Volume::ZERO);
    [
        weight.map(|weight| (RecordKind::MaxWeight, RecordValue::Weight(weight))),
        estimator.of(set).map(|max| (RecordKind::MaxE1rm, RecordValue::OneRepMax(max))),
        volume.map(|volume| (RecordKind::MaxSetVolume, RecordValue::Volume(volume))),
        time.map(|seconds| (RecordKind::LongestTime, RecordValue::Seconds(seconds))),
        distance.map(|distance| (RecordKind::LongestDistance, RecordValue::Distance(distance))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The best there has been so far.
#[derive(Debug, Default)]
struct Bests {
    values: BTreeMap<RecordKind, RecordValue>,
    /// Repetitions by weight: those alone that no set with more weight has reached. The more weight, the fewer.
    reps: BTreeMap<Weight, i16>,
}

impl Bests {
    /// Takes a value in. Answers what it has beaten, if it has.
    fn beat(&mut self, kind: RecordKind, value: RecordValue) -> Option<RecordValue> {
        let previous = self.values.get(&kind).copied();
        if previous.is_some_and(|previous| previous >= value) {
            return None;
        }
        self.values.insert(kind, value);
        previous
    }

    /// Takes the repetitions of a set in. Answers them, and what they have beaten, if they have.
    fn beat_reps(&mut self, set: &LoggedSet) -> Option<(i16, i16)> {
        let weight = set.weight.or(Weight::from_grams(0))?;
        let reps = set.reps().filter(|reps| *reps > 0)?;
        let previous = self.reps.range(weight..).next().map(|(_, reps)| *reps);
        if previous.is_some_and(|previous| previous >= reps) {
            return None;
        }
        self.reps.retain(|other, fewer| *other > weight || *fewer > reps);
        self.reps.insert(weight, reps);
        previous.map(|previous| (reps, previous))
    }
}

#[cfg(test)]
mod tests;
