//! `irontrack catalog import`.

use std::collections::BTreeMap;

use irontrack_application::setup::{ImportError, ImportOptions, LeftOut as Refused, LeftOutReason, Setup};
use irontrack_domain::catalogue::CatalogueKind;
use serde::Serialize;

use super::{Outcome, source};
use crate::{
    Failure, ImportArguments, ImportFormat,
    catalogue_file::{Parsed, ParsedProblem, quote, read_document, read_free_exercise_db},
    output::{Output, Page, Progress, Report, Table, Tone, counted},
};

/// What an import did, or would do.
#[derive(Debug, Serialize)]
struct Imported {
    /// Whether the database was written to.
    written: bool,
    /// How many exercises the file has.
    entries: usize,
    exercises: Outcome,
    items_inserted: usize,
    pictures_left_out: usize,
    /// Paths that were put into lower case, because ours are.
    pictures_in_lower_case: usize,
    left_out: Vec<LeftOut>,
    /// Names that no catalogue has, and how often they stand in the file.
    unknown_names: Vec<UnknownName>,
}

/// An exercise that was not imported.
#[derive(Debug, Serialize)]
struct LeftOut {
    /// Where it stands in the file, from 0.
    index: usize,
    name: String,
    problem: String,
}

#[derive(Debug, Serialize)]
struct UnknownName {
    catalogue: &'static str,
    name: String,
    exercises: usize,
}

/// Adds the exercises of a file to the catalogue.
///
/// # Errors
/// The file cannot be read, or nothing in it can be imported; with `--strict`, an entry cannot; the database cannot be
/// used; standard output cannot be written.
pub async fn import(arguments: &ImportArguments, setup: &Setup, output: &mut Output) -> Result<(), Failure> {
    let progress = Progress::start("Importing");
    let Parsed { import, problems, entries, pictures } = parse(arguments)?;
    let options = ImportOptions {
        // What cannot be read is not known to the use case.
        is_dry_run: arguments.dry_run || (arguments.strict && !problems.is_empty()),
        is_strict: arguments.strict,
    };
    let outcome = setup.import(import, options).await;
    drop(progress);
    let report = outcome.map_err(|error| not_imported(&error))?;
    let unknown_names = count(&report.left_out);
    let mut left_out: Vec<_> = problems.into_iter().map(LeftOut::from).collect();
    left_out.extend(report.left_out.into_iter().map(LeftOut::from));
    left_out.sort_by_key(|entry| entry.index);
    let imported = Imported {
        written: report.is_written,
        entries,
        exercises: report.exercises.into(),
        items_inserted: report.items_inserted,
        pictures_left_out: pictures.left_out,
        pictures_in_lower_case: pictures.in_lower_case,
        left_out,
        unknown_names,
    };
    output.show(&imported)?;
    if arguments.strict && !imported.left_out.is_empty() {
        let refused = imported.left_out.len();
        return Err(Failure::failed(format!(
            "{refused} of {} cannot be imported: nothing was changed",
            counted(entries, "entry", "entries")
        )));
    }
    Ok(())
}

fn parse(arguments: &ImportArguments) -> Result<Parsed, Failure> {
    let text = source::read(&arguments.file)?;
    let parsed = match arguments.format {
        ImportFormat::Irontrack => read_document(&text),
        ImportFormat::FreeExerciseDb => read_free_exercise_db(&text),
    };
    let file = arguments.file.display();
    let parsed = parsed.map_err(|error| Failure::failed(format!("{file} cannot be imported: {error}")))?;
    match parsed.problems.first() {
        Some(ParsedProblem { index, name, problem }) if parsed.import.exercises.is_empty() => {
            Err(Failure::failed(format!(
                "{file} cannot be imported: none of its {} entries can be read, [{index}] {name}: {problem} (has it \
                 another --format?)",
                parsed.entries
            )))
        }
        _ => Ok(parsed),
    }
}

fn not_imported(error: &ImportError) -> Failure {
    Failure::failed(match error {
        ImportError::ChangedMeanwhile => format!("nothing was imported: {error}; try again"),
        error => format!("nothing was imported: {error}"),
    })
}

/// What a catalogue is called in reports.
const fn catalogue(kind: CatalogueKind) -> &'static str {
    match kind {
        CatalogueKind::MuscleGroups => "muscle_groups",
        CatalogueKind::Equipment => "equipment",
        CatalogueKind::ExerciseTags => "exercise_tags",
    }
}

/// Names that lead nowhere, whatever their case.
fn count(left_out: &[Refused]) -> Vec<UnknownName> {
    let mut names: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for refused in left_out {
        let LeftOutReason::UnknownItems(items) = &refused.reason else { continue };
        let mut items: Vec<_> =
            items.iter().map(|(kind, name)| (catalogue(*kind), quote(&name.to_lowercase()))).collect();
        items.sort_unstable();
        items.dedup();
        for item in items {
            *names.entry(item).or_default() += 1;
        }
    }
    names.into_iter().map(|((catalogue, name), exercises)| UnknownName { catalogue, name, exercises }).collect()
}

impl From<ParsedProblem> for LeftOut {
    fn from(ParsedProblem { index, name, problem }: ParsedProblem) -> Self {
        Self { index, name, problem }
    }
}

impl From<Refused> for LeftOut {
    fn from(Refused { index, name, reason }: Refused) -> Self {
        let problem = match reason {
            LeftOutReason::Repeated { first } => format!("has the same slug as entry {first}"),
            LeftOutReason::UnknownItems(items) => {
                let names = items.iter().map(|(kind, name)| format!("'{}' ({})", quote(name), catalogue(*kind)));
                format!("unknown: {}", names.collect::<Vec<_>>().join(", "))
            }
        };
        Self { index, name, problem }
    }
}

impl Report for Imported {
    fn print(&self, page: &mut Page) {
        if !self.written {
            page.line(Tone::Heading, "Nothing was changed. This is what an import would do:");
        }
        self.exercises.print(self.items_inserted, page);
        if self.pictures_in_lower_case > 0 {
            let paths = counted(self.pictures_in_lower_case, "path of a picture", "paths of pictures");
            page.line(Tone::Plain, &format!("{paths} put into lower case: the files have to be called like that"));
        }
        if self.pictures_left_out > 0 {
            let paths = counted(self.pictures_left_out, "path of a picture", "paths of pictures");
            page.line(Tone::Plain, &format!("{paths} left out: neither letters, digits, - and _ nor a known ending"));
        }
        if self.left_out.is_empty() {
            return;
        }
        page.line(
            Tone::Bad,
            &format!("{} of {} left out:", self.left_out.len(), counted(self.entries, "entry", "entries")),
        );
        let mut table = Table::new(["Entry", "Name", "Problem"]);
        for LeftOut { index, name, problem } in &self.left_out {
            table.row(Tone::Bad, [&index.to_string(), name, problem]);
        }
        page.table(&table);
        for UnknownName { catalogue, name, exercises } in &self.unknown_names {
            let entries = counted(*exercises, "entry names", "entries name");
            page.line(Tone::Plain, &format!("{catalogue} has no '{name}', which {entries}"));
        }
    }
}
