//! Which session came to its end, and when.

use chrono::{DateTime, Utc};
use irontrack_domain::{TrainingSessionId, training::session::SessionTime};
use utoipa::ToSchema;

use super::{course_input::session_time, id};
use crate::call::{BodyKind, Input, Object, Read, RequestParts, Violations};

/// When a session that came to its end is said to have ended. The body may be absent.
#[derive(ToSchema)]
#[schema(as = SessionEndInput, rename_all = "camelCase", example = json!({"endTime": "2026-11-28T18:41:46Z"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SessionEndSchema {
    /// When it ended, with an offset or `Z`: not before the start, at most 31 days after it, and at most 5 minutes ahead.
    /// Without it now.
    #[schema(nullable)]
    end_time: Option<DateTime<Utc>>,
}

/// Which session, and when it ended if that is said.
pub(super) struct End {
    pub(super) id: TrainingSessionId,
    pub(super) time: Option<SessionTime>,
}

impl Input for End {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let time = read_time(request, violations);
        Ok(Self { id: id?, time: time? })
    }
}

fn read_time(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Option<SessionTime>> {
    let Some(fields) = request.body.optional_object(violations)? else { return Ok(None) };
    let mut body = Object::new(fields);
    let end = body.field("endTime", "end_time").optional(violations, session_time(request.now));
    body.refuse_others(violations);
    end
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::read_request;

    #[test]
    fn the_body_may_be_absent() {
        let read = |body: Option<Value>| {
            let path = [("session_id", "0192a000-0000-7000-8000-0000000000ff")];
            read_request(&path, "", body, "2026-11-28T18:30:00Z".parse().unwrap()).map(|End { time, .. }| time)
        };
        assert_eq!(read(None), Ok(None));
        assert_eq!(read(Some(json!({}))), Ok(None));
        assert!(matches!(read(Some(json!({"endTime": "2026-11-28T18:00:00Z"}))), Ok(Some(_))));
        assert_eq!(read(Some(json!([]))), Err(vec!["model_attributes_type ".to_owned()]));
        assert_eq!(read(Some(json!({"notes": "x"}))), Err(vec!["extra_forbidden /notes".to_owned()]));
    }
}
