//! `PUT /training-units/{unit_id}/exercises`.

use std::collections::HashSet;

use actix_web::{HttpResponse, http::StatusCode, put};
use irontrack_application::{tag, training_units::ListedEntry};
use irontrack_domain::{TrainingUnitId, training::limits};
use utoipa::ToSchema;

use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Location, Object, Read, RequestParts, Violations},
    problem::Problem,
    training_units::{
        dto::TrainingUnit,
        entry_input::{entry_id, entry_schema, read_draft},
        id,
    },
};

/// The new list of prescribed exercises.
#[derive(ToSchema)]
#[schema(as = UnitEntryListInput, example = json!({"exercises": [
    {"id": 42, "exerciseId": "0192a000-0000-7000-8000-0000000000ab", "mode": "time", "sets": 3, "targetTimeSeconds": 60},
    {"exerciseId": "0192a000-0000-7000-8000-0000000000aa", "mode": "reps", "sets": 5, "repsMin": 5, "repsMax": 5}
]}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UnitEntryListSchema {
    /// Entries in their order.
    #[schema(max_items = 200)]
    exercises: Vec<ListedEntrySchema>,
}

entry_schema! {
    /// An entry of a new list.
    #[schema(as = ListedUnitEntryInput, rename_all = "camelCase")]
    ListedEntrySchema {
        /// The entry of the unit that is kept and replaced whole; without it the entry is new.
        #[schema(nullable)]
        id: Option<i32>,
    }
}

/// Which unit, and its new list.
pub(crate) struct Replace {
    id: TrainingUnitId,
    entries: Vec<ListedEntry>,
}

impl Input for Replace {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let entries = body.field("exercises", "exercises").list(limits::ENTRIES_OF_UNIT, violations, |entry, v| {
            entry.object(v, |entry, v| {
                let id = entry.field("id", "id").optional(v, entry_id);
                let draft = read_draft(entry, v);
                Ok(ListedEntry { id: id?, entry: draft? })
            })
        });
        body.refuse_others(violations);
        let entries = entries?;
        refuse_repetitions(&entries, violations);
        Ok(Self { id: id?, entries })
    }
}

/// An entry can be kept once only.
fn refuse_repetitions(entries: &[ListedEntry], violations: &mut Violations) {
    let mut seen = HashSet::new();
    for (index, id) in entries.iter().enumerate().filter_map(|(index, entry)| Some((index, entry.id?))) {
        if !seen.insert(id) {
            let at = Location::of_pointer(&format!("/exercises/{index}/id"));
            let message = "Value error, an entry can stand in the list once only";
            let _recorded: Read<()> = violations.record(&at, "value_error", message);
        }
    }
}

/// Replaces all exercises of a training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "ReplaceTrainingUnitExercises",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = UnitEntryListSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The unit as it is now", body = TrainingUnit),
        (status = 403, description = "The caller may only read the unit", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or an exercise is not there for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{unit_id}/exercises")]
pub(crate) async fn replace_training_unit_exercises(call: Call<ActiveUser, Replace>) -> Result<HttpResponse, Problem> {
    let Replace { id, entries } = call.input;
    let units = &call.state.training_units;
    let unit = units.replace_entries(&call.caller, id, entries, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&unit), &TrainingUnit::new(&unit)))
}
