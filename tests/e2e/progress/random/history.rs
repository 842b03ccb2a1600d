//! Writes a random history straight into the database: with everything that can stand there.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::gym::{Gym, user};

/// Chance that repeats itself (`SplitMix64`).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below that one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    pub(super) fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Days on which clocks are set, or on which a year, a week and a month end in different places of the world at different
/// times.
const DAYS: [&str; 12] = [
    "2025-03-29T20:00:00Z",
    "2025-03-30T00:00:00Z",
    "2025-10-25T20:00:00Z",
    "2025-10-26T00:00:00Z",
    "2025-11-02T04:00:00Z",
    "2025-12-28T10:00:00Z",
    "2025-12-31T09:00:00Z",
    "2026-01-01T00:00:00Z",
    "2026-01-04T10:00:00Z",
    "2026-02-28T22:00:00Z",
    "2026-03-08T06:00:00Z",
    "2026-04-04T14:00:00Z",
];

const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Europe/Berlin",
    "America/New_York",
    "US/Eastern",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "UTC",
];

const WEIGHTS: [Option<&str>; 12] = [
    None,
    None,
    Some("0"),
    Some("20"),
    Some("60"),
    Some("60"),
    Some("62.5"),
    Some("90"),
    Some("100"),
    Some("100.001"),
    Some("102.5"),
    Some("99999.999"),
];

const REPS: [i16; 10] = [0, 1, 1, 3, 5, 5, 8, 12, 13, 40];

/// The exercises that people do.
pub(super) struct Material {
    exercises: Vec<Uuid>,
    lost: Vec<Uuid>,
}

impl Material {
    /// Those of the system, a hidden one, somebody else's, and some that will go, two of them of the same name.
    pub(super) fn of(gym: &mut Gym) -> Self {
        let stranger = gym.person();
        let mut exercises: Vec<_> = (0..4).map(|_| gym.mint.exercise(None)).collect();
        gym.mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&exercises[0]]);
        exercises.push(gym.mint.exercise(Some(user(&stranger))));
        let lost: Vec<_> = (0..3).map(|_| gym.mint.exercise(Some(user(&stranger)))).collect();
        exercises.extend(&lost);
        Self { exercises, lost }
    }

    /// From now on they are gone.
    pub(super) fn lose(&self, gym: &mut Gym) {
        for exercise in &self.lost {
            assert_eq!(gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[exercise]), 1);
        }
    }
}

/// Writes so many sessions of somebody.
pub(super) fn write(gym: &mut Gym, owner: Uuid, material: &Material, sessions: usize, dice: &mut Dice) {
    for _ in 0..sessions {
        let day: DateTime<Utc> = dice.pick(&DAYS).parse().expect("a time");
        // Some begin at the same moment.
        let start = day + TimeDelta::minutes(i64::try_from(dice.below(20) * 30).unwrap_or_default());
        let session = gym.mint.training_session(owner);
        let status = *dice.pick(&["completed", "completed", "completed", "in_progress", "aborted"]);
        let sql = "UPDATE training_sessions SET start_time = $2, user_timezone = $3, \
                   status = $4::text::training_session_status_enum, \
                   end_time = CASE WHEN $4 <> 'in_progress' THEN $2::timestamptz + interval '1 hour' END, \
                   duration_seconds = CASE WHEN $4 = 'completed' THEN 3600 END WHERE id = $1";
        let zone = *dice.pick(&ZONES);
        gym.mint.execute(sql, &[&session, &start, &zone, &status]);
        // Few are as long as they may be.
        let exercises = if dice.happens(3) { 140 + dice.below(61) } else { dice.below(5) };
        for place in 0..i16::try_from(exercises).unwrap_or_default() {
            let exercise = *dice.pick(&material.exercises);
            // Exercises are renamed now and then; whoever does one later has the new name.
            let name = match material.lost.iter().position(|lost| *lost == exercise) {
                Some(0 | 1) => "Gone".to_owned(),
                Some(_) => "Gone as well".to_owned(),
                None => format!("{exercise} {}", dice.below(3)),
            };
            let mode = *dice.pick(&["reps", "reps", "reps", "reps", "reps", "time", "distance", "sets_only"]);
            let id = add_exercise(gym, session, exercise, &name, (mode, place));
            let sets = if dice.happens(1) { 200 } else { dice.below(6) };
            for place in 0..i16::try_from(sets).unwrap_or_default() {
                add_set(gym, id, mode, place, dice);
            }
        }
    }
}

fn add_exercise(gym: &mut Gym, session: Uuid, exercise: Uuid, name: &str, (mode, place): (&str, i16)) -> i64 {
    let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
               exercise_name_snapshot, mode_snapshot, order_index) \
               SELECT t.id, t.user_id, (SELECT x.id FROM exercises x WHERE x.id = $2), $3, $4::text::training_mode_enum, $5 \
               FROM training_sessions t WHERE t.id = $1 RETURNING id";
    gym.mint
        .database
        .query_one(sql, &[&session, &exercise, &name, &mode, &place])
        .expect("an exercise can be added")
        .get(0)
}

fn add_set(gym: &mut Gym, exercise: i64, mode: &str, place: i16, dice: &mut Dice) {
    let weight = *dice.pick(&WEIGHTS);
    let (mut reps, mut seconds, mut metres) = (None, None, None);
    match mode {
        // Some sets say nothing about what was done.
        _ if dice.happens(10) => {}
        "reps" => reps = Some(*dice.pick(&REPS)),
        "time" => seconds = Some(i32::try_from(30 + dice.below(3)).unwrap_or_default()),
        "distance" => metres = Some(i32::try_from(400 + dice.below(3)).unwrap_or_default()),
        _ => {}
    }
    let set_type = *dice.pick(&["working", "working", "working", "warmup", "drop", "failure"]);
    let halves = dice.happens(60).then(|| i32::try_from(14 + dice.below(7)).unwrap_or_default());
    let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, reps_completed, \
               time_seconds, distance_km, set_type, rpe) SELECT e.id, e.user_id, $2, $3::text::numeric, $4, $5, \
               $6::integer / 1000.0, $7::text::set_type_enum, $8::integer / 2.0 \
               FROM training_session_exercises e WHERE e.id = $1";
    gym.mint.execute(sql, &[&exercise, &place, &weight, &reps, &seconds, &metres, &set_type, &halves]);
}
