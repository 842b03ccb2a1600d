//! What people want to store as an exercise. Ids are as they came, in any order, range and number.

use irontrack_domain::exercise::{
    Category, DifficultyLevel, ExerciseName, Force, ImagePath, Instructions, Mechanic, Slug,
};

/// A new exercise.
#[derive(Debug, Clone)]
pub struct ExerciseDraft {
    /// Name.
    pub name: ExerciseName,
    /// Slug of a system exercise; a custom one has none.
    pub slug: Option<Slug>,
    /// Muscle groups that it trains first.
    pub primary_muscles: Vec<i128>,
    /// Muscle groups that assist.
    pub secondary_muscles: Vec<i128>,
    /// Direction of the force.
    pub force: Option<Force>,
    /// How much experience it asks for.
    pub difficulty_level: DifficultyLevel,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Mechanic>,
    /// Equipment.
    pub equipment: Vec<i128>,
    /// Kind of training.
    pub category: Category,
    /// How to do it.
    pub instructions: Option<Instructions>,
    /// Path of the picture of the start position; system exercises only.
    pub image_path_start: Option<ImagePath>,
    /// Path of the picture of the end position; system exercises only.
    pub image_path_end: Option<ImagePath>,
    /// Tags; system exercises only.
    pub tags: Vec<i128>,
}

/// A change of an exercise. `None` leaves the stored value alone, `Some(None)` clears it; a list replaces the stored one.
#[derive(Debug, Clone, Default)]
pub struct ExercisePatch {
    /// Name, and for a system exercise its slug.
    pub name: Option<(ExerciseName, Option<Slug>)>,
    /// Muscle groups that it trains first.
    pub primary_muscles: Option<Vec<i128>>,
    /// Muscle groups that assist.
    pub secondary_muscles: Option<Vec<i128>>,
    /// Direction of the force.
    pub force: Option<Option<Force>>,
    /// How much experience it asks for.
    pub difficulty_level: Option<DifficultyLevel>,
    /// Whether it moves several joints or one.
    pub mechanic: Option<Option<Mechanic>>,
    /// Equipment.
    pub equipment: Option<Vec<i128>>,
    /// Kind of training.
    pub category: Option<Category>,
    /// How to do it.
    pub instructions: Option<Option<Instructions>>,
    /// Path of the picture of the start position; system exercises only.
    pub image_path_start: Option<Option<ImagePath>>,
    /// Path of the picture of the end position; system exercises only.
    pub image_path_end: Option<Option<ImagePath>>,
    /// Tags; system exercises only.
    pub tags: Option<Vec<i128>>,
}
