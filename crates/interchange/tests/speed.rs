//! How fast files are read. A test program of its own, so that nothing else runs beside it.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use irontrack_domain::TimeZone;
use irontrack_interchange::{CsvSessions, Found, ReadSettings, WeightUnit};

/// Years of training, as both apps export them.
#[test]
fn fifty_thousand_rows_are_read_within_two_seconds() {
    let settings = ReadSettings {
        time_zone: TimeZone::parse("Europe/Berlin").unwrap(),
        weight_unit: Some(WeightUnit::Pound),
        distance_unit: None,
        now: "2026-11-29T12:00:00Z".parse().unwrap(),
    };
    let names = ["Bench Press (Barbell)", "Squat (Barbell)", "Bent Over Row (Barbell)", "Lat Pulldown (Cable)"];
    let mut hevy =
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,\
                    weight_kg,reps,distance_km,duration_seconds,rpe\n"
            .to_owned();
    let mut strong = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout \
                      Notes,RPE\n"
        .to_owned();
    for row in 0..50_000 {
        let (workout, exercise, set) = (row / 20, names[row / 5 % 4], row % 5);
        let (year, month, day) = (2015 + workout / 240, workout / 20 % 12, workout % 20 + 1);
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month];
        writeln!(
            hevy,
            "\"Push\",\"{day} {name} {year}, 18:00\",\"{day} {name} {year}, 19:05\",\"Slept well.\",\"{exercise}\",,\"\",{set},\
             \"normal\",82.5,8,,,8.5"
        )
        .unwrap();
        writeln!(
            strong,
            "{year}-{:02}-{day:02} 18:00:00,\"Push\",1h 5m,\"{exercise}\",{},185.5,8,0,0,\"\",\"Slept well.\",8.5",
            month + 1,
            set + 1
        )
        .unwrap();
    }
    // What is compiled without optimisation takes several times as long, on a busy machine.
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
    for (app, file) in [("Hevy", &hevy), ("Strong", &strong)] {
        let begin = Instant::now();
        let found = match app {
            "Hevy" => CsvSessions::hevy(file.as_bytes(), &settings),
            _ => CsvSessions::strong(file.as_bytes(), &settings),
        };
        let sessions = found.unwrap().map(|found| {
            let Ok(Found::Session(session)) = found else { return 0 };
            session.exercises.iter().map(|exercise| exercise.sets.len()).sum::<usize>()
        });
        let sets: Vec<_> = sessions.collect();
        let took = begin.elapsed();
        println!("{app}: {} rows of {} KiB in {took:?}", sets.iter().sum::<usize>(), file.len() / 1024);
        assert_eq!((sets.len(), sets.iter().sum::<usize>()), (2500, 50_000));
        assert!(took < limit, "{app}: {took:?}");
    }
}
