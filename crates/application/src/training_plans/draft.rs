//! What people want to store as a training plan.

use irontrack_domain::{
    TrainingUnitId,
    exercise::DifficultyLevel,
    training::{LongText, SharingStatus, TemplateName},
};
use irontrack_ports::repo::TemplateChanges;

/// A unit on a day, as somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The unit.
    pub unit_id: TrainingUnitId,
    /// The day, from 1.
    pub day: i16,
}

/// A new plan.
#[derive(Debug, Clone)]
pub struct PlanDraft {
    /// Name.
    pub name: TemplateName,
    /// What it is for.
    pub description: Option<LongText>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// For whom it is there.
    pub sharing_status: SharingStatus,
    /// Its units; those of one day in their order.
    pub units: Vec<Placement>,
}

/// What to change of a plan. `None` leaves the stored value alone.
#[derive(Debug, Clone, Default)]
pub struct PlanChanges {
    /// Name, description, sharing status.
    pub template: TemplateChanges,
    /// How much experience it asks for.
    pub difficulty_level: Option<DifficultyLevel>,
}
