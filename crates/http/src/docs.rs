//! The OpenAPI document and Swagger UI.
//!
//! The page is ours and the rest comes from the Swagger UI distribution inside the binary, so that nothing is fetched from
//! elsewhere and the page has no inline script.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, LOCATION},
    web,
};

use crate::problem::Problem;

/// Paths of the documentation.
pub(crate) const PATHS: [&str; 4] = ["/docs", "/docs/{file}", "/openapi.json", "/redoc"];

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>IronTrack API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"#;

const START: &str = r##"window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  persistAuthorization: true,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout"
});
"##;

/// The document as it is sent.
#[derive(Clone)]
pub(crate) struct Document(pub(crate) web::Bytes);

/// Adds the routes.
pub(crate) fn configure(services: &mut web::ServiceConfig) {
    services
        .route("/docs", web::get().to(page))
        .route("/docs/{file}", web::get().to(file))
        .route("/openapi.json", web::get().to(document))
        .route("/redoc", web::get().to(redoc));
}

async fn page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}

async fn document(document: web::Data<Document>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document.0.clone())
}

async fn redoc() -> HttpResponse {
    HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/docs")).finish()
}

async fn file(request: actix_web::HttpRequest) -> Result<HttpResponse, Problem> {
    let name = request.match_info().query("file");
    if name == "start.js" {
        return Ok(HttpResponse::Ok().content_type("text/javascript; charset=utf-8").body(START));
    }
    let config = Arc::new(utoipa_swagger_ui::Config::from("/openapi.json"));
    match utoipa_swagger_ui::serve(name, config) {
        Ok(Some(file)) => Ok(HttpResponse::Ok()
            .content_type(file.content_type)
            .insert_header((CACHE_CONTROL, "public, max-age=3600"))
            .body(file.bytes.into_owned())),
        Ok(None) => Err(Problem::route_not_found()),
        Err(error) => Err(Problem::internal(error.to_string())),
    }
}
