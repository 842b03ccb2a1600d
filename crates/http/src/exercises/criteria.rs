//! `GET /exercises/criteria/`.

use actix_web::{HttpResponse, get};

use super::dto::Exercise;
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    problem::Problem,
};

/// What to find.
#[derive(Debug)]
pub(crate) struct Criteria {
    name: Option<String>,
    slug: Option<String>,
}

impl Input for Criteria {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let name = query.text("name", violations);
        let slug = query.text("slug", violations);
        Ok(Self { name: name?, slug: slug? })
    }
}

/// Finds one exercise by name or slug
///
/// By the exact name, ignoring case, of one of the caller's own exercises, or by the exact slug of a system exercise.
/// Works with and without the final slash.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "FindExercise",
    params(
        ("name" = Option<String>, Query, description = "Name of one of the caller's own exercises"),
        ("slug" = Option<String>, Query, description = "Slug of a system exercise", example = "barbell-bench-press"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The exercise", body = Exercise),
        (status = 400, description = "Both or none of the criteria", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "Nothing found", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/criteria/")]
pub(crate) async fn find_exercise(call: Call<ActiveUser, Criteria>) -> Result<HttpResponse, Problem> {
    find(call).await
}

/// The same without the final slash. Not in the document, where it would be a second operation.
pub(crate) async fn find_exercise_without_slash(call: Call<ActiveUser, Criteria>) -> Result<HttpResponse, Problem> {
    find(call).await
}

async fn find(call: Call<ActiveUser, Criteria>) -> Result<HttpResponse, Problem> {
    let Criteria { name, slug } = &call.input;
    let exercise = call.state.exercises.find(&call.caller, name.as_deref(), slug.as_deref()).await?;
    Ok(HttpResponse::Ok().json(Exercise::new(exercise, &call.state.settings)))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Criteria);
