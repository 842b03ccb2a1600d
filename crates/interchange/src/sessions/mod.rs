//! Sessions out of the rows of a table.
//!
//! Rows that belong to one workout stand together, one for each set. A workout is complete when a row of another one
//! comes, so that one of them is held at a time. Of those that are complete a digest is kept, to find rows that stand
//! apart from their workout: they would make a second one of the same name and time.

mod draft;
mod set;

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    io::Read,
};

use draft::Draft;
use irontrack_domain::{TimeZone, training::session::Course};
pub(crate) use set::Measured;

use crate::{
    FileError, Found, Place, Precision, Problem, ReadSettings, RowError, Tally,
    cell::CellError,
    read::{Hevy, Strong},
    table::{Record, Table},
};

/// Which workout a row belongs to. Rows with the same one belong together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct WorkoutKey {
    /// Start and end, in seconds since 1970.
    pub(crate) times: (i64, i64),
    /// The title as it stands in the file.
    pub(crate) title: String,
    /// The number of the workout in the file, if it has numbers.
    pub(crate) number: String,
}

/// The workout of a row.
pub(crate) struct Workout {
    pub(crate) key: WorkoutKey,
    pub(crate) course: Course,
}

/// What a row adds to its workout.
pub(crate) struct Entry {
    /// What is said about the exercise.
    pub(crate) exercise_notes: Option<String>,
    /// What is said about the workout.
    pub(crate) workout_notes: Option<String>,
    /// The set, unless the row is only there for its notes.
    pub(crate) set: Option<Measured>,
}

/// How the rows of a format are read.
pub(crate) trait Layout {
    /// How exactly it tells times.
    fn precision(&self) -> Precision;

