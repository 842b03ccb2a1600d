//! The application: all routes, and what is around them.

use std::sync::Arc;

use actix_web::{
    App, Error,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web,
};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    access,
    admission::{Room, admit},
    catalogues,
    cors::share,
    docs, exercises,
    fallback::{Routes, fallback},
    imports,
    observe::observe,
    openapi::{Base, Complete, merge_inlined},
    progress, roles,
    state::HttpState,
    system,
    traffic::Traffic,
    training_plans, training_sessions, training_units, users,
};

/// Adds all operations.
fn operations(services: &mut ServiceConfig<'_>) {
    access::configure(services);
    users::configure(services);
    roles::configure(services);
    catalogues::configure(services);
    exercises::configure(services);
    training_units::configure(services);
    training_plans::configure(services);
    training_sessions::configure(services);
    progress::configure(services);
    imports::configure(services);
    system::configure(services);
}

/// The OpenAPI document of all operations.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let app = App::new().into_utoipa_app().openapi(Base::openapi()).configure(operations);
    let (_, mut document) = app.split_for_parts();
    Complete.modify(&mut document);
    // Through JSON, where schemas of all kinds look alike.
    let merged = serde_json::to_value(&document).and_then(|mut value| {
        merge_inlined(&mut value);
        serde_json::from_value(value)
    });
    merged.unwrap_or(document)
}

/// What all workers share: made once, before they start.
#[derive(Clone)]
pub(crate) struct Shared {
    state: web::Data<HttpState>,
    routes: web::Data<Routes>,
    document: web::Data<docs::Document>,
    pub(crate) traffic: Arc<Traffic>,
    room: web::Data<Room>,
}

impl Shared {
    pub(crate) fn new(state: HttpState) -> Result<Self, serde_json::Error> {
        let openapi = openapi();
        let docs: &[&str] = if state.settings.docs_enabled { &docs::PATHS } else { &[] };
        Ok(Self {
            traffic: Arc::new(Traffic::new(&openapi, docs)),
            routes: web::Data::new(Routes::new(&openapi, docs)),
            document: web::Data::new(docs::Document(serde_json::to_vec(&openapi)?.into())),
            room: web::Data::new(Room::new(state.settings.max_requests)),
            state: web::Data::new(state),
        })
    }
}

/// The application of one worker.
pub(crate) fn application(
    shared: &Shared,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>
    + use<>,
> {
    let docs_enabled = shared.state.settings.docs_enabled;
    let (app, _) = App::new().into_utoipa_app().configure(operations).split_for_parts();
    app.app_data(shared.state.clone())
        .app_data(shared.routes.clone())
        .app_data(shared.document.clone())
        .app_data(web::Data::from(shared.traffic.clone()))
        .app_data(shared.room.clone())
        .configure(move |services| {
            if docs_enabled {
                docs::configure(services);
            }
        })
        .default_service(web::to(fallback))
        .wrap(from_fn(admit))
        .wrap(from_fn(observe))
        .wrap(from_fn(share))
}
