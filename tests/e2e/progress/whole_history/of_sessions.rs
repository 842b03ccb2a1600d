//! Every figure about a whole history against what the domain makes of the sessions with all their sets.

use irontrack_domain::{
    ExerciseId, SessionExerciseId, SessionSetId, TrainingSessionId,
    catalogue::CatalogueItem,
    exercise::Category,
    progress::{
        Bucket, Decimal, GroupId, Grouping, Period, PointStart, SecondaryFactor, Share as Part, Summary,
        TrainedExercise, TrainingLog, VolumeBucket, summary, training_days, volume,
    },
    training::{
        Distance, Mode, TemplateName, Weight,
        session::{
            Course, Metric, PerformedSet, RecordedExercise, RecordedSet, Revision, SessionExercise, SessionHead,
            SessionStatus, SessionTime, SetType, TrainingSession,
        },
    },
};

use super::{
    DateTime, MadeExercise, MadeSession, MadeSet, Scene, Share, Shares, TimeZone, Utc, Value, array, json, millionths,
    text, told,
};

impl Scene {
    /// The log that the domain makes of all sessions.
    fn log(&self) -> TrainingLog {
        let sessions: Vec<_> = self.made.sessions.iter().map(|session| self.session(session)).collect();
        TrainingLog::of_sessions(&sessions, |done| self.trained(&done.exercise_name))
    }

    /// The exercise of that name.
    fn trained(&self, name: &str) -> TrainedExercise {
        let exercise = self.made.exercises.iter().find(|exercise| exercise.name == name).expect("an exercise");
        let muscle = |id: &i16| CatalogueItem { id: *id, name: self.muscles[id].clone() };
        TrainedExercise {
            id: exercise.id.map(ExerciseId::new),
            name: exercise.name.clone(),
            category: exercise.category.map(|name| Category::from_name(name).expect("a category")),
            primary_muscles: exercise.primary.iter().map(muscle).collect(),
            secondary_muscles: exercise.secondary.iter().map(muscle).collect(),
        }
    }

    fn session(&self, session: &MadeSession) -> TrainingSession {
        let status = SessionStatus::from_name(session.status).expect("a status");
        let end = session.seconds.map(|seconds| session.start + chrono::TimeDelta::seconds(seconds));
        let start = SessionTime::from_clock(session.start);
        let head = SessionHead {
            revision: Revision { session: TrainingSessionId::new(session.id), writes: 1, references: 0 },
            plan_id: None,
            unit_id: None,
            plan_name: None,
            unit_name: session.unit_name.as_deref().map(|name| TemplateName::parse(name).expect("a name")),
            course: Course::from_stored(status, start, end.map(SessionTime::from_clock)).expect("a course"),
            time_zone: session.zone,
            notes: None,
            created_at: session.start,
            updated_at: session.start,
        };
        let of_exercise = |(place, exercise): (usize, &MadeExercise)| {
            let sets = session.sets.iter().filter(|set| set.exercise == place);
            RecordedExercise {
                id: SessionExerciseId::new(1),
                place,
                exercise: SessionExercise {
                    exercise_id: exercise.id.map(ExerciseId::new),
                    exercise_name: exercise.name.clone(),
                    mode: Mode::from_name(exercise.mode).expect("a mode"),
                    planned: None,
                    notes: None,
                },
                sets: sets.map(|set| RecordedSet { id: SessionSetId::new(1), set: performed(set) }).collect(),
            }
        };
        TrainingSession { head, exercises: self.made.exercises.iter().enumerate().map(of_exercise).collect() }
    }
}

