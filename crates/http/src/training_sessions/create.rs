//! `POST /training-sessions`.

use actix_web::{HttpResponse, post};
use chrono::{DateTime, Utc};
use irontrack_application::{
    Once,
    training_sessions::{ExerciseDraft, SessionDraft, Source},
};
use irontrack_domain::{TrainingPlanId, TrainingUnitId, training::limits};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    course_input::{FirstStatusName, read_course, time_zone},
    created,
    dto::TrainingSession,
    exercise_input::{SessionExerciseSchema, read_draft},
};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Field, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::notes,
};

/// A new training session: started from a unit, or free.
#[derive(ToSchema)]
#[schema(as = TrainingSessionCreateInput, rename_all = "camelCase", example = json!({
    "userTimezone": "Europe/Berlin", "startTime": "2026-11-28T18:30:00+01:00", "status": "completed",
    "endTime": "2026-11-28T19:41:46+01:00", "notes": "Slept badly, trained well.",
    "exercises": [
        {"exerciseId": "0192a000-0000-7000-8000-0000000000aa", "mode": "reps", "sets": [
            {"weight": 40, "repsCompleted": 8, "setType": "warmup"}, {"weight": 82.5, "repsCompleted": 8, "rpe": 8.5}
        ]},
        {"exerciseId": "0192a000-0000-7000-8000-0000000000ab", "mode": "time", "sets": [{"timeSeconds": 60}]}
    ]
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingSessionCreateSchema {
    /// Where the clocks of the athlete are set: a name of the IANA database, letter by letter.
    #[schema(example = "Europe/Berlin")]
    user_timezone: String,
    /// A unit that the caller may read. What it prescribes becomes the exercises of the session.
    #[schema(nullable)]
    training_unit_id: Option<Uuid>,
    /// A plan that the caller may read and that contains the unit; not without a unit.
    #[schema(nullable)]
    training_plan_id: Option<Uuid>,
    /// Exercises in their order; not with a unit.
    #[schema(max_items = 200, nullable)]
    exercises: Option<Vec<SessionExerciseSchema>>,
    /// How it went.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
    /// When it began, with an offset or `Z`: not before 1900 and at most 5 minutes ahead. Without it now.
    #[schema(nullable)]
    start_time: Option<DateTime<Utc>>,
    /// Whether it goes on or is over already.
    #[schema(inline, default = "in_progress", nullable)]
    status: Option<FirstStatusName>,
    /// When it ended, with an offset or `Z`: not before the start, at most 31 days after it, and at most 5 minutes ahead.
    /// Required if it is completed, else not allowed.
    #[schema(nullable)]
    end_time: Option<DateTime<Utc>>,
}

/// A valid new session.
pub(crate) struct Create(SessionDraft);

impl Input for Create {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let time_zone = time_zone(&body.field("userTimezone", "user_timezone"), violations);
        let source = read_source(&mut body, violations);
        let notes = body.field("notes", "notes").optional(violations, notes);
        let course = read_course(&mut body, request.now, violations);
        body.refuse_others(violations);
        Ok(Self(SessionDraft { source: source?, course: course?, time_zone: time_zone?, notes: notes? }))
    }
}

/// Reads what a session is made of: a unit, perhaps of a plan, or exercises, perhaps none yet.
fn read_source(body: &mut Object<'_>, violations: &mut Violations) -> Read<Source> {
    let unit = body.field("trainingUnitId", "training_unit_id").optional(violations, Field::uuid);
    let plan_field = body.field("trainingPlanId", "training_plan_id");
    let plan = plan_field.optional(violations, Field::uuid);
    let exercises_field = body.field("exercises", "exercises");
    let exercises = exercises_field.optional(violations, exercises);
    // What is wrong by itself was given all the same.
    let is_given = (!matches!(unit, Ok(None)), !matches!(plan, Ok(None)), !matches!(exercises, Ok(None)));
    match is_given {
        (false, true, _) => {
            let message = "Value error, a plan goes with one of its units only";
            violations.record(plan_field.location(), "value_error", message)
        }
        (true, _, true) => {
            let message = "Value error, the exercises of a session with a unit are those of the unit";
            violations.record(exercises_field.location(), "value_error", message)
        }
        _ => Ok(match unit? {
            Some(unit) => Source::Unit { unit: TrainingUnitId::new(unit), plan: plan?.map(TrainingPlanId::new) },
            None => Source::Freestyle(exercises?.unwrap_or_default()),
        }),
    }
}

