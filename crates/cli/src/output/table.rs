//! Tables.

use comfy_table::{LineStyle, TableStyle};

use super::page::{Tone, printable};

const RULE: LineStyle = LineStyle::new('─', '─', '─', '─');

/// A rule above and below the header, and one at the end.
const STYLE: TableStyle = TableStyle::new().top_border(RULE).header_separator(RULE).bottom_border(RULE);

/// Rows under a header.
#[derive(Debug)]
pub struct Table {
    header: Vec<&'static str>,
    rows: Vec<(Tone, Vec<String>)>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new<const N: usize>(header: [&'static str; N]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    /// Adds a row, with as many cells as the header has.
    pub fn row<const N: usize>(&mut self, tone: Tone, cells: [&str; N]) {
        debug_assert_eq!(N, self.header.len(), "a cell for each column");
        // A tab in a cell would look like the border of a column.
        let cells = cells.iter().map(|cell| printable(cell).replace('\t', "\\t")).collect();
        self.rows.push((tone, cells));
    }

    /// The lines, each with its tone: with header and rules, or only the cells between tabs.
    pub(super) fn lines(&self, is_framed: bool) -> Vec<(Tone, String)> {
        if !is_framed || self.rows.is_empty() {
            return self.rows.iter().map(|(tone, cells)| (*tone, cells.join("\t"))).collect();
        }
        let mut table = comfy_table::Table::new();
        table.load_style(STYLE).set_header(self.header.clone());
        for (_, cells) in &self.rows {
            table.add_row(cells);
        }
        // A row is one line, because cells hold no line breaks.
        let before = [Tone::Plain, Tone::Heading, Tone::Plain].into_iter();
        let tones = before.chain(self.rows.iter().map(|(tone, _)| *tone)).chain([Tone::Plain]);
        tones.zip(table.lines()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(["Name", "Note"]);
        table.row(Tone::Good, ["Jö", "a\tb\nc"]);
        table.row(Tone::Bad, ["体重", ""]);
        table
    }

    #[test]
    fn programs_get_cells_between_tabs() {
        let lines = table().lines(false);
        assert_eq!(lines, [(Tone::Good, "Jö\ta\\tb\\nc".to_owned()), (Tone::Bad, "体重\t".to_owned())]);
    }

    #[test]
    fn people_get_a_table_with_a_row_on_each_line() {
        let lines = table().lines(true);
        let rule = "──────────────────".to_owned();
        assert_eq!(
            lines,
            [
                (Tone::Plain, rule.clone()),
                (Tone::Heading, "  Name   Note     ".to_owned()),
                (Tone::Plain, rule.clone()),
                (Tone::Good, "  Jö     a\\tb\\nc  ".to_owned()),
                (Tone::Bad, "  体重            ".to_owned()),
                (Tone::Plain, rule),
            ]
        );
    }

    #[test]
    fn a_table_without_rows_is_nothing() {
        assert!(Table::new(["Name"]).lines(true).is_empty());
    }
}
