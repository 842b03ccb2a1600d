//! Exercises in bodies: new ones and changes, custom and system.

use irontrack_application::{ExerciseDraft, ExercisePatch};
use irontrack_domain::{
    Violation,
    exercise::{Category, DifficultyLevel, ExerciseName, Force, ImagePath, Instructions, Mechanic, Slug},
};

use crate::call::{Field, Object, Read, RequestParts, Violations};

/// Which fields an exercise has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Custom: neither pictures nor tags, instructions optional.
    Custom,
    /// Of the system: with pictures and tags.
    System,
}

impl Kind {
    /// The name, and for a system exercise the slug made of it.
    fn name(self, text: &str) -> Result<(ExerciseName, Option<Slug>), Violation> {
        let name = ExerciseName::parse(text)?;
        let slug = match self {
            Self::Custom => None,
            Self::System => Some(name.slug()?),
        };
        Ok((name, slug))
    }
}

fn force(field: &Field<'_>, violations: &mut Violations) -> Read<Force> {
    field.choice(&[("pull", Force::Pull), ("push", Force::Push), ("static", Force::Static)], violations)
}

fn mechanic(field: &Field<'_>, violations: &mut Violations) -> Read<Mechanic> {
    field.choice(&[("compound", Mechanic::Compound), ("isolation", Mechanic::Isolation)], violations)
}

fn level(field: &Field<'_>, violations: &mut Violations) -> Read<DifficultyLevel> {
    let levels: Vec<_> = DifficultyLevel::ALL.iter().map(|&level| (level.as_str(), level)).collect();
    field.choice(&levels, violations)
}

fn category(field: &Field<'_>, violations: &mut Violations) -> Read<Category> {
    let categories: Vec<_> = Category::ALL.iter().map(|&category| (category.as_str(), category)).collect();
    field.choice(&categories, violations)
}

fn instructions(field: &Field<'_>, violations: &mut Violations) -> Read<Instructions> {
    field.text(Instructions::parse, violations)
}

fn image(field: &Field<'_>, violations: &mut Violations) -> Read<ImagePath> {
    field.text(ImagePath::parse, violations)
}

/// Reads a new exercise.
pub(super) fn read_draft(kind: Kind, request: &RequestParts<'_>, violations: &mut Violations) -> Read<ExerciseDraft> {
    let mut body = Object::new(request.body.object(violations)?);
    let name = body.field("name", "name").text(|text| kind.name(text), violations);
    let primary = body.field("primaryMuscles", "primary_muscles").integers(violations);
    let secondary = body.field("secondaryMuscles", "secondary_muscles").optional(violations, Field::integers);
    let force = body.field("force", "force").optional(violations, force);
    let difficulty_level = level(&body.field("difficultyLevel", "difficulty_level"), violations);
    let mechanic = body.field("mechanic", "mechanic").optional(violations, mechanic);
    let equipment = body.field("equipment", "equipment").optional(violations, Field::integers);
    let category = category(&body.field("category", "category"), violations);
    let text = body.field("instructions", "instructions");
    let (text, start, end, tags) = match kind {
        Kind::Custom => (text.optional(violations, instructions), Ok(None), Ok(None), Ok(Vec::new())),
        Kind::System => (
            instructions(&text, violations).map(Some),
            body.field("imagePathStart", "image_path_start").optional(violations, image),
            body.field("imagePathEnd", "image_path_end").optional(violations, image),
            body.field("tags", "tags").integers(violations),
        ),
    };
    body.refuse_others(violations);
    let (name, slug) = name?;
    Ok(ExerciseDraft {
        name,
        slug,
        primary_muscles: primary?,
        secondary_muscles: secondary?.unwrap_or_default(),
        force: force?,
        difficulty_level: difficulty_level?,
        mechanic: mechanic?,
        equipment: equipment?.unwrap_or_default(),
        category: category?,
        instructions: text?,
        image_path_start: start?,
        image_path_end: end?,
        tags: tags?,
    })
}

/// Reads a change of an exercise. Null clears what may be absent or empty.
pub(super) fn read_patch(kind: Kind, request: &RequestParts<'_>, violations: &mut Violations) -> Read<ExercisePatch> {
    let mut body = Object::new(request.body.object(violations)?);
    let name = body.field("name", "name").change(violations, |name, v| name.text(|text| kind.name(text), v));
    let primary = body.field("primaryMuscles", "primary_muscles").change(violations, Field::integers);
    let secondary = body.field("secondaryMuscles", "secondary_muscles").clearable(violations, Field::integers);
    let force = body.field("force", "force").clearable(violations, force);
    let difficulty_level = body.field("difficultyLevel", "difficulty_level").change(violations, level);
    let mechanic = body.field("mechanic", "mechanic").clearable(violations, mechanic);
    let equipment = body.field("equipment", "equipment").clearable(violations, Field::integers);
    let category = body.field("category", "category").change(violations, category);
    let text = body.field("instructions", "instructions").clearable(violations, instructions);
    let (start, end, tags) = match kind {
        Kind::Custom => (Ok(None), Ok(None), Ok(None)),
        Kind::System => (
            body.field("imagePathStart", "image_path_start").clearable(violations, image),
            body.field("imagePathEnd", "image_path_end").clearable(violations, image),
            body.field("tags", "tags").change(violations, Field::integers),
        ),
    };
    body.refuse_others(violations);
    Ok(ExercisePatch {
        name: name?,
        primary_muscles: primary?,
        secondary_muscles: secondary?.map(Option::unwrap_or_default),
        force: force?,
        difficulty_level: difficulty_level?,
        mechanic: mechanic?,
        equipment: equipment?.map(Option::unwrap_or_default),
        category: category?,
        instructions: text?,
        image_path_start: start?,
        image_path_end: end?,
        tags: tags?,
    })
}
