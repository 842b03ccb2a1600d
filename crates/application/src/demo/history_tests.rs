//! Whatever the number and the wish, the rules of sessions hold, and the data is worth looking at.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UnitEntryId,
    exercise::{Category, DifficultyLevel, Exercise, Slug},
    training::{
        Distance, Mode, MyAccess, Prescription, SharingStatus, Targets, TemplateHead, TemplateName, TrainingUnit,
        UnitEntry, Weight,
        session::{Metric, MetricKind, SessionStatus, SetType},
    },
};
use irontrack_ports::{DemoAccount, repo::DoneExercise};
use uuid::Uuid;

use super::{
    calendar::End,
    history::{Wish, account},
    material::{Material, Plan},
};

fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn exercise(number: u128, slug: &str) -> Exercise {
    Exercise {
        id: ExerciseId::new(Uuid::from_u128(number)),
        name: slug.to_owned(),
        primary_muscles: vec![],
        secondary_muscles: vec![],
        force: None,
        difficulty_level: DifficultyLevel::Beginner,
        mechanic: None,
        equipment: vec![],
        category: Category::Strength,
        instructions: None,
        image_path_start: None,
        image_path_end: None,
        tags: vec![],
        slug: Some(Slug::from_stored(slug.to_owned())),
        created_by: None,
        created_at: now(),
        updated_at: now(),
        aliases: vec![],
        is_system_default: true,
    }
}

const SLUGS: [&str; 9] = [
    "barbell-back-squat",
    "barbell-bench-press",
    "pendlay-row",
    "leg-press",
    "chest-dip",
    "lat-pulldown",
    "plank",
    "running",
    "yodelling",
];

fn unit() -> TrainingUnit {
    let none = Targets::default();
    let targets = [
        (Mode::Reps, Targets { reps_min: Some(5), reps_max: Some(8), weight: Weight::from_grams(60_000), ..none }),
        (Mode::Time, Targets { time_seconds: Some(60), ..none }),
        (Mode::Distance, Targets { distance: Distance::from_metres(3_000), ..none }),
        (Mode::SetsOnly, none),
    ];
    let entries = (1..).zip(targets).map(|(id, (mode, targets))| UnitEntry {
        id: UnitEntryId::new(id),
        exercise_id: (id > 1).then(|| ExerciseId::new(Uuid::from_u128(u128::from(id.unsigned_abs())))),
        exercise_name: format!("Exercise {id}"),
        mode,
        prescription: Prescription { sets: 3, targets, rest_seconds: Some(60) },
        notes: None,
    });
    let head = TemplateHead {
        name: TemplateName::parse("Unit").unwrap(),
        description: None,
        sharing_status: SharingStatus::Public,
        created_by: None,
        my_access: MyAccess::Read,
        created_at: now(),
        updated_at: now(),
    };
    TrainingUnit { id: TrainingUnitId::new(Uuid::from_u128(77)), head, entries: entries.collect() }
}

fn material(has_plan: bool) -> Material {
    let catalogue = (1..).zip(SLUGS).map(|(number, slug)| exercise(number, slug)).collect();
    let plan = Plan {
        id: TrainingPlanId::new(Uuid::from_u128(7)),
        name: TemplateName::parse("Plan").unwrap(),
        units: vec![unit()],
    };
    Material::new(catalogue, has_plan.then_some(plan).into_iter().collect())
}

fn wish(seed: u64, sessions: usize) -> Wish {
    Wish { seed, sessions, end: End { until: now().date_naive(), latest: now() - TimeDelta::hours(3) } }
}

fn people(has_plan: bool) -> Vec<DemoAccount> {
    let material = material(has_plan);
    (1..=60).map(|number| account(number, wish(5, 40), &material).unwrap()).collect()
}

fn exercises(people: &[DemoAccount]) -> impl Iterator<Item = &DoneExercise> {
    people.iter().flat_map(|person| &person.sessions).flat_map(|(_, exercises)| exercises)
}

#[test]
fn the_same_seed_makes_the_same_people() {
    let material = material(true);
    let told = |number, seed| format!("{:?}", account(number, wish(seed, 20), &material).unwrap());
    assert_eq!(told(3, 1), told(3, 1));
    assert_ne!(told(3, 1), told(3, 2));
    assert_ne!(told(3, 1), told(4, 1));
}

#[test]
fn sessions_are_as_they_can_be() {
    for has_plan in [true, false] {
        let people = people(has_plan);
        let mut ids = HashSet::new();
        let mut states: HashMap<SessionStatus, usize> = HashMap::new();
        for person in &people {
            assert_eq!(person.sessions.len(), 40);
            assert!(ids.insert(person.id.uuid()));
            for (place, (session, exercises)) in person.sessions.iter().enumerate() {
                let course = session.details.course;
                assert!(ids.insert(session.id.uuid()), "an id of its own");
                assert!(session.owner == person.id && course.start().time() > person.created_at);
                assert!(course.end().is_none_or(|end| end.time() < now()), "{course:?}");
                let minutes = course.duration_seconds().map(|seconds| seconds / 60);
                assert!(minutes.is_none_or(|minutes| (10..=180).contains(&minutes)), "{minutes:?} minutes");
                assert!(course.status() != SessionStatus::InProgress || place == 39, "only the last one goes on");
                assert!((1..=20).contains(&exercises.len()));
                assert_eq!(session.unit.is_some(), exercises.iter().any(|done| done.exercise.planned.is_some()));
                assert_eq!(session.unit.is_some(), session.plan.is_some());
                *states.entry(course.status()).or_default() += 1;
            }
        }
        assert!(SessionStatus::ALL.iter().all(|state| states.contains_key(state)), "{states:?}");
        let planned = people.iter().flat_map(|person| &person.sessions).filter(|(session, _)| session.unit.is_some());
        let planned = planned.count();
        assert_eq!((planned > 0, planned < 60 * 40), (has_plan, true), "{planned} planned ones");
    }
}

#[test]
fn sets_are_as_they_can_be() {
    let people = people(true);
    let mut kinds: HashMap<SetType, usize> = HashMap::new();
    let (mut rated, mut noted, mut all) = (0, 0, 0);
    for done in exercises(&people) {
        assert!(done.sets.len() <= 200 && !done.exercise.exercise_name.is_empty());
        assert_ne!(done.exercise.exercise_name, "yodelling", "nobody does that without a plan");
        for set in &done.sets {
            let kind = set.metric.map(|metric| match metric {
                Metric::Reps(_) => MetricKind::Reps,
                Metric::TimeSeconds(_) => MetricKind::TimeSeconds,
                Metric::Distance(_) => MetricKind::Distance,
            });
            assert_eq!(kind, MetricKind::of(done.exercise.mode));
            assert!(set.weight.is_none_or(|weight| weight.grams() % 1_250 == 0), "{set:?}");
            *kinds.entry(set.set_type).or_default() += 1;
            all += 1;
            rated += usize::from(set.rpe.is_some());
            noted += usize::from(set.notes.is_some());
        }
    }
    assert!(SetType::ALL.iter().all(|kind| kinds.contains_key(kind)), "{kinds:?}");
    assert!(kinds[&SetType::Working] > all / 2, "{kinds:?} of {all}");
    assert!(rated > all / 10 && rated < all / 2 && noted > 0 && noted < all / 20, "{rated} and {noted} of {all}");
    let sessions = 60 * 40;
    assert!((8..=30).contains(&(all / sessions)), "{all} sets in {sessions} sessions");
}
