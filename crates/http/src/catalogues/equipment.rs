//! Equipment.

use actix_web::{HttpResponse, get};
use irontrack_domain::catalogue::CatalogueKind;

use super::dto::{CatalogItem, CatalogQuery, CatalogueList};
use crate::{
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
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
    let items = call.state.catalogues.list(CatalogueKind::Equipment, &call.input.0).await?;
    Ok(HttpResponse::Ok().json(items.into_iter().map(CatalogItem::from).collect::<Vec<_>>()))
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
