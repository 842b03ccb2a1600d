//! Answers about things that have an entity tag.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{ETAG, LOCATION},
    },
};
use irontrack_application::Answered;
use irontrack_domain::EntityTag;
use irontrack_ports::repo::KeptAnswer;
use serde::Serialize;

use crate::call::Conditions;

/// Says that an answer was given before, and that nothing happened this time.
pub(crate) const REPLAYED: &str = "Idempotency-Replayed";

fn quoted(tag: &EntityTag) -> String {
    format!("\"{}\"", tag.as_str())
}

/// 200 with the thing, or 304 if the client knows it in this form.
pub(crate) fn read(conditions: &Conditions, tag: &EntityTag, thing: &impl Serialize) -> HttpResponse {
    if conditions.is_known(tag) {
        return HttpResponse::NotModified().insert_header((ETAG, quoted(tag))).finish();
    }
    tagged(StatusCode::OK, tag, thing)
}

/// An answer with the tag of what it is about.
pub(crate) fn tagged(status: StatusCode, tag: &EntityTag, thing: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status).insert_header((ETAG, quoted(tag))).json(thing)
}

/// 204, with the tag of what is left.
pub(crate) fn no_content(tag: Option<&EntityTag>) -> HttpResponse {
    let mut answer = HttpResponse::NoContent();
    if let Some(tag) = tag {
        answer.insert_header((ETAG, quoted(tag)));
    }
    answer.finish()
}

/// 201 with what was created, in a form that can be kept.
pub(crate) fn created(location: Option<String>, tag: EntityTag, thing: &impl Serialize) -> KeptAnswer {
    to_keep(StatusCode::CREATED, location, tag, thing)
}

/// 200 with what was changed, in a form that can be kept.
pub(crate) fn changed(tag: EntityTag, thing: &impl Serialize) -> KeptAnswer {
    to_keep(StatusCode::OK, None, tag, thing)
}

fn to_keep(status: StatusCode, location: Option<String>, tag: EntityTag, thing: &impl Serialize) -> KeptAnswer {
    // Wire types have no map whose keys are no texts, which is all that could fail here.
    let body = serde_json::to_vec(thing).unwrap_or_default();
    KeptAnswer { status: status.as_u16(), location, tag: Some(tag), body }
}

/// An answer that was kept, or could have been.
pub(crate) fn kept(Answered { answer, is_replay }: Answered) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    response.content_type("application/json");
    if let Some(tag) = &answer.tag {
        response.insert_header((ETAG, quoted(tag)));
    }
    if let Some(location) = answer.location {
        response.insert_header((LOCATION, location));
    }
    if is_replay {
        response.insert_header((REPLAYED, "true"));
    }
    response.body(answer.body)
}
