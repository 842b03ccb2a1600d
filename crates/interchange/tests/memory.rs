//! How much memory reading takes. A test program of its own, because memory is that of the whole process.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking, also in their helpers")]

use std::{
    fs,
    io::{self, Read},
};

use irontrack_domain::TimeZone;
use irontrack_interchange::{CsvSessions, Document, Found, ReadSettings};

const MIB: u64 = 1024 * 1024;

/// A file that is made while it is read: a beginning, so many parts, an end.
struct Growing<F> {
    part: F,
    parts: std::ops::Range<u64>,
    end: Option<&'static str>,
    ready: io::Cursor<Vec<u8>>,
    written: u64,
}

impl<F: FnMut(u64) -> String> Growing<F> {
    fn new(begin: &str, parts: u64, part: F, end: &'static str) -> Self {
        let ready = io::Cursor::new(begin.as_bytes().to_vec());
        Self { part, parts: 0..parts, end: Some(end), ready, written: 0 }
    }
}

impl<F: FnMut(u64) -> String> Read for Growing<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.ready.read(buffer)?;
            self.written += read as u64;
            if read > 0 {
                return Ok(read);
            }
            let next = self.parts.next().map(&mut self.part).or_else(|| self.end.take().map(str::to_owned));
            match next {
                Some(next) => self.ready = io::Cursor::new(next.into_bytes()),
                None => return Ok(0),
            }
        }
    }
}

/// The most memory that this process has had so far, in bytes.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

fn count(found: impl Iterator<Item = Result<Found, irontrack_interchange::FileError>>) -> usize {
    found.map(|found| assert!(matches!(found, Ok(Found::Session(_))), "{found:?}")).count()
}

#[test]
fn memory_is_that_of_a_session_however_large_the_file_is() {
    let settings = ReadSettings {
        time_zone: TimeZone::UTC,
        weight_unit: None,
        distance_unit: None,
        now: "2026-11-29T12:00:00Z".parse().unwrap(),
    };
    let csv = |sessions| {
        let notes = "x".repeat(400);
        let header = "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps,exercise_notes\n";
        let part = move |number: u64| {
            let (day, hour, minute) = (number / 1440 % 28 + 1, number / 60 % 24, number % 60);
            let year = 1950 + number / 1440 / 28;
            let row =
                |set: u64| format!("Push,\"{day} May {year}, {hour}:{minute:02}\",,Squat,{set},normal,100,5,{notes}\n");
            (0..10).map(row).collect::<String>()
        };
        Growing::new(header, sessions, part, "")
    };
    let json = |sessions| {
        let notes = "x".repeat(4000);
        let part = move |number: u64| {
            let comma = if number > 0 { "," } else { "" };
            format!(
                r#"{comma}{{"status":"completed","startTime":"2026-05-04T16:00:00Z","endTime":"2026-05-04T17:00:00Z",
                "userTimezone":"UTC","notes":"{notes}","exercises":[]}}"#
            )
        };
        Growing::new(BEGIN, sessions, part, "]}")
    };
    let read_csv = |sessions| {
        let mut file = csv(sessions);
        assert_eq!(count(CsvSessions::hevy(&mut file, &settings).unwrap()) as u64, sessions);
        file.written
    };
    let read_json = |sessions| {
        let mut file = json(sessions);
        assert_eq!(count(Document::open(&mut file, 1 << 30, settings.now).unwrap()) as u64, sessions);
        file.written
    };
    let _warm = [read_csv(10), read_json(10)];
    let before = most_memory();
    let sizes = [read_csv(5000), read_json(51_000)];
    let grown = most_memory() - before;
    println!("{} KiB more for files of {sizes:?} bytes", grown / 1024);
    assert!(sizes[0] > 20 * MIB && sizes[1] > 200 * MIB, "{sizes:?} bytes are too few to tell");
    assert!(grown < 4 * MIB, "{grown} bytes for files of {sizes:?} bytes");
    hostile_elements_take_a_bounded_room(settings.now);
}

const BEGIN: &str = r#"{"format":"irontrack-export","version":1,"trainingSessions":["#;

/// Elements as large as they may be, of small things that take much room, and larger ones. Measured after everything else,
/// because the most memory of a process never becomes less.
fn hostile_elements_take_a_bounded_room(now: chrono::DateTime<chrono::Utc>) {
    let before = most_memory();
    let sets = r#"{"setType":"working"}"#;
    let filled =
        |bytes: u64, item: &str| format!("{item},").repeat(usize::try_from(bytes).unwrap() / (item.len() + 1)) + item;
    let session = |sets: &str| {
        format!(
            r#"{{"status":"completed","startTime":"2026-05-04T16:00:00Z","endTime":"2026-05-04T17:00:00Z","userTimezone":"UTC",
            "exercises":[{{"exerciseName":"Squat","mode":"reps","sets":[{sets}]}}]}}"#
        )
    };
    let parts =
        [session(&filled(31 * MIB, sets)), session(&filled(40 * MIB, sets)), session("")].map(String::into_bytes);
    let parts_held = parts.iter().map(|part| part.len() as u64).sum::<u64>();
    let [first, second, third] = &parts;
    let file = BEGIN
        .as_bytes()
        .chain(&**first)
        .chain(&b","[..])
        .chain(&**second)
        .chain(&b","[..])
        .chain(&**third)
        .chain(&b"]}"[..]);
    let found: Vec<_> = Document::open(file, 1 << 30, now).unwrap().map(Result::unwrap).collect();
    let [Found::Refused(_), Found::Refused(_), Found::Session(_)] = found.as_slice() else { panic!("{found:?}") };
    let grown = (most_memory() - before).saturating_sub(parts_held);
    println!("{} MiB more for elements of {} MiB", grown / MIB, parts_held / MIB);
    assert!(grown < 96 * MIB, "{grown} bytes");
}
