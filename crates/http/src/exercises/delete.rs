//! `DELETE /exercises/{exercise_id}`.

use actix_web::{HttpResponse, delete};

use super::detail::Id;
use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Deletes an exercise
///
/// Owners may delete their own exercises, superusers those of the system. An exercise that templates or history refer to is
/// hidden instead, which looks the same from outside.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "DeleteExercise",
    params(("exercise_id" = uuid::Uuid, Path, description = "Identifier of the exercise")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The exercise is gone"),
        (status = 403, description = "Neither owner nor superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such exercise", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{exercise_id}")]
pub(crate) async fn delete_exercise(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    call.state.exercises.delete(&call.caller, call.input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