    /// Whether a row says nothing that is kept.
    fn is_aside(&self, record: &Record<'_>) -> Result<bool, CellError>;

    /// Which workout a row belongs to.
    fn workout(&self, record: &Record<'_>) -> Result<Workout, CellError>;

    /// Which exercise it is about, not empty.
    fn exercise(&self, record: &Record<'_>) -> Result<String, CellError>;

    /// The number of its set in the exercise, if it has one.
    fn number(&self, record: &Record<'_>) -> Result<Option<u32>, CellError>;

    /// What else it says.
    fn entry(&self, record: &Record<'_>) -> Result<Entry, CellError>;
}

/// The workouts of a CSV file, and the rows of it that were refused, as they come. After an error of the file there is
/// nothing more; the workout that was being read is not complete and left out.
///
/// ```
/// use irontrack_domain::TimeZone;
/// use irontrack_interchange::{CsvSessions, Found, ReadSettings, WeightUnit};
///
/// let file = "\
/// Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
/// 2026-05-04 18:00:00,Push,1h 5m,Bench Press (Barbell),1,225,5,0,0,,,8.5
/// ";
/// let settings = ReadSettings {
///     time_zone: TimeZone::parse("America/New_York").unwrap(),
///     weight_unit: Some(WeightUnit::Pound),
///     distance_unit: None,
///     now: "2026-11-29T12:00:00Z".parse().unwrap(),
/// };
/// let mut found = CsvSessions::strong(file.as_bytes(), &settings).unwrap();
/// let Some(Ok(Found::Session(session))) = found.next() else { panic!() };
/// assert_eq!(session.course.start().time().to_string(), "2026-05-04 22:00:00 UTC");
/// assert_eq!(session.exercises[0].sets[0].weight.unwrap().to_string(), "102.058");
/// assert!(found.next().is_none());
/// ```
pub struct CsvSessions<R> {
    table: Table<R>,
    layout: Box<dyn Layout + Send>,
    settings: ReadSettings,
    current: Option<(WorkoutKey, Draft)>,
    /// The lines in which workouts begin, by digests of their keys.
    begun: HashMap<u64, u64>,
    /// Refused rows before the first workout.
    unclaimed: u64,
    /// What was found and not asked for yet.
    found: VecDeque<Found>,
    tally: Tally,
    is_over: bool,
}

impl<R> fmt::Debug for CsvSessions<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CsvSessions").field("tally", &self.tally).finish_non_exhaustive()
    }
}

impl<R: Read> CsvSessions<R> {
    /// Reads what Strong exports, in any of its forms.
    ///
    /// # Errors
    /// [`FileError`] if the first line is not one of Strong.
    pub fn strong(file: R, settings: &ReadSettings) -> Result<Self, FileError> {
        let table = Table::open(file)?;
        let layout = Box::new(Strong::new(&table, settings)?);
        Ok(Self::new(table, layout, settings))
    }

    /// Reads what Hevy exports.
    ///
    /// # Errors
    /// [`FileError`] if the first line is not the one of Hevy.
    pub fn hevy(file: R, settings: &ReadSettings) -> Result<Self, FileError> {
        let table = Table::open(file)?;
        let layout = Box::new(Hevy::new(&table, settings)?);
        Ok(Self::new(table, layout, settings))
    }

    fn new(table: Table<R>, layout: Box<dyn Layout + Send>, settings: &ReadSettings) -> Self {
        Self {
            table,
            layout,
            settings: *settings,
            current: None,
            begun: HashMap::new(),
            unclaimed: 0,
            found: VecDeque::new(),
            tally: Tally::default(),
            is_over: false,
        }
    }

    /// What became of the rows so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Reads a row; `false` at the end.
    fn step(&mut self) -> Result<bool, FileError> {
        let Some(record) = self.table.next_record()? else {
            finish(&mut self.current, &mut self.found);
            return Ok(false);
        };
        self.tally.rows += 1;
        let place = Place::Line(record.line());
        let mut rows = Rows {
            current: &mut self.current,
            begun: &mut self.begun,
            unclaimed: &mut self.unclaimed,
            found: &mut self.found,
        };
        match rows.take(&*self.layout, &record, &self.settings) {
            Ok(Taken::Set) => self.tally.sets += 1,
            Ok(Taken::Aside) => self.tally.asides += 1,
            Err(CellError::Row(column, problem)) => {
                self.tally.refused += 1;
                self.found.push_back(Found::Refused(RowError { place, column, problem }));
            }
            Err(CellError::File(error)) => return Err(error),
        }
        Ok(true)
    }
}

impl<R: Read> Iterator for CsvSessions<R> {
    type Item = Result<Found, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(Ok(found));
            }
            if self.is_over {
                return None;
            }
            match self.step() {
                Ok(goes_on) => self.is_over = !goes_on,
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// What became of a row.
enum Taken {
    Set,
    Aside,
}

/// Where rows go.
struct Rows<'a> {
    current: &'a mut Option<(WorkoutKey, Draft)>,
    begun: &'a mut HashMap<u64, u64>,
    unclaimed: &'a mut u64,
    found: &'a mut VecDeque<Found>,
}

impl Rows<'_> {
    fn take(&mut self, layout: &dyn Layout, record: &Record<'_>, settings: &ReadSettings) -> Result<Taken, CellError> {
        record.check_length().inspect_err(|_| self.refuse())?;
        let is_aside = layout.is_aside(record);
        if matches!(is_aside, Ok(true)) {
            if let (Some((_, draft)), Ok(exercise)) = (&mut self.current, layout.exercise(record)) {
                draft.turn_to(&exercise, None);
            }
            return Ok(Taken::Aside);
        }
        let workout = layout.workout(record).inspect_err(|_| self.refuse())?;
        let draft = self.draft(workout, record.line(), settings.time_zone, layout.precision())?;
        let add = || {
            let exercise = layout.exercise(record)?;
            let number = layout.number(record);
            draft.turn_to(&exercise, number.as_ref().ok().copied().flatten());
            let _known = (is_aside?, number?);
            draft.add(layout.entry(record)?)
        };
        add().inspect_err(|_| draft.refuse_rows(1))
    }

    /// Counts a refused row of which nobody can say to which workout it belongs.
    fn refuse(&mut self) {
        match self.current {
            Some((_, draft)) => draft.refuse_rows(1),
            None => *self.unclaimed += 1,
        }
    }

    /// The workout that is being read, which is this one from now on.
    fn draft(
        &mut self,
        workout: Workout,
        line: u64,
        time_zone: TimeZone,
        precision: Precision,
    ) -> Result<&mut Draft, CellError> {
        let Workout { key, course } = workout;
        if self.current.as_ref().is_none_or(|(current, _)| *current != key) {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            let digest = hasher.finish();
            if let Some(&line) = self.begun.get(&digest) {
                return Err(CellError::Row(None, Problem::Apart { line }));
            }
            self.begun.insert(digest, line);
            finish(self.current, self.found);
        }
        let new = || {
            let mut draft = Draft::new(line, &key.title, course, time_zone, precision);
            draft.refuse_rows(std::mem::take(self.unclaimed));
            (key, draft)
        };
        Ok(&mut self.current.get_or_insert_with(new).1)
    }
}

/// The workout that was being read is complete. One whose rows were all refused is none.
fn finish(current: &mut Option<(WorkoutKey, Draft)>, found: &mut VecDeque<Found>) {
    if let Some(session) = current.take().and_then(|(_, draft)| draft.into_session()) {
        found.push_back(Found::Session(Box::new(session)));
    }
}
