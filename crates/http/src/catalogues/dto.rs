//! Catalogues on the wire. All three have the same shapes.

use actix_web::HttpResponse;
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::{
    SortOrder,
    query::{CatalogueFilter, CatalogueSort},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, BodyKind, Call, Input, Object, Query, Read, RequestParts, Violations},
    exercises::{SORT_ORDER, SORT_ORDERS},
    problem::Problem,
};

/// One item of a catalogue.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"id": 7, "name": "chest"}))]
pub(crate) struct CatalogItem {
    /// Number of the item.
    id: i16,
    /// Name, in lower case.
    name: String,
}

impl From<CatalogueItem> for CatalogItem {
    fn from(item: CatalogueItem) -> Self {
        Self { id: item.id, name: item.name }
    }
}

/// Parameters of a catalogue list. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct CatalogQuery {
    /// Only names that contain this, ignoring case; blank is no search.
    #[param(example = "back")]
    search_string: Option<String>,
    /// By what to sort.
    #[param(inline, default = "name")]
    order_by: Option<CatalogOrder>,
    /// In which direction.
    #[param(inline, default = "asc")]
    sort_order: Option<crate::exercises::SortDirection>,
}

/// By what a catalogue can be sorted.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum CatalogOrder {
    Id,
    Name,
}

const ORDERS: [(&str, CatalogueSort); 2] = [("id", CatalogueSort::Id), ("name", CatalogueSort::Name)];

/// The filter of a catalogue list.
#[derive(Debug)]
pub(crate) struct CatalogueList(pub(crate) CatalogueFilter);

impl Input for CatalogueList {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let order = query.choice(("orderBy", "order_by"), "literal_error", &ORDERS, violations);
        let direction = query.choice(SORT_ORDER, "literal_error", &SORT_ORDERS, violations);
        let search = query.search(("searchString", "search_string"), violations);
        query.refuse_others(violations);
        let (sort, order, search): (_, Option<SortOrder>, _) = (order?, direction?, search?);
        Ok(Self(CatalogueFilter { search, sort: sort.unwrap_or_default(), order: order.unwrap_or_default() }))
    }
}

/// Answers the list of one catalogue.
pub(super) async fn list(kind: CatalogueKind, call: Call<ActiveUser, CatalogueList>) -> Result<HttpResponse, Problem> {
    let render =
        |items: Vec<CatalogueItem>| to_json(&items.into_iter().map(CatalogItem::from).collect::<Vec<CatalogItem>>());
    Ok(ready_json(call.state.catalogues.list(kind, &call.input.0, "items.1", &render).await?))
}

/// A new item, or a new name of one.
#[derive(ToSchema)]
#[schema(as = CatalogItemInput, example = json!({"name": "rear deltoids"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(super) struct CatalogItemSchema {
    /// Name of 3 to 100 characters; stored in lower case, with one blank between words.
    #[schema(min_length = 3, max_length = 100)]
    name: String,
}

/// The name in a body.
pub(super) fn name(request: &RequestParts<'_>, violations: &mut Violations) -> Read<CatalogueName> {
    let mut body = Object::new(request.body.object(violations)?);
    let name = body.field("name", "name").text(CatalogueName::parse, violations);
    body.refuse_others(violations);
    name
}

/// The name of a new item.
pub(crate) struct NewItem(pub(super) CatalogueName);

impl Input for NewItem {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        name(request, violations).map(Self)
    }
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(CatalogueList);
