//! Random histories: every figure of every answer is compared with one that the domain computes from all rows.

mod expected;
mod history;
mod rows;

use std::time::{Duration, Instant};

use irontrack_domain::progress::{Bucket, Estimator, Formula};
use serde_json::Value;

use self::{
    expected::{Asked, Expected},
    history::{Dice, Material},
    rows::Rows,
};
use super::course;
use crate::gym::{Gym, user};

/// How many people train, each in another way.
const PEOPLE: u64 = 12;

/// How many sessions each of them has.
const SESSIONS: usize = 40;

#[test]
fn figures_are_what_the_domain_computes_from_all_rows() {
    let mut gym = Gym::open();
    let material = Material::of(&mut gym);
    let mut compared = 0;
    let mut slowest = (Duration::ZERO, String::new());
    for seed in 1..=PEOPLE {
        let who = gym.person();
        history::write(&mut gym, user(&who), &material, SESSIONS, &mut Dice::of(seed));
        if seed == 1 {
            material.lose(&mut gym);
        }
        let rows = Rows::of(&mut gym, user(&who));
        let mut compare = |path: &str, expected: Value| {
            let asked = Instant::now();
            let answer = gym.read(&who, path);
            if asked.elapsed() > slowest.0 {
                slowest = (asked.elapsed(), path.to_owned());
            }
            assert!(same(&answer, &expected), "seed {seed}, {path}\n  answer: {answer}\nexpected: {expected}");
            compared += 1;
        };
        compare_points(seed, &rows, &mut compare);
        compare_records(&rows, &mut compare);
        compare_previous(&rows, &mut compare);
    }
    println!("{compared} answers compared, the slowest after {:?}: {}", slowest.0, slowest.1);
    assert!(compared > 1000, "expected to compare many answers, not {compared}");
    gym.close();
}

fn compare_points(seed: u64, rows: &Rows, compare: &mut impl FnMut(&str, Value)) {
    let mut dice = Dice::of(seed + 1000);
    for exercise in rows.exercises() {
        for &bucket in Bucket::ALL {
            for _ in 0..2 {
                let asked = Asked {
                    bucket,
                    estimator: Estimator { formula: *dice.pick(Formula::ALL), use_rpe: dice.happens(50) },
                    include_warmups: dice.happens(50),
                    from: dice.happens(30).then(|| rows.some_start(&mut dice)),
                    to: dice.happens(30).then(|| rows.some_start(&mut dice)),
                };
                compare(
                    &format!("{}?{}", course(exercise), asked.parameters()),
                    Expected(rows).points(exercise, &asked),
                );
            }
        }
    }
}

fn compare_records(rows: &Rows, compare: &mut impl FnMut(&str, Value)) {
    compare("/progress/records", Expected(rows).records(None));
    for exercise in rows.exercises() {
        compare(&format!("/progress/records?exerciseId={exercise}"), Expected(rows).records(Some(exercise)));
    }
    for session in rows.sessions() {
        let path = format!("/training-sessions/{session}/records");
        compare(&path, Expected(rows).records_of_session(session));
    }
}

fn compare_previous(rows: &Rows, compare: &mut impl FnMut(&str, Value)) {
    for exercise in rows.exercises() {
        compare(&format!("/progress/previous?exerciseId={exercise}"), Expected(rows).previous(exercise));
    }
}

/// Whether two answers say the same; numbers are the same however they are written.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        (one, other) => one == other,
    }
}
