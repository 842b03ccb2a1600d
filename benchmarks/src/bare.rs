//! What the HTTP library does at most: handlers that do nothing but what nobody can do without.

use std::{collections::HashMap, fs, io, path::PathBuf, sync::Arc};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde::Serialize;

/// Somebody who is known, as `/access/me` answers: about 200 bytes of JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: uuid::Uuid,
    email: &'static str,
    name: &'static str,
    is_active: bool,
    is_superuser: bool,
    role: &'static str,
    created_at: &'static str,
}

/// The people who are known, by their cookie.
type People = Arc<HashMap<String, Person>>;

/// Serves on a port until it is killed: `/ping`, `/me` for one cookie, and `/bytes`, the content of a file.
pub(crate) fn serve(port: u16, workers: usize, cookie: String, bytes: Option<PathBuf>) -> io::Result<()> {
    let person = Person {
        id: uuid::Uuid::now_v7(),
        email: "demo-000001@demo.example",
        name: "Somebody Who Trains",
        is_active: true,
        is_superuser: false,
        role: "application_access",
        created_at: "2026-11-28T17:30:02.731004Z",
    };
    let people: People = Arc::new(HashMap::from([(cookie, person)]));
    let bytes = web::Bytes::from(bytes.map(fs::read).transpose()?.unwrap_or_default());
    actix_web::rt::System::new().block_on(async move {
        let app = move || {
            App::new()
                .app_data(web::Data::new(people.clone()))
                .app_data(web::Data::new(bytes.clone()))
                .route("/ping", web::get().to(ping))
                .route("/me", web::get().to(me))
                .route("/bytes", web::get().to(content))
        };
        HttpServer::new(app).workers(workers).bind(("127.0.0.1", port))?.run().await
    })
}

async fn ping() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(r#"{"message":"pong"}"#)
}

async fn me(request: HttpRequest, people: web::Data<People>) -> HttpResponse {
    let cookie = request.headers().get("cookie").and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
    people.get(cookie).map_or_else(|| HttpResponse::Unauthorized().finish(), |person| HttpResponse::Ok().json(person))
}

async fn content(bytes: web::Data<web::Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(bytes.get_ref().clone())
}
