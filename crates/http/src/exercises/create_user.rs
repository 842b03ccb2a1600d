//! `POST /exercises/user`.

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
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// A new exercise of one's own.
#[derive(ToSchema)]
#[schema(as = UserExerciseCreateInput, rename_all = "camelCase", example = json!({"name": "My Cable Curl", "primaryMuscles": [5], "secondaryMuscles": [15], "force": "pull", "difficultyLevel": "beginner",
    "mechanic": "isolation", "equipment": [7], "category": "strength", "instructions": "Keep the elbows still."}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UserExerciseCreateSchema {
    /// Name of 3 to 100 characters after trimming and collapsing blanks; unique among one's own, ignoring case.
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
    #[schema(max_length = 100_000, nullable)]
    instructions: Option<String>,
}

/// A valid new exercise.
pub(crate) struct UserCreate(ExerciseDraft);

impl Input for UserCreate {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        read_draft(Kind::Custom, request, violations).map(Self)
    }
}

/// Creates an exercise of one's own
#[utoipa::path(
    tag = "Exercises",
    operation_id = "CreateUserExercise",
    security(("accessCookie" = [])),
    request_body(content = UserExerciseCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new exercise", body = Exercise),
        (status = 403, description = "The request came from a foreign site", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "An unknown muscle, equipment or tag number", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/user")]
pub(crate) async fn create_user_exercise(call: Call<ActiveUser, UserCreate>) -> Result<HttpResponse, Problem> {
    let exercise = call.state.exercises.create_custom(&call.caller, call.input.0).await?;
    Ok(HttpResponse::Created().json(Exercise::new(exercise, &call.state.settings)))
}
