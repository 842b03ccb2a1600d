//! The table that is printed when the server is ready.

use std::{fmt, io::Write};

/// Rows of label and text in a frame.
pub(super) struct StartupTable(pub(super) Vec<(&'static str, String)>);

impl StartupTable {
    /// Prints the table. A reader that is gone is no reason not to serve.
    pub(super) fn print(&self) {
        let _nobody_reads = writeln!(std::io::stdout().lock(), "{self}\nStarting server... ");
    }
}

const TITLE: &str = "IronTrack Startup";

impl fmt::Display for StartupTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.0.iter().map(|(label, _)| label.len()).max().unwrap_or_default();
        let text = self.0.iter().map(|(_, text)| text.chars().count()).max().unwrap_or_default();
        // At least as wide as the title.
        let text = text.max(TITLE.len().saturating_sub(label + 3));
        let width = label + text + 5;
        writeln!(f, "╭{}╮", "─".repeat(width))?;
        writeln!(f, "│{TITLE:^width$}│")?;
        writeln!(f, "├{}┤", "─".repeat(width))?;
        for (name, value) in &self.0 {
            writeln!(f, "│ {name:<label$}   {value:<text$} │")?;
        }
        write!(f, "╰{}╯", "─".repeat(width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_are_equally_wide() {
        let table = StartupTable(vec![("Address", "http://127.0.0.1:8000".into()), ("Cache", "ä".into())]).to_string();
        let widths: Vec<_> = table.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
        assert!(table.contains("│ Cache     ä "), "{table}");
    }
}
