//! What operations on training data have in common: entity tags, conditions, repeated requests.

use utoipa::openapi::{
    Header, ObjectBuilder, RefOr, Required, Type,
    path::{HttpMethod, Operation, Parameter, ParameterBuilder, ParameterIn},
};

const IF_MATCH: &str =
    "Only if the thing, or what it is in, still has one of these tags; `*` is any. Weak tags never match.";
const IF_NONE_MATCH: &str = "Answers 304 if the thing has one of these tags; `*` is any. Weak tags never match.";
const IDEMPOTENCY_KEY: &str = "1 to 255 visible ASCII characters by which the client calls this request. Sent again within \
    24 hours it is not carried out again: the first answer is given again, with `Idempotency-Replayed: true`.";
const ETAG: &str = "The tag of the thing, or of what it is in; another one as soon as its single read is another one";

/// Describes the headers of an operation by the statuses that it documents.
pub(super) fn complete(path: &str, method: &HttpMethod, operation: &mut Operation) {
    let documents = |status: &str| operation.responses.responses.contains_key(status);
    let (is_conditional, is_cached, creates) = (documents("412"), documents("304"), documents("201"));
    let is_repeatable = *method == HttpMethod::Post;
    // Imports have no tags: nobody but their owner knows them, for a day.
    let has_tags = !path.starts_with("/api/v1/imports");
    let mut parameters = Vec::new();
    if is_conditional {
        parameters.push(header("If-Match", IF_MATCH, Some("\"5f0c1e\"")));
    }
    if is_cached {
        parameters.push(header("If-None-Match", IF_NONE_MATCH, Some("\"5f0c1e\"")));
    }
    if is_repeatable {
        parameters.push(header("Idempotency-Key", IDEMPOTENCY_KEY, None));
    }
    operation.parameters.get_or_insert_default().extend(parameters);

    let has_optional_body = ["/copy", "/finish", "/abort"].iter().any(|end| path.ends_with(end));
    if has_optional_body && let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(Required::False);
    }
    if !(is_conditional || is_cached || creates || (is_repeatable && !has_tags)) {
        return;
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if !matches!(status.as_str(), "200" | "201" | "204" | "304") {
            continue;
        }
        // Whoever deletes a whole thing is left with nothing that has a tag.
        if has_tags && !(status == "204" && *method == HttpMethod::Delete && path.matches('{').count() == 1) {
            response.headers.insert("ETag".to_owned(), RefOr::T(text(ETAG)));
        }
        if !is_repeatable {
            continue;
        }
        let replayed = "`true` if the request was answered before and nothing happened this time";
        response.headers.insert("Idempotency-Replayed".to_owned(), RefOr::T(text(replayed)));
        if status == "201" && (path.ends_with("/copy") || !path.contains('{')) {
            response.headers.insert("Location".to_owned(), RefOr::T(text("The path of what was created")));
        }
    }
}

fn text(description: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String));
    header.description = Some(description.to_owned());
    header
}

fn header(name: &str, description: &str, example: Option<&str>) -> RefOr<Parameter> {
    let mut schema = ObjectBuilder::new().schema_type(Type::String);
    if name == "Idempotency-Key" {
        schema = schema.min_length(Some(1)).max_length(Some(255)).pattern(Some("^[!-~]+$"));
    }
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .example(example.map(Into::into));
    RefOr::T(parameter.build())
}
