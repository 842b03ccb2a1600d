//! `irontrack audit`.

mod export;
mod follow;
mod line;
mod names;
mod since;
mod tail;

pub use export::export;
use irontrack_ports::{
    RepositoryError,
    query::{AuditFilter, RecordedEvent},
};
pub use tail::tail;

use crate::Failure;

/// Whether an event is one of those that are wanted.
fn admits(filter: &AuditFilter, recorded: &RecordedEvent) -> bool {
    let event = &recorded.event;
    filter.kind.is_none_or(|kind| event.kind() == kind)
        && (filter.actor.is_none() || event.origin.actor == filter.actor)
        && (filter.subject.is_none() || event.subject == filter.subject)
        && filter.since.is_none_or(|since| event.at >= since)
}

fn unreadable(error: &RepositoryError) -> Failure {
    Failure::failed(format!("the audit trail cannot be read: {error}"))
}
