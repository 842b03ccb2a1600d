//! The links of one exercise to catalogue items.

use chrono::{DateTime, Utc};
use irontrack_domain::ExerciseId;
use irontrack_ports::repo::{ExerciseChanges, NewExercise};

use crate::statement::Statement;

/// What the exercise is to be linked to; `None` leaves the links of that kind alone.
pub(super) struct Lists<'a> {
    primary_muscles: Option<&'a [i16]>,
    secondary_muscles: Option<&'a [i16]>,
    equipment: Option<&'a [i16]>,
    tags: Option<&'a [i16]>,
}

impl<'a> Lists<'a> {
    pub(super) fn of_new(exercise: &'a NewExercise) -> Self {
        Self {
            primary_muscles: Some(&exercise.primary_muscles),
            secondary_muscles: Some(&exercise.secondary_muscles),
            equipment: Some(&exercise.equipment),
            tags: Some(&exercise.tags),
        }
    }

    /// `None` if no list is to be changed.
    pub(super) fn of_changes(changes: &'a ExerciseChanges) -> Option<Self> {
        let lists = Self {
            primary_muscles: changes.primary_muscles.as_deref(),
            secondary_muscles: changes.secondary_muscles.as_deref(),
            equipment: changes.equipment.as_deref(),
            tags: changes.tags.as_deref(),
        };
        let any =
            [lists.primary_muscles, lists.secondary_muscles, lists.equipment, lists.tags].iter().any(Option::is_some);
        any.then_some(lists)
    }
}

/// Goes on with the table `wanted`, one row with the exercise and its lists.
fn wanted(statement: Statement<()>, id: ExerciseId, lists: &Lists<'_>) -> Statement<()> {
    statement
        .sql("wanted AS MATERIALIZED (SELECT ")
        .bind(id.uuid())
        .sql(" AS exercise_id, ")
        .bind(lists.primary_muscles.map(<[i16]>::to_vec))
        .sql(" AS primary_muscles, ")
        .bind(lists.secondary_muscles.map(<[i16]>::to_vec))
        .sql(" AS secondary_muscles, ")
        .bind(lists.equipment.map(<[i16]>::to_vec))
        .sql(" AS equipment, ")
        .bind(lists.tags.map(<[i16]>::to_vec))
        .sql(" AS tags)")
}

/// Links that are wanted and not there, as the table `$added`; those that are there and not wanted, as `$removed`.
macro_rules! add {
    ($table:literal, $column:literal, $list:literal, $added:literal) => {
        concat!(
            ", ",
            $added,
            " AS (INSERT INTO ",
            $table,
            " (exercise_id, ",
            $column,
            ") SELECT w.exercise_id, item FROM wanted w, unnest(w.",
            $list,
            ") AS item ON CONFLICT DO NOTHING RETURNING 1)"
        )
    };
}

macro_rules! remove {
    ($table:literal, $column:literal, $list:literal, $removed:literal) => {
        concat!(
            ", ",
            $removed,
            " AS (DELETE FROM ",
            $table,
            " l USING wanted w WHERE l.exercise_id = w.exercise_id AND l.",
            $column,
            " <> ALL (w.",
            $list,
            ") RETURNING 1)"
        )
    };
}

const ADDITIONS: [&str; 4] = [
    add!("exercise_primary_muscles", "muscle_group_id", "primary_muscles", "added_primary"),
    add!("exercise_secondary_muscles", "muscle_group_id", "secondary_muscles", "added_secondary"),
    add!("exercise_equipment", "equipment_id", "equipment", "added_equipment"),
    add!("exercise_tag_map", "tag_id", "tags", "added_tags"),
];

const REMOVALS: [&str; 4] = [
    remove!("exercise_primary_muscles", "muscle_group_id", "primary_muscles", "removed_primary"),
    remove!("exercise_secondary_muscles", "muscle_group_id", "secondary_muscles", "removed_secondary"),
    remove!("exercise_equipment", "equipment_id", "equipment", "removed_equipment"),
    remove!("exercise_tag_map", "tag_id", "tags", "removed_tags"),
];

/// Goes on with tables that add the links of the lists.
pub(super) fn with_additions(statement: Statement<()>, id: ExerciseId, lists: &Lists<'_>) -> Statement<()> {
    ADDITIONS.into_iter().fold(wanted(statement, id, lists), Statement::sql)
}

/// Makes the links equal to the lists, and moves `updated_at` if there was a difference. The row of the exercise must be
/// locked by an earlier statement: one that has to be waited for here would be looked at again, and PostgreSQL can do
/// so only where nothing hangs on it.
pub(super) fn replacement(id: ExerciseId, lists: &Lists<'_>, now: DateTime<Utc>) -> Statement<()> {
    let statement = with_additions(Statement::new("WITH "), id, lists);
    REMOVALS.into_iter().fold(statement, Statement::sql).sql(" UPDATE exercises e SET updated_at = ").bind(now).sql(
        " FROM wanted w WHERE e.id = w.exercise_id AND (\
         EXISTS (SELECT 1 FROM added_primary) OR EXISTS (SELECT 1 FROM removed_primary) \
         OR EXISTS (SELECT 1 FROM added_secondary) OR EXISTS (SELECT 1 FROM removed_secondary) \
         OR EXISTS (SELECT 1 FROM added_equipment) OR EXISTS (SELECT 1 FROM removed_equipment) \
         OR EXISTS (SELECT 1 FROM added_tags) OR EXISTS (SELECT 1 FROM removed_tags))",
    )
}
