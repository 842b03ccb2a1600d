//! Every figure about a whole history against what its rows say, looked at one by one.

mod of_sessions;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use irontrack::SystemClock;
use irontrack_domain::TimeZone;
use irontrack_ports::Clock;
use irontrack_tests::harness::Session;
use serde_json::{Value, json};
use uuid::Uuid;

use super::made_up::{MadeExercise, MadeSession, MadeSet, MadeUp, monday};
use crate::gym::{Gym, array, text, user};

/// Sets in thousandths, and kilograms in milligrams.
type Share = (i64, i64);

/// By bucket and group; a group is told by its id and name.
type Shares = BTreeMap<(String, String), Share>;

fn millionths(number: &Value) -> i64 {
    let number = number.as_f64().unwrap_or_else(|| panic!("expected a number, got {number}"));
    #[expect(clippy::cast_possible_truncation, reason = "no figure is that great")]
    let rounded = (number * 1e6).round() as i64;
    rounded
}

/// What the answer says about every group of every bucket.
fn told(answer: &Value) -> Shares {
    let mut shares = Shares::new();
    for bucket in array(&answer["buckets"]) {
        let start = format!("{}{}", text(&bucket["start"]), text(&bucket["sessionId"]).replace("null", ""));
        for group in array(&bucket["groups"]) {
            let key = (start.clone(), format!("{} {}", group["id"], text(&group["name"])));
            let share = (millionths(&group["sets"]) / 1000, millionths(&group["volumeKg"]));
            assert_eq!(shares.insert(key, share), None, "{group} stands twice in {start}");
        }
        let all = (millionths(&bucket["sets"]) / 1000, millionths(&bucket["volumeKg"]));
        assert_eq!(shares.insert((start.clone(), "all".to_owned()), all), None, "{start} stands twice");
    }
    shares
}

/// Which groups an exercise has a part in, and how great, in thousandths.
fn parts(exercise: &MadeExercise, names: &BTreeMap<i16, String>, group_by: &str, factor: i64) -> Vec<(String, i64)> {
    let unknown = || vec![("null null".to_owned(), 1000)];
    match (group_by, exercise.category) {
        ("exercise", _) => vec![(format!("{} {}", json!(exercise.id), exercise.name), 1000)],
        ("category", Some(category)) => vec![(format!("{} {category}", json!(category)), 1000)],
        ("muscle", Some(_)) if !exercise.primary.is_empty() => {
            let named = |part| move |id: &i16| (format!("{id} {}", names[id]), part);
            let primary = exercise.primary.iter().map(named(1000));
            primary.chain(exercise.secondary.iter().map(named(factor))).collect()
        }
        _ => unknown(),
    }
}

fn start(session: &MadeSession, bucket: &str) -> String {
    let day = session.day();
    match bucket {
        "day" => day.to_string(),
        "week" => monday(day).to_string(),
        "month" => format!("{}-01", day.format("%Y-%m")),
        _ => format!("{}{}", session.start.format("%Y-%m-%dT%H:%M:%SZ"), session.id),
    }
}

struct Scene {
    gym: Gym,
    owner: Session,
    made: MadeUp,
    muscles: BTreeMap<i16, String>,
}

impl Scene {
    fn with(sessions: usize, seed: u64) -> Self {
        let mut gym = Gym::open();
        let [owner, other] = gym.people();
        let made = MadeUp::store(&mut gym, user(&owner), user(&other), seed, sessions);
        let rows = gym.mint.database.query("SELECT id, name FROM muscle_groups", &[]).expect("there are muscles");
        let muscles = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        Self { gym, owner, made, muscles }
    }

    /// One of the exercises has no muscle, as happens when a muscle group is removed.
    fn close(self) {
        self.gym.app.database.assert_invariants(false);
        let log = self.gym.app.process.log();
        assert!(!log.contains("panicked"), "expected no panic:\n{log}");
    }

    fn read(&self, path: &str) -> Value {
        self.gym.read(&self.owner, path)
    }

