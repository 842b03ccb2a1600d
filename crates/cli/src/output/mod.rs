//! What commands print to standard output.
//!
//! A command makes one [`Report`] of what it has done and hands it to [`Output::show`]. With `--json` that is the report
//! as JSON, otherwise what [`Report::print`] puts on the [`Page`]: tables and colours on a terminal, columns between tabs
//! and no colour for programs that read along.

mod counted;
mod page;
mod plot;
mod progress;
mod table;

use std::io::{self, ErrorKind, IsTerminal, Write};

pub use counted::counted;
pub use page::{Page, Tone};
pub use plot::Plot;
pub use progress::Progress;
use serde::Serialize;
pub use table::Table;

use crate::{Failure, OutputArguments};

/// What a command has to say. Its JSON is read by programs: fields are never renamed or removed.
pub trait Report: Serialize {
    /// Writes the report for people.
    fn print(&self, page: &mut Page);
}

/// How text for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether tables have rules and a header. Otherwise their columns stand between tabs.
    pub has_tables: bool,
    /// Whether there are colours.
    pub has_colours: bool,
}

impl Style {
    /// The style of standard output. `NO_COLOR` takes the colours away, with any value but an empty one.
    #[must_use]
    pub fn of_standard_output() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { has_tables: is_terminal, has_colours: is_terminal && !is_colourless }
    }
}

/// Where the report goes, and in which form.
pub struct Output {
    sink: Box<dyn Write>,
    has_reader: bool,
    is_json: bool,
    style: Style,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("is_json", &self.is_json).field("style", &self.style).finish_non_exhaustive()
    }
}

impl Output {
    /// Standard output, as the arguments and the terminal want it.
    #[must_use]
    pub fn standard(arguments: OutputArguments) -> Self {
        Self::to(io::stdout(), arguments, Style::of_standard_output())
    }

    /// Any other place.
    #[must_use]
    pub fn to(sink: impl Write + 'static, arguments: OutputArguments, style: Style) -> Self {
        Self { sink: Box::new(sink), has_reader: true, is_json: arguments.json, style }
    }

    /// Shows a report.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn show(&mut self, report: &impl Report) -> Result<(), Failure> {
        if !self.is_json {
            let mut page = Page::new(self.style);
            report.print(&mut page);
            return self.text(&page.into_text());
        }
        let json =
            if self.style.has_tables { serde_json::to_string_pretty(report) } else { serde_json::to_string(report) };
        let json = json.map_err(|error| Failure::failed(format!("the answer is no JSON: {error}")))?;
        self.text(&format!("{json}\n"))
    }

    /// Shows a report to programs only: people have been told otherwise.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn data(&mut self, report: &impl Report) -> Result<(), Failure> {
        if self.is_json { self.show(report) } else { Ok(()) }
    }

    /// Shows a report to people only: programs are told something else.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn for_people(&mut self, report: &impl Report) -> Result<(), Failure> {
        if self.is_json { Ok(()) } else { self.show(report) }
    }

    /// Says what a command is about to do, before it asks or takes its time. Not with `--json`.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn announce(&mut self, tone: Tone, line: &str) -> Result<(), Failure> {
        if self.is_json {
            return Ok(());
        }
        let mut page = Page::new(self.style);
        page.line(tone, line);
        self.text(&page.into_text())
    }

    /// Writes a text as it is: a document, or something else that has one form only.
    ///
    /// # Errors
    /// It cannot be written, for example because a disk is full. A reader that went away, such as `head`, has seen what
    /// it wanted: that is no error.
    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        match self.sink.write_all(text.as_bytes()).and_then(|()| self.sink.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::failed(format!("standard output cannot be written: {error}")))
            }
            Err(_) => {
                self.has_reader = false;
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Whether somebody still reads, as far as the last text has shown.
    #[must_use]
    pub const fn has_reader(&self) -> bool {
        self.has_reader
    }

    /// Shows a table, whatever form was asked for.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn table(&mut self, table: &Table) -> Result<(), Failure> {
        let mut page = Page::new(self.style);
        page.table(table);
        self.text(&page.into_text())
    }

    /// Shows the rows of a table that has no end: without header and rules.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn rows(&mut self, table: &Table) -> Result<(), Failure> {
        let mut page = Page::new(Style { has_tables: false, ..self.style });
        page.table(table);
        self.text(&page.into_text())
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use super::*;

    #[derive(Serialize)]
    struct Greeting {
        name: &'static str,
    }

    impl Report for Greeting {
        fn print(&self, page: &mut Page) {
            page.line(Tone::Good, &format!("Hello {}", self.name));
        }
    }

    /// A sink that can be looked at, or that fails.
    #[derive(Clone, Default)]
    struct Sink {
        bytes: Rc<RefCell<Vec<u8>>>,
        fails_with: Option<ErrorKind>,
    }

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if let Some(kind) = self.fails_with {
                return Err(kind.into());
            }
            self.bytes.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn shown(json: bool, is_terminal: bool) -> String {
        let sink = Sink::default();
        let style = Style { has_tables: is_terminal, has_colours: is_terminal };
        let mut output = Output::to(sink.clone(), OutputArguments { json }, style);
        output.announce(Tone::Plain, "Greeting").unwrap();
        output.show(&Greeting { name: "Jo" }).unwrap();
        let bytes = sink.bytes.borrow().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn people_and_programs_get_their_form() {
        assert_eq!(shown(false, false), "Greeting\nHello Jo\n");
        assert_eq!(shown(false, true), "Greeting\n\u{1b}[32mHello Jo\u{1b}[0m\n");
        assert_eq!(shown(true, false), "{\"name\":\"Jo\"}\n");
        assert_eq!(shown(true, true), "{\n  \"name\": \"Jo\"\n}\n");
    }

    #[test]
    fn a_reader_that_went_away_is_no_error_and_a_full_disk_is() {
        let outcome = |kind| {
            let sink = Sink { fails_with: Some(kind), ..Sink::default() };
            let style = Style { has_tables: false, has_colours: false };
            Output::to(sink, OutputArguments::default(), style).text("x")
        };
        assert!(outcome(ErrorKind::BrokenPipe).is_ok());
        let failure = outcome(ErrorKind::StorageFull).expect_err("the disk is full");
        assert!(failure.to_string().contains("standard output"), "{failure}");
    }
}
