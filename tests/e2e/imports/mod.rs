//! Imports: training that was recorded elsewhere.

mod confirming;
mod documents;
mod files;
mod guide;
mod interrupted;
mod mapping;
mod refusals;
mod round_trips;
mod scale;

use std::fmt::Write as _;

use irontrack_tests::{
    harness::{Session, upload},
    http::Response,
};
use serde_json::{Value, json};

use crate::gym::{Gym, array, expect, text};

/// Uploads a file; times are those of Berlin.
fn send(gym: &Gym, who: &Session, format: &str, file: &[u8]) -> Response {
    gym.app.send_as(who, upload(file, &[("format", format), ("timeZone", "Europe/Berlin")]))
}

/// The preview of a file.
#[track_caller]
fn preview(gym: &Gym, who: &Session, format: &str, file: &str) -> Value {
    expect(&send(gym, who, format, file.as_bytes()), 201)
}

/// Where an import is.
fn at(import: &Value) -> String {
    format!("/imports/{}", text(&import["id"]))
}

fn map(gym: &Gym, who: &Session, import: &Value, items: &Value) -> Response {
    gym.send(who, "PUT", &format!("{}/mapping", at(import)), &json!({"items": items}))
}

fn confirm(gym: &Gym, who: &Session, import: &Value) -> Response {
    gym.ask(who, "POST", &format!("{}/confirm", at(import)))
}

/// What was written when an import was confirmed.
#[track_caller]
fn written(gym: &Gym, who: &Session, import: &Value) -> Value {
    expect(&confirm(gym, who, import), 200)["result"].clone()
}

/// A file in the form of Hevy with these rows: title, times of a day of May 2026, exercise, weight and repetitions.
fn hevy(rows: &[(&str, u32, &str, &str, u32)]) -> String {
    let mut file =
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,\
                    weight_kg,reps,distance_km,duration_seconds,rpe\n"
            .to_owned();
    for (number, (title, day, exercise, weight, reps)) in rows.iter().enumerate() {
        writeln!(
            file,
            "{title},\"{day} May 2026, 18:00\",\"{day} May 2026, 19:05\",,{exercise},,,{number},normal,{weight},{reps},,,"
        )
        .expect("a text can be written to");
    }
    file
}

/// All training sessions of somebody, the oldest first.
fn sessions(gym: &Gym, who: &Session) -> Vec<Value> {
    array(&gym.read(who, "/access/export")["trainingSessions"])
}
