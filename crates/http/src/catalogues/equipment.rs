//! Equipment.

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
        request.path.integer("equipment_id", violations).map(Self)
    }
}

/// Lists the kinds of equipment
#[utoipa::path(
    tag = "Equipment",
    operation_id = "ListEquipment",
    params(CatalogQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "All kinds of equipment that match", body = [CatalogItem]))
)]
#[get("/equipment")]
pub(crate) async fn list_equipment(call: Call<ActiveUser, CatalogueList>) -> Result<HttpResponse, Problem> {
    list(CatalogueKind::Equipment, call).await
}

/// Reads one kind of equipment
#[utoipa::path(
    tag = "Equipment",
    operation_id = "GetEquipment",
    params(("equipment_id" = i64, Path, description = "Number of the kind of equipment", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The kind of equipment", body = CatalogItem),
        (status = 404, description = "There is no such kind of equipment", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/equipment/{equipment_id}")]
pub(crate) async fn get_equipment(call: Call<ActiveUser, ItemId>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.get(CatalogueKind::Equipment, call.input.0).await?;
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
        let id = request.path.integer("equipment_id", violations);
        let name = name(request, violations);
        Ok(Self { id: id?, name: name? })
    }
}

/// Adds a kind of equipment
#[utoipa::path(
    tag = "Equipment",
    operation_id = "CreateEquipment",
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new kind of equipment", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/equipment")]
pub(crate) async fn create_equipment(call: Call<Superuser, NewItem>) -> Result<HttpResponse, Problem> {
    let item = call.state.catalogues.create(CatalogueKind::Equipment, call.input.0).await?;
    Ok(HttpResponse::Created().json(CatalogItem::from(item)))
}

/// Renames a kind of equipment
#[utoipa::path(
    tag = "Equipment",
    operation_id = "UpdateEquipment",
    params(("equipment_id" = i64, Path, description = "Number of the kind of equipment", example = 7)),
    security(("accessCookie" = [])),
    request_body(content = CatalogItemSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The kind of equipment as it is now", body = CatalogItem),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such kind of equipment", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/equipment/{equipment_id}")]
pub(crate) async fn update_equipment(call: Call<Superuser, Rename>) -> Result<HttpResponse, Problem> {
    let Rename { id, name } = call.input;
    let item = call.state.catalogues.rename(CatalogueKind::Equipment, id, name).await?;
    Ok(HttpResponse::Ok().json(CatalogItem::from(item)))
}

/// Deletes a kind of equipment
///
/// Exercises lose their links to it.
#[utoipa::path(
    tag = "Equipment",
    operation_id = "DeleteEquipment",
    params(("equipment_id" = i64, Path, description = "Number of the kind of equipment", example = 7)),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The kind of equipment is gone"),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such kind of equipment", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/equipment/{equipment_id}")]
pub(crate) async fn delete_equipment(call: Call<Superuser, ItemId>) -> Result<HttpResponse, Problem> {
    call.state.catalogues.delete(CatalogueKind::Equipment, call.input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
