//! Reading a history and adding to it costs the same however many others train: `just history-scale` makes a database of
//! about two hundred thousand sets and one of about twelve million, measures both over HTTP, and prints what the statements do.
//!
//! `IRONTRACK_TEST_SCALE` sets the numbers of people for a quick trial: `20,200` instead of `100,10000`.

mod explain;
mod visitor;

use std::{sync::Arc, time::Duration};

use irontrack_tests::harness::{App, TestDatabase};

use self::visitor::{DEEP, Visitor};
use crate::cli::admin::Admin;

/// How many times as long the many may take as the few.
const MOST: f64 = 1.5;

/// What cannot be told from what a machine does besides.
const NOISE: Duration = Duration::from_micros(100);

/// How many sessions everybody has, which have about twenty sets each.
const SESSIONS: &str = "50";

/// How many people are made at a time.
const AT_A_TIME: usize = 1000;

fn numbers_of_people() -> [u32; 2] {
    let numbers = std::env::var_os("IRONTRACK_TEST_SCALE").unwrap_or_else(|| "100,10000".into());
    let numbers = numbers.to_string_lossy();
    let read = |text: &str| text.trim().parse().expect("a number of people");
    let (few, many) = numbers.split_once(',').expect("two numbers with a comma in between");
    [read(few), read(many)]
}

/// A database with so many people. The first of them has trained for decades.
fn fill(people: u32) -> Arc<TestDatabase> {
    let database = TestDatabase::ready_in_private();
    let admin = Admin::of(&database);
    let deep = DEEP.to_string();
    let seed = |people: &str, sessions: &str| {
        let answer = admin.json(&["demo", "seed", "--users", people, "--sessions", sessions]);
        let figure = |name: &str| answer[name].as_f64().unwrap_or_default();
        (figure("sets_added"), figure("seconds"))
    };
    let (mut sets, _) = seed("1", &deep);
    let mut seconds = 0.0;
    // In steps, none of which takes longer than a command of a test may.
    for so_far in (0..people).step_by(AT_A_TIME).skip(1).chain([people]) {
        let (added, took) = seed(&so_far.to_string(), SESSIONS);
        (sets, seconds) = (sets + added, seconds + took);
    }
    println!("{people} people: {sets} sets, made in {seconds:.0} s");
    let mut client = database.connect();
    // What is not on disk yet is not seen to be visible to all, and then even an index has to ask the table.
    for statement in ["CHECKPOINT", "VACUUM ANALYZE"] {
        client.batch_execute(statement).expect("the tables can be vacuumed");
    }
    Arc::new(database)
}

/// What was asked for, and how long it took in the middle of all times.
fn measure(people: u32) -> Vec<(&'static str, Duration)> {
    let database = fill(people);
    let medians = {
        let app = App::start_on(database.clone(), &[]);
        Visitor::of(&app).medians()
    };
    println!("\nStatements with {people} people");
    explain::on(&database, |app| Visitor::of(app));
    medians
}

#[test]
#[ignore = "makes twelve million sets, which takes some minutes; `just history-scale` runs it"]
fn a_history_costs_the_same_however_many_there_are() {
    let [few, many] = numbers_of_people();
    let (with_few, with_many) = (measure(few), measure(many));
    println!("\n{:<32}{few:>10} people{many:>10} people", "median");
    let mut too_slow = Vec::new();
    for ((what, few), (_, many)) in with_few.iter().zip(&with_many) {
        let milliseconds = |time: &Duration| time.as_secs_f64() * 1000.0;
        println!("{what:<32}{:>14.2} ms{:>14.2} ms", milliseconds(few), milliseconds(many));
        if many.as_secs_f64() > few.as_secs_f64() * MOST && *many > *few + NOISE {
            too_slow.push(what);
        }
    }
    assert!(too_slow.is_empty(), "expected at most {MOST} times as long with many people: {too_slow:?}");
}