    /// The sessions that count and began in a period.
    fn sessions(&self, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> impl Iterator<Item = &MadeSession> {
        let is_within = move |session: &&MadeSession| {
            from.is_none_or(|from| session.start >= from) && to.is_none_or(|to| session.start < to)
        };
        self.made.sessions.iter().filter(|session| session.status != "aborted").filter(is_within)
    }

    fn volume(&self, from: Option<DateTime<Utc>>, bucket: &str, group_by: &str, factor: i64) -> Shares {
        let mut shares = Shares::new();
        for session in self.sessions(from, None) {
            for set in session.counted() {
                let exercise = &self.made.exercises[set.exercise];
                let mut groups = parts(exercise, &self.muscles, group_by, factor);
                groups.push(("all".to_owned(), 1000));
                for (group, part) in groups.into_iter().filter(|(_, part)| *part > 0) {
                    let share = shares.entry((start(session, bucket), group)).or_default();
                    share.0 += part;
                    share.1 += set.volume() * part;
                }
            }
        }
        shares
    }
}

#[test]
fn volumes_are_what_the_rows_say() {
    let scene = Scene::with(150, 1);
    let from: DateTime<Utc> = "2024-10-20T00:00:00Z".parse().expect("a time");
    for bucket in ["session", "day", "week", "month"] {
        for group_by in ["muscle", "exercise", "category"] {
            for (factor, thousandths) in [("0.5", 500), ("0", 0), ("0.333", 333), ("1", 1000)] {
                let query = format!("bucket={bucket}&groupBy={group_by}&secondaryFactor={factor}");
                let answer = scene.read(&format!("/progress/volume?{query}"));
                assert_eq!(told(&answer), scene.volume(None, bucket, group_by, thousandths), "{query}");
                let answer =
                    scene.read(&format!("/progress/volume?{query}&from={}", from.format("%Y-%m-%dT%H:%M:%SZ")));
                assert_eq!(told(&answer), scene.volume(Some(from), bucket, group_by, thousandths), "later, {query}");
            }
        }
    }
    scene.close();
}

#[test]
fn calendars_are_what_the_rows_say() {
    let scene = Scene::with(150, 2);
    for year in [2023, 2024, 2025, 2026] {
        for month in (0..=12).map(|month| (month > 0).then_some(month)) {
            let within = |day: NaiveDate| day.year() == year && month.is_none_or(|month| day.month() == month);
            let mut days: BTreeMap<NaiveDate, Vec<&MadeSession>> = BTreeMap::new();
            for session in scene.sessions(None, None).filter(|session| within(session.day())) {
                days.entry(session.day()).or_default().push(session);
            }
            let day = |(date, sessions): (NaiveDate, Vec<&MadeSession>)| {
                let mut names: Vec<&str> = Vec::new();
                for name in sessions.iter().filter_map(|session| session.unit_name.as_deref()) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                let durations: Vec<i64> = sessions.iter().filter_map(|session| session.seconds).collect();
                let grams: i64 = sessions.iter().flat_map(|session| session.counted()).map(MadeSet::volume).sum();
                let duration = (!durations.is_empty()).then(|| durations.iter().sum::<i64>());
                (json!([date.to_string(), sessions.len(), duration, names]), grams * 1000)
            };
            let expected: Vec<_> = days.into_iter().map(day).collect();
            let query = format!("year={year}{}", month.map(|month| format!("&month={month}")).unwrap_or_default());
            let answer = scene.read(&format!("/progress/calendar?{query}"));
            let told: Vec<_> = array(&answer["days"])
                .iter()
                .map(|day| {
                    let figures = json!([day["date"], day["count"], day["durationSeconds"], day["unitNames"]]);
                    (figures, millionths(&day["volumeKg"]))
                })
                .collect();
            assert_eq!(told, expected, "{query}");
        }
    }
    scene.close();
}

/// Weeks back from today, one by one.
#[test]
fn streaks_are_what_the_rows_say() {
    let mut scene = Scene::with(40, 3);
    // Sessions until now, with gaps: the time zones of the last one and of the question decide what today is.
    let owner = user(&scene.owner);
    let now = SystemClock.now();
    let ages = [0, 6, 7, 8, 15, 15, 22, 22, 23, 29, 45, 46, 52, 59, 66, 66, 73, 80, 87];
    let mut dates: Vec<NaiveDate> = scene.sessions(None, None).map(MadeSession::day).collect();
    for (age, zone) in ages.into_iter().zip(["Pacific/Kiritimati", "Pacific/Pago_Pago"].into_iter().cycle()) {
        let start = now - Days::new(age);
        let sql = "INSERT INTO training_sessions (id, user_id, user_timezone, start_time) VALUES ($1, $2, $3, $4)";
        scene.gym.mint.execute(sql, &[&Uuid::now_v7(), &owner, &zone, &start]);
        dates.push(TimeZone::parse(zone).expect("a zone").local(start).date());
    }
    scene
        .gym
        .mint
        .execute("UPDATE training_histories SET history_version = history_version + 1 WHERE user_id = $1", &[&owner]);
    for goal in 1..=4 {
        for zone in [None, Some("America/New_York"), Some("Pacific/Kiritimati"), Some("Pacific/Pago_Pago")] {
            let query = zone.map(|zone| format!("&timeZone={zone}")).unwrap_or_default();
            let answer = scene.read(&format!("/progress/calendar?year=2026&weeklyGoal={goal}{query}"));
            assert_eq!(answer["timeZone"], zone.unwrap_or("Pacific/Kiritimati"), "that of the latest session");
            let today: NaiveDate = text(&answer["today"]).parse().expect("a date");
            let weeks: BTreeSet<NaiveDate> = dates.iter().copied().map(monday).collect();
            let is_enough = |week: NaiveDate| dates.iter().filter(|date| monday(**date) == week).count() >= goal;
            let row = |from: NaiveDate| (0..1000).take_while(|n| is_enough(from - Days::new(7 * n))).count();
            let this_week = monday(today);
            let current = if is_enough(this_week) { row(this_week) } else { row(this_week - Days::new(7)) };
            let longest = weeks.iter().map(|week| row(*week)).max().unwrap_or(0);
            let told = (&answer["weeklyStreak"], &answer["longestStreak"]);
            assert_eq!(told, (&json!(current), &json!(longest)), "{goal} {zone:?}");
        }
    }
    scene.close();
}

#[test]
fn summaries_are_what_the_rows_say() {
    let scene = Scene::with(150, 4);
    let at = |text: &str| Some(text.parse::<DateTime<Utc>>().expect("a time"));
    let records_of = |session: &MadeSession| {
        let answer = scene.read(&format!("/training-sessions/{}/records", session.id));
        (session.id, array(&answer["records"]))
    };
    let records: BTreeMap<Uuid, Vec<Value>> = scene.sessions(None, None).map(records_of).collect();
    assert!(records.values().flatten().count() > 100, "expected many records: {records:?}");
    for (from, to) in [
        (None, None),
        (at("2024-03-31T01:00:00Z"), None),
        (None, at("2024-12-29T23:30:00Z")),
        (at("2024-10-26T00:00:00Z"), at("2024-10-28T00:00:00Z")),
        (at("2030-01-01T00:00:00Z"), None),
    ] {
        let shown = |name: &str, time: Option<DateTime<Utc>>| {
            time.map(|time| format!("&{name}={}", time.format("%Y-%m-%dT%H:%M:%SZ"))).unwrap_or_default()
        };
        let query = format!("{}{}", shown("from", from), shown("to", to));
        let answer = scene.read(&format!("/progress/summary?{}", query.trim_start_matches('&')));
        let sessions: Vec<_> = scene.sessions(from, to).collect();
        assert_summary(&answer, &scene, &sessions, &query);
        let expected: Vec<_> = sessions.iter().flat_map(|session| &records[&session.id]).collect();
        assert_eq!(array(&answer["records"]).iter().collect::<Vec<_>>(), expected, "{query}");
    }
    scene.close();
}

/// A quotient with two decimals, half up.
fn quotient(dividend: i64, divisor: usize) -> Option<i64> {
    let divisor = i64::try_from(divisor).expect("few");
    (divisor > 0).then(|| (dividend * 200 + divisor) / (2 * divisor) * 10_000)
}

fn assert_summary(answer: &Value, scene: &Scene, sessions: &[&MadeSession], query: &str) {
    let days: BTreeSet<NaiveDate> = sessions.iter().map(|session| session.day()).collect();
    let sets: Vec<_> = sessions.iter().flat_map(|session| session.counted()).collect();
    let durations: Vec<i64> =
        sessions.iter().filter(|session| session.status == "completed").filter_map(|session| session.seconds).collect();
    let reps: i64 = sets.iter().filter_map(|set| set.reps).map(i64::from).sum();
    let grams: i64 = sets.iter().map(|set| set.volume()).sum();
    let seconds: Vec<i64> = sets.iter().filter_map(|set| set.seconds).map(i64::from).collect();
    let metres: Vec<i64> = sets.iter().filter_map(|set| set.metres).collect();
    let exercises: BTreeSet<usize> = sets.iter().map(|set| set.exercise).collect();
    let totals = &answer["totals"];
    for (field, expected) in [
        ("sessions", sessions.len()),
        ("completedSessions", durations.len()),
        ("trainingDays", days.len()),
        ("exercises", exercises.len()),
        ("sets", sets.len()),
    ] {
        assert_eq!(totals[field], expected, "{field}, {query}");
    }
    let duration: i64 = durations.iter().sum();
    assert_eq!((&totals["reps"], &totals["durationSeconds"]), (&json!(reps), &json!(duration)), "{query}");
    assert_eq!(millionths(&totals["volumeKg"]), grams * 1000, "{query}");
    let sum = |numbers: &[i64]| (!numbers.is_empty()).then(|| numbers.iter().sum::<i64>());
    assert_eq!(totals["timeSeconds"], json!(sum(&seconds)), "{query}");
    let kilometres = sum(&metres).map(|metres| metres * 1000);
    assert_eq!((!totals["distanceKm"].is_null()).then(|| millionths(&totals["distanceKm"])), kilometres, "{query}");
    let weeks = match (days.first(), days.last()) {
        (Some(first), Some(last)) => (monday(*last) - monday(*first)).num_days() / 7 + 1,
        _ => 0,
    };
    let averages = &answer["averages"];
    for (field, expected) in [
        ("sessionsPerWeek", quotient(i64::try_from(sessions.len()).expect("few"), weeks.try_into().expect("few"))),
        ("setsPerSession", quotient(i64::try_from(sets.len()).expect("few"), sessions.len())),
        ("repsPerSession", quotient(reps, sessions.len())),
        ("volumeKgPerSession", quotient(grams, sessions.len() * 1000)),
        ("durationSecondsPerSession", quotient(duration, durations.len())),
    ] {
        let told = (!averages[field].is_null()).then(|| millionths(&averages[field]));
        assert_eq!(told, expected, "{field}, {query}");
    }
    let mut most: Vec<_> = exercises
        .iter()
        .map(|&number| {
            let exercise = &scene.made.exercises[number];
            let of_it = || sets.iter().filter(move |set| set.exercise == number);
            let in_sessions =
                sessions.iter().filter(|session| session.counted().any(|set| set.exercise == number)).count();
            let grams: i64 = of_it().map(|set| set.volume()).sum();
            let figures = json!([exercise.id, exercise.name, in_sessions, of_it().count()]);
            (std::cmp::Reverse((of_it().count(), grams)), exercise.name.clone(), figures)
        })
        .collect();
    most.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let told: Vec<_> = array(&answer["mostTrainedExercises"])
        .iter()
        .map(|most| json!([most["id"], most["name"], most["sessions"], most["sets"]]))
        .collect();
    assert_eq!(told, most.into_iter().map(|(_, _, figures)| figures).collect::<Vec<_>>(), "{query}");
    let mut muscles: BTreeMap<String, Share> = BTreeMap::new();
    for set in &sets {
        for (muscle, part) in parts(&scene.made.exercises[set.exercise], &scene.muscles, "muscle", 500) {
            let share = muscles.entry(muscle).or_default();
            share.0 += part;
            share.1 += set.volume() * part;
        }
    }
    muscles.remove("null null");
    let told: BTreeMap<String, Share> = array(&answer["mostTrainedMuscles"])
        .iter()
        .map(|muscle| {
            let share = (millionths(&muscle["sets"]) / 1000, millionths(&muscle["volumeKg"]));
            (format!("{} {}", muscle["id"], text(&muscle["name"])), share)
        })
        .collect();
    assert_eq!(told, muscles, "{query}");
}
