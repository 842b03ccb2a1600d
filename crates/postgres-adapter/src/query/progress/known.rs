//! What is known about an exercise.

use diesel::sql_types::{Array, Bool, Nullable, Record, Text, Uuid as SqlUuid};
use irontrack_domain::{ExerciseId, UserId};
use irontrack_ports::query::{CurrentName, KnownExercise};
use uuid::Uuid;

use crate::statement::Statement;

/// The types of the columns that [`columns`] selects.
pub(super) type KnownColumns = (Text, Bool, Bool, Nullable<SqlUuid>, Bool);

/// A row of these columns.
pub(super) type KnownRow = (String, bool, bool, Option<Uuid>, bool);

/// The type of an array of exercises with their names.
pub(super) type NameColumns = Array<Record<(SqlUuid, Text)>>;

/// A value of that type.
pub(super) type NameRows = Vec<(Uuid, String)>;

/// What exercises are called.
pub(super) fn names(rows: NameRows) -> Vec<CurrentName> {
    rows.into_iter().map(|(id, name)| (ExerciseId::new(id), name)).collect()
}

/// Goes on with the columns of the exercise `x`, for somebody who may have trained it.
pub(super) fn columns<Row>(statement: Statement<Row>, owner: UserId) -> Statement<Row> {
    statement
        .sql(
            "x.name, x.is_active, x.is_system_default, x.created_by, \
             EXISTS (SELECT 1 FROM training_session_exercises d JOIN training_session_sets c ON c.session_exercise_id = d.id \
             WHERE d.exercise_id = x.id AND d.user_id = ",
        )
        .bind(owner.uuid())
        .sql(")")
}

/// Selects the exercise of that name or slug of which there are sets in the history.
pub(super) fn trained(owner: UserId, name: &str, slug: Option<&str>) -> Statement<SqlUuid> {
    Statement::new(
        "SELECT x.id FROM (SELECT DISTINCT e.exercise_id FROM training_session_exercises e WHERE e.user_id = ",
    )
    .bind(owner.uuid())
    .sql(") AS t JOIN exercises x ON x.id = t.exercise_id WHERE (lower(x.name) = lower(")
    .bind(name)
    .sql(") OR x.slug = ")
    .bind(slug)
    .sql(
        ") AND EXISTS (SELECT 1 FROM training_session_exercises d JOIN training_session_sets c \
         ON c.session_exercise_id = d.id WHERE d.exercise_id = x.id AND d.user_id = ",
    )
    .bind(owner.uuid())
    .sql(") ORDER BY x.is_active DESC, coalesce(x.created_by = ")
    .bind(owner.uuid())
    .sql(", false) DESC, x.id DESC LIMIT 1")
}

/// Goes on with the exercise as the table `x`, which stays empty if there is none.
pub(super) fn join<Row>(statement: Statement<Row>, exercise: ExerciseId) -> Statement<Row> {
    statement.sql(" LEFT JOIN exercises x ON x.id = ").bind(exercise.uuid())
}

/// The exercise.
pub(super) fn read((name, is_visible, is_system_default, created_by, has_sets): KnownRow) -> KnownExercise {
    KnownExercise { name, is_visible, is_system_default, created_by: created_by.map(UserId::new), has_sets }
}
