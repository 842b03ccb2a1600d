//! One exercise: inserting it and changing its columns.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, UserId,
    exercise::{Category, DifficultyLevel, ExerciseName, Force, ImagePath, Instructions, Mechanic, Slug},
};
use irontrack_ports::repo::{ExerciseChanges, NewExercise, Ownership};

use super::links::{self, Lists};
use crate::statement::Statement;

/// Inserts the row and its links in one statement: references are checked at its end, whatever is inserted first.
pub(super) fn insertion(exercise: &NewExercise) -> Statement<()> {
    let (is_system_default, owner) = match exercise.ownership {
        Ownership::System => (true, None),
        Ownership::Custom(owner) => (false, Some(owner)),
    };
    links::with_additions(Statement::new("WITH "), exercise.id, &Lists::of_new(exercise))
        .sql(
            " INSERT INTO exercises (id, is_system_default, created_by, name, slug, force, difficulty_level, mechanic, \
             category, instructions, image_path_start, image_path_end, created_at, updated_at) SELECT ",
        )
        .bind(exercise.id.uuid())
        .sql(", ")
        .bind(is_system_default)
        .sql(", ")
        .bind(owner.map(UserId::uuid))
        .sql(", ")
        .bind(exercise.name.as_str())
        .sql(", ")
        .bind(exercise.slug.as_ref().map(Slug::as_str))
        .sql(", ")
        .bind(exercise.force.map(Force::as_str))
        .sql("::force_enum, ")
        .bind(exercise.difficulty_level.as_str())
        .sql("::difficulty_level_enum, ")
        .bind(exercise.mechanic.map(Mechanic::as_str))
        .sql("::mechanic_enum, ")
        .bind(exercise.category.as_str())
        .sql("::category_enum, ")
        .bind(exercise.instructions.as_ref().map(Instructions::as_str))
        .sql(", ")
        .bind(exercise.image_path_start.as_ref().map(ImagePath::as_str))
        .sql(", ")
        .bind(exercise.image_path_end.as_ref().map(ImagePath::as_str))
        .sql(", ")
        .bind(exercise.created_at)
        .sql(", ")
        .bind(exercise.created_at)
}

/// Changes the columns. One text for all changes: what cannot be cleared is left alone by null in `wanted`, the others
/// by `sets_…`. The row is written, and so locked, in any case: the links are compared after it.
pub(super) fn update(id: ExerciseId, changes: &ExerciseChanges, now: DateTime<Utc>) -> Statement<()> {
    let (name, slug) = changes.name.as_ref().map_or((None, None), |(name, slug)| (Some(name), slug.as_ref()));
    let statement =
        Statement::new("UPDATE exercises e SET ").sql(NEW_VALUES).sql(", updated_at = CASE WHEN ").sql(DIFFERS);
    let statement = statement
        .sql(" THEN wanted.now ELSE e.updated_at END FROM (SELECT ")
        .bind(name.map(ExerciseName::as_str))
        .sql(" AS name, ")
        .bind(slug.map(Slug::as_str))
        .sql(" AS slug, ")
        .bind(changes.difficulty_level.map(DifficultyLevel::as_str))
        .sql("::difficulty_level_enum AS difficulty_level, ")
        .bind(changes.category.map(Category::as_str))
        .sql("::category_enum AS category, ")
        .bind(changes.force.is_some())
        .sql(" AS sets_force, ")
        .bind(changes.force.flatten().map(Force::as_str))
        .sql("::force_enum AS force, ")
        .bind(changes.mechanic.is_some())
        .sql(" AS sets_mechanic, ")
        .bind(changes.mechanic.flatten().map(Mechanic::as_str))
        .sql("::mechanic_enum AS mechanic, ")
        .bind(changes.instructions.is_some())
        .sql(" AS sets_instructions, ")
        .bind(changes.instructions.as_ref().and_then(Option::as_ref).map(Instructions::as_str))
        .sql(" AS instructions, ");
    statement
        .bind(changes.image_path_start.is_some())
        .sql(" AS sets_image_path_start, ")
        .bind(changes.image_path_start.as_ref().and_then(Option::as_ref).map(ImagePath::as_str))
        .sql(" AS image_path_start, ")
        .bind(changes.image_path_end.is_some())
        .sql(" AS sets_image_path_end, ")
        .bind(changes.image_path_end.as_ref().and_then(Option::as_ref).map(ImagePath::as_str))
        .sql(" AS image_path_end, ")
        .bind(now)
        .sql(" AS now) AS wanted WHERE e.is_active AND e.id = ")
        .bind(id.uuid())
}

const NEW_VALUES: &str = "name = coalesce(wanted.name, e.name), slug = coalesce(wanted.slug, e.slug), \
    difficulty_level = coalesce(wanted.difficulty_level, e.difficulty_level), \
    category = coalesce(wanted.category, e.category), \
    force = CASE WHEN wanted.sets_force THEN wanted.force ELSE e.force END, \
    mechanic = CASE WHEN wanted.sets_mechanic THEN wanted.mechanic ELSE e.mechanic END, \
    instructions = CASE WHEN wanted.sets_instructions THEN wanted.instructions ELSE e.instructions END, \
    image_path_start = CASE WHEN wanted.sets_image_path_start THEN wanted.image_path_start ELSE e.image_path_start END, \
    image_path_end = CASE WHEN wanted.sets_image_path_end THEN wanted.image_path_end ELSE e.image_path_end END";

/// Whether a new value is not the old one.
const DIFFERS: &str = "e.name <> wanted.name OR e.slug <> wanted.slug \
    OR e.difficulty_level <> wanted.difficulty_level OR e.category <> wanted.category \
    OR wanted.sets_force AND e.force IS DISTINCT FROM wanted.force \
    OR wanted.sets_mechanic AND e.mechanic IS DISTINCT FROM wanted.mechanic \
    OR wanted.sets_instructions AND e.instructions IS DISTINCT FROM wanted.instructions \
    OR wanted.sets_image_path_start AND e.image_path_start IS DISTINCT FROM wanted.image_path_start \
    OR wanted.sets_image_path_end AND e.image_path_end IS DISTINCT FROM wanted.image_path_end";
