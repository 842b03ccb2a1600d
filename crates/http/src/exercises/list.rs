//! `GET /exercises`.

use actix_web::{HttpResponse, get};
use irontrack_domain::{
    UserId,
    exercise::{Category, DifficultyLevel},
};
use irontrack_ports::{
    Page, PageRequest, SortOrder,
    query::{ExerciseFilter, ExerciseOrder, ExerciseScope, ExerciseSort},
};
use utoipa::{IntoParams, ToSchema};

use super::dto::{Exercise, ExercisePage};
use crate::{
    body::{ready_json, to_json},
    call::{ActiveUser, Call, Input, Query, Read, RequestParts, Spellings, Violations, saturate},
    problem::Problem,
    state::HttpSettings,
};

pub(crate) const SORT_ORDER: Spellings = ("sortOrder", "sort_order");
pub(crate) const SORT_ORDERS: [(&str, SortOrder); 2] = [("asc", SortOrder::Ascending), ("desc", SortOrder::Descending)];

const SCOPES: [(&str, ExerciseScope); 3] =
    [("system", ExerciseScope::System), ("user", ExerciseScope::User), ("all", ExerciseScope::All)];

const SORTS: [(&str, ExerciseSort); 5] = [
    ("name", ExerciseSort::Name),
    ("createdAt", ExerciseSort::CreatedAt),
    ("updatedAt", ExerciseSort::UpdatedAt),
    ("difficultyLevel", ExerciseSort::DifficultyLevel),
    ("category", ExerciseSort::Category),
];

/// Parameters of the list of exercises. Snake-case names work as well.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameters for the OpenAPI document; they are read one by one")]
pub(crate) struct ExerciseListQuery {
    /// Page number, starting with 1.
    #[param(minimum = 1, default = 1)]
    current_page: Option<i64>,
    /// Exercises on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<i64>,
    /// By what to sort. Without it the list is sorted by relevance if there is a search, else by name.
    #[param(inline)]
    order_by: Option<ExerciseSortName>,
    /// In which direction.
    #[param(inline, default = "asc")]
    sort_order: Option<SortDirection>,
    /// Only names that contain this, and names and aliases with all its words, in any order and unfinished if need be. Case,
    /// accents, hyphens and plurals make no difference. If nothing matches, what looks like it. Blank is no search.
    #[param(example = "bench press")]
    search_string: Option<String>,
    /// Whose exercises: of the system catalogue, the caller's own, or both.
    #[param(inline, default = "all")]
    scope: Option<ExerciseScopeName>,
    /// Only with one of these primary muscles (repeat the parameter).
    #[param(example = json!([7]))]
    primary_muscles: Option<Vec<i64>>,
    /// Only with some of this equipment (repeat the parameter).
    equipment: Option<Vec<i64>>,
    /// Only with one of these tags (repeat the parameter).
    tags: Option<Vec<i64>>,
    /// Only of this category.
    #[param(inline)]
    category: Option<CategoryName>,
    /// Only of this level.
    #[param(inline)]
    difficulty_level: Option<DifficultyLevelName>,
}

/// Direction of a sort.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum SortDirection {
    Asc,
    Desc,
}

/// By what exercises can be sorted.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum ExerciseSortName {
    Name,
    CreatedAt,
    UpdatedAt,
    DifficultyLevel,
    Category,
}

/// Whose exercises.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum ExerciseScopeName {
    System,
    User,
    All,
}

/// Kind of training.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum CategoryName {
    Strength,
    Stretching,
    Plyometrics,
    Strongman,
    Powerlifting,
    Cardio,
    #[schema(rename = "olympic weightlifting")]
    OlympicWeightlifting,
}

/// How much experience an exercise asks for.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document")]
pub(crate) enum DifficultyLevelName {
    Beginner,
    Intermediate,
    Expert,
}

/// The filter of the list; who asks is added by the handler.
#[derive(Debug)]
pub(crate) struct ExerciseList {
    filter: ExerciseFilter,
}

impl Input for ExerciseList {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut query = Query::parse(request.query);
        let page = query.integer(("currentPage", "current_page"), 1, None, violations);
        let size = query.integer(("pageSize", "page_size"), 1, Some(100), violations);
        let sort = query.choice(("orderBy", "order_by"), "literal_error", &SORTS, violations);
        let direction = query.choice(SORT_ORDER, "literal_error", &SORT_ORDERS, violations);
        let search = query.search(("searchString", "search_string"), violations);
        let scope = query.choice(("scope", "scope"), "enum", &SCOPES, violations);
        let primary_muscles = query.integers(("primaryMuscles", "primary_muscles"), violations);
        let equipment = query.integers(("equipment", "equipment"), violations);
        let tags = query.integers(("tags", "tags"), violations);
        let categories: Vec<_> = Category::ALL.iter().map(|&c| (c.as_str(), c)).collect();
        let category = query.choice(("category", "category"), "enum", &categories, violations);
        let levels: Vec<_> = DifficultyLevel::ALL.iter().map(|&l| (l.as_str(), l)).collect();
        let difficulty_level = query.choice(("difficultyLevel", "difficulty_level"), "enum", &levels, violations);
        query.refuse_others(violations);

        let order = match (sort?, direction?) {
            (None, None) => ExerciseOrder::Relevance,
            (sort, direction) => ExerciseOrder::By(sort.unwrap_or(ExerciseSort::Name), direction.unwrap_or_default()),
        };
        let filter = ExerciseFilter {
            caller: UserId::new(uuid::Uuid::nil()),
            scope: scope?.unwrap_or_default(),
            search: search?,
            primary_muscles: primary_muscles?,
            equipment: equipment?,
            tags: tags?,
            category: category?,
            difficulty_level: difficulty_level?,
            order,
            page: PageRequest::numbered(saturate(page?.unwrap_or(1)), saturate(size?.unwrap_or(20))),
        };
        Ok(Self { filter })
    }
}

/// Lists exercises
///
/// The system catalogue and the caller's own exercises. Different filters must all hold; of the values of one, any.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "ListExercises",
    params(ExerciseListQuery),
    security(("accessCookie" = [])),
    responses((status = 200, description = "One page of the exercises that match", body = ExercisePage))
)]
#[get("")]
pub(crate) async fn list_exercises(call: Call<ActiveUser, ExerciseList>) -> Result<HttpResponse, Problem> {
    let filter = ExerciseFilter { caller: call.caller.user_id, ..call.input.filter };
    let settings = &call.state.settings;
    let render = |page: Page<irontrack_domain::exercise::Exercise>| {
        to_json(&ExercisePage {
            items: page.items.into_iter().map(|exercise| Exercise::new(exercise, settings)).collect(),
            limit: filter.page.limit,
            offset: filter.page.offset,
            total: page.total,
        })
    };
    Ok(ready_json(call.state.exercises.page(&filter, &form(settings), &render).await?))
}

/// The form of the answer: what else it depends on. Another version of it is another form.
fn form(settings: &HttpSettings) -> String {
    format!("exercises.1:{}", settings.images_url.as_deref().unwrap_or_default())
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(ExerciseList);
