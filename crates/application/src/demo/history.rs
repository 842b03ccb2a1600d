//! An account with everything that was trained.

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    TrainingSessionId, UserId, Violation,
    training::{
        LongText,
        session::{Course, SessionStatus, SessionTime},
    },
};
use irontrack_ports::{
    DemoAccount,
    repo::{DoneExercise, NewTrainingSession, SessionDetails},
};

use super::{
    address::address,
    calendar::{End, starts},
    dice::Dice,
    load::Progress,
    material::{Material, Plan},
    person::Person,
    workout::{Athlete, Workout},
};

const NOTES: [&str; 6] = [
    "Slept badly, kept it short.",
    "Great session, everything moved fast.",
    "New shoes.",
    "Gym was packed, long breaks.",
    "Knee fine again.",
    "Personal best!",
];

/// What all histories have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) seed: u64,
    pub(super) sessions: usize,
    pub(super) end: End,
}

/// The account of that number. It depends on nothing but the number, the wish and the material.
///
/// # Errors
/// None for the numbers that there are.
pub(super) fn account(number: u32, wish: Wish, material: &Material) -> Result<DemoAccount, Violation> {
    let mut dice = Dice::of(wish.seed, number);
    let person = Person::new(&mut dice);
    let plan = dice.pick(&material.plans).filter(|plan| person.follows_plan && !plan.units.is_empty());
    let starts = starts(wish.sessions, wish.end, &person, &mut dice);
    let first = starts.first().copied().unwrap_or(wish.end.latest);
    let created_at = first - TimeDelta::hours(i64::from(dice.between(1..=200)));
    let mut story = Story { owner: UserId::new(dice.id(milliseconds(created_at))), person, plan, planned: 0 };
    let last = starts.len().saturating_sub(1);
    let mut sessions = Vec::with_capacity(starts.len());
    for (turn, start) in starts.into_iter().enumerate() {
        let status = match dice.between(1..=100) {
            _ if turn == last && story.person.is_training => SessionStatus::InProgress,
            ..=2 => SessionStatus::Aborted,
            _ => SessionStatus::Completed,
        };
        let progress = Progress::after((start - first).num_weeks());
        sessions.push(story.session(Scene { turn, start, status, progress }, material, &mut dice));
    }
    let Story { owner, person, .. } = story;
    Ok(DemoAccount { id: owner, name: person.name, email: address(number)?, created_at, sessions })
}

/// Somebody, and how far they are with their plan.
struct Story<'a> {
    owner: UserId,
    person: Person,
    plan: Option<&'a Plan>,
    planned: usize,
}

/// Which session it is.
struct Scene {
    turn: usize,
    start: DateTime<Utc>,
    status: SessionStatus,
    progress: Progress,
}

impl Story<'_> {
    fn session(
        &mut self,
        Scene { turn, start, status, progress }: Scene,
        material: &Material,
        dice: &mut Dice,
    ) -> (NewTrainingSession, Vec<DoneExercise>) {
        let id = TrainingSessionId::new(dice.id(milliseconds(start)));
        // Whoever has a plan does something else at times.
        let plan = self.plan.filter(|_| dice.happens(85));
        let unit = plan.and_then(|plan| plan.units.get(self.planned % plan.units.len().max(1)));
        self.planned += usize::from(unit.is_some());
        let mut athlete = Athlete { person: &self.person, material, dice };
        let workout = match unit {
            Some(unit) => athlete.after_unit(unit, progress),
            None => athlete.freely(turn, progress),
        };
        let workout = match status {
            SessionStatus::Completed => workout,
            SessionStatus::InProgress | SessionStatus::Aborted => stopped(workout, dice),
        };
        let seconds = workout.seconds * i64::from(dice.between(90..=120)) / 100;
        let (start, end) = (SessionTime::from_clock(start), start + TimeDelta::seconds(seconds));
        let end = Some(SessionTime::from_clock(end)).filter(|_| status != SessionStatus::InProgress);
        let notes = if dice.happens(4) { dice.pick(&NOTES) } else { None };
        let session = NewTrainingSession {
            id,
            owner: self.owner,
            plan: plan.map(|plan| (plan.id, plan.name.clone())),
            unit: unit.map(|unit| (unit.id, unit.head.name.clone())),
            details: SessionDetails {
                course: Course::from_stored(status, start, end).unwrap_or_else(|| Course::started(start)),
                time_zone: self.person.time_zone,
                notes: notes.and_then(|notes| LongText::parse(notes).ok()),
            },
        };
        (session, workout.exercises)
    }
}

/// Somewhere in the middle.
fn stopped(workout: Workout, dice: &mut Dice) -> Workout {
    let exercises = i32::try_from(workout.exercises.len()).unwrap_or(1);
    workout.cut(usize::try_from(dice.between(1..=exercises.max(2) - 1)).unwrap_or(1))
}

fn milliseconds(moment: DateTime<Utc>) -> u64 {
    // Before 1970 there is no identifier that knows its time.
    u64::try_from(moment.timestamp_millis()).unwrap_or_default()
}
