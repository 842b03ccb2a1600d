//! The OpenAPI document: what all operations have in common.

mod training;

use serde_json::Value;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, Ref, RefOr, Required,
        path::{HttpMethod, Operation},
        response::{Response, ResponseBuilder},
        security::{ApiKey, ApiKeyValue, SecurityScheme},
    },
};

use crate::{
    call::ValidationEntry,
    problem::{ProblemBody, ValidationProblemBody},
};

const DESCRIPTION: &str = "The backend for tracking workouts: accounts, an exercise catalogue, training and history.\n\n\
    Sign in with `POST /api/v1/access/signin`: it sets two cookies that the browser sends with every later request. \
    Every error is a problem details document (RFC 9457). Field names are camel case; snake case is accepted on input. \
    `X-Request-ID` of an answer identifies the request in the log.";

/// The parts of the document that belong to no operation.
#[derive(OpenApi)]
#[openapi(
    info(title = "IronTrack", description = DESCRIPTION, license(name = "MIT", identifier = "MIT")),
    tags(
        (name = "Access", description = "Sign-up, sign-in and one's own account"),
        (name = "User Accounts", description = "Administration of accounts, by superusers"),
        (name = "User Account Role", description = "Administration of roles, by superusers"),
        (name = "Exercises", description = "The system catalogue and one's own exercises"),
        (name = "Muscle Groups", description = "What exercises train"),
        (name = "Equipment", description = "What exercises need"),
        (name = "Exercise Tags", description = "What system exercises are marked with"),
        (name = "Training Units", description = "Templates of one workout, and who may use them"),
        (name = "Training Plans", description = "Training units on numbered days, and who may use them"),
        (name = "Training Sessions", description = "Workouts that were done, each for its owner alone"),
        (name = "Progress", description = "What one's training history says: figures, records, the last time"),
        (name = "Imports", description = "Training that was recorded in other apps, or in another account"),
        (name = "System", description = "Whether the service works"),
    ),
    components(schemas(ProblemBody, ValidationProblemBody, ValidationEntry)),
)]
pub(crate) struct Base;

/// Adds the security schemes, and to every operation the statuses that its kind of operation can have.
pub(crate) struct Complete;

impl Modify for Complete {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        for (scheme, cookie, description) in [
            ("accessCookie", "access_token", "Set by sign-in; lives for minutes."),
            ("refreshCookie", "refresh_token", "Set by sign-in; only to refresh and to sign out."),
        ] {
            components.add_security_scheme(
                scheme,
                SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(cookie, description))),
            );
        }
        for (path, item) in &mut document.paths.paths {
            let operations = [
                (HttpMethod::Get, &mut item.get),
                (HttpMethod::Post, &mut item.post),
                (HttpMethod::Put, &mut item.put),
                (HttpMethod::Patch, &mut item.patch),
                (HttpMethod::Delete, &mut item.delete),
            ];
            for (method, operation) in operations {
                if let Some(operation) = operation
                    && path.starts_with("/api/")
                {
                    complete(&method, operation);
                    if ["/api/v1/training-", "/api/v1/imports"].iter().any(|start| path.starts_with(start)) {
                        training::complete(path, &method, operation);
                    }
                }
            }
        }
    }
}

/// Merges what `utoipa` puts beside an inlined schema (its default or description, as a schema of type `object` that
/// nothing could satisfy together with the first) into the schema itself.
pub(crate) fn merge_inlined(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(merge_inlined),
        Value::Object(members) => {
            members.values_mut().for_each(merge_inlined);
            let Some(Value::Array(parts)) = members.get("allOf") else { return };
            let [Value::Object(inlined), Value::Object(beside)] = parts.as_slice() else { return };
            if beside.get("type").is_some_and(|kind| kind == "object") && !beside.contains_key("properties") {
                let mut merged = inlined.clone();
                merged.extend(beside.iter().filter(|(name, _)| *name != "type").map(|(n, v)| (n.clone(), v.clone())));
                members.remove("allOf");
                members.extend(merged);
            }
        }
        _ => {}
    }
}

fn complete(method: &HttpMethod, operation: &mut Operation) {
    let is_unsafe = *method != HttpMethod::Get;
    let has_body = operation.request_body.is_some();
    let has_parameters = operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(Required::True);
    }
    for response in operation.responses.responses.values_mut() {
        mark_problem(response);
    }
    if operation.security.is_some() {
        add(operation, "401", "Not signed in, or not any more", "Problem");
    }
    if is_unsafe {
        add(operation, "403", "The request came from a foreign site", "Problem");
    }
    if has_body {
        add(operation, "400", "The body cannot be read", "Problem");
        add(operation, "413", "The body is larger than 1 MiB", "Problem");
    }
    if has_body || has_parameters {
        add(operation, "422", "The input breaks rules; all of them are named", "ValidationProblem");
    }
    add(operation, "500", "A defect; nothing about it is told", "Problem");
    add(operation, "503", "A dependency cannot answer now; see `Retry-After`", "Problem");
}

/// Adds a response unless the operation describes that status itself.
fn add(operation: &mut Operation, status: &str, description: &str, schema: &str) {
    let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name(schema))));
    let response: Response =
        ResponseBuilder::new().description(description).content("application/problem+json", content).build();
    operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
}

/// A problem that an operation describes itself has the media type of problems, too.
fn mark_problem(response: &mut RefOr<Response>) {
    let RefOr::T(response) = response else { return };
    let is_problem = |content: &RefOr<Content>| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(schema)), .. }) => schema.ref_location.ends_with("/Problem"),
        _ => false,
    };
    if response.content.get("application/json").is_some_and(is_problem)
        && let Some(content) = response.content.shift_remove("application/json")
    {
        response.content.insert("application/problem+json".to_owned(), content);
    }
}
