//! `GET /exercises/{exercise_id}`.

use actix_web::{HttpResponse, get};
use irontrack_domain::ExerciseId;

use super::dto::Exercise;
use crate::{
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// The id in the path.
pub(crate) struct Id(pub(super) ExerciseId);

impl Input for Id {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        request.path.uuid("exercise_id", violations).map(|id| Self(id.into()))
    }
}

/// Reads one exercise
///
/// System exercises can be read by everybody, custom ones by their owner and by fitness trainers.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "GetExercise",
    params(("exercise_id" = uuid::Uuid, Path, description = "Identifier of the exercise")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The exercise", body = Exercise),
        (status = 403, description = "A custom exercise of somebody else", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such exercise", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{exercise_id}")]
pub(crate) async fn get_exercise(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let exercise = call.state.exercises.get(&call.caller, call.input.0).await?;
    Ok(HttpResponse::Ok().json(Exercise::new(exercise, &call.state.settings)))
}
