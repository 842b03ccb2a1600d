//! `irontrack catalog`.

mod export;
mod import;
mod seed;
mod source;

pub use export::export;
pub use import::import;
use irontrack_ports::repo::SeedOutcome;
pub use seed::seed;
use serde::Serialize;

use crate::output::{Page, Table, Tone};

/// What became of exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Outcome {
    inserted: usize,
    updated: usize,
    unchanged: usize,
}

impl From<SeedOutcome> for Outcome {
    fn from(outcome: SeedOutcome) -> Self {
        Self { inserted: outcome.inserted, updated: outcome.updated, unchanged: outcome.unchanged }
    }
}

impl Outcome {
    /// One row for each number, and one for new muscles, equipment and tags.
    fn print(self, items_inserted: usize, page: &mut Page) {
        let mut table = Table::new(["Catalogue", "Count"]);
        for (what, count) in [
            ("exercises inserted", self.inserted),
            ("exercises updated", self.updated),
            ("exercises unchanged", self.unchanged),
            ("muscles, equipment and tags inserted", items_inserted),
        ] {
            table.row(Tone::Plain, [what, &count.to_string()]);
        }
        page.table(&table);
    }
}
