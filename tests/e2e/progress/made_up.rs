//! A made-up history of everything that may stand in one, and what its rows say when they are looked at one by one.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use irontrack_domain::TimeZone;
use uuid::Uuid;

use crate::gym::Gym;

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    /// Whether something happens that does so once in so many times.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let index = self.below(u64::try_from(all.len()).expect("a short list"));
        all[usize::try_from(index).expect("a short list")]
    }
}

/// An exercise as it is when the history is complete.
pub(super) struct MadeExercise {
    /// `None` once it is gone.
    pub(super) id: Option<Uuid>,
    /// What it is called; once it is gone, what it was called.
    pub(super) name: String,
    pub(super) category: Option<&'static str>,
    pub(super) mode: &'static str,
    pub(super) primary: Vec<i16>,
    pub(super) secondary: Vec<i16>,
}

/// A session of the history.
pub(super) struct MadeSession {
    pub(super) id: Uuid,
    pub(super) start: DateTime<Utc>,
    pub(super) zone: TimeZone,
    pub(super) status: &'static str,
    pub(super) seconds: Option<i64>,
    pub(super) unit_name: Option<String>,
    pub(super) sets: Vec<MadeSet>,
}

/// A set of a session.
pub(super) struct MadeSet {
    /// Which exercise.
    pub(super) exercise: usize,
    pub(super) grams: Option<i64>,
    pub(super) reps: Option<i16>,
    pub(super) seconds: Option<i32>,
    pub(super) metres: Option<i64>,
    pub(super) set_type: &'static str,
}

impl MadeSession {
    /// The day on which it began, for clocks where it took place.
    pub(super) fn day(&self) -> NaiveDate {
        self.zone.local(self.start).date()
    }

    /// The sets that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &MadeSet> {
        self.sets.iter().filter(|set| set.set_type != "warmup" && self.status != "aborted")
    }
}

impl MadeSet {
    pub(super) fn volume(&self) -> i64 {
        self.grams.unwrap_or(0) * i64::from(self.reps.unwrap_or(0))
    }
}

/// All that somebody has done.
pub(super) struct MadeUp {
    pub(super) exercises: Vec<MadeExercise>,
    /// In the order of time.
    pub(super) sessions: Vec<MadeSession>,
}

/// The Monday of a day's week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "US/Pacific",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "UTC",
];

/// Moments at which days, weeks, months or years begin somewhere, or clocks go forward or back.
const TURNS: [&str; 8] = [
    "2023-12-31T23:00:00Z",
    "2024-02-29T00:00:00Z",
    "2024-03-31T01:00:00Z",
    "2024-10-27T01:00:00Z",
    "2024-12-29T23:00:00Z",
    "2025-01-01T00:00:00Z",
    "2025-03-09T07:00:00Z",
    "2025-04-05T15:00:00Z",
];

/// What is counted in each of the exercises.
const MODES: [&str; 7] = ["reps", "reps", "time", "reps", "distance", "reps", "sets_only"];

