//! Text for people.

use std::fmt::Write;

use anstyle::{AnsiColor, Style as Ansi};

use super::{Style, Table};

/// What a line means, and so its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// The title of what follows.
    Heading,
    /// All is well.
    Good,
    /// Something is wrong.
    Bad,
}

impl Tone {
    fn ansi(self) -> Ansi {
        match self {
            Self::Plain => Ansi::new(),
            Self::Heading => Ansi::new().bold(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
        }
    }
}

/// Lines and tables, one below the other.
#[derive(Debug)]
pub struct Page {
    style: Style,
    text: String,
}

impl Page {
    pub(super) const fn new(style: Style) -> Self {
        Self { style, text: String::new() }
    }

    /// Adds one line.
    pub fn line(&mut self, tone: Tone, line: &str) {
        let ansi = tone.ansi();
        let line = printable(line);
        // Writing to a string does not fail.
        let _written = if self.style.has_colours {
            writeln!(self.text, "{ansi}{line}{ansi:#}")
        } else {
            writeln!(self.text, "{line}")
        };
    }

    /// Adds a line that only people need: programs that read along would have to skip it.
    pub fn remark(&mut self, tone: Tone, line: &str) {
        if self.style.has_tables {
            self.line(tone, line);
        }
    }

    /// Adds a table. Without rows there is nothing, not even a header.
    pub fn table(&mut self, table: &Table) {
        for (tone, line) in table.lines(self.style.has_tables) {
            self.line(tone, &line);
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// A text that cannot steer the terminal and stays on its line, whoever wrote it: names of accounts, for example.
pub(super) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        // The tab stands between columns; the others at the end turn the direction of writing.
        let steers = (character.is_control() && character != '\t')
            || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if steers {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        let mut page = Page::new(Style { has_tables: true, has_colours: false });
        page.line(Tone::Bad, "a\u{1b}[2Jb\nc\u{9b}d\u{202e}e é");
        assert_eq!(page.into_text(), "a\\u{1b}[2Jb\\nc\\u{9b}d\\u{202e}e é\n");
    }

    #[test]
    fn remarks_are_for_people() {
        for (has_tables, expected) in [(true, "a\nb\n"), (false, "a\n")] {
            let mut page = Page::new(Style { has_tables, has_colours: false });
            page.line(Tone::Plain, "a");
            page.remark(Tone::Plain, "b");
            assert_eq!(page.into_text(), expected);
        }
    }
}