fn performed(set: &MadeSet) -> PerformedSet {
    let small = |number: i64| u32::try_from(number).expect("a small number");
    let metres = || set.metres.and_then(|metres| Distance::from_metres(small(metres))).map(Metric::Distance);
    PerformedSet {
        weight: set.grams.and_then(|grams| Weight::from_grams(small(grams))),
        metric: set.reps.map(Metric::Reps).or(set.seconds.map(Metric::TimeSeconds)).or_else(metres),
        set_type: SetType::from_name(set.set_type).expect("a set type"),
        ..PerformedSet::default()
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("no figure is that great")
}

fn share(part: Part) -> Share {
    (signed(part.sets().units()), signed(part.kilograms().units()))
}

fn shares(buckets: Vec<VolumeBucket<'_>>) -> Shares {
    let mut shares = Shares::new();
    for VolumeBucket { start, total, groups } in buckets {
        let start = match start {
            PointStart::Session(start, id) => format!("{}{}", start.format("%Y-%m-%dT%H:%M:%SZ"), id.uuid()),
            PointStart::Date(date) => date.to_string(),
        };
        for (group, part) in groups {
            let id = match group.id {
                GroupId::Muscle(id) => json!(id),
                GroupId::Exercise(id) => json!(id.uuid()),
                GroupId::Category(category) => json!(category.as_str()),
                GroupId::Unknown => Value::Null,
            };
            shares.insert((start.clone(), format!("{id} {}", group.name.unwrap_or("null"))), share(part));
        }
        shares.insert((start, "all".to_owned()), share(total));
    }
    shares
}

/// Periods in which a history begins or ends, by the query that asks for them.
fn periods() -> [(String, Period); 4] {
    let at = |time: &str| Some(time.parse::<DateTime<Utc>>().expect("a time"));
    let (early, late) = ("2024-03-31T01:00:00Z", "2024-12-29T23:30:00Z");
    [
        (String::new(), Period::default()),
        (format!("&from={early}"), Period { from: at(early), to: None }),
        (format!("&to={late}"), Period { from: None, to: at(late) }),
        (format!("&from={early}&to={late}"), Period { from: at(early), to: at(late) }),
    ]
}

#[test]
fn volumes_are_what_the_domain_says() {
    let scene = Scene::with(150, 5);
    let log = scene.log();
    for (bounds, period) in periods() {
        for bucket in [Bucket::Session, Bucket::Day, Bucket::Week, Bucket::Month] {
            for grouping in [Grouping::Muscle, Grouping::Exercise, Grouping::Category] {
                for factor in ["0.5", "0", "0.333"] {
                    let (bucket_name, group_by) = (bucket.as_str(), grouping.as_str());
                    let query = format!("bucket={bucket_name}&groupBy={group_by}&secondaryFactor={factor}{bounds}");
                    let factor = SecondaryFactor::parse(factor).expect("a factor");
                    let expected = shares(volume(&log, period, bucket, grouping, factor));
                    assert!(!expected.is_empty(), "nothing was done: {query}");
                    assert_eq!(told(&scene.read(&format!("/progress/volume?{query}"))), expected, "{query}");
                }
            }
        }
    }
    scene.close();
}

#[test]
fn calendars_are_what_the_domain_says() {
    let scene = Scene::with(150, 6);
    let log = scene.log();
    for year in [2023, 2024, 2025, 2026] {
        let answer = scene.read(&format!("/progress/calendar?year={year}"));
        assert_eq!(Some(text(&answer["timeZone"]).as_str()), log.latest_zone().map(TimeZone::name), "{year}");
        let told = array(&answer["days"]);
        let days = training_days(&log, year, None);
        assert_eq!(told.len(), days.len(), "{year}");
        for (told, day) in told.iter().zip(days) {
            let expected = json!([day.date.to_string(), day.sessions, day.duration_seconds, day.unit_names]);
            assert_eq!(json!([told["date"], told["count"], told["durationSeconds"], told["unitNames"]]), expected);
            assert_eq!(millionths(&told["volumeKg"]), signed(day.volume.grams()) * 1000, "{}", day.date);
        }
    }
    scene.close();
}

#[test]
fn summaries_are_what_the_domain_says() {
    let scene = Scene::with(150, 7);
    let log = scene.log();
    for (bounds, period) in periods() {
        let answer = scene.read(&format!("/progress/summary?{}", bounds.trim_start_matches('&')));
        assert_totals(&answer, &summary(&log, period), &bounds);
    }
    scene.close();
}

fn assert_totals(answer: &Value, expected: &Summary<'_>, query: &str) {
    let (totals, effort) = (&answer["totals"], expected.effort);
    for (field, expected) in [
        ("sessions", expected.sessions),
        ("completedSessions", expected.completed_sessions),
        ("trainingDays", expected.training_days),
        ("exercises", expected.exercises),
        ("sets", effort.sets),
        ("reps", effort.reps),
        ("durationSeconds", expected.duration_seconds),
        ("timeSeconds", effort.seconds),
    ] {
        assert_eq!(totals[field], expected, "{field}, {query}");
    }
    assert_eq!(millionths(&totals["volumeKg"]), signed(effort.volume.grams()) * 1000, "{query}");
    assert_eq!(millionths(&totals["distanceKm"]), signed(effort.metres) * 1000, "{query}");
    let averages = expected.averages;
    for (field, expected) in [
        ("sessionsPerWeek", averages.sessions_per_week),
        ("setsPerSession", averages.sets_per_session),
        ("repsPerSession", averages.reps_per_session),
        ("volumeKgPerSession", averages.kilograms_per_session),
        ("durationSecondsPerSession", averages.seconds_per_session),
    ] {
        let told = &answer["averages"][field];
        let told = (!told.is_null()).then(|| millionths(told));
        // They have two decimals.
        assert_eq!(
            told,
            expected.map(Decimal::units).map(|hundredths| signed(hundredths) * 10_000),
            "{field}, {query}"
        );
    }
    let exercises = expected.most_trained_exercises.iter().map(|most| {
        json!([most.exercise.id.map(ExerciseId::uuid), most.exercise.name, most.sessions, most.effort.sets])
    });
    let told = array(&answer["mostTrainedExercises"]);
    let told = told.iter().map(|told| json!([told["id"], told["name"], told["sessions"], told["sets"]]));
    assert_eq!(told.collect::<Vec<_>>(), exercises.collect::<Vec<_>>(), "{query}");
    let muscles = expected.most_trained_muscles.iter().map(|(muscle, part)| (json!(muscle.id), share(*part)));
    let told = array(&answer["mostTrainedMuscles"]);
    let told =
        told.iter().map(|told| (told["id"].clone(), (millionths(&told["sets"]) / 1000, millionths(&told["volumeKg"]))));
    assert_eq!(told.collect::<Vec<_>>(), muscles.collect::<Vec<_>>(), "in this order, {query}");
}
