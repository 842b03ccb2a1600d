//! The sets of an exercise of a training session.

pub(super) mod add;
pub(super) mod delete;
pub(super) mod order;
pub(super) mod replace;
pub(super) mod update;

use actix_web::{HttpResponse, http::StatusCode};
use irontrack_application::{
    tag,
    training_sessions::{SetOf, SetsOf},
};
use irontrack_domain::{EntityTag, SessionExerciseId, SessionSetId, TrainingSessionId};

use super::{
    dto::{self, SessionSet},
    exercises::exercise_id,
    id,
};
use crate::{
    answer,
    call::{Read, RequestParts, Violations, saturate},
};

/// Which exercise of which session a path leads to.
struct Exercise {
    session: TrainingSessionId,
    id: SessionExerciseId,
}

impl Exercise {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let session = id(request, violations);
        let exercise = exercise_id(request, violations);
        Ok(Self { session: session?, id: exercise? })
    }
}

/// The id of a set in the path. Beyond what ids there can be it is none of any.
fn set_id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<SessionSetId> {
    request.path.integer("set_id", violations).map(saturate).map(SessionSetId::new)
}

/// A set on the wire, and the tag of the session that it is in.
fn with_tag(of: &SetOf) -> (EntityTag, SessionSet) {
    (tag(&of.revision), SessionSet::new(of.place, &of.set))
}

/// 200 with all sets of an exercise.
fn all(of: &SetsOf) -> HttpResponse {
    answer::tagged(StatusCode::OK, &tag(&of.revision), &dto::sets(&of.sets))
}
