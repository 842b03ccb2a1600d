//! Reading a file, on a thread that may wait: what is found goes in parts through a bounded channel, so that no more than a few
//! of them are held.

mod batches;
mod names;
mod templates;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    io::Read,
};

use batches::Batches;
use irontrack_domain::{TrainingSessionId, TrainingUnitId, UnitEntryId, import::ImportFormat};
use irontrack_interchange::{
    CsvSessions, Document, FileError, Found, ImportedSession, Place, Precision, ReadSettings, RowError,
};
use irontrack_ports::repo::{
    ImportCounts, ImportPart, ImportedName, RefusedRow, StagedExercise, StagedSession, TimePrecision,
};
use names::Names;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{ImportError, known::Known};

/// The most rows that are told of those that were refused.
const TOLD: usize = 100;

/// The most characters of a name of an exercise that is stored with a session or a unit.
const NAME_LENGTH: usize = 100;

/// All that was found in a file but its parts.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) counts: ImportCounts,
    pub(super) refused: Vec<RefusedRow>,
    pub(super) names: Vec<ImportedName>,
}

/// Why a file was not read to its end.
#[derive(Debug)]
pub(super) enum Ended {
    /// The file is to blame.
    Refused(Box<ImportError>),
    /// Nobody wants to know the rest.
    Unwanted,
}

impl From<FileError> for Ended {
    fn from(error: FileError) -> Self {
        Self::Refused(Box::new(error.into()))
    }
}

/// Reads a file of that format to its end.
pub(super) fn read(
    format: ImportFormat,
    bytes: Box<dyn Read + Send>,
    settings: &ReadSettings,
    known: &Known,
    parts: &mpsc::Sender<ImportPart>,
) -> Result<Reading, Ended> {
    let reader = Reader::new(format, known, parts);
    let max = format.max_bytes();
    match format {
        ImportFormat::StrongCsv => reader.all(CsvSessions::strong(bounded(bytes, max), settings)?, max),
        ImportFormat::HevyCsv => reader.all(CsvSessions::hevy(bounded(bytes, max), settings)?, max),
        ImportFormat::IrontrackJson => reader.all(Document::open(bytes, max, settings.now)?, max),
    }
}

/// No more than that many bytes: one more is an error of the file.
fn bounded(bytes: Box<dyn Read + Send>, max: u64) -> Bounded {
    Bounded { bytes, left: max }
}

struct Bounded {
    bytes: Box<dyn Read + Send>,
    left: u64,
}

/// The error of [`Bounded`].
#[derive(Debug, thiserror::Error)]
#[error("there is more than may be")]
struct Exceeded;

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(std::io::Error::other(Exceeded)),
        }
        Ok(read)
    }
}

struct Reader<'a> {
    format: ImportFormat,
    known: &'a Known,
    batches: Batches<'a>,
    names: Names,
    counts: ImportCounts,
    refused: Vec<RefusedRow>,
    /// How many sessions of the same start, end and title there were, by digests of these.
    twins: HashMap<u64, u32>,
    /// In which units entries stand, and where.
    entries: HashMap<UnitEntryId, (TrainingUnitId, i16)>,
}

impl<'a> Reader<'a> {
    fn new(format: ImportFormat, known: &'a Known, parts: &'a mpsc::Sender<ImportPart>) -> Self {
        Self {
            format,
            known,
            batches: Batches::new(parts),
            names: Names::default(),
            counts: ImportCounts::default(),
            refused: Vec::new(),
            twins: HashMap::new(),
            entries: HashMap::new(),
        }
    }

    fn all(mut self, found: impl Iterator<Item = Result<Found, FileError>>, max: u64) -> Result<Reading, Ended> {
        for found in found {
            match found {
                Ok(Found::Session(session)) => self.session(*session)?,
                Ok(Found::Exercise(exercise)) => self.exercise(&exercise)?,
                Ok(Found::Unit(unit)) => self.unit(*unit)?,
                Ok(Found::Plan(plan)) => self.plan(*plan)?,
                Ok(Found::Refused(row)) => self.refuse(&row),
                Err(FileError::Io(error)) if is_exceeded(&error) => {
                    return Err(FileError::TooLarge { max }.into());
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.batches.finish()?;
        let names = self.names.matched(self.known);
        Ok(Reading { counts: self.counts, refused: self.refused, names })
    }

    fn refuse(&mut self, row: &RowError) {
        self.counts.refused += 1;
        if self.refused.len() >= TOLD {
            return;
        }
        let (line, path) = match row.place {
            Place::Line(line) => (Some(line), None),
            Place::Element { .. } => (None, Some(row.place.to_string())),
        };
        self.refused.push(RefusedRow {
            line,
            path,
            // PostgreSQL stores no NUL.
            column: row.column.as_ref().map(|column| column.replace('\0', "\u{fffd}")),
            code: row.problem.code().to_owned(),
            reason: row.problem.to_string().replace('\0', "\u{fffd}"),
        });
    }

    fn session(&mut self, found: ImportedSession) -> Result<(), Ended> {
        self.counts.sessions += 1;
        let twins = self.twins(&found);
        let unit = found.unit_id;
        let mut exercises = Vec::with_capacity(found.exercises.len());
        for exercise in found.exercises {
            let sets = exercise.sets.len() as u64;
            self.counts.exercises += 1;
            self.counts.sets += sets;
            let (number, name) = match self.format {
                ImportFormat::IrontrackJson => {
                    let number = match exercise.exercise_id {
                        Some(source) => Some(self.names.of_source(source, &exercise.name, sets)?),
                        None => None,
                    };
                    (number, Some(cut(exercise.name)))
                }
                _ => (Some(self.names.of_name(&exercise.name, sets)?), None),
            };
            let entry = exercise.planned.and_then(|planned| planned.entry);
            let entry_place = entry.and_then(|entry| self.entries.get(&entry)).filter(|(of, _)| Some(*of) == unit);
            exercises.push(StagedExercise {
                exercise: number,
                name,
                mode: exercise.mode,
                entry_place: entry_place.map(|(_, place)| *place),
                planned: exercise.planned,
                notes: exercise.notes,
                sets: exercise.sets,
            });
        }
        self.batches.session(StagedSession {
            id: TrainingSessionId::new(Uuid::now_v7()),
            goes_on: false,
            twins,
            precision: precision(found.precision),
            plan: found.plan_id,
            plan_name: found.plan_name,
            unit,
            unit_name: found.unit_name,
            course: found.course,
            time_zone: found.time_zone,
            notes: found.notes,
            exercises,
        })
    }

    /// How many sessions of the same start, end and title came before this one.
    fn twins(&mut self, session: &ImportedSession) -> u32 {
        let mut hasher = DefaultHasher::new();
        session.key().hash(&mut hasher);
        let seen = self.twins.entry(hasher.finish()).or_default();
        let twins = *seen;
        *seen += 1;
        twins
    }
}

/// Whether reading ended because there is more than may be.
fn is_exceeded(error: &std::io::Error) -> bool {
    matches!(error.get_ref(), Some(inner) if inner.is::<Exceeded>())
}

/// How exactly the times of a session are compared with those that are stored.
fn precision(of_format: Precision) -> TimePrecision {
    match of_format {
        Precision::Microsecond => TimePrecision::Microsecond,
        Precision::Second => TimePrecision::Second,
        Precision::Minute => TimePrecision::Minute,
    }
}

/// What fits of a name. Exports of ours have no longer ones.
fn cut(name: String) -> String {
    match name.char_indices().nth(NAME_LENGTH) {
        Some((end, _)) => name[..end].trim_end().to_owned(),
        None => name,
    }
}
