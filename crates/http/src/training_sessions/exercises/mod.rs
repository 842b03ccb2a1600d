//! The exercises of a training session.

pub(super) mod add;
pub(super) mod delete;
pub(super) mod order;
pub(super) mod update;

use irontrack_application::{tag, training_sessions::ExerciseOf};
use irontrack_domain::{EntityTag, SessionExerciseId};

use super::dto::SessionExercise;
use crate::call::{Read, RequestParts, Violations, saturate};

/// The id of an exercise of the session in the path. Beyond what ids there can be it is none of any.
pub(super) fn exercise_id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<SessionExerciseId> {
    request.path.integer("session_exercise_id", violations).map(saturate).map(SessionExerciseId::new)
}

/// An exercise on the wire, and the tag of the session that it is in.
fn with_tag(of: &ExerciseOf) -> (EntityTag, SessionExercise) {
    (tag(&of.revision), SessionExercise::from(&of.exercise))
}
