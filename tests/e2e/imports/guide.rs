//! `docs/import.md`, as somebody follows it who comes from another app.

use std::{fs, process::Command};

use irontrack_tests::{
    harness::{Session, program, sign_in},
    http::Request,
};
use serde_json::json;

use crate::gym::Gym;

const GUIDE: &str = include_str!("../../../docs/import.md");

const STRONG: &str = "\
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-05-04 18:00:00,Push,1h 5m,Barbell Bench Press,1,80,5,0,0,,,8
2026-05-04 18:00:00,Push,1h 5m,Log Throw,1,20,5,0,0,,,
2026-05-07 18:00:00,Push,1h 5m,Barbell Bench Press,1,85,5,0,0,,,8.5
2026-05-07 18:00:00,Push,1h 5m,Parking the Car,1,0,1,0,0,,,
2026-05-07 18:00:00,Push,1h 5m,Barbell Bench Press,2,85,many,0,0,,,8.5
";

const HEVY: &str = "\
title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe
Pull,\"8 May 2026, 18:00\",\"8 May 2026, 19:05\",,Barbell Bench Press,,,0,normal,90,5,,,9
Pull,\"8 May 2026, 18:00\",\"8 May 2026, 19:05\",,Whistling Loudly,,,0,normal,,5,,,
";

/// All that stands in the guide between "```sh" and "```".
fn commands(address: &str) -> String {
    let blocks = GUIDE.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let script: String = blocks.collect();
    assert!(script.contains("http://127.0.0.1:8000"), "{script}");
    script.replace("http://127.0.0.1:8000", address)
}

#[test]
fn the_guide_leads_from_the_other_app_to_the_first_chart() {
    let gym = Gym::open();
    let secret = "Deadl1ft!";
    let form = json!({"name": "Jo", "email": "jo@example.com", "password": secret, "confirmPassword": secret});
    assert_eq!(gym.app.send(&Request::new("POST", "/api/v1/access/signup").json(&form)).status, 201);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join("strong.csv"), STRONG).expect("the file can be written");
    fs::write(folder.path().join("workout_data.csv"), HEVY).expect("the file can be written");
    let programs = program().parent().expect("the program is in a folder").display().to_string();
    let path = format!("{programs}:{}", std::env::var_os("PATH").unwrap_or_default().display());
    let done = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &commands(&gym.app.address)])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("DATABASE_URL", &gym.app.database.url)
        .output()
        .expect("bash runs");
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{told}\n{}", String::from_utf8_lossy(&done.stderr));

    let preview = fs::read_to_string(folder.path().join("preview.json")).expect("there is a preview");
    assert!(preview.contains("\"line\":6,\"path\":null,\"column\":\"Reps\""), "{preview}");
    let chart = fs::read_to_string(folder.path().join("chart.svg")).expect("there is a chart");
    assert!(chart.starts_with("<svg") && chart.contains("Barbell Bench Press"), "{chart}");
    assert!(told.contains("\"kind\":\"max_e1rm\""), "the second workout was better than the first: {told}");
    let owner = Session::of(&gym.app.send(&sign_in("jo@example.com", secret)));
    let sessions = super::sessions(&gym, &owner);
    let names: Vec<Vec<_>> = sessions
        .iter()
        .map(|session| session["exercises"].as_array().into_iter().flatten().map(|it| &it["exerciseName"]).collect())
        .collect();
    assert_eq!(
        json!(names),
        json!([["Barbell Bench Press", "Log Throw"], ["Barbell Bench Press"], ["Barbell Bench Press"]])
    );
    gym.close();
}
