//! Training sessions: workouts that were done.

mod abort;
mod course_input;
mod create;
mod delete;
pub(crate) mod dto;
mod end_input;
mod exercise_input;
mod exercises;
mod export;
mod finish;
mod get;
mod list;
mod records;
mod set_input;
mod sets;
mod update;

use actix_web::web;
use irontrack_domain::{TrainingSessionId, training::session::TrainingSession};
use irontrack_ports::repo::KeptAnswer;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::{
    answer,
    call::{Input, Read, RequestParts, Violations},
    fallback::fallback,
};

/// Where sessions are.
const PATH: &str = "/api/v1/training-sessions";

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope(PATH)
            .service(create::create_training_session)
            .service(list::list_training_sessions)
            // Before the session, which would match it, and with all methods: the file is no session.
            .service(export::export_training_sessions)
            .map(|scope| scope.service(web::resource("/export.csv").to(fallback)))
            .service(get::get_training_session)
            .service(records::list_training_session_records)
            .service(update::update_training_session)
            .service(finish::finish_training_session)
            .service(abort::abort_training_session)
            .service(delete::delete_training_session)
            // Before the exercise, which would match it.
            .service(exercises::order::order_training_session_exercises)
            .service(exercises::add::add_training_session_exercise)
            .service(exercises::update::update_training_session_exercise)
            .service(exercises::delete::delete_training_session_exercise)
            // Before the set, which would match it.
            .service(sets::order::order_training_session_sets)
            .service(sets::add::add_training_session_set)
            .service(sets::replace::replace_training_session_sets)
            .service(sets::update::update_training_session_set)
            .service(sets::delete::delete_training_session_set),
    );
}

/// The id in the path.
pub(crate) struct Id(TrainingSessionId);

impl Input for Id {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        id(request, violations).map(Self)
    }
}

fn id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<TrainingSessionId> {
    request.path.uuid("session_id", violations).map(TrainingSessionId::from)
}

/// 201 with a new session.
fn created(session: &TrainingSession) -> KeptAnswer {
    let location = format!("{PATH}/{}", session.head.id());
    let tag = irontrack_application::tag(&session.head.revision);
    answer::created(Some(location), tag, &dto::TrainingSession::new(session))
}

/// 200 with a session that came to its end.
fn ended(session: &TrainingSession) -> KeptAnswer {
    let tag = irontrack_application::tag(&session.head.revision);
    answer::changed(tag, &dto::TrainingSession::new(session))
}
