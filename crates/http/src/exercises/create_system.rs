//! `POST /exercises/system`.

use actix_web::{HttpResponse, post};
use irontrack_application::ExerciseDraft;
use utoipa::ToSchema;

use super::{
    dto::Exercise,
    input::{Kind, read_draft},
    list::{CategoryName, DifficultyLevelName},
    names::{ForceName, MechanicName},
};
use crate::{
    call::{BodyKind, Call, Input, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// A new system exercise.
#[derive(ToSchema)]
#[schema(as = SystemExerciseCreateInput, rename_all = "camelCase", example = json!({"name": "Barbell Floor Press", "primaryMuscles": [7], "secondaryMuscles": [6, 13], "force": "push",
    "difficultyLevel": "intermediate", "mechanic": "compound", "equipment": [8], "category": "strength",
    "instructions": "Lie on the floor under the bar.", "imagePathStart": null, "imagePathEnd": null, "tags": [5, 20]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SystemExerciseCreateSchema {
    /// Name of 3 to 100 characters after trimming and collapsing blanks; unique in the system, and so is the slug made of it, ignoring case.
    #[schema(min_length = 3, max_length = 100)]
    name: String,
    /// Numbers of muscle groups that it trains first.
    #[schema(min_items = 1)]
    primary_muscles: Vec<i64>,
    /// Numbers of muscle groups that assist; those that are primary as well are dropped.
    #[schema(min_items = 1, nullable)]
    secondary_muscles: Option<Vec<i64>>,
    /// Direction of the force.
    #[schema(inline, nullable)]
    force: Option<ForceName>,
    /// How much experience it asks for.
    #[schema(inline)]
    difficulty_level: DifficultyLevelName,
    /// Whether it moves several joints or one.
    #[schema(inline, nullable)]
    mechanic: Option<MechanicName>,
    /// Numbers of equipment that it uses.
    #[schema(min_items = 1, nullable)]
    equipment: Option<Vec<i64>>,
    /// Kind of training.
    #[schema(inline)]
    category: CategoryName,
    /// How to do it.
    #[schema(max_length = 100_000)]
    instructions: String,
    /// Path of the picture of the start position.
    #[schema(pattern = r"^/[a-z0-9\-_]+(?:/[a-z0-9\-_]+)*\.(?:jpg|jpeg|png|webp)$", max_length = 512, nullable)]
    image_path_start: Option<String>,
    /// Path of the picture of the end position.
    #[schema(pattern = r"^/[a-z0-9\-_]+(?:/[a-z0-9\-_]+)*\.(?:jpg|jpeg|png|webp)$", max_length = 512, nullable)]
    image_path_end: Option<String>,
    /// Numbers of tags.
    #[schema(min_items = 1)]
    tags: Vec<i64>,
}

/// A valid new exercise.
pub(crate) struct SystemCreate(ExerciseDraft);

impl Input for SystemCreate {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        read_draft(Kind::System, request, violations).map(Self)
    }
}

/// Creates a system exercise
///
/// Its slug is made of its name.
#[utoipa::path(
    tag = "Exercises",
    operation_id = "CreateSystemExercise",
    security(("accessCookie" = [])),
    request_body(content = SystemExerciseCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new exercise", body = Exercise),
        (status = 403, description = "Not a superuser, or a request from a foreign site", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "An unknown muscle, equipment or tag number", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/system")]
pub(crate) async fn create_system_exercise(call: Call<Superuser, SystemCreate>) -> Result<HttpResponse, Problem> {
    let exercise = call.state.exercises.create_system(call.input.0).await?;
    Ok(HttpResponse::Created().json(Exercise::new(exercise, &call.state.settings)))
}
