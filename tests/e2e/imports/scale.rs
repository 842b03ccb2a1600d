//! Large files: how long they take, and that the server does not grow with them.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use irontrack_tests::{
    harness::{Session, alone, upload},
    http::{Client, Response},
};
use serde_json::Value;

use super::at;
use crate::gym::{Gym, expect, request};

/// A file in the form of Hevy with so many rows: 20 sets of four exercises a day.
fn rows(count: usize) -> String {
    let mut file = super::hevy(&[]);
    let day = |number: usize| {
        let days = u64::try_from(number).unwrap_or_default();
        let start = chrono::NaiveDate::from_ymd_opt(2000, 1, 1)
            .and_then(|first| first.checked_add_days(chrono::Days::new(days)));
        start.expect("a day").format("%-d %b %Y").to_string()
    };
    for row in 0..count {
        let (session, exercise) = (row / 20, row / 5 % 4);
        let date = day(session);
        let name = ["Plank", "Barbell Back Squat", "Barbell Bench Press", "Barbell Deadlift"][exercise];
        let reps = 1 + row % 12;
        writeln!(
            file,
            "Push,\"{date}, 18:00\",\"{date}, 19:05\",,{name},,Felt good,{},normal,{}.5,{reps},,,8",
            row % 5,
            row % 200
        )
        .expect("a text can be written to");
    }
    file
}

/// A document with so many sessions of 24 sets, each with a long remark.
fn document(sessions: usize) -> Vec<u8> {
    let sets: Vec<String> = (0..6)
        .map(|reps| {
            format!(
                "{{\"id\":1,\"orderIndex\":{reps},\"weight\":82.5,\"repsCompleted\":{reps},\"timeSeconds\":null,\"distanceKm\":null,\
                 \"setType\":\"working\",\"rpe\":8.5,\"notes\":null}}"
            )
        })
        .collect();
    let exercise = format!(
        "{{\"id\":1,\"exerciseId\":null,\"exerciseName\":\"Plank\",\"mode\":\"reps\",\"plannedUnitExerciseId\":null,\"planned\":null,\
         \"notes\":\"{}\",\"sets\":[{}]}}",
        "slow ".repeat(300),
        sets.join(",")
    );
    let exercises = vec![exercise; 4].join(",");
    let mut out = String::from("{\"format\":\"irontrack-export\",\"version\":1,\"trainingSessions\":[");
    for number in 0..sessions {
        let start =
            chrono::DateTime::from_timestamp(i64::try_from(number).unwrap_or_default() * 7_200, 0).expect("a time");
        let end = start + chrono::TimeDelta::hours(1);
        let comma = if number > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"trainingPlanId\":null,\"trainingUnitId\":null,\"planName\":null,\"unitName\":\"Push\",\"status\":\"completed\",\
             \"startTime\":\"{}\",\"endTime\":\"{}\",\"userTimezone\":\"UTC\",\"notes\":null,\"exercises\":[{exercises}]}}",
            start.to_rfc3339(),
            end.to_rfc3339()
        )
        .expect("a text can be written to");
    }
    out.push_str("]}");
    out.into_bytes()
}

struct Figures {
    read: Duration,
    written: Duration,
    /// MiB that the server was larger meanwhile than before.
    grown: u64,
    result: Value,
}

fn imported(gym: &Gym, who: &Session, format: &str, file: &[u8]) -> Figures {
    let patient = Client::with_timeout(Duration::from_secs(900));
    let send = |request| -> Response {
        patient.send(&gym.app.address, &who.asks(request)).unwrap_or_else(|error| panic!("{error}"))
    };
    let sent = upload(file, &[("format", format), ("timeZone", "Europe/Berlin")]);
    let ((read, written, result), grown) = crate::own_data::most_memory_while(gym, || {
        let begin = Instant::now();
        let import = expect(&send(sent), 201);
        let read = begin.elapsed();
        let begin = Instant::now();
        let confirmed = expect(&send(request("POST", &format!("{}/confirm", at(&import)))), 200);
        (read, begin.elapsed(), confirmed["result"].clone())
    });
    println!(
        "{format}, {} MiB: read in {read:.1?}, written in {written:.1?}, {grown} MiB more, {result}",
        file.len() / 1024 / 1024
    );
    Figures { read, written, grown, result }
}

/// In any build; `import_scale` compares with the goals.
#[test]
fn memory_does_not_grow_with_the_file() {
    let mut gym = Gym::open();
    let owner = gym.person();
    // What is there for the first one stays.
    imported(&gym, &owner, "hevy_csv", rows(200).as_bytes());
    let other = gym.person();
    let figures = imported(&gym, &other, "irontrack_json", &document(2_500));
    assert_eq!(figures.result["sets"], 60_000);
    assert!(figures.grown < 24, "the server grew by {} MiB", figures.grown);
    gym.close();
}

/// The goals: 50 000 rows of CSV in less than 10 seconds, and 200 MiB of JSON in flat memory.
#[test]
#[ignore = "takes minutes, and wants a release build and a quiet machine: just import-scale"]
fn import_scale() {
    let _alone = alone();
    let mut gym = Gym::open();
    let owner = gym.person();
    imported(&gym, &owner, "hevy_csv", rows(200).as_bytes());
    let other = gym.person();
    let figures = imported(&gym, &other, "hevy_csv", rows(50_000).as_bytes());
    assert_eq!(figures.result["sets"], 50_000);
    let took = figures.read + figures.written;
    assert!(took < Duration::from_secs(10), "50 000 rows took {took:.1?}");
    let again = imported(&gym, &other, "hevy_csv", rows(50_000).as_bytes());
    assert_eq!((&again.result["sessions"], &again.result["duplicates"]), (&Value::from(0), &Value::from(2_500)));
    let largest = gym.person();
    let file = document(199 * 1024 * 1024 / (document(101).len() - document(1).len()) * 100);
    assert!(file.len() > 195 * 1024 * 1024, "{} bytes are too few", file.len());
    let figures = imported(&gym, &largest, "irontrack_json", &file);
    assert!(figures.grown < 48, "the server grew by {} MiB", figures.grown);
    gym.close();
}
