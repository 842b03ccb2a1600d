//! The history of one exercise, and which of its sets count.

use chrono::{DateTime, Utc};

use crate::{
    SessionSetId, TimeZone, TrainingSessionId,
    training::{
        Volume, Weight,
        session::{Metric, Rpe, SessionStatus, SetType},
    },
};

/// A set as it was logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedSet {
    /// Identity.
    pub id: SessionSetId,
    /// With how much weight.
    pub weight: Option<Weight>,
    /// What was counted.
    pub metric: Option<Metric>,
    /// What it was for.
    pub set_type: SetType,
    /// How hard it was.
    pub rpe: Option<Rpe>,
}

impl LoggedSet {
    /// The repetitions, if they were counted.
    #[must_use]
    pub const fn reps(&self) -> Option<i16> {
        match self.metric {
            Some(Metric::Reps(reps)) => Some(reps),
            _ => None,
        }
    }

    /// The weight, unless it was not moved even once.
    #[must_use]
    pub fn moved_weight(&self) -> Option<Weight> {
        self.weight.filter(|_| self.reps() != Some(0))
    }

    /// Weight times repetitions, nothing if one of the two is missing.
    #[must_use]
    pub fn volume(&self) -> Volume {
        match (self.weight, self.reps()) {
            (Some(weight), Some(reps)) => Volume::of(weight, reps),
            _ => Volume::ZERO,
        }
    }
}

/// An exercise in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// The session.
    pub session_id: TrainingSessionId,
    /// How far the session is.
    pub status: SessionStatus,
    /// When the session began.
    pub start: DateTime<Utc>,
    /// Where it took place.
    pub zone: TimeZone,
    /// The sets of the exercise in the order in which they were done, also if it stands in the session more than once.
    pub sets: Vec<LoggedSet>,
}

/// What counts of the history of one exercise, in the order of time: by start, and then by id of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History(Vec<Appearance>);

impl History {
    /// Takes what counts: all but warm-ups, unless they are asked for, in sessions that were not aborted. A session
    /// without a set that counts is none.
    #[must_use]
    pub fn new(mut appearances: Vec<Appearance>, include_warmups: bool) -> Self {
        for appearance in &mut appearances {
            appearance.sets.retain(|set| include_warmups || set.set_type.counts());
        }
        appearances.retain(|appearance| appearance.status != SessionStatus::Aborted && !appearance.sets.is_empty());
        appearances.sort_by_key(|appearance| (appearance.start, appearance.session_id));
        Self(appearances)
    }

    /// The sessions in their order, each with at least one set.
    #[must_use]
    pub fn appearances(&self) -> &[Appearance] {
        &self.0
    }
}

#[cfg(test)]
pub(super) mod tests {
    use uuid::Uuid;

    use super::*;

    /// A set of repetitions.
    pub(in crate::progress) fn reps(id: i64, kilograms: Option<&str>, reps: i16) -> LoggedSet {
        LoggedSet {
            id: SessionSetId::new(id),
            weight: kilograms.map(|text| Weight::parse(text).unwrap()),
            metric: Some(Metric::Reps(reps)),
            set_type: SetType::Working,
            rpe: None,
        }
    }

    /// A completed session in Berlin.
    pub(in crate::progress) fn session(id: u128, start: &str, sets: Vec<LoggedSet>) -> Appearance {
        Appearance {
            session_id: TrainingSessionId::new(Uuid::from_u128(id)),
            status: SessionStatus::Completed,
            start: start.parse().unwrap(),
            zone: TimeZone::parse("Europe/Berlin").unwrap(),
            sets,
        }
    }

    #[test]
    fn warm_ups_and_aborted_sessions_do_not_count() {
        let warm = LoggedSet { set_type: SetType::Warmup, ..reps(1, Some("40"), 10) };
        let drop = LoggedSet { set_type: SetType::Drop, ..reps(2, Some("60"), 10) };
        let failure = LoggedSet { set_type: SetType::Failure, ..reps(3, Some("60"), 10) };
        let sessions = vec![
            session(4, "2026-01-03T10:00:00Z", vec![warm]),
            Appearance {
                status: SessionStatus::InProgress,
                ..session(3, "2026-01-02T10:00:00Z", vec![warm, drop, reps(4, None, 5), failure])
            },
            Appearance { status: SessionStatus::Aborted, ..session(2, "2026-01-01T10:00:00Z", vec![drop]) },
            session(6, "2026-01-01T10:00:00Z", vec![drop]),
            session(5, "2026-01-01T10:00:00Z", vec![drop]),
        ];
        let counted = |history: &History| -> Vec<(u128, usize)> {
            let appearances = history.appearances().iter();
            appearances.map(|a| (a.session_id.uuid().as_u128(), a.sets.len())).collect()
        };
        assert_eq!(counted(&History::new(sessions.clone(), false)), [(5, 1), (6, 1), (3, 3)]);
        assert_eq!(counted(&History::new(sessions, true)), [(5, 1), (6, 1), (3, 4), (4, 1)]);
    }

    #[test]
    fn what_is_not_complete_has_no_volume() {
        assert_eq!(reps(1, Some("62.5"), 4).volume().to_string(), "250");
        let timed = LoggedSet { metric: Some(Metric::TimeSeconds(30)), ..reps(1, Some("24"), 0) };
        for set in [reps(1, None, 5), timed, LoggedSet { metric: None, ..timed }] {
            assert_eq!(set.volume(), Volume::ZERO);
        }
    }
}
