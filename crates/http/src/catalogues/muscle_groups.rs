//! Muscle groups.

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
        request.path.integer("muscle_id", violations).map(Self)
    }
}

/// Lists the muscle groups
#[utoipa::path(
    tag = "Muscle Groups",
    operation_id = "ListMuscleGroups",
    params(CatalogQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "All muscle groups that match", body = [CatalogItem]))
)]
#[get("/muscle-groups")]
pub(crate) async fn list_muscle_groups(call: Call<ActiveUser, CatalogueList>) -> Result<HttpResponse, Problem> {
    list(CatalogueKind::MuscleGroups, call).await
}

/// Reads one muscle group
#[utoipa::path(
    tag = "Muscle Groups",
    operation_id = "GetMuscleGroup",
    params(("muscle_id" = i64, Path, description = "Number of the muscle group", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The muscle group", body = CatalogItem),
        (status = 404, description = "There is no such muscle group", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/muscle-groups/{muscle_id}")]
pub(crate) async fn get_muscle_group(call: Call<ActiveUser, ItemId>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.get(CatalogueKind::MuscleGroups, call.input.0).await?;
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
        let id = request.path.integer("muscle_id", violations);
        let name = name(request, violations);
        Ok(Self { id: id?, name: name? })
    }
}

/// Adds a muscle group
#[utoipa::path(
    tag = "Muscle Groups",
    operation_id = "CreateMuscleGroup",
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new muscle group", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/muscle-groups")]
pub(crate) async fn create_muscle_group(call: Call<Superuser, NewItem>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.create(CatalogueKind::MuscleGroups, call.input.0).await?;
    Ok(HttpResponse::Created().json(CatalogItem::from(item)))
}

/// Renames a muscle group
#[utoipa::path(
    tag = "Muscle Groups",
    operation_id = "UpdateMuscleGroup",
    params(("muscle_id" = i64, Path, description = "Number of the muscle group", example = 7)),
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The muscle group as it is now", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such muscle group", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/muscle-groups/{muscle_id}")]
pub(crate) async fn update_muscle_group(call: Call<Superuser, Rename>) -> Result<HttpResponse, Problem> {
    let Rename { id, name } = call.input;
    let item = call.state.catalogues.rename(CatalogueKind::MuscleGroups, id, name).await?;
    Ok(HttpResponse::Ok().json(CatalogItem::from(item)))
}

/// Deletes a muscle group
///
/// Exercises lose their links to it.
#[utoipa::path(
    tag = "Muscle Groups",
    operation_id = "DeleteMuscleGroup",
    params(("muscle_id" = i64, Path, description = "Number of the muscle group", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The muscle group is gone"),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such muscle group", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/muscle-groups/{muscle_id}")]
pub(crate) async fn delete_muscle_group(call: Call<Superuser, ItemId>) -> Result<HttpResponse, Problem> {
    call.state.catalogues.delete(CatalogueKind::MuscleGroups, call.input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
