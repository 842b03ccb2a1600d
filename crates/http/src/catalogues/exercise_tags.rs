//! Exercise tags.

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
    let items = call.state.catalogues.list(CatalogueKind::ExerciseTags, &call.input.0).await?;
    Ok(HttpResponse::Ok().json(items.into_iter().map(CatalogItem::from).collect::<Vec<_>>()))
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
