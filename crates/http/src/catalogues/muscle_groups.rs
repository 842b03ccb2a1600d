//! Muscle groups.

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
    let items = call.state.catalogues.list(CatalogueKind::MuscleGroups, &call.input.0).await?;
    Ok(HttpResponse::Ok().json(items.into_iter().map(CatalogItem::from).collect::<Vec<_>>()))
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
