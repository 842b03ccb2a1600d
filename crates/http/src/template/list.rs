//! Parameters of the lists of training units and plans.

use irontrack_domain::{ExerciseId, UserId, exercise::DifficultyLevel};
use irontrack_ports::{
    PageRequest,
    query::{TemplateFilter, TemplateScope, TemplateSort},
};
use utoipa::ToSchema;

use crate::{
    call::{Query, Read, Violations, saturate},
    exercises::{SORT_ORDER, SORT_ORDERS},
};

const SCOPES: [(&str, TemplateScope); 4] = [
    ("own", TemplateScope::Own),
    ("shared", TemplateScope::Shared),
    ("public", TemplateScope::Public),
    ("all", TemplateScope::All),
];

const SORTS: [(&str, TemplateSort); 3] =
    [("name", TemplateSort::Name), ("createdAt", TemplateSort::CreatedAt), ("updatedAt", TemplateSort::UpdatedAt)];

/// Whose: the caller's own, those that others share with the caller, public ones of others, or all of these.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum TemplateScopeName {
    Own,
    Shared,
    Public,
    All,
}

/// By what units and plans can be sorted.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum TemplateSortName {
    Name,
    CreatedAt,
    UpdatedAt,
}

/// Reads the filter of a list; who asks is added by the handler. Only plans have a level.
pub(crate) fn read_filter(has_level: bool, mut query: Query, violations: &mut Violations) -> Read<TemplateFilter> {
    let page = query.integer(("currentPage", "current_page"), 1, None, violations);
    let size = query.integer(("pageSize", "page_size"), 1, Some(100), violations);
    let sort = query.choice(("orderBy", "order_by"), "literal_error", &SORTS, violations);
    let order = query.choice(SORT_ORDER, "literal_error", &SORT_ORDERS, violations);
    let search = query.search(("searchString", "search_string"), violations);
    let scope = query.choice(("scope", "scope"), "enum", &SCOPES, violations);
    let exercise = query.uuid(("exerciseId", "exercise_id"), violations);
    let difficulty_level = if has_level {
        let levels: Vec<_> = DifficultyLevel::ALL.iter().map(|&level| (level.as_str(), level)).collect();
        query.choice(("difficultyLevel", "difficulty_level"), "enum", &levels, violations)
    } else {
        Ok(None)
    };
    query.refuse_others(violations);
    Ok(TemplateFilter {
        reader: UserId::new(uuid::Uuid::nil()),
        scope: scope?.unwrap_or_default(),
        search: search?,
        exercise: exercise?.map(ExerciseId::new),
        difficulty_level: difficulty_level?,
        sort: sort?.unwrap_or_default(),
        order: order?.unwrap_or_default(),
        page: PageRequest::numbered(saturate(page?.unwrap_or(1)), saturate(size?.unwrap_or(20))),
    })
}
