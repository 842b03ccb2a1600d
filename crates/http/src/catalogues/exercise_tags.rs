//! Exercise tags.

use actix_web::{HttpResponse, delete, get, patch, post};
use irontrack_domain::catalogue::{CatalogueKind, CatalogueName};

use super::dto::{CatalogItem, CatalogItemSchema, CatalogQuery, CatalogueList, NewItem, list, name};
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// The number in the path.
pub(crate) struct ItemId(i128);

impl Input for ItemId {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        request.path.integer("tag_id", violations).map(Self)
    }
}

/// Lists the exercise tags
#[utoipa::path(
    tag = "Exercise Tags",
    operation_id = "ListExerciseTags",
    params(CatalogQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "All exercise tags that match", body = [CatalogItem]))
)]
#[get("/exercise-tags")]
pub(crate) async fn list_exercise_tags(call: Call<ActiveUser, CatalogueList>) -> Result<HttpResponse, Problem> {
    list(CatalogueKind::ExerciseTags, call).await
}

/// Reads one exercise tag
#[utoipa::path(
    tag = "Exercise Tags",
    operation_id = "GetExerciseTag",
    params(("tag_id" = i64, Path, description = "Number of the exercise tag", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The exercise tag", body = CatalogItem),
        (status = 404, description = "There is no such exercise tag", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/exercise-tags/{tag_id}")]
pub(crate) async fn get_exercise_tag(call: Call<ActiveUser, ItemId>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.get(CatalogueKind::ExerciseTags, call.input.0).await?;
    Ok(HttpResponse::Ok().json(CatalogItem::from(item)))
}

/// The number in the path, and the name in the body.
pub(crate) struct Rename {
    id: i128,
    name: CatalogueName,
}

impl Input for Rename {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = request.path.integer("tag_id", violations);
        let name = name(request, violations);
        Ok(Self { id: id?, name: name? })
    }
}

/// Adds a exercise tag
#[utoipa::path(
    tag = "Exercise Tags",
    operation_id = "CreateExerciseTag",
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new exercise tag", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/exercise-tags")]
pub(crate) async fn create_exercise_tag(call: Call<Superuser, NewItem>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.create(CatalogueKind::ExerciseTags, call.input.0).await?;
    Ok(HttpResponse::Created().json(CatalogItem::from(item)))
}

/// Renames a exercise tag
#[utoipa::path(
    tag = "Exercise Tags",
    operation_id = "UpdateExerciseTag",
    params(("tag_id" = i64, Path, description = "Number of the exercise tag", example = 7)),
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The exercise tag as it is now", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such exercise tag", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/exercise-tags/{tag_id}")]
pub(crate) async fn update_exercise_tag(call: Call<Superuser, Rename>) -> Result<HttpResponse, Problem> {
    let Rename { id, name } = call.input;
    let item = call.state.catalogues.rename(CatalogueKind::ExerciseTags, id, name).await?;
    Ok(HttpResponse::Ok().json(CatalogItem::from(item)))
}

/// Deletes a exercise tag
///
/// Exercises lose their links to it.
#[utoipa::path(
    tag = "Exercise Tags",
    operation_id = "DeleteExerciseTag",
    params(("tag_id" = i64, Path, description = "Number of the exercise tag", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The exercise tag is gone"),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such exercise tag", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/exercise-tags/{tag_id}")]
pub(crate) async fn delete_exercise_tag(call: Call<Superuser, ItemId>) -> Result<HttpResponse, Problem> {
    call.state.catalogues.delete(CatalogueKind::ExerciseTags, call.input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
