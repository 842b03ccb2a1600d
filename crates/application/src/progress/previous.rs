//! What was done the last time.

use irontrack_domain::{ExerciseId, account::Principal};
use irontrack_ports::query::PreviousSession;

use super::{Progress, ProgressError, visible};

impl Progress {
    /// The latest completed session in which the caller has trained an exercise, and the sets of it.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn previous(
        &self,
        caller: &Principal,
        exercise: ExerciseId,
    ) -> Result<Option<PreviousSession>, ProgressError> {
        let (known, previous) = self.queries.previous(caller.user_id, exercise).await?;
        visible(caller.user_id, caller.role, known)?;
        Ok(previous)
    }
}
