//! Exercises.

mod draft;
mod error;
mod names;
pub(crate) mod references;
mod write;

use std::sync::Arc;

pub use draft::{ExerciseDraft, ExercisePatch};
pub use error::ExerciseError;
use irontrack_domain::{
    ExerciseId, UserId,
    account::Principal,
    exercise::{Exercise, may_read},
};
use irontrack_ports::{
    Clock, Page, UnitOfWorkFactory,
    query::{ExerciseFilter, ExerciseQueries, ExerciseScope},
};
pub(crate) use names::{Names, NoSuchExercise};
use uuid::Uuid;

use crate::{
    Render,
    copies::{Copies, Group, Outdated, rendered},
};

/// Reads exercises, and changes them for whoever may.
pub struct Exercises {
    units: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn ExerciseQueries>,
    copies: Arc<Copies>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Exercises {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exercises").finish_non_exhaustive()
    }
}

impl Exercises {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        units: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<dyn ExerciseQueries>,
        copies: Arc<Copies>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { units, queries, copies, clock }
    }

    /// One page of the exercises that match and that the caller of the filter may list, in a form that is copied; `form`
    /// tells it from other forms.
    ///
    /// # Errors
    /// [`ExerciseError::Repository`].
    pub async fn page(
        &self,
        filter: &ExerciseFilter,
        form: &str,
        render: &Render<'_, Page<Exercise>>,
    ) -> Result<Arc<[u8]>, ExerciseError> {
        let load = || async { rendered(self.queries.page(filter).await?, render) };
        // The system catalogue is the same for everybody.
        let (groups, caller): (&[Group], _) = match filter.scope {
            ExerciseScope::System => (&[Group::Exercises], UserId::new(Uuid::nil())),
            ExerciseScope::User | ExerciseScope::All => {
                (&[Group::Exercises, Group::ExercisesOf(filter.caller)], filter.caller)
            }
        };
        let what = format!("{form}:{:?}", ExerciseFilter { caller, ..filter.clone() });
        Ok(self.copies.list(groups, &what, load).await?)
    }

    /// One exercise by id.
    ///
    /// # Errors
    /// [`ExerciseError::NotFound`], then [`ExerciseError::NotReadable`].
    pub async fn get(&self, caller: &Principal, id: ExerciseId) -> Result<Exercise, ExerciseError> {
        let exercise = self.queries.by_id(id).await?.ok_or(ExerciseError::NotFound)?;
        if may_read(caller, &exercise) { Ok(exercise) } else { Err(ExerciseError::NotReadable) }
    }

    /// One exercise by either the slug of a system exercise or the name of one of the caller's own. An empty text
    /// counts as not given.
    ///
    /// # Errors
    /// [`ExerciseError::TwoCriteria`], [`ExerciseError::NoCriterion`], [`ExerciseError::NoMatch`].
    pub async fn find(
        &self,
        caller: &Principal,
        name: Option<&str>,
        slug: Option<&str>,
    ) -> Result<Exercise, ExerciseError> {
        let given = |text: Option<&str>| text.filter(|t| !t.is_empty()).map(str::to_owned);
        match (given(name), given(slug)) {
            (Some(_), Some(_)) => Err(ExerciseError::TwoCriteria),
            (None, None) => Err(ExerciseError::NoCriterion),
            (Some(name), None) => {
                let found = self.queries.by_name(caller.user_id, &name).await?;
                found.ok_or(ExerciseError::NoMatch(name))
            }
            (None, Some(slug)) => {
                let found = self.queries.by_slug(&slug).await?;
                found.ok_or(ExerciseError::NoMatch(slug))
            }
        }
    }
}

/// The lists in which an exercise stands: those of its owner, or everybody's.
fn outdated(owner: Option<UserId>) -> Outdated {
    Outdated::new([owner.map_or(Group::Exercises, Group::ExercisesOf).key()])
}
