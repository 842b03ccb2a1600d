//! `PATCH /training-sessions/{session_id}/exercises/{session_exercise_id}/sets/{set_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_domain::{SessionSetId, training::session::SetChanges};
use utoipa::ToSchema;

use super::{Exercise, set_id, with_tag};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_sessions::{
        dto::SessionSet,
        set_input::{SetTypeName, read_change},
    },
};

/// A change of a set. What is absent stays; null clears all but `setType`. What comes out may have the metric of the mode
/// and no other one.
#[derive(ToSchema)]
#[schema(as = SessionSetUpdateInput, rename_all = "camelCase", example = json!({"repsCompleted": 7, "rpe": null}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionSetUpdateSchema {
    /// With how much weight, in kilograms with at most 3 decimals.
    #[schema(minimum = 0, maximum = 99999.999, nullable)]
    weight: Option<f64>,
    /// How many repetitions; only in mode `reps`.
    #[schema(minimum = 0, maximum = 10_000, nullable)]
    reps_completed: Option<i16>,
    /// How long it took, in seconds; only in mode `time`.
    #[schema(minimum = 1, maximum = 604_800, nullable)]
    time_seconds: Option<i32>,
    /// How far it went, in kilometres with at most 3 decimals; more than 0, and only in mode `distance`.
    #[schema(exclusive_minimum = 0, maximum = 99999.999, nullable)]
    distance_km: Option<f64>,
    /// What it was for.
    #[schema(inline)]
    set_type: Option<SetTypeName>,
    /// How hard it was, from 1 to 10 in steps of 0.5.
    #[schema(minimum = 1, maximum = 10, multiple_of = 0.5, nullable)]
    rpe: Option<f64>,
    /// What else there is to say.
    #[schema(max_length = 500, nullable)]
    notes: Option<String>,
}

/// Which set of which exercise, and what to change of it.
pub(crate) struct Update {
    exercise: Exercise,
    set: SessionSetId,
    changes: SetChanges,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let exercise = Exercise::read(request, violations);
        let set = set_id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let changes = read_change(&mut body, violations);
        body.refuse_others(violations);
        Ok(Self { exercise: exercise?, set: set?, changes: changes? })
    }
}

/// Changes a set of a training session
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "UpdateTrainingSessionSet",
    params(
        ("session_id" = uuid::Uuid, Path, description = "Identifier of the session"),
        ("session_exercise_id" = i64, Path, description = "Identifier of the exercise of the session"),
        ("set_id" = i64, Path, description = "Identifier of the set"),
    ),
    security(("accessCookie" = [])),
    request_body(content = SessionSetUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The set as it is now; the tag is that of the session", body = SessionSet),
        (status = 404, description = "The caller has no such session, or it has no such exercise or set",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The session was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{session_id}/exercises/{session_exercise_id}/sets/{set_id}")]
pub(crate) async fn update_training_session_set(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { exercise: Exercise { session, id }, set, changes } = call.input;
    let sessions = &call.state.training_sessions;
    let changed = sessions.update_set(call.caller.user_id, session, id, set, changes, &call.conditions.matches).await?;
    let (tag, set) = with_tag(&changed);
    Ok(answer::tagged(StatusCode::OK, &tag, &set))
}
