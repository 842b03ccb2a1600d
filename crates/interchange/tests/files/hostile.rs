//! Files that nobody should have made: nothing panics, and every row is accounted for.

use irontrack_interchange::{Document, FileError};
use proptest::prelude::*;

use crate::reading::{
    App::{self, Hevy, Strong},
    read, settings,
};
use crate::samples::ALL as SAMPLES;

const DOCUMENT: &[u8] = include_bytes!("../samples/irontrack.json");

fn read_document(file: &[u8]) -> (usize, Option<FileError>) {
    let Ok(document) = Document::open(file, 1 << 20, settings().now) else { return (0, None) };
    let mut found = 0;
    for item in document {
        match item {
            Ok(_) => found += 1,
            Err(error) => return (found, Some(error)),
        }
    }
    (found, None)
}

/// Cells that have broken somebody's reader.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[0-9]{0,4}([.,][0-9]{1,4})?",
        1 => "\\PC{0,20}",
        1 => prop::sample::select(vec![
            "W", "D", "F", "Note", "Rest Timer", "1h 5m", "2026-03-02 18:00:05", "22 Dec 2025, 08:00", "Squat",
            "normal", "kg", "lbs", "-0", "1e999", "NaN", "\u{202e}x", "\u{feff}", "a\0b", "'=x", "\"", "\r", "\n",
            "9999-12-31 23:59:59", "0000-01-01 00:00:00", "99999999999999999999999999999999999999999",
        ]).prop_map(str::to_owned),
    ]
}

/// A row as a careful program writes it.
fn line(cells: &[String], delimiter: char) -> String {
    let quoted: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(&delimiter.to_string())
}

fn header(app: App, file: &[u8]) -> (String, char, usize) {
    let header = String::from_utf8_lossy(file).lines().next().unwrap().to_owned();
    let delimiter = if header.contains(';') { ';' } else { ',' };
    let columns = header.split(delimiter).count();
    assert!(columns > 9, "{app:?}");
    (header, delimiter, columns)
}

/// Bytes that are changed, left out and put in.
fn mutated(file: &[u8], changes: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut file = file.to_vec();
    for &(place, byte, kind) in changes {
        if file.is_empty() {
            break;
        }
        let place = place % file.len();
        match kind % 4 {
            0 => file[place] = byte,
            1 => {
                file.remove(place);
            }
            2 => file.insert(place, byte),
            _ => {
                let end = (place + usize::from(byte)).min(file.len());
                let copy = file[place..end].to_vec();
                file.splice(place..place, copy);
            }
        }
    }
    file
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"\",;\n\r'=\0{}[]:".to_vec())];
    prop::collection::vec((0..10_000_usize, byte, any::<u8>()), 1..8)
}

proptest! {
    #![proptest_config(crate::cases::config())]

    #[test]
    fn random_bytes_are_no_danger(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = (read(Strong, &bytes, &settings()), read(Hevy, &bytes, &settings()), read_document(&bytes));
    }

    #[test]
    fn random_bytes_under_a_header_are_no_danger(
        sample in 0..SAMPLES.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let (app, file) = SAMPLES[sample];
        let bytes = [header(app, file).0.as_bytes(), b"\n", &bytes].concat();
        let _ = read(app, &bytes, &settings());
    }

    /// `read` compares the numbers of sets, other rows and refused ones with what was found; here is how many there are.
    #[test]
    fn every_row_is_accounted_for(
        sample in 0..SAMPLES.len(),
        cells in prop::collection::vec(prop::collection::vec(cell(), 14), 0..12),
    ) {
        let (app, file) = SAMPLES[sample];
        let (header, delimiter, columns) = header(app, file);
        let rows: Vec<_> = cells.iter().map(|cells| line(&cells[..columns], delimiter)).collect();
        let content = read(app, [&[header], &*rows].concat().join("\n").as_bytes(), &settings());
        prop_assert!(content.error.is_none(), "{:?}", content.error);
        prop_assert_eq!(content.tally.rows, cells.len() as u64);
    }

    #[test]
    fn cells_of_good_rows_that_become_hostile_are_accounted_for(
        sample in 0..SAMPLES.len(),
        swaps in prop::collection::vec((0..16_usize, 0..14_usize, cell()), 1..6),
    ) {
        let (app, file) = SAMPLES[sample];
        let (header, delimiter, columns) = header(app, file);
        let text = std::str::from_utf8(file).unwrap();
        // Cells of the samples have commas and line feeds in them; the rows that are cut there are hostile enough.
        let mut rows: Vec<Vec<String>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(delimiter).map(|cell| cell.trim_matches('"').to_owned()).collect())
            .collect();
        for (row, column, cell) in swaps {
            let row = row % rows.len();
            if let Some(place) = rows[row].get_mut(column) {
                *place = cell;
            }
        }
        let written: Vec<_> = rows.iter().map(|cells| line(cells, delimiter)).collect();
        let content = read(app, [&[header], &*written].concat().join("\n").as_bytes(), &settings());
        prop_assert!(content.error.is_none(), "{:?}", content.error);
        prop_assert_eq!(content.tally.rows, rows.len() as u64, "{} columns", columns);
    }

    #[test]
    fn broken_copies_of_good_files_are_no_danger(sample in 0..SAMPLES.len(), changes in changes()) {
        let (app, file) = SAMPLES[sample];
        let _ = read(app, &mutated(file, &changes), &settings());
    }

    #[test]
    fn broken_copies_of_a_document_are_no_danger(changes in changes()) {
        let _ = read_document(&mutated(DOCUMENT, &changes));
    }

    #[test]
    fn files_that_end_early_lose_no_row_silently(sample in 0..SAMPLES.len(), end in 0..4000_usize) {
        let (app, file) = SAMPLES[sample];
        let whole = read(app, file, &settings());
        let part = read(app, &file[..end % file.len()], &settings());
        prop_assert!(part.tally.rows <= whole.tally.rows);
    }
}
