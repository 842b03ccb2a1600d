//! Tables, and what is none.

use std::io::{self, Read};

use super::*;

/// Bytes that come one at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(&mut buffer[..1])
    }
}

type Rows = Vec<(u64, Vec<String>)>;

fn rows_of(mut table: Table<impl Read>) -> Result<Rows, FileError> {
    let mut rows = Vec::new();
    while let Some(record) = table.next_record()? {
        let cells = record.cells().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        rows.push((record.line(), cells));
    }
    Ok(rows)
}

fn rows(text: &str) -> Result<Rows, FileError> {
    let in_drops = Table::open(Drops(text.as_bytes())).and_then(rows_of);
    let at_once = Table::open(text.as_bytes()).and_then(rows_of);
    assert_eq!(format!("{in_drops:?}"), format!("{at_once:?}"), "{text:?}");
    at_once
}

fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|&cell| cell.to_owned()).collect())
}

#[test]
fn rows_have_the_line_in_which_they_begin() {
    let text = "a,b\n1,2\n\n\"x\ny\",\"3\"\"\"\r\n\r\n5,6";
    assert_eq!(rows(text).unwrap(), [row(2, &["1", "2"]), row(4, &["x\ny", "3\""]), row(7, &["5", "6"])]);
    assert_eq!(rows("a,b\r\n1,2\r\n3,4\r\n").unwrap(), [row(2, &["1", "2"]), row(3, &["3", "4"])]);
    assert_eq!(rows("a,b\r\n1,\"x\r\ny\"\r\n3,4\r\n").unwrap(), [row(2, &["1", "x\r\ny"]), row(4, &["3", "4"])]);
    assert_eq!(rows("a,b\n\"x\r\",\r\n").unwrap(), [row(2, &["x\r", ""])]);
    assert_eq!(
        rows("a,b\n1,\"x\r\"\n2,y\r\n3,\"z\r\"\r\n").unwrap()[..],
        [row(2, &["1", "x\r"]), row(3, &["2", "y"]), row(4, &["3", "z\r"])]
    );
    assert_eq!(rows("a,b\n,").unwrap(), [row(2, &["", ""])]);
    assert_eq!(rows("a,b").unwrap(), []);
}

#[test]
fn what_stands_between_cells_is_seen_in_the_first_line() {
    assert_eq!(rows("\u{feff}\"a;b\",c\n1;2,3\n").unwrap(), [row(2, &["1;2", "3"])]);
    let table = Table::open("\u{feff}\"a\";b;\"c (kg)\"\n1,5;2;3\n".as_bytes()).unwrap();
    assert_eq!(table.column(&["x", "A"]).map(|column| (column.index, column.name)), Some((0, "a".to_owned())));
    let names: Vec<_> = table.columns().map(|column| (column.index, column.name)).collect();
    assert_eq!(names, [(0, "a".to_owned()), (1, "b".to_owned()), (2, "c (kg)".to_owned())]);
    assert_eq!(rows_of(table).unwrap(), [row(2, &["1,5", "2", "3"])]);
}

#[test]
fn files_that_are_no_tables_are_errors() {
    assert!(matches!(rows(""), Err(FileError::Empty)));
    assert!(matches!(rows("\n\n"), Err(FileError::Empty)));
    assert!(matches!(rows("a,A\n"), Err(FileError::DuplicateColumn(name)) if name == "A"));
    for text in ["a,b\n1,2\n3,\"4\n5,6\n", "a,b\n1,2\n3,\"", "a,b\n1,2\n\"x\n\n\n"] {
        let error = rows(text).unwrap_err();
        assert!(matches!(error, FileError::UnclosedQuote { line: 3 }), "{text:?} {error}");
    }
}

#[test]
fn rows_have_an_end() {
    let cell = "x\n".repeat(LONGEST_ROW);
    let error = rows_of(Table::open(format!("a,b\n1,2\n\"{cell}").as_bytes()).unwrap()).unwrap_err();
    assert!(matches!(error, FileError::RowTooLong { line: 3 }), "{error}");
    let error = rows_of(Table::open(format!("a,b\n{}\n", ",".repeat(5000)).as_bytes()).unwrap()).unwrap_err();
    assert!(matches!(error, FileError::RowTooLong { line: 2 }), "{error}");
    let long = "y".repeat(LONGEST_ROW / 2);
    assert_eq!(rows(&format!("a,b\n1,{long}\n")).unwrap(), [row(2, &["1", &long])]);
}

#[test]
fn cells_are_counted() {
    let mut table = Table::open("a,b\n1\n1,2,\n1,2,3\n".as_bytes()).unwrap();
    let mut found = Vec::new();
    while let Some(record) = table.next_record().unwrap() {
        found.push(record.check_length().is_ok());
    }
    assert_eq!(found, [false, true, false]);
}
