//! Training plans: training units on numbered days.

use super::{TemplateHead, TemplateName};
use crate::{PlanUnitId, TrainingPlanId, TrainingUnitId, exercise::DifficultyLevel};

/// A training unit on a day of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PlanUnit {
    /// Identity.
    pub id: PlanUnitId,
    /// The day, from 1.
    pub day: i16,
    /// Its place within the day, from 0.
    pub place: i16,
    /// The unit.
    pub unit_id: TrainingUnitId,
    /// What the unit is called now.
    pub unit_name: TemplateName,
    /// How many entries the unit has.
    pub entry_count: i64,
}

/// A training plan with its schedule, as one of its readers sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TrainingPlan {
    /// Identity.
    pub id: TrainingPlanId,
    /// Name, owner and the like.
    pub head: TemplateHead,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Its units, by day, then place.
    pub units: Vec<PlanUnit>,
}

/// A training plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSummary {
    /// Identity.
    pub id: TrainingPlanId,
    /// Name, owner and the like.
    pub head: TemplateHead,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// How many units stand in it, each counted as often as it does.
    pub unit_count: i64,
    /// How many different days have a unit.
    pub day_count: i64,
    /// The highest day with a unit; 0 without units.
    pub length_days: i64,
}
