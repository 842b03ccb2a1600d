//! What was found in a file, and what was written.

use irontrack_application::imports::Meaning;
use irontrack_ports::repo::{Import, ImportedName, Likeness};
use serde::Serialize;

use crate::output::{Page, Report, Table, Tone, counted};

/// The most rows that are shown of those that were refused.
const SHOWN: usize = 10;

/// What was found in a file.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    sessions: u64,
    duplicates: u64,
    sets: u64,
    errors: u64,
    refused: Vec<String>,
    names: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    sets: u64,
    becomes: &'static str,
    exercise: Option<String>,
    #[serde(skip)]
    is_open: bool,
}

impl Found {
    pub(super) fn of(import: &Import) -> Self {
        let refused = import.refused.iter().map(|row| {
            let place = match (row.line, &row.path) {
                (Some(line), _) => format!("line {line}"),
                (None, path) => path.clone().unwrap_or_default(),
            };
            let column = row.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
            format!("{place}{column}: {}", row.reason)
        });
        Self {
            sessions: import.counts.sessions,
            duplicates: import.counts.duplicates,
            sets: import.counts.sets,
            errors: import.counts.refused,
            refused: refused.collect(),
            names: import.exercises.iter().map(Row::of).collect(),
        }
    }

    /// In one line.
    pub(super) fn headline(&self) -> String {
        let sessions = counted(self.sessions, "session", "sessions");
        format!(
            "{sessions} with {} sets; {} are there already, {} rows are wrong",
            self.sets, self.duplicates, self.errors
        )
    }

    /// Names of which nobody knows which exercise is meant.
    pub(super) fn unmapped(&self) -> Vec<String> {
        self.names.iter().filter(|name| name.is_open).map(|name| format!("'{}'", name.name)).collect()
    }
}

impl Row {
    fn of(name: &ImportedName) -> Self {
        let meaning = Meaning::of(name);
        let becomes = match meaning {
            Meaning::Exercise(_) => "exercise",
            Meaning::Create => "new exercise",
            Meaning::Skip => "left out",
            Meaning::NameOnly => "name only",
            Meaning::Unknown => "unknown",
        };
        let found = name.found.as_ref().map(|found| match (meaning, found.likeness) {
            (Meaning::Unknown, Likeness::Fuzzy { score }) => format!("{}? ({score} %, {})", found.name, found.id),
            (Meaning::Exercise(id), _) if id != found.id => id.to_string(),
            _ => found.name.clone(),
        });
        let exercise = match meaning {
            Meaning::Exercise(id) => found.or_else(|| Some(id.to_string())),
            Meaning::Unknown => found,
            Meaning::Create | Meaning::Skip | Meaning::NameOnly => None,
        };
        let is_open = meaning == Meaning::Unknown;
        Self { name: name.name.clone(), sets: name.sets, becomes, exercise, is_open }
    }
}

impl Report for Found {
    fn print(&self, page: &mut Page) {
        let mut table = Table::new(["Name", "Sets", "Becomes", "Exercise"]);
        for name in &self.names {
            let tone = if name.is_open { Tone::Bad } else { Tone::Plain };
            let exercise = name.exercise.as_deref().unwrap_or_default();
            table.row(tone, [&name.name, &name.sets.to_string(), name.becomes, exercise]);
        }
        page.table(&table);
        for row in self.refused.iter().take(SHOWN) {
            page.line(Tone::Bad, row);
        }
        let shown = u64::try_from(self.refused.len().min(SHOWN)).unwrap_or_default();
        if self.errors > shown {
            page.line(Tone::Bad, &format!("and {} more", self.errors - shown));
        }
    }
}

/// What was written.
#[derive(Debug, Serialize)]
pub(super) struct Written {
    sessions: u64,
    duplicates: u64,
    exercises: u64,
    sets: u64,
    custom_exercises: u64,
    training_units: u64,
    training_plans: u64,
    errors: u64,
}

impl Written {
    pub(super) fn of(import: &Import) -> Self {
        let outcome = import.outcome.unwrap_or_default();
        Self {
            sessions: outcome.sessions,
            duplicates: outcome.duplicates,
            exercises: outcome.exercises,
            sets: outcome.sets,
            custom_exercises: outcome.custom_exercises,
            training_units: outcome.units,
            training_plans: outcome.plans,
            errors: import.counts.refused,
        }
    }
}

impl Report for Written {
    fn print(&self, page: &mut Page) {
        let sessions = counted(self.sessions, "session", "sessions");
        let line = format!(
            "{sessions} with {} sets imported, {} were there already; {} new exercises, {} units, {} plans",
            self.sets, self.duplicates, self.custom_exercises, self.training_units, self.training_plans
        );
        page.line(Tone::Good, &line);
    }
}
