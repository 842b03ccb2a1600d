//! `PATCH /exercises/system/{exercise_id}`.

use actix_web::{HttpResponse, patch};
use irontrack_application::ExercisePatch;
use irontrack_domain::ExerciseId;
use utoipa::ToSchema;

use super::{
    dto::Exercise,
    input::{Kind, read_patch},
    list::{CategoryName, DifficultyLevelName},
    names::{ForceName, MechanicName},
};
use crate::{
    call::{BodyKind, Call, Input, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// A change of a system exercise.
#[derive(ToSchema)]
#[schema(as = SystemExerciseUpdateInput, rename_all = "camelCase", example = json!({"name": "Barbell Floor Press", "tags": [5, 20]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SystemExerciseUpdateSchema {
    /// Name of 3 to 100 characters after trimming and collapsing blanks; unique in the system, and so is the slug made of it, ignoring case.
    #[schema(min_length = 3, max_length = 100)]
    name: Option<String>,
    /// Numbers of muscle groups that it trains first.
    #[schema(min_items = 1)]
    primary_muscles: Option<Vec<i64>>,
    /// Numbers of muscle groups that assist; those that are primary as well are dropped.
    #[schema(min_items = 1, nullable)]
    secondary_muscles: Option<Vec<i64>>,
    /// Direction of the force.
    #[schema(inline, nullable)]
    force: Option<ForceName>,
    /// How much experience it asks for.
    #[schema(inline)]
    difficulty_level: Option<DifficultyLevelName>,
    /// Whether it moves several joints or one.
    #[schema(inline, nullable)]
    mechanic: Option<MechanicName>,
    /// Numbers of equipment that it uses.
    #[schema(min_items = 1, nullable)]
    equipment: Option<Vec<i64>>,
    /// Kind of training.
    #[schema(inline)]
    category: Option<CategoryName>,
    /// How to do it.
    #[schema(max_length = 100_000, nullable)]
    instructions: Option<String>,
    /// Path of the picture of the start position.
    #[schema(pattern = r"^/[a-z0-9\-_]+(?:/[a-z0-9\-_]+)*\.(?:jpg|jpeg|png|webp)$", max_length = 512, nullable)]
    image_path_start: Option<String>,
    /// Path of the picture of the end position.
    #[schema(pattern = r"^/[a-z0-9\-_]+(?:/[a-z0-9\-_]+)*\.(?:jpg|jpeg|png|webp)$", max_length = 512, nullable)]
    image_path_end: Option<String>,
    /// Numbers of tags.
    #[schema(min_items = 1)]
    tags: Option<Vec<i64>>,
}

/// Which exercise, and what to change of it.
pub(crate) struct SystemUpdate {
    id: ExerciseId,
    patch: ExercisePatch,
}

impl Input for SystemUpdate {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = request.path.uuid("exercise_id", violations);
        let patch = read_patch(Kind::System, request, violations);
        Ok(Self { id: id?.into(), patch: patch? })
    }
}

/// Changes a system exercise
///
/// What is absent stays. Lists replace the stored ones; null clears what may be empty.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "UpdateSystemExercise",
    params(("exercise_id" = uuid::Uuid, Path, description = "Identifier of the exercise")),
    security(("accessCookie" = [])),
    request_body(content = SystemExerciseUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The exercise as it is now", body = Exercise),
        (status = 403, description = "Not a superuser, or a request from a foreign site", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "No such exercise, or an unknown muscle, equipment or tag number", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/system/{exercise_id}")]
pub(crate) async fn update_system_exercise(call: Call<Superuser, SystemUpdate>) -> Result<HttpResponse, Problem> {
    let SystemUpdate { id, patch } = call.input;
    let exercise = call.state.exercises.update_system(id, patch).await?;
    Ok(HttpResponse::Ok().json(Exercise::new(exercise, &call.state.settings)))
}
