//! Putting what was found into parts of a bounded size.

use irontrack_ports::repo::{ImportPart, StagedPlan, StagedSession, StagedUnit};
use tokio::sync::mpsc;

use super::Ended;

/// A part holds about as many rows as are written in a few tenths of a second.
const FULL: usize = 1_000;

/// How much a session counts, and an exercise: more than a set, because there is more to look up.
const SESSION: usize = 5;
const EXERCISE: usize = 3;

/// Parts that are not full yet.
pub(super) struct Batches<'a> {
    parts: &'a mpsc::Sender<ImportPart>,
    units: Batch<StagedUnit>,
    plans: Batch<StagedPlan>,
    sessions: Batch<StagedSession>,
}

struct Batch<T> {
    things: Vec<T>,
    rows: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { things: Vec::new(), rows: 0 }
    }
}

impl<T> Batch<T> {
    fn would_overflow(&self, rows: usize) -> bool {
        !self.things.is_empty() && self.rows + rows > FULL
    }

    fn take(&mut self) -> Vec<T> {
        self.rows = 0;
        std::mem::take(&mut self.things)
    }

    fn push(&mut self, thing: T, rows: usize) {
        self.things.push(thing);
        self.rows += rows;
    }
}

impl<'a> Batches<'a> {
    pub(super) fn new(parts: &'a mpsc::Sender<ImportPart>) -> Self {
        Self { parts, units: Batch::default(), plans: Batch::default(), sessions: Batch::default() }
    }

    pub(super) fn unit(&mut self, unit: StagedUnit) -> Result<(), Ended> {
        let rows = EXERCISE + unit.entries.len();
        if self.units.would_overflow(rows) {
            self.send(Kind::Units)?;
        }
        self.units.push(unit, rows);
        Ok(())
    }

    pub(super) fn plan(&mut self, plan: StagedPlan) -> Result<(), Ended> {
        let rows = EXERCISE + plan.schedule.len();
        if self.plans.would_overflow(rows) {
            self.send(Kind::Plans)?;
        }
        self.plans.push(plan, rows);
        Ok(())
    }

    /// One that does not fit goes on in the next part, between two of its exercises.
    pub(super) fn session(&mut self, mut session: StagedSession) -> Result<(), Ended> {
        let exercises = std::mem::take(&mut session.exercises);
        let rows = |sets: usize| EXERCISE + sets;
        let first = exercises.first().map_or(0, |exercise| rows(exercise.sets.len()));
        if self.sessions.would_overflow(SESSION + first) {
            self.send(Kind::Sessions)?;
        }
        let rest = StagedSession { goes_on: true, notes: None, exercises: Vec::new(), ..session.clone() };
        self.sessions.push(session, SESSION);
        for exercise in exercises {
            let rows = rows(exercise.sets.len());
            let has_some = self.sessions.things.last().is_some_and(|session| !session.exercises.is_empty());
            if has_some && self.sessions.rows + rows > FULL {
                self.send(Kind::Sessions)?;
                self.sessions.push(rest.clone(), SESSION);
            }
            if let Some(current) = self.sessions.things.last_mut() {
                current.exercises.push(exercise);
                self.sessions.rows += rows;
            }
        }
        Ok(())
    }

    /// Hands over what is left.
    pub(super) fn finish(&mut self) -> Result<(), Ended> {
        [Kind::Units, Kind::Plans, Kind::Sessions].into_iter().try_for_each(|kind| self.send(kind))
    }

    fn send(&mut self, kind: Kind) -> Result<(), Ended> {
        let (is_empty, part) = match kind {
            Kind::Units => (self.units.things.is_empty(), ImportPart::Units(self.units.take())),
            Kind::Plans => (self.plans.things.is_empty(), ImportPart::Plans(self.plans.take())),
            Kind::Sessions => (self.sessions.things.is_empty(), ImportPart::Sessions(self.sessions.take())),
        };
        if is_empty { Ok(()) } else { self.parts.blocking_send(part).map_err(|_| Ended::Unwanted) }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Units,
    Plans,
    Sessions,
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use irontrack_domain::{
        TimeZone, TrainingSessionId,
        training::{
            Mode,
            session::{Course, PerformedSet, SessionTime},
        },
    };
    use irontrack_ports::repo::{StagedExercise, TimePrecision};
    use uuid::Uuid;

    use super::*;

    fn session(number: u128, sets: &[usize]) -> StagedSession {
        let exercise = |&count: &usize| StagedExercise {
            exercise: Some(0),
            name: None,
            mode: Mode::Reps,
            planned: None,
            entry_place: None,
            notes: None,
            sets: vec![PerformedSet::default(); count],
        };
        StagedSession {
            id: TrainingSessionId::new(Uuid::from_u128(number)),
            goes_on: false,
            twins: 0,
            precision: TimePrecision::Microsecond,
            plan: None,
            plan_name: None,
            unit: None,
            unit_name: None,
            course: Course::started(SessionTime::from_clock(DateTime::UNIX_EPOCH)),
            time_zone: TimeZone::parse("UTC").unwrap(),
            notes: None,
            exercises: sets.iter().map(exercise).collect(),
        }
    }

    fn parts(sessions: Vec<StagedSession>) -> Vec<Vec<(u128, bool, Vec<usize>)>> {
        let (sender, mut receiver) = mpsc::channel(1_000);
        let mut batches = Batches::new(&sender);
        for session in sessions {
            batches.session(session).unwrap();
        }
        batches.finish().unwrap();
        let mut parts = Vec::new();
        while let Ok(ImportPart::Sessions(sessions)) = receiver.try_recv() {
            let seen = |session: StagedSession| {
                let sets = session.exercises.iter().map(|exercise| exercise.sets.len()).collect();
                (session.id.uuid().as_u128(), session.goes_on, sets)
            };
            parts.push(sessions.into_iter().map(seen).collect());
        }
        parts
    }

    #[test]
    fn small_sessions_share_a_part_and_large_ones_are_divided() {
        assert_eq!(parts(vec![]), Vec::<Vec<_>>::new());
        assert_eq!(parts(vec![session(1, &[5]), session(2, &[])]), [[(1, false, vec![5]), (2, false, vec![])]]);
        let divided = parts(vec![session(1, &[200; 11]), session(2, &[3])]);
        assert_eq!(
            divided,
            [
                vec![(1, false, vec![200; 4])],
                vec![(1, true, vec![200; 4])],
                vec![(1, true, vec![200; 3]), (2, false, vec![3])],
            ]
        );
        let many: Vec<_> = (0..1_000).map(|number| session(number, &[4, 4, 4, 4])).collect();
        let all = parts(many);
        assert!(
            all.iter().all(|part| part.iter().map(|(_, _, sets)| sets.iter().sum::<usize>()).sum::<usize>() <= FULL)
        );
        assert_eq!(all.iter().flatten().map(|(_, _, sets)| sets.iter().sum::<usize>()).sum::<usize>(), 16_000);
        assert_eq!(all.iter().flatten().filter(|(_, goes_on, _)| !goes_on).count(), 1_000);
    }
}
