//! What people want to store as a training unit.

use irontrack_domain::{
    ExerciseId, UnitEntryId,
    training::{Distance, LongText, Mode, Prescription, SharingStatus, TemplateName, Weight},
};
use irontrack_ports::repo::EntryToStore;

/// An entry as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDraft {
    /// The exercise.
    pub exercise_id: ExerciseId,
    /// What is counted.
    pub mode: Mode,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
    /// What to take care of.
    pub notes: Option<LongText>,
}

impl EntryDraft {
    /// The entry as it is stored, with the name of its exercise.
    pub(super) fn stored_as(self, id: Option<UnitEntryId>, exercise_name: String) -> EntryToStore {
        let Self { exercise_id, mode, prescription, notes } = self;
        EntryToStore { id, exercise_id: Some(exercise_id), exercise_name, mode, prescription, notes }
    }
}

/// A new unit.
#[derive(Debug, Clone)]
pub struct UnitDraft {
    /// Name.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
    /// Its entries in their order.
    pub entries: Vec<EntryDraft>,
}

/// An entry of a whole new list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEntry {
    /// The entry that it replaces; `None` for a new one.
    pub id: Option<UnitEntryId>,
    /// What it shall be.
    pub entry: EntryDraft,
}

/// A change of an entry. `None` leaves the stored value alone, `Some(None)` clears it.
#[derive(Debug, Clone, Default)]
pub struct EntryPatch {
    /// The exercise.
    pub exercise_id: Option<ExerciseId>,
    /// What is counted.
    pub mode: Option<Mode>,
    /// How many sets.
    pub sets: Option<i16>,
    /// The fewest repetitions.
    pub reps_min: Option<Option<i16>>,
    /// The most repetitions.
    pub reps_max: Option<Option<i16>>,
    /// How long a set takes, in seconds.
    pub time_seconds: Option<Option<i32>>,
    /// How far a set goes.
    pub distance: Option<Option<Distance>>,
    /// With how much weight.
    pub weight: Option<Option<Weight>>,
    /// The pause between sets, in seconds.
    pub rest_seconds: Option<Option<i32>>,
    /// Whatever else is to be said.
    pub notes: Option<Option<LongText>>,
}

impl EntryPatch {
    /// Changes what is stored.
    pub(super) fn apply(self, stored: &mut EntryToStore) {
        let EntryToStore { mode, prescription: Prescription { sets, targets, rest_seconds }, notes, .. } = stored;
        *mode = self.mode.unwrap_or(*mode);
        *sets = self.sets.unwrap_or(*sets);
        targets.reps_min = self.reps_min.unwrap_or(targets.reps_min);
        targets.reps_max = self.reps_max.unwrap_or(targets.reps_max);
        targets.time_seconds = self.time_seconds.unwrap_or(targets.time_seconds);
        targets.distance = self.distance.unwrap_or(targets.distance);
        targets.weight = self.weight.unwrap_or(targets.weight);
        *rest_seconds = self.rest_seconds.unwrap_or(*rest_seconds);
        if let Some(changed) = self.notes {
            *notes = changed;
        }
    }
}
