//! A workout that is being put together from its rows.

use irontrack_domain::{
    TimeZone,
    training::{
        Mode, TemplateName,
        limits::{EXERCISES_OF_SESSION, SETS_OF_EXERCISE},
        session::{Course, PerformedSet},
    },
};

use super::{Entry, Taken};
use crate::{
    ImportedExercise, ImportedSession, Place, Problem,
    cell::CellError,
    text::{Notes, title},
};

/// A workout so far.
pub(super) struct Draft {
    line: u64,
    title: Option<TemplateName>,
    course: Course,
    time_zone: TimeZone,
    notes: Notes,
    exercises: Vec<ExerciseDraft>,
    rows_refused: u64,
}

/// An exercise so far.
struct ExerciseDraft {
    name: String,
    /// Known from the first set with a metric on.
    mode: Option<Mode>,
    notes: Notes,
    sets: Vec<PerformedSet>,
    last_number: Option<u32>,
}

impl ExerciseDraft {
    fn new(name: String) -> Self {
        Self { name, mode: None, notes: Notes::default(), sets: Vec::new(), last_number: None }
    }

    /// Whether a set goes on with this exercise: the same one in the same mode, whose numbers do not begin anew.
    fn goes_on(&self, mode: Option<Mode>, number: Option<u32>) -> bool {
        let is_same_mode = self.mode.is_none() || mode.is_none() || self.mode == mode;
        let is_next = match (self.last_number, number) {
            (Some(last), Some(number)) => number > last,
            _ => true,
        };
        is_same_mode && is_next
    }
}

impl Draft {
    pub(super) fn new(line: u64, name: &str, course: Course, time_zone: TimeZone) -> Self {
        Self {
            line,
            title: title(name),
            course,
            time_zone,
            notes: Notes::default(),
            exercises: Vec::new(),
            rows_refused: 0,
        }
    }

    /// Counts a row of this workout that is missing in it.
    pub(super) fn refuse_row(&mut self) {
        self.rows_refused += 1;
    }

    /// Adds what a row says: all of it or, where there is no room, nothing.
    pub(super) fn add(&mut self, entry: Entry) -> Result<Taken, CellError> {
        let Entry { exercise, exercise_notes, workout_notes, set } = entry;
        let set = set.map(|set| (set.number, set.measured.into_set()));
        let last = self.exercises.last().filter(|last| last.name == exercise);
        let goes_on = last.is_some_and(|last| match &set {
            Some((number, (mode, _))) => last.goes_on(*mode, *number),
            None => true,
        });
        if !goes_on {
            if self.exercises.len() >= EXERCISES_OF_SESSION {
                return Err(CellError::Row(None, Problem::TooManyExercises));
            }
            self.exercises.push(ExerciseDraft::new(exercise));
        }
        // There is one by now.
        let Some(current) = self.exercises.last_mut() else { return Ok(Taken::Aside) };
        if set.is_some() && current.sets.len() >= SETS_OF_EXERCISE {
            return Err(CellError::Row(None, Problem::TooManySets));
        }
        current.notes.add(exercise_notes.as_deref());
        self.notes.add(workout_notes.as_deref());
        let Some((number, (mode, set))) = set else { return Ok(Taken::Aside) };
        current.mode = current.mode.or(mode);
        current.last_number = number.or(current.last_number);
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
