//! Exercises on the wire.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    catalogue::CatalogueItem,
    exercise::{Exercise as DomainExercise, Slug},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{catalogues::CatalogItem, state::HttpSettings};

/// An exercise.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000aa", "name": "Barbell Bench Press",
    "primaryMuscles": [{"id": 7, "name": "chest"}],
    "secondaryMuscles": [{"id": 6, "name": "shoulders"}, {"id": 13, "name": "triceps"}],
    "force": "push", "difficultyLevel": "beginner", "mechanic": "compound",
    "equipment": [{"id": 8, "name": "barbell"}], "category": "strength",
    "instructions": "Lie on the bench with your eyes under the bar.", "imagePathStart": null, "imagePathEnd": null,
    "tags": [{"id": 5, "name": "bilateral"}, {"id": 20, "name": "lying"}], "slug": "barbell-bench-press",
    "createdBy": null, "createdAt": "2026-11-23T18:41:46.082726Z", "updatedAt": "2026-11-23T18:41:46.082726Z",
    "aliases": ["Bench Press", "Flat Bench"]
}))]
pub(crate) struct Exercise {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// Name.
    name: String,
    /// Muscle groups that it trains first, ascending by id.
    primary_muscles: Vec<CatalogItem>,
    /// Muscle groups that assist, ascending by id.
    secondary_muscles: Vec<CatalogItem>,
    /// Direction of the force: `pull`, `push`, `static`, or null.
    #[schema(required)]
    force: Option<&'static str>,
    /// `beginner`, `intermediate` or `expert`.
    difficulty_level: &'static str,
    /// `compound`, `isolation`, or null.
    #[schema(required)]
    mechanic: Option<&'static str>,
    /// Equipment that it uses, ascending by id.
    equipment: Vec<CatalogItem>,
    /// Kind of training.
    category: &'static str,
    /// How to do it.
    #[schema(required)]
    instructions: Option<String>,
    /// Address of the picture of the start position.
    #[schema(required)]
    image_path_start: Option<String>,
    /// Address of the picture of the end position.
    #[schema(required)]
    image_path_end: Option<String>,
    /// Tags, ascending by id; `[]` for custom exercises.
    tags: Vec<CatalogItem>,
    /// Readable key; null for custom exercises.
    #[schema(required)]
    slug: Option<String>,
    /// Owner of a custom exercise; null for system exercises.
    #[schema(required)]
    created_by: Option<Uuid>,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
    /// Other names under which athletes know it; `[]` for custom exercises.
    aliases: Vec<String>,
}

impl Exercise {
    pub(crate) fn new(exercise: DomainExercise, settings: &HttpSettings) -> Self {
        Self::with_images(exercise, settings.images_url.as_deref())
    }

    /// With pictures below this address.
    pub(crate) fn with_images(exercise: DomainExercise, images_url: Option<&str>) -> Self {
        let image = |path: Option<String>| match (images_url, path) {
            (Some(base), Some(path)) => Some(format!("{base}/exercises{path}")),
            (_, path) => path,
        };
        Self {
            id: exercise.id.uuid(),
            name: exercise.name,
            primary_muscles: items(exercise.primary_muscles),
            secondary_muscles: items(exercise.secondary_muscles),
            force: exercise.force.map(irontrack_domain::exercise::Force::as_str),
            difficulty_level: exercise.difficulty_level.as_str(),
            mechanic: exercise.mechanic.map(irontrack_domain::exercise::Mechanic::as_str),
            equipment: items(exercise.equipment),
            category: exercise.category.as_str(),
            instructions: exercise.instructions,
            image_path_start: image(exercise.image_path_start),
            image_path_end: image(exercise.image_path_end),
            tags: items(exercise.tags),
            slug: exercise.slug.as_ref().map(Slug::to_string),
            created_by: exercise.created_by.map(irontrack_domain::UserId::uuid),
            created_at: exercise.created_at,
            updated_at: exercise.updated_at,
            aliases: exercise.aliases,
        }
    }
}

fn items(items: Vec<CatalogueItem>) -> Vec<CatalogItem> {
    items.into_iter().map(CatalogItem::from).collect()
}

/// One page of exercises.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExercisePage {
    /// The exercises of the page.
    pub(super) items: Vec<Exercise>,
    /// The page size.
    pub(super) limit: i64,
    /// How many exercises come before the page.
    pub(super) offset: i64,
    /// How many exercises match on all pages.
    pub(super) total: i64,
}
