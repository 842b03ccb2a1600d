//! The body that copies a training unit or plan.

use irontrack_domain::training::TemplateName;
use utoipa::ToSchema;

use super::name;
use crate::call::{Object, Read, RequestParts, Violations};

/// How the copy is to be called. The body may be absent.
#[derive(ToSchema)]
#[schema(as = TemplateCopyInput, rename_all = "camelCase", example = json!({"name": "My Full Body A"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TemplateCopySchema {
    /// Name of the copy; without it that of the source, with a number at its end where that is taken.
    #[schema(min_length = 1, max_length = 100, nullable)]
    name: Option<String>,
}

/// How the copy is to be called, if it matters.
pub(crate) struct TemplateCopy(pub(crate) Option<TemplateName>);

impl TemplateCopy {
    pub(crate) fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let Some(fields) = request.body.optional_object(violations)? else { return Ok(Self(None)) };
        let mut body = Object::new(fields);
        let name = body.field("name", "name").optional(violations, name);
        body.refuse_others(violations);
        name.map(Self)
    }
}
