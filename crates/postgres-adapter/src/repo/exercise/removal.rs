//! Removing exercises: those that something refers to stay, hidden.
//!
//! Whoever removes locks the rows first, in a statement of its own. A reference takes a lock on the exercise as well: it
//! is either seen by the statements that follow, or waits and fails.

use chrono::{DateTime, Utc};
use diesel::sql_types::Uuid as SqlUuid;
use irontrack_domain::{ExerciseId, UserId};

use crate::statement::Statement;

/// The condition that templates or history refer to the exercise `e`. A migration that adds a table of those extends it
/// here: `EXISTS (SELECT 1 FROM … WHERE exercise_id = e.id)`.
const fn is_referred_to() -> &'static str {
    "EXISTS (SELECT 1 FROM training_unit_exercises WHERE exercise_id = e.id) \
     OR EXISTS (SELECT 1 FROM training_session_exercises WHERE exercise_id = e.id)"
}

/// Locks all exercises of an account, in one order for everybody.
pub(super) fn lock_of(owner: UserId) -> Statement<SqlUuid> {
    Statement::new("SELECT id FROM exercises WHERE created_by = ").bind(owner.uuid()).sql(" ORDER BY id FOR UPDATE")
}

/// Hides an exercise that something refers to.
pub(super) fn hide(id: ExerciseId, now: DateTime<Utc>) -> Statement<()> {
    Statement::new("UPDATE exercises e SET is_active = false, updated_at = ")
        .bind(now)
        .sql(" WHERE e.id = ")
        .bind(id.uuid())
        .sql(" AND (")
        .sql(is_referred_to())
        .sql(")")
}

/// Deletes an exercise.
pub(super) fn delete(id: ExerciseId) -> Statement<()> {
    Statement::new("DELETE FROM exercises WHERE id = ").bind(id.uuid())
}

/// Hides all exercises of an account that something refers to, and takes their owner away: in one go, for a visible
/// custom exercise must have one.
pub(super) fn disown(owner: UserId, now: DateTime<Utc>) -> Statement<()> {
    Statement::new("UPDATE exercises e SET is_active = false, created_by = NULL, updated_at = ")
        .bind(now)
        .sql(" WHERE e.created_by = ")
        .bind(owner.uuid())
        .sql(" AND (")
        .sql(is_referred_to())
        .sql(")")
}

/// Deletes all exercises of an account.
pub(super) fn delete_of(owner: UserId) -> Statement<()> {
    Statement::new("DELETE FROM exercises WHERE created_by = ").bind(owner.uuid())
}
