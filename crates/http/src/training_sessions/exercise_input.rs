//! Exercises of sessions in bodies.

use irontrack_application::training_sessions::ExerciseDraft;
use irontrack_domain::{ExerciseId, SessionExerciseId, training::limits};
use utoipa::ToSchema;
use uuid::Uuid;

use super::set_input::{SessionSetSchema, read_set_in};
use crate::{
    call::{Field, Object, Read, Violations},
    training::{ModeName, mode, notes},
};

/// An exercise that was done, with its sets.
#[derive(ToSchema)]
#[schema(as = SessionExerciseInput, rename_all = "camelCase", example = json!({
    "exerciseId": "0192a000-0000-7000-8000-0000000000aa", "mode": "reps",
    "sets": [{"weight": 82.5, "repsCompleted": 8, "rpe": 8.5}, {"weight": 82.5, "repsCompleted": 6, "setType": "failure"}]
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionExerciseSchema {
    /// An exercise that the caller may read.
    exercise_id: Uuid,
    /// What is counted in its sets. Each may have the metric of the mode and no other one; `sets_only` has none.
    #[schema(inline)]
    mode: ModeName,
    /// How it went.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
    /// Sets in their order.
    #[schema(max_items = 200, nullable)]
    sets: Option<Vec<SessionSetSchema>>,
}

/// Reads a new exercise.
pub(super) fn read_draft(body: &mut Object<'_>, violations: &mut Violations) -> Read<ExerciseDraft> {
    let exercise_id = body.field("exerciseId", "exercise_id").uuid(violations);
    let mode = mode(&body.field("mode", "mode"), violations);
    let notes = body.field("notes", "notes").optional(violations, notes);
    let sets = body.field("sets", "sets").optional(violations, |sets, v| {
        sets.list(limits::SETS_OF_EXERCISE, v, |set, v| set.object(v, |set, v| read_set_in(mode, set, v)))
    });
    Ok(ExerciseDraft {
        exercise_id: ExerciseId::from(exercise_id?),
        mode: mode?,
        notes: notes?,
        sets: sets?.unwrap_or_default(),
    })
}

/// Reads the id of an exercise in an order. Beyond what ids there can be it is none of any exercise.
pub(super) fn session_exercise_id(field: &Field<'_>, violations: &mut Violations) -> Read<SessionExerciseId> {
    Ok(SessionExerciseId::new(field.whole(&(i64::MIN..=i64::MAX), violations)?))
}

#[cfg(test)]
mod tests {
    use irontrack_domain::training::{Mode, session::SetType};
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_object;

    const EXERCISE: &str = "0192a000-0000-7000-8000-0000000000aa";

    fn mistakes(exercise: &Value) -> Vec<String> {
        read_object(exercise, read_draft).unwrap_err()
    }

    #[test]
    fn sets_are_in_the_mode_of_their_exercise() {
        let exercise = json!({"exercise_id": EXERCISE, "mode": "time", "notes": null,
            "sets": [{"timeSeconds": 60, "weight": 10}, {"set_type": "warmup"}]});
        let draft = read_object(&exercise, read_draft).unwrap();
        assert_eq!((draft.mode, draft.notes, draft.sets.len()), (Mode::Time, None, 2));
        assert_eq!(draft.sets[1].set_type, SetType::Warmup);

        let wrong = json!({"exerciseId": EXERCISE, "mode": "time",
            "sets": [{"timeSeconds": 60}, {"repsCompleted": 5, "distanceKm": 1}, {"repsCompleted": 5}]});
        let expected = ["/sets/1/repsCompleted", "/sets/1/distanceKm", "/sets/2/repsCompleted"];
        assert_eq!(mistakes(&wrong), expected.map(|path| format!("mode_mismatch {path}")));
    }

    #[test]
    fn a_wrong_mode_hides_nothing_else() {
        let wrong = json!({"exerciseId": "x", "mode": "weight", "sets": [{"rpe": 0, "timeSeconds": 60}, {"x": 1}, 5]});
        let expected = [
            "uuid_parsing /exerciseId",
            "enum /mode",
            "value_error /sets/0/rpe",
            "extra_forbidden /sets/1/x",
            "model_attributes_type /sets/2",
        ];
        assert_eq!(mistakes(&wrong), expected);
        assert_eq!(mistakes(&json!({"sets": null})), ["missing /exerciseId", "missing /mode"]);
    }

    #[test]
    fn there_are_200_sets_at_most() {
        let exercise =
            |sets: usize| json!({"exerciseId": EXERCISE, "mode": "sets_only", "sets": vec![json!({}); sets]});
        assert_eq!(read_object(&exercise(200), read_draft).unwrap().sets.len(), 200);
        assert_eq!(mistakes(&exercise(201)), ["too_long /sets"]);
    }
}
