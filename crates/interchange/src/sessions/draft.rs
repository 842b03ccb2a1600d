//! A workout that is being put together from its rows.

use irontrack_domain::{
    TimeZone,
    training::{
        Mode, TemplateName,
        limits::{EXERCISES_OF_SESSION, SETS_OF_EXERCISE},
        session::{Course, PerformedSet},
    },
};

use super::{Entry, Measured, Taken};
use crate::{
    ImportedExercise, ImportedSession, Place, Precision, Problem,
    cell::CellError,
    text::{Notes, title},
};

/// A workout so far.
pub(super) struct Draft {
    line: u64,
    title: Option<TemplateName>,
    course: Course,
    time_zone: TimeZone,
    precision: Precision,
    notes: Notes,
    exercises: Vec<ExerciseDraft>,
    /// The block of rows that the last row stands in.
    block: Option<Block>,
    rows_refused: u64,
}

/// Rows of one exercise that follow each other, also those that were refused or are no sets.
struct Block {
    exercise: String,
    /// The number of the row that was read last, if it has one.
    number: Option<u32>,
    /// The last number that a row had.
    last_number: Option<u32>,
    /// Whether something was kept of it: it is the last of the exercises then.
    is_kept: bool,
}

impl Block {
    /// Whether a row goes on with this block: the same exercise, and its numbers do not begin anew.
    fn goes_on(&self, exercise: &str, number: Option<u32>) -> bool {
        let is_next = match (self.last_number, number) {
            (Some(last), Some(number)) => number > last,
            _ => true,
        };
        is_next && self.exercise == exercise
    }
}

/// An exercise so far.
struct ExerciseDraft {
    name: String,
    /// Known from the first set with a metric on.
    mode: Option<Mode>,
    notes: Notes,
    sets: Vec<PerformedSet>,
}

impl Draft {
    pub(super) fn new(line: u64, name: &str, course: Course, time_zone: TimeZone, precision: Precision) -> Self {
        Self {
            line,
            title: title(name),
            course,
            time_zone,
            precision,
            notes: Notes::default(),
            exercises: Vec::new(),
            block: None,
            rows_refused: 0,
        }
    }

    /// Counts rows of this workout that are missing in it.
    pub(super) fn refuse_rows(&mut self, rows: u64) {
        self.rows_refused += rows;
    }

    /// The next row is about this exercise and has this number, whatever becomes of it.
    pub(super) fn turn_to(&mut self, exercise: &str, number: Option<u32>) {
        match &mut self.block {
            Some(block) if block.goes_on(exercise, number) => {
                block.number = number;
                block.last_number = number.or(block.last_number);
            }
            block => {
                *block = Some(Block { exercise: exercise.to_owned(), number, last_number: number, is_kept: false });
            }
        }
    }

    /// Adds what a row says, after [`Draft::turn_to`]: all of it or, where there is no room, nothing.
    pub(super) fn add(&mut self, entry: Entry) -> Result<Taken, CellError> {
        let Entry { exercise_notes, workout_notes, set } = entry;
        let Some(block) = &mut self.block else { return Ok(Taken::Aside) };
        let set = set.map(Measured::into_set);
        let mode = set.as_ref().and_then(|(mode, _)| *mode);
        let fits = |last: &ExerciseDraft| last.mode.is_none() || mode.is_none() || last.mode == mode;
        if !(block.is_kept && self.exercises.last().is_some_and(fits)) {
            if self.exercises.len() >= EXERCISES_OF_SESSION {
                return Err(CellError::Row(None, Problem::TooManyExercises));
            }
            let name = block.exercise.clone();
            self.exercises.push(ExerciseDraft { name, mode: None, notes: Notes::default(), sets: Vec::new() });
            block.is_kept = true;
            // It is an exercise of its own, and its numbers need not go on where those of the other mode end: they begin anew
            // after warm-up sets, which have none.
            block.last_number = block.number;
        }
        // There is one by now.
        let Some(current) = self.exercises.last_mut() else { return Ok(Taken::Aside) };
        if set.is_some() && current.sets.len() >= SETS_OF_EXERCISE {
            return Err(CellError::Row(None, Problem::TooManySets));
        }
        current.notes.add(exercise_notes.as_deref());
        self.notes.add(workout_notes.as_deref());
        let Some((mode, set)) = set else { return Ok(Taken::Aside) };
        current.mode = current.mode.or(mode);
        current.sets.push(set);
        Ok(Taken::Set)
    }

    /// The workout, unless nothing stands in it.
    pub(super) fn into_session(self) -> Option<ImportedSession> {
        let exercise = |draft: ExerciseDraft| ImportedExercise {
            name: draft.name,
            exercise_id: None,
            mode: draft.mode.unwrap_or(Mode::SetsOnly),
            planned: None,
            notes: draft.notes.into_text(),
            sets: draft.sets,
        };
        (!self.exercises.is_empty()).then(|| ImportedSession {
            place: Place::Line(self.line),
            rows_refused: self.rows_refused,
            precision: self.precision,
            plan_id: None,
            unit_id: None,
            plan_name: None,
            unit_name: self.title,
            course: self.course,
            time_zone: self.time_zone,
            notes: self.notes.into_text(),
            exercises: self.exercises.into_iter().map(exercise).collect(),
        })
    }
}
