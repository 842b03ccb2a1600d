//! `GET /training-sessions`.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, Utc};
use irontrack_domain::{ExerciseId, TrainingPlanId, TrainingUnitId, UserId, training::session::SessionStatus};
use irontrack_ports::{
    PageRequest, SortOrder,
    query::{SessionFilter, SessionWindow},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{course_input::SessionStatusName, dto::TrainingSessionPage};
use crate::{
    call::{ActiveUser, Call, Input, Location, Query, Read, RequestParts, Violations, saturate},
    exercises::{SORT_ORDER, SORT_ORDERS, SortDirection},
    problem::Problem,
};

/// Parameters of the list of training sessions. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct TrainingSessionListQuery {
    /// Page number, starting with 1; not with `cursor`.
    #[param(minimum = 1, default = 1)]
    current_page: Option<i64>,
    /// Sessions on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<i64>,
    /// The `nextCursor` of a page: what follows it. It belongs to the filters and the order of that page. However far it
    /// leads, it costs the same.
    cursor: Option<String>,
    /// By what to sort. Sessions that began at the same moment are sorted by id, in the same direction.
    #[param(inline, default = "startTime")]
    order_by: Option<TrainingSessionSortName>,
    /// In which direction.
    #[param(inline, default = "desc")]
    sort_order: Option<SortDirection>,
    /// Only those that are so far.
    #[param(inline)]
    status: Option<SessionStatusName>,
    /// Only those that began then or later; with an offset or `Z`.
    from: Option<DateTime<Utc>>,
    /// Only those that began before; with an offset or `Z`.
    to: Option<DateTime<Utc>>,
    /// Only those that were started from this plan.
    training_plan_id: Option<Uuid>,
    /// Only those that were started from this unit.
    training_unit_id: Option<Uuid>,
    /// Only those in which this exercise stands.
    exercise_id: Option<Uuid>,
}

/// By what sessions can be sorted.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum TrainingSessionSortName {
    StartTime,
}

/// The filter of the list, to which the handler adds who asks, and where the part begins.
#[derive(Debug)]
pub(crate) struct List {
    filter: SessionFilter,
    cursor: Option<String>,
}

impl Input for List {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let page = query.integer(("currentPage", "current_page"), 1, None, violations);
        let size = query.integer(("pageSize", "page_size"), 1, Some(100), violations);
        let cursor = query.text("cursor", violations);
        let sort = query.choice(("orderBy", "order_by"), "literal_error", &[("startTime", ())], violations);
        let order = query.choice(SORT_ORDER, "literal_error", &SORT_ORDERS, violations);
        let statuses: Vec<_> = SessionStatus::ALL.iter().map(|&status| (status.as_str(), status)).collect();
        let status = query.choice(("status", "status"), "enum", &statuses, violations);
        let from = query.moment(("from", "from"), violations);
        let to = query.moment(("to", "to"), violations);
        let plan = query.uuid(("trainingPlanId", "training_plan_id"), violations);
        let unit = query.uuid(("trainingUnitId", "training_unit_id"), violations);
        let exercise = query.uuid(("exerciseId", "exercise_id"), violations);
        // What is wrong by itself was given all the same.
        if !matches!(page, Ok(None)) && !matches!(cursor, Ok(None)) {
            let message = "Value error, a cursor and a page number do not go together";
            let _recorded: Read<()> = violations.record(&Location::of_pointer("?cursor"), "value_error", message);
        }
        query.refuse_others(violations);
        sort?;
        let page = PageRequest::numbered(saturate(page?.unwrap_or(1)), saturate(size?.unwrap_or(20)));
        let filter = SessionFilter {
            owner: UserId::new(Uuid::nil()),
            status: status?,
            from: from?,
            to: to?,
            plan: plan?.map(TrainingPlanId::new),
            unit: unit?.map(TrainingUnitId::new),
            exercise: exercise?.map(ExerciseId::new),
            order: order?.unwrap_or(SortOrder::Descending),
            window: SessionWindow::Page(page),
        };
        Ok(Self { filter, cursor: cursor? })
    }
}

/// Lists training sessions
///
/// The caller's own. Every page names a cursor that leads to the next one, also those that were asked for by number;
/// pages by cursor fit together whatever is added or removed meanwhile.
#[utoipa::path(
    tag = "Training Sessions",
    operation_id = "ListTrainingSessions",
    params(TrainingSessionListQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "One page of the sessions that match", body = TrainingSessionPage))
)]
#[get("")]
pub(crate) async fn list_training_sessions(call: Call<ActiveUser, List>) -> Result<HttpResponse, Problem> {
    let List { filter, cursor } = call.input;
    let filter = SessionFilter { owner: call.caller.user_id, ..filter };
    let page = call.state.training_sessions.page(filter, cursor.as_deref()).await?;
    Ok(HttpResponse::Ok().json(TrainingSessionPage::from(page)))
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(List);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::read_request;

    fn list(query: &str) -> Result<List, Vec<String>> {
        read_request(&[], query, None, DateTime::UNIX_EPOCH)
    }

    #[test]
    fn the_latest_come_first_unless_something_else_is_said() {
        let List { filter, cursor } = list("").unwrap();
        assert_eq!((filter.order, cursor), (SortOrder::Descending, None));
        assert_eq!(filter.window, SessionWindow::Page(PageRequest { limit: 20, offset: 0 }));
        let List { filter, cursor } =
            list("cursor=abc&page_size=5&sort_order=asc&status=aborted&order_by=startTime").unwrap();
        assert_eq!((filter.order, cursor.as_deref()), (SortOrder::Ascending, Some("abc")));
        assert_eq!(filter.status, Some(SessionStatus::Aborted));
        assert_eq!(filter.window, SessionWindow::Page(PageRequest { limit: 5, offset: 0 }));
    }

    #[test]
    fn wrong_parameters_are_named() {
        for (query, expected) in [
            ("cursor=abc&currentPage=1", &["value_error ?cursor"][..]),
            ("cursor=&current_page=x", &["int_parsing ?current_page", "value_error ?cursor"]),
            ("cursor=%00", &["string_nul ?cursor"]),
            ("orderBy=name", &["literal_error ?orderBy"]),
            ("from=0&to=2026-01-01", &["datetime_from_date_parsing ?from", "timezone_aware ?to"]),
            ("status=done&exerciseId=5&x=1", &["enum ?status", "uuid_parsing ?exerciseId", "extra_forbidden ?x"]),
        ] {
            let expected = expected.iter().map(ToString::to_string).collect();
            assert_eq!(list(query).map(|_| ()), Err(expected), "{query}");
        }
    }
}
