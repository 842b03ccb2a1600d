//! Files that are not taken.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use irontrack_tests::{harness::upload, http::Response};
use serde_json::json;
use uuid::Uuid;

use super::{at, hevy, preview, send};
use crate::gym::{Gym, expect, mistakes, refused, request};

const STRONG: &str = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n\
                      2026-05-04 18:00:00,Push,1h,Plank,1,80,5,0,0,\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory can be written to");
    encoder.finish().expect("memory can be written to")
}

/// What stands in the message about the file.
#[track_caller]
fn assert_unusable(answer: &Response, reason: &str) {
    assert_eq!(mistakes(answer), "/file", "{}", answer.text());
    assert!(answer.text().contains(reason), "expected {reason}: {}", answer.text());
}

#[test]
fn all_that_is_wrong_with_a_form_is_named() {
    let gym = &mut Gym::open();
    let owner = gym.person();
    let contents = gym.app.database.contents();
    for (fields, expected) in [
        (&[][..], "/format"),
        (&[("format", "strong_csv")], "/timeZone"),
        (&[("format", "strong"), ("timeZone", "Mars")], "/format /timeZone"),
        (&[("format", "hevy_csv"), ("timeZone", "Europe/berlin")], "/timeZone"),
        (
            &[("format", "hevy_csv"), ("time_zone", "UTC"), ("weightUnit", "stone"), ("distanceUnit", "m")],
            "/distanceUnit /weightUnit",
        ),
        (&[("format", "hevy_csv"), ("timeZone", "UTC"), ("user", "x")], "/user"),
    ] {
        assert_eq!(mistakes(&gym.app.send_as(&owner, upload(b"x", fields))), expected, "{fields:?}");
    }
    let post = || request("POST", "/imports");
    assert_eq!(mistakes(&gym.app.send_as(&owner, post())), "/file /format");
    assert_eq!(mistakes(&gym.app.send_as(&owner, post().json(&json!({"format": "hevy_csv"})))), "/file /format");
    let multipart = |content_type: &str, body: &[u8]| gym.app.send_as(&owner, post().body(Some(content_type), body));
    refused(&multipart("multipart/form-data", b"x"), 400, "Missing boundary in multipart.");
    refused(&multipart("multipart/form-data; boundary=x", b"--y--"), 400, "There was an error parsing the body");
    let two = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\r\n".repeat(2)
        + "--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nirontrack_json\r\n--x--\r\n";
    assert_eq!(mistakes(&multipart("multipart/form-data; boundary=x", two.as_bytes())), "/file");
    let many = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(21) + "--x--\r\n";
    refused(&multipart("multipart/form-data; boundary=x", many.as_bytes()), 400, "There was an error parsing the body");
    let anonymous = irontrack_tests::harness::Session::anonymous();
    refused(&gym.app.send_as(&anonymous, upload(b"x", &[])), 401, "Not authenticated");
    gym.app.database.assert_unchanged(&contents, "forms that were refused");
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_leaves_nothing() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let contents = gym.app.database.contents();
    let good = hevy(&[("Push", 4, "Plank", "80", 5)]);
    assert_unusable(&send(&gym, &owner, "hevy_csv", b""), "empty");
    assert_unusable(&send(&gym, &owner, "hevy_csv", STRONG.as_bytes()), "no column");
    assert_unusable(&send(&gym, &owner, "strong_csv", good.as_bytes()), "no column");
    assert_unusable(&send(&gym, &owner, "hevy_csv", &gzip(good.as_bytes())), "");
    assert_unusable(&send(&gym, &owner, "hevy_csv", format!("{good}\"Push").as_bytes()), "line 3");
    for (document, reason) in [
        ("", "empty"),
        ("[]", "no export of IronTrack"),
        ("{}", "no export of IronTrack"),
        (r#"{"format": "other", "version": 1}"#, "no export of IronTrack"),
        (r#"{"format": "irontrack-export", "version": 2}"#, "version 2"),
        (r#"{"format": "irontrack-export", "version": 1, "trainingSessions": ["#, "no JSON"),
    ] {
        assert_unusable(&send(&gym, &owner, "irontrack_json", document.as_bytes()), reason);
    }
    let cut = gzip(br#"{"format": "irontrack-export", "version": 1, "trainingSessions": []}"#);
    assert_unusable(&send(&gym, &owner, "irontrack_json", &cut[..cut.len() - 12]), "");
    // Many sessions are staged before the end is seen to be missing.
    let mut long = hevy(&(1..=28).map(|day| ("Push", day, "Plank", "80", 5)).collect::<Vec<_>>());
    for year in 1950..2010 {
        long += hevy(&(1..=28).map(|day| ("Push", day, "Plank", "80", 5)).collect::<Vec<_>>())
            .replace("2026", &year.to_string())
            .split_once('\n')
            .map_or("", |(_, rows)| rows);
    }
    assert_unusable(&send(&gym, &owner, "hevy_csv", format!("{long}\"").as_bytes()), "not closed");
    gym.app.database.assert_unchanged(&contents, "files that were refused");
    gym.close();
}

/// Nothing is guessed.
#[test]
fn units_that_a_file_does_not_say_are_asked_for() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let answer = send(&gym, &owner, "strong_csv", STRONG.as_bytes());
    assert_eq!(mistakes(&answer), "/weightUnit", "{}", answer.text());
    let far = STRONG.replace(",80,5,0,", ",0,0,5,");
    assert_eq!(mistakes(&send(&gym, &owner, "strong_csv", far.as_bytes())), "/distanceUnit");
    gym.close();
}

#[test]
fn files_have_a_limit_also_when_they_are_compressed() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let contents = gym.app.database.contents();
    let mut large = hevy(&[("Push", 4, "Plank", "80", 5)]).into_bytes();
    large.resize(20 * 1024 * 1024 + 1, b'\n');
    refused(&send(&gym, &owner, "hevy_csv", &large), 413, "The file is larger than 20 MiB");
    large.truncate(20 * 1024 * 1024);
    expect(&send(&gym, &owner, "hevy_csv", &large), 201);
    drop(large);
    gym.mint.execute("DELETE FROM imports", &[]);
    // 201 MiB of blanks in some 200 KiB.
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    let blanks = vec![b' '; 1024 * 1024];
    bomb.write_all(b"{").expect("memory can be written to");
    for _ in 0..201 {
        bomb.write_all(&blanks).expect("memory can be written to");
    }
    let bomb = bomb.finish().expect("memory can be written to");
    assert!(bomb.len() < 2 * 1024 * 1024, "{} bytes are no bomb", bomb.len());
    refused(&send(&gym, &owner, "irontrack_json", &bomb), 413, "The file is larger than 200 MiB");
    gym.app.database.assert_unchanged(&contents, "files that are too large");
    gym.close();
}

#[test]
fn more_names_than_anybody_trains_are_refused() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let names: Vec<String> = (0..5_001).map(|number| format!("Exercise {number}")).collect();
    let rows: Vec<_> = names.iter().map(|name| ("Push", 4, name.as_str(), "80", 5)).collect();
    // A session has at most 200 exercises, so that they are spread over days.
    let mut file = hevy(&[]);
    for (day, rows) in (1..).zip(rows.chunks(190)) {
        let rows: Vec<_> = rows.iter().map(|row| (row.0, day, row.2, row.3, row.4)).collect();
        file += hevy(&rows).split_once('\n').map_or("", |(_, rows)| rows);
    }
    assert_unusable(&send(&gym, &owner, "hevy_csv", file.as_bytes()), "more than 5000 exercises");
    gym.close();
}

/// Whoever somebody is.
#[test]
fn imports_of_others_are_not_there() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let superuser = gym.mint.person(irontrack_domain::account::Role::Superuser);
    let import = preview(&gym, &owner, "hevy_csv", &hevy(&[("Push", 4, "Plank", "80", 5)]));
    let contents = gym.app.database.contents();
    let path = at(&import);
    for who in [&other, &superuser] {
        for (method, path) in [("GET", path.clone()), ("POST", format!("{path}/confirm")), ("DELETE", path.clone())] {
            refused(&gym.ask(who, method, &path), 404, "Import not found");
        }
        let skip = json!({"items": [{"name": "Plank", "skip": true}]});
        refused(&gym.send(who, "PUT", &format!("{path}/mapping"), &skip), 404, "Import not found");
    }
    refused(&gym.ask(&owner, "GET", &format!("/imports/{}", Uuid::now_v7())), 404, "Import not found");
    gym.app.database.assert_unchanged(&contents, "requests of strangers");
    gym.close();
}
