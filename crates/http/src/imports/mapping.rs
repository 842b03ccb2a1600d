//! `PUT /imports/{import_id}/mapping`.

use actix_web::{HttpResponse, put};
use irontrack_application::imports::{Importer, MappedName};
use irontrack_domain::{ExerciseId, ImportId, import::MAX_NAMES};
use irontrack_ports::repo::NameDecision;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::Import;
use crate::{
    call::{ActiveUser, BodyKind, Call, Field, Input, Location, Object, Read, RequestParts, Violations},
    problem::Problem,
};

/// What the names in a file mean.
#[derive(ToSchema)]
#[schema(as = ImportMappingInput, example = json!({"items": [
    {"name": "Bench Press (Barbell)", "exerciseId": "0192a000-0000-7000-8000-0000000000aa"},
    {"name": "Zercher Squat", "create": true, "primaryMuscles": [4]}, {"name": "Rest", "skip": true}
]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct MappingSchema {
    /// Names, each with what it means. Names that are not here keep what was said before; of one that is here twice the last
    /// word counts.
    #[schema(max_items = 5000)]
    items: Vec<MappedNameSchema>,
}

/// What a name means: exactly one of `exerciseId`, `create` and `skip`.
#[derive(ToSchema)]
#[schema(as = ImportMappingItemInput, rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct MappedNameSchema {
    /// The name as it stands in the file, ignoring case.
    name: String,
    /// An exercise that the caller may read.
    #[schema(nullable)]
    exercise_id: Option<Uuid>,
    /// Make a custom exercise of that name, which must have 3 to 100 characters.
    #[schema(nullable)]
    create: Option<bool>,
    /// Leave out what was done in it.
    #[schema(nullable)]
    skip: Option<bool>,
    /// The muscle groups that the custom exercise trains first; only with `create`.
    #[schema(nullable, max_items = 50)]
    primary_muscles: Option<Vec<i16>>,
}

/// Which import, and what its names mean.
pub(crate) struct Map {
    id: ImportId,
    items: Vec<MappedName>,
}

impl Input for Map {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = super::id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let items = body.field("items", "items");
        let items = items.list(MAX_NAMES, violations, |item, v| item.object(v, read_item));
        body.refuse_others(violations);
        Ok(Self { id: id?, items: items? })
    }
}

fn read_item(item: &mut Object<'_>, violations: &mut Violations) -> Read<MappedName> {
    let name = item.field("name", "name").text(Ok, violations);
    let exercise = item.field("exerciseId", "exercise_id").optional(violations, Field::uuid);
    let create = item.field("create", "create").optional(violations, Field::boolean);
    let skip = item.field("skip", "skip").optional(violations, Field::boolean);
    let muscles_field = item.field("primaryMuscles", "primary_muscles");
    let muscles = muscles_field.optional(violations, Field::integers);
    let (exercise, create, skip) = (exercise?, create?.unwrap_or(false), skip?.unwrap_or(false));
    let muscles = muscles?;
    let at = Location::of_pointer(item.pointer());
    if !create && muscles.is_some() {
        let message = "Value error, muscles go with a new exercise only";
        return violations.record(muscles_field.location(), "value_error", message);
    }
    let decision = match (exercise, create, skip) {
        (Some(id), false, false) => NameDecision::Exercise(ExerciseId::new(id)),
        (None, true, false) => NameDecision::Create { primary_muscles: possible(muscles, violations, &at)? },
        (None, false, true) => NameDecision::Skip,
        _ => {
            let message = "Value error, exactly one of exerciseId, create and skip must be given";
            return violations.record(&at, "value_error", message);
        }
    };
    Ok(MappedName { name: name?.to_owned(), decision })
}

/// Ids as muscle groups have them, ascending.
fn possible(muscles: Option<Vec<i128>>, violations: &mut Violations, at: &Location) -> Read<Vec<i16>> {
    let ids = muscles.unwrap_or_default().into_iter().map(i16::try_from).collect::<Result<Vec<_>, _>>();
    let Ok(mut ids) = ids else {
        return violations.record(at, "value_error", "Value error, there is no such muscle group");
    };
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Says what the names in a file mean
///
/// A name can mean an exercise, become a custom exercise, or be left out. Names that were found to mean an exercise need no
/// mapping, but can have one.
#[utoipa::path(
    tag = "Imports",
    operation_id = "MapImport",
    params(("import_id" = uuid::Uuid, Path, description = "Identifier of the import")),
    security(("accessCookie" = [])),
    request_body(content = MappingSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The import with what was said", body = Import),
        (status = 404, description = "The caller has no such import, or not any more, or there is no such exercise or muscle \
            group for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "It was confirmed already", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{import_id}/mapping")]
pub(crate) async fn map_import(call: Call<ActiveUser, Map>) -> Result<HttpResponse, Problem> {
    let Map { id, items } = call.input;
    let import = call.state.imports.map(Importer::from(&call.caller), id, &items).await?;
    Ok(HttpResponse::Ok().json(Import::new(&import)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::read_object;

    #[test]
    fn a_name_means_one_thing() {
        const ID: &str = "0192a000-0000-7000-8000-0000000000aa";
        let read = |item| read_object(&item, read_item).map(|mapped| mapped.decision);
        let exercise = NameDecision::Exercise(ExerciseId::new(ID.parse().unwrap()));
        assert_eq!(read(json!({"name": "a", "exercise_id": ID, "create": false})), Ok(exercise));
        let create = json!({"name": "a", "create": true, "primaryMuscles": [7, 4, 7], "exerciseId": null});
        assert_eq!(read(create), Ok(NameDecision::Create { primary_muscles: vec![4, 7] }));
        assert_eq!(read(json!({"name": "a", "skip": true})), Ok(NameDecision::Skip));
        for (wrong, expected) in [
            (json!({"name": "a"}), "value_error "),
            (json!({"name": "a", "skip": true, "create": true}), "value_error "),
            (json!({"name": "a", "skip": false}), "value_error "),
            (json!({"name": "a", "skip": true, "primaryMuscles": [7]}), "value_error /primaryMuscles"),
            (json!({"name": "a", "create": true, "primaryMuscles": [70_000]}), "value_error "),
            (json!({"skip": true}), "missing /name"),
            (json!({"name": "a", "skip": true, "x": 1}), "extra_forbidden /x"),
        ] {
            assert_eq!(read(wrong.clone()), Err(vec![expected.to_owned()]), "{wrong}");
        }
    }
}