impl MadeUp {
    /// Makes exercises and sessions up and stores them, among those of others.
    pub(super) fn store(gym: &mut Gym, owner: Uuid, other: Uuid, seed: u64, sessions: usize) -> Self {
        let mut dice = Dice::new(seed);
        let exercises = Self::exercises(gym, owner, other);
        let mut made: Vec<_> = (0..sessions).map(|_| Self::session(&mut dice)).collect();
        made.sort_by_key(|session| (session.start, session.id));
        for session in &made {
            Self::store_session(gym, owner, session, &exercises);
        }
        // Likewise of somebody else, who must not be seen.
        for _ in 0..10 {
            Self::store_session(gym, other, &Self::session(&mut dice), &exercises);
        }
        gym.mint.execute("ANALYZE", &[]);
        let gone = exercises.iter().filter(|exercise| exercise.category.is_none());
        for id in gone.filter_map(|exercise| exercise.id) {
            gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&id]);
        }
        let hide = "UPDATE exercises SET is_active = false, created_by = NULL WHERE created_by = $1";
        gym.mint.execute(hide, &[&other]);
        let mut exercises = exercises;
        for exercise in exercises.iter_mut().filter(|exercise| exercise.category.is_none()) {
            exercise.id = None;
        }
        Self { exercises, sessions: made }
    }

    /// Of the system, of one's own, hidden, with many muscles and with none, and two that will be gone.
    fn exercises(gym: &mut Gym, owner: Uuid, other: Uuid) -> Vec<MadeExercise> {
        type Kind = (Option<Uuid>, Option<&'static str>, &'static str, &'static [i16], &'static [i16]);
        let kinds: [Kind; 7] = [
            (None, Some("strength"), MODES[0], &[7], &[6, 13]),
            (None, Some("powerlifting"), MODES[1], &[1, 2], &[3, 4, 5]),
            (Some(owner), Some("cardio"), MODES[2], &[1], &[]),
            (Some(owner), Some("strength"), MODES[3], &[], &[]),
            (Some(other), Some("strength"), MODES[4], &[13], &[7]),
            (Some(owner), None, MODES[5], &[], &[]),
            (Some(owner), None, MODES[6], &[], &[]),
        ];
        let mut make = |(of, category, mode, primary, secondary): Kind| {
            let id = gym.mint.exercise(of);
            gym.mint.execute("DELETE FROM exercise_primary_muscles WHERE exercise_id = $1", &[&id]);
            for (table, muscles) in [("exercise_primary_muscles", primary), ("exercise_secondary_muscles", secondary)] {
                let sql =
                    format!("INSERT INTO {table} (exercise_id, muscle_group_id) SELECT $1, unnest($2::smallint[])");
                gym.mint.execute(&sql, &[&id, &muscles]);
            }
            let sql = "UPDATE exercises SET category = $2::text::category_enum WHERE id = $1";
            gym.mint.execute(sql, &[&id, &category.unwrap_or("strength")]);
            let name = format!("exercise {}", id.simple());
            MadeExercise {
                id: Some(id),
                name,
                category,
                mode,
                primary: primary.to_vec(),
                secondary: secondary.to_vec(),
            }
        };
        kinds.into_iter().map(&mut make).collect()
    }

    fn session(dice: &mut Dice) -> MadeSession {
        let zone = TimeZone::parse(dice.of(&ZONES)).expect("the zone is one");
        let turn: DateTime<Utc> = dice.of(&TURNS).parse().expect("the time is one");
        let minutes = if dice.once_in(2) { 1440 } else { 100_000 };
        let away = TimeDelta::minutes(
            i64::try_from(dice.below(minutes * 2)).expect("few") - i64::try_from(minutes).expect("few"),
        );
        let start = turn + away;
        let status = dice.of(&["completed", "completed", "completed", "aborted", "in_progress"]);
        let length = i64::try_from(dice.below(9000)).expect("few");
        let names = [None, Some("Push"), Some("Pull"), Some("Beine & Po")];
        MadeSession {
            id: Uuid::from_u128(u128::from(dice.below(u64::MAX)) << 64 | u128::from(dice.below(u64::MAX))),
            start,
            zone,
            status,
            seconds: (status != "in_progress").then_some(length),
            unit_name: dice.of(&names).map(str::to_owned),
            sets: (0..dice.below(14)).map(|_| Self::set(dice)).collect(),
        }
    }

    /// One set in six says nothing but that it was done.
    fn set(dice: &mut Dice) -> MadeSet {
        let exercise = usize::try_from(dice.below(7)).expect("few");
        let counted = if dice.once_in(6) { "" } else { MODES[exercise] };
        let number = |dice: &mut Dice, end| i64::try_from(dice.below(end)).expect("small");
        let grams = number(dice, 200_000);
        MadeSet {
            exercise,
            grams: (!dice.once_in(5)).then_some(grams),
            reps: (counted == "reps").then(|| i16::try_from(dice.below(13)).expect("small")),
            seconds: (counted == "time").then(|| i32::try_from(1 + dice.below(600)).expect("small")),
            metres: (counted == "distance").then(|| 1 + number(dice, 10_000)),
            set_type: dice.of(&["working", "working", "warmup", "drop", "failure"]),
        }
    }

    /// The sets of an exercise stand together, in one or two places of the session.
    fn store_session(gym: &mut Gym, owner: Uuid, session: &MadeSession, exercises: &[MadeExercise]) {
        let database = &mut gym.mint.database;
        let end = session.seconds.map(|seconds| session.start + TimeDelta::seconds(seconds));
        let seconds = session
            .seconds
            .filter(|_| session.status == "completed")
            .map(|seconds| i32::try_from(seconds).expect("short"));
        let sql = "INSERT INTO training_sessions (id, user_id, user_timezone, start_time, end_time, status, duration_seconds, \
                   unit_name_snapshot) VALUES ($1, $2, $3, $4, $5, $6::text::training_session_status_enum, $7, $8)";
        let stored = database.execute(
            sql,
            &[
                &session.id,
                &owner,
                &session.zone.name(),
                &session.start,
                &end,
                &session.status,
                &seconds,
                &session.unit_name,
            ],
        );
        stored.expect("the session can be stored");
        let mut place = 0_i16;
        for (number, exercise) in exercises.iter().enumerate() {
            let sets: Vec<_> = session.sets.iter().filter(|set| set.exercise == number).collect();
            for part in sets.chunks(3) {
                let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
                           exercise_name_snapshot, mode_snapshot, order_index) \
                           VALUES ($1, $2, $3, $4, $5::text::training_mode_enum, $6) RETURNING id";
                let (id, name, mode) = (exercise.id, &exercise.name, exercise.mode);
                let row = database.query_one(sql, &[&session.id, &owner, &id, name, &mode, &place]);
                let entry: i64 = row.expect("the exercise can be stored").get(0);
                place += 1;
                let numbers: Vec<i16> = (0..).take(part.len()).collect();
                let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, \
                           reps_completed, time_seconds, distance_km, set_type) SELECT $1, $2, s.place, s.grams / 1000.0, \
                           s.reps, s.seconds, s.metres / 1000.0, s.set_type::set_type_enum \
                           FROM unnest($3::smallint[], $4::bigint[], $5::smallint[], $6::integer[], $7::bigint[], $8::text[]) \
                           AS s (place, grams, reps, seconds, metres, set_type)";
                let column = |value: fn(&MadeSet) -> Option<i64>| part.iter().map(|set| value(set)).collect::<Vec<_>>();
                let (grams, metres) = (column(|set| set.grams), column(|set| set.metres));
                let reps: Vec<_> = part.iter().map(|set| set.reps).collect();
                let seconds: Vec<_> = part.iter().map(|set| set.seconds).collect();
                let types: Vec<_> = part.iter().map(|set| set.set_type).collect();
                database
                    .execute(sql, &[&entry, &owner, &numbers, &grams, &reps, &seconds, &metres, &types])
                    .expect("the sets can be stored");
            }
        }
        let sql = "INSERT INTO training_histories AS h (user_id, history_version) VALUES ($1, 1) \
                   ON CONFLICT (user_id) DO UPDATE SET history_version = h.history_version + 1";
        database.execute(sql, &[&owner]).expect("the version can be moved");
    }
}
