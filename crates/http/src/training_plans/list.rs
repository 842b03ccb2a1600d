//! `GET /training-plans`.

use actix_web::{HttpResponse, get};
use irontrack_ports::query::TemplateFilter;
use utoipa::IntoParams;
use uuid::Uuid;

use super::dto::{TrainingPlanPage, TrainingPlanSummary};
use crate::{
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Violations},
    exercises::{DifficultyLevelName, SortDirection},
    problem::Problem,
    template::{TemplateScopeName, TemplateSortName, read_filter},
};

/// Parameters of the list of training plans. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct TrainingPlanListQuery {
    /// Page number, starting with 1.
    #[param(minimum = 1, default = 1)]
    current_page: Option<i64>,
    /// Plans on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<i64>,
    /// By what to sort.
    #[param(inline, default = "name")]
    order_by: Option<TemplateSortName>,
    /// In which direction.
    #[param(inline, default = "asc")]
    sort_order: Option<SortDirection>,
    /// Only names that contain this, ignoring case. Blank is no search.
    #[param(example = "full body")]
    search_string: Option<String>,
    /// Whose: the caller's own, those that others share with the caller, public ones of others, or all of these.
    #[param(inline, default = "own")]
    scope: Option<TemplateScopeName>,
    /// Only of this level.
    #[param(inline)]
    difficulty_level: Option<DifficultyLevelName>,
    /// Only with this exercise in one of their units.
    exercise_id: Option<Uuid>,
}

/// The filter of the list; who asks is added by the handler.
#[derive(Debug)]
pub(crate) struct List(TemplateFilter);

impl Input for List {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        read_filter(true, Query::parse(request.query), violations).map(Self)
    }
}

/// Lists training plans
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "ListTrainingPlans",
    params(TrainingPlanListQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "One page of the plans that match", body = TrainingPlanPage))
)]
#[get("")]
pub(crate) async fn list_training_plans(call: Call<ActiveUser, List>) -> Result<HttpResponse, Problem> {
    let filter = TemplateFilter { reader: call.caller.user_id, ..call.input.0 };
    let page = call.state.training_plans.page(&filter).await?;
    Ok(HttpResponse::Ok().json(TrainingPlanPage {
        items: page.items.into_iter().map(TrainingPlanSummary::from).collect(),
        limit: filter.page.limit,
        offset: filter.page.offset,
        total: page.total,
    }))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(List);
