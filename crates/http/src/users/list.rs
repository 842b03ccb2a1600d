//! `GET /users`.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_ports::{
    PageRequest,
    query::{AccountFilter, AccountSort},
};
use utoipa::{IntoParams, ToSchema};

use super::{User, dto::UserPage};
use crate::{
    call::{Call, Input, Query, Read, RequestParts, Superuser, Violations, saturate},
    exercises::{SORT_ORDER, SORT_ORDERS, SortDirection},
    problem::Problem,
};

const SORTS: [(&str, AccountSort); 3] =
    [("name", AccountSort::Name), ("email", AccountSort::Email), ("createdAt", AccountSort::CreatedAt)];

/// Parameters of the list of accounts. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct UserListQuery {
    /// Page number, starting with 1.
    #[param(minimum = 1, default = 1)]
    current_page: Option<i64>,
    /// Accounts on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<i64>,
    /// By what to sort.
    #[param(inline, default = "name")]
    order_by: Option<UserSortName>,
    /// In which direction.
    #[param(inline, default = "asc")]
    sort_order: Option<SortDirection>,
    /// Only names or addresses that contain this, ignoring case; blank is no search.
    search_string: Option<String>,
    /// Only active, or only inactive accounts.
    is_active: Option<bool>,
    /// Only accounts created at this time or earlier.
    created_before: Option<DateTime<Utc>>,
    /// Only accounts created at this time or later.
    created_after: Option<DateTime<Utc>>,
}

/// By what accounts can be sorted.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum UserSortName {
    Name,
    Email,
    CreatedAt,
}

impl Input for AccountFilter {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let page = query.integer(("currentPage", "current_page"), 1, None, violations);
        let size = query.integer(("pageSize", "page_size"), 1, Some(100), violations);
        let sort = query.choice(("orderBy", "order_by"), "literal_error", &SORTS, violations);
        let order = query.choice(SORT_ORDER, "literal_error", &SORT_ORDERS, violations);
        let search = query.search(("searchString", "search_string"), violations);
        let is_active = query.boolean(("isActive", "is_active"), violations);
        let created_before = query.timestamp(("createdBefore", "created_before"), violations);
        let created_after = query.timestamp(("createdAfter", "created_after"), violations);
        query.refuse_others(violations);
        Ok(Self {
            search: search?,
            role: None,
            is_active: is_active?,
            created_before: created_before?,
            created_after: created_after?,
            sort: sort?.unwrap_or_default(),
            order: order?.unwrap_or_default(),
            page: PageRequest::numbered(saturate(page?.unwrap_or(1)), saturate(size?.unwrap_or(20))),
        })
    }
}

/// Lists accounts
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "ListUsers",
    params(UserListQuery),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "One page of the accounts that match", body = UserPage),
        (status = 403, description = "Not a superuser", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("")]
pub(crate) async fn list_users(call: Call<Superuser, AccountFilter>) -> Result<HttpResponse, Problem> {
    let page = call.state.users.page(&call.input).await?;
    Ok(HttpResponse::Ok().json(UserPage {
        items: page.items.into_iter().map(User::from).collect(),
        limit: call.input.page.limit,
        offset: call.input.page.offset,
        total: page.total,
    }))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(AccountFilter);
