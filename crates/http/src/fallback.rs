//! Answers to requests that no operation matches: 405, 307 or 404, and those to preflights.

use actix_web::{HttpRequest, HttpResponse, dev::ResourceDef, http::header::LOCATION, web};
use utoipa::openapi::{HttpMethod, OpenApi};

use crate::{cors, cross_site::own_origin, problem::Problem, state::HttpState};

/// All paths with their methods, as the OpenAPI document has them.
pub(crate) struct Routes(Vec<(ResourceDef, String)>);

impl Routes {
    /// Takes the paths of the document, and of the documentation itself.
    pub(crate) fn new(document: &OpenApi, docs: &[&str]) -> Self {
        let methods = [HttpMethod::Get, HttpMethod::Post, HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete];
        let mut routes: Vec<(ResourceDef, String)> = document
            .paths
            .paths
            .iter()
            .map(|(path, item)| {
                let offered = methods.iter().filter(|method| operation(item, method).is_some());
                let names: Vec<&str> = offered.flat_map(names).copied().collect();
                (ResourceDef::new(path.as_str()), names.join(", "))
            })
            .collect();
        routes.extend(docs.iter().map(|path| (ResourceDef::new(*path), "GET, HEAD".to_owned())));
        Self(routes)
    }

    /// The path as the document has it; of several that match, the one without a variable.
    pub(crate) fn template(&self, path: &str) -> Option<&str> {
        let matching = || self.0.iter().map(|(pattern, _)| pattern).filter(|pattern| pattern.is_match(path));
        matching().find(|pattern| pattern.pattern() == Some(path)).or_else(|| matching().next())?.pattern()
    }

    /// The methods of a path, over all patterns that match it. A file beside things with identifiers is none of them.
    fn allow(&self, path: &str) -> Option<String> {
        let is_file = |(pattern, _): &(ResourceDef, String)| path.contains('.') && pattern.pattern() == Some(path);
        let file = self.0.iter().find(|route| is_file(route));
        let matching = self.0.iter().filter(|(pattern, _)| file.is_none() && pattern.is_match(path));
        let mut methods: Vec<&str> = Vec::new();
        for (_, names) in file.into_iter().chain(matching) {
            for name in names.split(", ").filter(|name| !name.is_empty()) {
                if !methods.contains(&name) {
                    methods.push(name);
                }
            }
        }
        (!methods.is_empty()).then(|| methods.join(", "))
    }
}

fn operation<'a>(
    item: &'a utoipa::openapi::PathItem,
    method: &HttpMethod,
) -> Option<&'a utoipa::openapi::path::Operation> {
    match method {
        HttpMethod::Get => item.get.as_ref(),
        HttpMethod::Post => item.post.as_ref(),
        HttpMethod::Put => item.put.as_ref(),
        HttpMethod::Patch => item.patch.as_ref(),
        HttpMethod::Delete => item.delete.as_ref(),
        _ => None,
    }
}

fn names(method: &HttpMethod) -> &'static [&'static str] {
    match method {
        HttpMethod::Get => &["GET", "HEAD"],
        HttpMethod::Post => &["POST"],
        HttpMethod::Put => &["PUT"],
        HttpMethod::Patch => &["PATCH"],
        HttpMethod::Delete => &["DELETE"],
        _ => &[],
    }
}

/// Answers what nothing else answered.
pub(crate) async fn fallback(
    request: HttpRequest,
    routes: web::Data<Routes>,
    state: web::Data<HttpState>,
) -> Result<HttpResponse, Problem> {
    if cors::is_preflight(&request, &state.settings) {
        return Ok(HttpResponse::NoContent().finish());
    }
    let path = request.path();
    if let Some(allow) = routes.allow(path) {
        return Err(Problem::method_not_allowed(&allow));
    }
    let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    if !other.is_empty() && routes.allow(&other).is_some() {
        return Ok(redirect(&request, state.settings.public_url.as_deref()));
    }
    Err(Problem::route_not_found())
}

/// To the same address with or without the final slash, as the client wrote it.
fn redirect(request: &HttpRequest, public_url: Option<&str>) -> HttpResponse {
    let uri = request.uri();
    let path = uri.path();
    let other = path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let origin = own_origin(request, public_url);
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, format!("{origin}{other}{query}"))).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_template_that_fits_it_best() {
        let routes = Routes::new(&crate::openapi(), &["/docs"]);
        for (path, template) in [
            ("/health", Some("/health")),
            ("/docs", Some("/docs")),
            ("/api/v1/access/me", Some("/api/v1/access/me")),
            ("/api/v1/exercises/user", Some("/api/v1/exercises/user")),
            ("/api/v1/exercises/user/7", Some("/api/v1/exercises/user/{exercise_id}")),
            ("/api/v1/nothing", None),
        ] {
            assert_eq!(routes.template(path), template, "{path}");
        }
    }
}
