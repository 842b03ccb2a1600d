//! What a built-in training programme consists of: a plan and the units in it.

use irontrack_domain::{
    catalogue::CatalogueName,
    exercise::{DifficultyLevel, Slug},
    training::{LongText, Mode, Prescription, TemplateName, TemplateSlug},
};

/// A training plan that installations start with. Slugs and names are unique among all programmes, those of units among
/// all their units, names also ignoring case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The key of the plan; it stays when the name changes.
    pub slug: TemplateSlug,
    /// For whom it is and what it takes, each tag once.
    pub tags: Vec<CatalogueName>,
    /// The units of the plan, each at least once in its schedule.
    pub units: Vec<ProgrammeUnit>,
    /// The plan itself.
    pub plan: ProgrammePlan,
}

/// A training unit of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeUnit {
    /// The key of the unit; it stays when the name changes.
    pub slug: TemplateSlug,
    /// Its name.
    pub name: TemplateName,
    /// What it is about.
    pub description: Option<LongText>,
    /// Its exercises in their order, at least one.
    pub entries: Vec<ProgrammeEntry>,
}

/// A prescribed exercise. The prescription satisfies the rules of its mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeEntry {
    /// An exercise of the built-in catalogue.
    pub exercise: Slug,
    /// What is counted.
    pub mode: Mode,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
    /// What to take care of.
    pub notes: Option<LongText>,
}

/// The training plan of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammePlan {
    /// Its name.
    pub name: TemplateName,
    /// For whom it is and how to use it.
    pub description: Option<LongText>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Which unit comes when: ascending days, and several units of one day in their order.
    pub schedule: Vec<ProgrammeDay>,
}

/// A unit on a day of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgrammeDay {
    /// The day, counted from 1.
    pub day_number: i16,
    /// The place of the unit in [`Programme::units`], which exists.
    pub unit: usize,
}
