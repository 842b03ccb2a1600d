//! Runs a case against a server.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::model::{ANONYMOUS, Body, Case, RequestTemplate, Step};
use super::variables::Variables;
use super::world::World;
use crate::http::{Client, Request, Response};

/// How much of a body a failure prints.
const PRINTED: usize = 4000;

/// Why a case did not pass.
#[derive(Debug)]
pub struct Failure {
    /// The id of the case.
    pub case: String,
    /// Where the contract demands what the case expects.
    pub source: String,
    /// What went wrong first.
    pub stage: Stage,
    /// What was expected and what came instead.
    pub problems: Vec<String>,
    /// What was sent and what came back, if anything was sent.
    pub exchange: Option<Box<Exchange>>,
}

/// A part of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A step before the request, counted from zero.
    Given(usize),
    /// The request itself.
    Request,
}

/// A request and its answer.
#[derive(Debug)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came back, if anything did.
    pub response: Option<Response>,
}

/// What a stage found.
type Problems = (Vec<String>, Option<Box<Exchange>>);

/// Runs the case. Cases are independent: any number may run at once with one client.
///
/// # Errors
/// When a step fails or the answer is not as expected.
pub fn run(case: &Case, world: &World, client: &Client) -> Result<(), Failure> {
    let failure = |stage, (problems, exchange)| Failure {
        case: case.id.clone(),
        source: case.source.clone(),
        stage,
        problems,
        exchange,
    };
    let mut variables = Variables::new(world);
    for (index, step) in case.given.iter().enumerate() {
        prepare(step, &mut variables, world, client).map_err(|problems| failure(Stage::Given(index), problems))?;
    }
    examine(case, &variables, world, client).map_err(|problems| failure(Stage::Request, problems))
}

fn prepare(step: &Step, variables: &mut Variables<'_>, world: &World, client: &Client) -> Result<(), Problems> {
    let request = build(&step.request, &step.actor, variables, world).map_err(unsent)?;
    let (request, response) = send(request, world, client)?;
    let mut problems = Vec::new();
    if !step.status.accepts(response.status) {
        problems.push(format!("status: expected {:?}, came {}", step.status, response.status));
    }
    for (name, place) in &step.bind {
        match find(&response, place) {
            _ if !problems.is_empty() => break,
            None => problems.push(format!("nothing to bind {name} to: no {place}")),
            Some(value) => problems.extend(variables.bind(name, value).err().map(|error| error.to_string())),
        }
    }
    verdict(problems, request, response)
}

fn examine(case: &Case, variables: &Variables<'_>, world: &World, client: &Client) -> Result<(), Problems> {
    let request = build(&case.request, &case.actor, variables, world).map_err(unsent)?;
    let expectation = case.expect.resolve(variables).map_err(|error| unsent(error.to_string()))?;
    let (request, response) = send(request, world, client)?;
    verdict(expectation.check(&response), request, response)
}

fn verdict(problems: Vec<String>, request: Request, response: Response) -> Result<(), Problems> {
    if problems.is_empty() {
        return Ok(());
    }
    Err((problems, Some(Box::new(Exchange { request, response: Some(response) }))))
}

fn unsent(problem: String) -> Problems {
    (vec![problem], None)
}

fn send(request: Request, world: &World, client: &Client) -> Result<(Request, Response), Problems> {
    match client.send(&world.base_url, &request) {
        Ok(response) => Ok((request, response)),
        Err(error) => Err((vec![error.to_string()], Some(Box::new(Exchange { request, response: None })))),
    }
}

/// The value at a place of the answer: a JSON pointer, `cookie:NAME` or `header:NAME`.
fn find(response: &Response, place: &str) -> Option<Value> {
    if let Some(name) = place.strip_prefix("cookie:") {
        return response.set_cookies().into_iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value.into());
    }
    if let Some(name) = place.strip_prefix("header:") {
        return response.header(name).map(Value::from);
    }
    response.json().ok()?.pointer(place).cloned()
}

/// The request as it is sent: variables replaced, cookies of the account added.
pub(super) fn build(
    template: &RequestTemplate,
    actor: &str,
    variables: &Variables<'_>,
    world: &World,
) -> Result<Request, String> {
    let text = |text: &str| variables.text(text).map_err(|error| error.to_string());
    let pairs = |pairs: &[(String, String)]| -> Result<Vec<_>, String> {
        pairs.iter().map(|(name, value)| Ok((text(name)?, text(value)?))).collect()
    };
    let mut request = Request::new(&template.method, &text(&template.path)?);
    request.query = pairs(&template.query)?;
    for (name, value) in &template.headers {
        request = request.header(name, &text(value)?);
    }
    if actor != ANONYMOUS {
        let account = world.accounts.get(actor).ok_or_else(|| format!("no account {actor:?}"))?;
        let (Some(access), Some(refresh)) = (&account.access_token, &account.refresh_token) else {
            return Err(format!("the account {actor:?} is not signed in"));
        };
        request = request.cookie("access_token", access).cookie("refresh_token", refresh);
    }
    for (name, value) in &template.cookies {
        request = request.cookie(name, &text(value)?);
    }
    let content_type = |content_type: &Option<String>| content_type.as_deref().map(text).transpose();
    Ok(match &template.body {
        Body::Nothing => request,
        Body::Json(value) => request.json(&variables.value(value).map_err(|error| error.to_string())?),
        Body::Form(form) => request.form(&pairs(form)?),
        Body::Text(raw, kind) => request.body(content_type(kind)?.as_deref(), text(raw)?),
        Body::Base64(raw, kind) => {
            let bytes = BASE64_STANDARD.decode(text(raw)?).map_err(|error| format!("rawBase64: {error}"))?;
            request.body(content_type(kind)?.as_deref(), bytes)
        }
    })
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match self.stage {
            Stage::Given(index) => format!("step {} of given", index + 1),
            Stage::Request => "request".to_owned(),
        };
        writeln!(formatter, "{} ({}), {stage}:", self.case, self.source)?;
        for problem in &self.problems {
            writeln!(formatter, "  - {problem}")?;
        }
        let Some(exchange) = &self.exchange else {
            return writeln!(formatter, "  nothing was sent");
        };
        let Exchange { request, response } = exchange.as_ref();
        writeln!(formatter, "  sent: {} {}", request.method, request.target())?;
        let content_type = request.content_type.iter().map(|value| ("content-type", value.as_str()));
        for (name, value) in
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(content_type)
        {
            writeln!(formatter, "    {name}: {value}")?;
        }
        for (name, value) in &request.cookies {
            writeln!(formatter, "    cookie {name}={value}")?;
        }
        if let Some(body) = &request.body {
            writeln!(formatter, "    {}", printed(body))?;
        }
        let Some(response) = response else {
            return writeln!(formatter, "  came: nothing");
        };
        writeln!(formatter, "  came: {}", response.status)?;
        for (name, value) in &response.headers {
            writeln!(formatter, "    {name}: {value}")?;
        }
        writeln!(formatter, "    {}", printed(&response.body))
    }
}

fn printed(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    match text.char_indices().nth(PRINTED) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], body.len()),
        None if body.is_empty() => "(no body)".to_owned(),
        None => text.into_owned(),
    }
}

#[cfg(test)]
#[path = "runner_tests.rs"]
mod tests;
