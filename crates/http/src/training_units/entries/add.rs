//! `POST /training-units/{unit_id}/exercises`.

use actix_web::{HttpResponse, post};
use irontrack_application::{
    Once,
    training_units::{EntryDraft, EntryOf},
};
use irontrack_domain::TrainingUnitId;
use utoipa::ToSchema;

use super::with_tag;
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::place,
    training_units::{
        dto::UnitEntry,
        entry_input::{entry_schema, read_draft},
        id,
    },
};

entry_schema! {
    /// A new entry, and where it goes.
    #[schema(as = UnitEntryAddInput, rename_all = "camelCase", example = json!({
        "exerciseId": "0192a000-0000-7000-8000-0000000000ab", "mode": "time", "sets": 3, "targetTimeSeconds": 45,
        "orderIndex": 0
    }))]
    UnitEntryAddSchema {
        /// Place in the unit, from 0; without it, and past the end, the end.
        #[schema(minimum = 0, nullable)]
        order_index: Option<i64>,
    }
}

/// Which unit, and what to add to it.
pub(crate) struct Add {
    id: TrainingUnitId,
    entry: EntryDraft,
    place: Option<usize>,
}

impl Input for Add {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let entry = read_draft(&mut body, violations);
        let place = body.field("orderIndex", "order_index").optional(violations, place);
        body.refuse_others(violations);
        Ok(Self { id: id?, entry: entry?, place: place? })
    }
}

/// Adds an exercise to a training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "AddTrainingUnitExercise",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = UnitEntryAddSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new entry; the tag is that of the unit", body = UnitEntry),
        (status = 403, description = "The caller may only read the unit", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or no such exercise, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The same request is still running", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{unit_id}/exercises")]
pub(crate) async fn add_training_unit_exercise(call: Call<ActiveUser, Add>) -> Result<HttpResponse, Problem> {
    let Add { id, entry, place } = call.input;
    let render = |of: &EntryOf| {
        let (tag, entry) = with_tag(of);
        answer::created(None, tag, &entry)
    };
    let once = Once::new(call.repeatable.as_ref(), &render);
    let units = &call.state.training_units;
    Ok(answer::kept(units.add_entry(&call.caller, id, entry, place, &call.conditions.matches, &once).await?))
}
