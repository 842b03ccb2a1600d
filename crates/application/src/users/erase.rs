//! What goes when an account goes.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    account::Account,
    audit::{AuditAction, AuditEvent, Origin},
};
use irontrack_ports::{RepositoryError, UnitOfWork};

use crate::{
    access::principals::Principals,
    copies::{Group, Outdated},
};

/// Deletes a locked account with its sessions, its training history, and with its custom exercises, training units and
/// plans as far as nobody else has anything of them. Answers which copies are outdated then.
pub(crate) async fn erase(
    work: &mut dyn UnitOfWork,
    by: impl Into<Origin>,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<Outdated, RepositoryError> {
    let id = account.id;
    let sessions = work.sessions().delete_of(id, None).await?;
    // Locked as by everybody: plans, units, sessions, exercises. Removed so that nothing is changed that goes as well:
    // sessions refer to all the others. A unit stays where a plan does that it stands in; what stays refers to exercises.
    work.training_plans().lock_of(id).await?;
    work.training_sessions().remove_of(id).await?;
    work.training_plans().remove_of(id).await?;
    work.training_units().remove_of(id).await?;
    work.exercises().remove_of(id, now).await?;
    // Not with the account: each may be large.
    while work.imports().remove_one_of(id).await? {}
    work.accounts().delete(id).await?;
    let action = AuditAction::AccountDeleted { role: account.role, sessions: sessions.len() };
    work.audit().record(&[AuditEvent::new(now, by, id, action)]).await?;
    let mut outdated = Principals::outdated(&sessions);
    outdated.extend([Group::ExercisesOf(id).key()]);
    Ok(outdated)
}
