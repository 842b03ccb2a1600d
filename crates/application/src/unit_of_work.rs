//! How a unit of work is finished: in one place.

use irontrack_ports::{RepositoryError, UnitOfWork, UnitOfWorkFactory};

use crate::copies::{Copies, Outdated};

/// Commits if the work went well and rolls back if it did not. For work that no copy is made of.
pub(crate) async fn finish<T, E: From<RepositoryError>>(
    unit: Box<dyn UnitOfWork>,
    outcome: Result<T, E>,
) -> Result<T, E> {
    match outcome {
        Ok(value) => {
            unit.commit().await?;
            Ok(value)
        }
        Err(error) => Err(undo(unit, error).await),
    }
}

/// Begins a unit of work, does something in it, and finishes it. For work that no copy is made of.
pub(crate) async fn within<T, E: From<RepositoryError>>(
    works: &dyn UnitOfWorkFactory,
    act: impl AsyncFnOnce(&mut dyn UnitOfWork) -> Result<T, E>,
) -> Result<T, E> {
    let mut work = works.begin().await?;
    let outcome = act(&mut *work).await;
    finish(work, outcome).await
}

/// Commits work that makes copies outdated: tells other instances with the commit, and forgets the own copies before
/// anybody is answered.
pub(crate) async fn finish_and_tell<T, E: From<RepositoryError>>(
    mut unit: Box<dyn UnitOfWork>,
    copies: &Copies,
    outcome: Result<(T, Outdated), E>,
) -> Result<T, E> {
    let (value, outdated) = match outcome {
        Ok(done) => done,
        Err(error) => return Err(undo(unit, error).await),
    };
    let messages = copies.messages(&outdated);
    if !messages.is_empty()
        && let Err(error) = unit.announce(&messages).await
    {
        return Err(undo(unit, error.into()).await);
    }
    let committed = unit.commit().await;
    // Also where the commit was not confirmed: the changes may be there.
    copies.forget(&outdated).await;
    committed?;
    Ok(value)
}

/// A failed rollback is logged: the changes are undone all the same, and the first error is the one that counts.
async fn undo<E>(unit: Box<dyn UnitOfWork>, error: E) -> E {
    if let Err(rollback) = unit.rollback().await {
        tracing::warn!(error = %rollback, "rollback was not confirmed");
    }
    error
}
