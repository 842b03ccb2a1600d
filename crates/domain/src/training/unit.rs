//! Training units: templates of one workout.

use super::{LongText, Mode, Prescription, TemplateHead};
use crate::{ExerciseId, TrainingUnitId, UnitEntryId};

/// An entry of a training unit: a prescribed exercise. Its place is its index in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnitEntry {
    /// Identity.
    pub id: UnitEntryId,
    /// The exercise; `None` once its row is gone.
    pub exercise_id: Option<ExerciseId>,
    /// The name of the exercise when it was chosen.
    pub exercise_name: String,
    /// What is counted.
    pub mode: Mode,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
    /// What to take care of.
    pub notes: Option<LongText>,
}

/// A training unit with its entries, as one of its readers sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TrainingUnit {
    /// Identity.
    pub id: TrainingUnitId,
    /// Name, owner and the like.
    pub head: TemplateHead,
    /// Prescribed exercises in their order.
    pub entries: Vec<UnitEntry>,
}

/// A training unit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSummary {
    /// Identity.
    pub id: TrainingUnitId,
    /// Name, owner and the like.
    pub head: TemplateHead,
    /// How many entries it has.
    pub entry_count: i64,
}
