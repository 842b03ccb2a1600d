//! Exercises: those of the system catalogue, and the custom ones of each user.

mod attributes;
mod muscles;
mod name;
mod text;
mod visibility;

use chrono::{DateTime, Utc};

pub use attributes::{Category, DifficultyLevel, Force, Mechanic};
pub use muscles::assisting;
pub use name::{ExerciseAlias, ExerciseName, Slug};
pub use text::{ImagePath, Instructions};
pub use visibility::{may_delete, may_read, may_read_custom};

use crate::{ExerciseId, UserId, catalogue::CatalogueItem};

/// An exercise with everything it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Exercise {
    /// Identity.
    pub id: ExerciseId,
    /// Name, unique among the system exercises or among those of its owner, ignoring case.
    pub name: String,
    /// Muscle groups that it trains first, ascending by id.
    pub primary_muscles: Vec<CatalogueItem>,
    /// Muscle groups that assist, ascending by id; none of them is primary.
    pub secondary_muscles: Vec<CatalogueItem>,
    /// Direction of the force.
    pub force: Option<Force>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Mechanic>,
    /// Equipment that it uses, ascending by id.
    pub equipment: Vec<CatalogueItem>,
    /// Kind of training.
    pub category: Category,
    /// How to do it.
    pub instructions: Option<String>,
    /// Path of the picture of the start position, as stored.
    pub image_path_start: Option<String>,
    /// Path of the picture of the end position, as stored.
    pub image_path_end: Option<String>,
    /// Tags, ascending by id; only system exercises have any.
    pub tags: Vec<CatalogueItem>,
    /// Readable key of a system exercise.
    pub slug: Option<Slug>,
    /// Owner of a custom exercise.
    pub created_by: Option<UserId>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it, or one of its links, last changed.
    pub updated_at: DateTime<Utc>,
    /// Other names under which athletes know it, sorted; only system exercises have any.
    pub aliases: Vec<String>,
    /// Whether it belongs to the system catalogue.
    pub is_system_default: bool,
}