fn exercises(field: &Field<'_>, violations: &mut Violations) -> Read<Vec<ExerciseDraft>> {
    field.list(limits::EXERCISES_OF_SESSION, violations, |exercise, v| exercise.object(v, read_draft))
}

/// Starts a training session, or stores one that is over
///
/// With a unit its entries become the exercises of the session, in their order and without sets; whatever becomes of the
/// unit later, the session keeps what was planned. Without one the session is free: it begins with the exercises of the
/// body, or with none. Any number of sessions may be in progress.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "CreateTrainingSession",
    security(("accessCookie" = [])),
    request_body(content = TrainingSessionCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new session", body = TrainingSession),
        (status = 404, description = "A unit, plan or exercise that is not there for the caller, or a unit that is not in the \
            plan", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The same request is still running", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("")]
pub(crate) async fn create_training_session(call: Call<ActiveUser, Create>) -> Result<HttpResponse, Problem> {
    let once = Once::new(call.repeatable.as_ref(), &created);
    Ok(answer::kept(call.state.training_sessions.create(&call.caller, call.input.0, &once).await?))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_request;

    const ID: &str = "0192a000-0000-7000-8000-0000000000aa";

    fn create(mut body: Value) -> Result<SessionDraft, Vec<String>> {
        if let Some(fields) = body.as_object_mut() {
            fields.entry("userTimezone").or_insert_with(|| json!("Europe/Berlin"));
        }
        read_request(&[], "", Some(body), DateTime::UNIX_EPOCH).map(|Create(draft)| draft)
    }

    #[test]
    fn a_session_is_free_or_made_of_a_unit() {
        let free = create(json!({"exercises": [{"exerciseId": ID, "mode": "reps"}]})).unwrap();
        assert!(matches!(free.source, Source::Freestyle(exercises) if exercises.len() == 1));
        let empty = create(json!({"trainingUnitId": null, "trainingPlanId": null, "exercises": null})).unwrap();
        assert!(matches!(empty.source, Source::Freestyle(exercises) if exercises.is_empty()));
        let planned = create(json!({"training_unit_id": ID, "trainingPlanId": ID, "exercises": null})).unwrap();
        assert!(matches!(planned.source, Source::Unit { plan: Some(_), .. }));

        for (body, expected) in [
            (json!({"trainingPlanId": ID}), &["value_error /trainingPlanId"][..]),
            (json!({"training_plan_id": "x"}), &["uuid_parsing /training_plan_id", "value_error /training_plan_id"]),
            (json!({"trainingUnitId": ID, "exercises": []}), &["value_error /exercises"]),
            (
                json!({"trainingUnitId": "x", "exercises": []}),
                &["uuid_parsing /trainingUnitId", "value_error /exercises"],
            ),
            (json!({"trainingUnitId": "x", "trainingPlanId": ID}), &["uuid_parsing /trainingUnitId"]),
        ] {
            let expected = expected.iter().map(ToString::to_string).collect();
            assert_eq!(create(body.clone()).map(|_| ()), Err(expected), "{body}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_unknown_names_last() {
        let body = json!({"userTimezone": "Berlin", "notes": 5, "status": "completed", "x": 1, "exercises": [
            {"exerciseId": ID, "mode": "reps", "sets": [{}, {"timeSeconds": 5}]}, {"exerciseId": ID}
        ]});
        let expected = [
            "value_error /userTimezone",
            "mode_mismatch /exercises/0/sets/1/timeSeconds",
            "missing /exercises/1/mode",
            "string_type /notes",
            "missing /endTime",
            "extra_forbidden /x",
        ];
        assert_eq!(create(body).map(|_| ()), Err(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_session_has_200_exercises_at_most() {
        let body = |count: usize| json!({"exercises": vec![json!({"exerciseId": ID, "mode": "reps"}); count]});
        assert!(create(body(200)).is_ok());
        assert_eq!(create(body(201)).map(|_| ()), Err(vec!["too_long /exercises".to_owned()]));
    }
}
