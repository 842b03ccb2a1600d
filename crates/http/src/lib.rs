//! HTTP: routes, wire types, OpenAPI, problem details.
//!
//! One folder a resource, one file an operation. A handler receives a `call::Call`, which has passed all checks
//! and holds valid input, calls one use case, and maps the answer. Errors become problem details in one place
//! (`problem`), and what happens around every request is in `observe`.

mod access;
mod admission;
mod answer;
mod app;
mod body;
mod call;
mod catalogues;
mod client;
mod cookies;
mod cors;
mod cross_site;
mod docs;
mod exercises;
mod export;
mod fallback;
mod imports;
mod observe;
mod openapi;
mod operations;
mod problem;
mod progress;
mod roles;
mod server;
mod sharing;
mod socket;
mod state;
mod system;
mod template;
mod timestamp;
mod trace;
mod traffic;
mod training;
mod training_plans;
mod training_sessions;
mod training_units;
mod users;

pub use app::openapi;
pub use call::Uploads;
pub use client::TrustedProxies;
pub use cookies::CookieSettings;
pub use export::ExportDocument;
pub use operations::{Board, LogControl};
pub use server::{BoundServer, Listen, ServerOptions, StopHandle};
pub use state::{HttpSettings, HttpState};
pub use trace::TRACES;
pub use traffic::Traffic;
