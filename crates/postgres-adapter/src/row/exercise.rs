//! The columns of an exercise with all its links, in one row.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{Array, Bool, Nullable, Record, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{
    ExerciseId, UserId,
    catalogue::CatalogueItem,
    exercise::{Category, DifficultyLevel, Exercise, Force, Mechanic, Slug},
};
use uuid::Uuid;

use crate::{schema, statement::Statement};

/// The columns of an exercise `e`. Its links come as arrays of pairs, so that one row holds all of it.
pub(crate) const COLUMNS: &str = "e.id, e.name, \
    ARRAY(SELECT ROW(c.id, c.name) FROM exercise_primary_muscles l JOIN muscle_groups c ON c.id = l.muscle_group_id \
          WHERE l.exercise_id = e.id ORDER BY c.id), \
    ARRAY(SELECT ROW(c.id, c.name) FROM exercise_secondary_muscles l JOIN muscle_groups c ON c.id = l.muscle_group_id \
          WHERE l.exercise_id = e.id ORDER BY c.id), \
    e.force, e.difficulty_level, e.mechanic, \
    ARRAY(SELECT ROW(c.id, c.name) FROM exercise_equipment l JOIN equipment c ON c.id = l.equipment_id \
          WHERE l.exercise_id = e.id ORDER BY c.id), \
    e.category, e.instructions, e.image_path_start, e.image_path_end, \
    ARRAY(SELECT ROW(c.id, c.name) FROM exercise_tag_map l JOIN exercise_tags c ON c.id = l.tag_id \
          WHERE l.exercise_id = e.id ORDER BY c.id), \
    e.slug, e.created_by, e.created_at, e.updated_at, \
    ARRAY(SELECT a.alias FROM exercise_aliases a \
          WHERE a.exercise_id = e.id ORDER BY lower(a.alias) COLLATE \"C\", a.alias COLLATE \"C\"), \
    e.is_system_default";

type Items = Array<Record<(SmallInt, Text)>>;

/// The types of [`COLUMNS`].
pub(crate) type ExerciseColumns = (
    SqlUuid,
    Text,
    Items,
    Items,
    Nullable<schema::Force>,
    schema::DifficultyLevel,
    Nullable<schema::Mechanic>,
    Items,
    schema::Category,
    Nullable<Text>,
    Nullable<Text>,
    Nullable<Text>,
    Items,
    Nullable<Text>,
    Nullable<SqlUuid>,
    Timestamptz,
    Timestamptz,
    Array<Text>,
    Bool,
);

/// A row of [`COLUMNS`].
#[derive(Queryable)]
pub(crate) struct ExerciseRow {
    id: Uuid,
    name: String,
    primary_muscles: Vec<(i16, String)>,
    secondary_muscles: Vec<(i16, String)>,
    force: Option<Force>,
    difficulty_level: DifficultyLevel,
    mechanic: Option<Mechanic>,
    equipment: Vec<(i16, String)>,
    category: Category,
    instructions: Option<String>,
    image_path_start: Option<String>,
    image_path_end: Option<String>,
    tags: Vec<(i16, String)>,
    slug: Option<String>,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    aliases: Vec<String>,
    is_system_default: bool,
}

/// Visible exercises `e`, with an open condition.
pub(crate) fn visible() -> Statement<ExerciseColumns> {
    Statement::new("SELECT ").sql(COLUMNS).sql(" FROM exercises e WHERE e.is_active")
}

fn items(pairs: Vec<(i16, String)>) -> Vec<CatalogueItem> {
    pairs.into_iter().map(|(id, name)| CatalogueItem { id, name }).collect()
}

impl From<ExerciseRow> for Exercise {
    fn from(row: ExerciseRow) -> Self {
        Self {
            id: ExerciseId::new(row.id),
            name: row.name,
            primary_muscles: items(row.primary_muscles),
            secondary_muscles: items(row.secondary_muscles),
            force: row.force,
            difficulty_level: row.difficulty_level,
            mechanic: row.mechanic,
            equipment: items(row.equipment),
            category: row.category,
            instructions: row.instructions,
            image_path_start: row.image_path_start,
            image_path_end: row.image_path_end,
            tags: items(row.tags),
            slug: row.slug.map(Slug::from_stored),
            created_by: row.created_by.map(UserId::new),
            created_at: row.created_at,
            updated_at: row.updated_at,
            aliases: row.aliases,
            is_system_default: row.is_system_default,
        }
    }
}
