//! The course of one exercise.

use std::sync::Arc;

use irontrack_domain::{
    account::Principal,
    progress::{Bucket, Point, sum_up},
};
use irontrack_ports::query::{Figures, PointFilter};

use super::{Progress, ProgressError, form};
use crate::Render;

impl Progress {
    /// The points of an exercise in a form that is copied; `name` tells it from other forms. The owner of the history is
    /// whoever calls.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn points(
        &self,
        caller: &Principal,
        filter: &PointFilter,
        bucket: Bucket,
        name: &str,
        render: &Render<'_, Vec<Point>>,
    ) -> Result<Arc<[u8]>, ProgressError> {
        let filter = PointFilter { owner: caller.user_id, ..*filter };
        let version = self.exercise(caller, filter.exercise).await?.version;
        let load = || async {
            let Figures { version, value } = self.queries.points(&filter).await?;
            form(Figures { version, value: sum_up(value, bucket) }, render)
        };
        let what = format!("{name}:{bucket:?}:{filter:?}");
        Ok(self.copies.of_history(filter.owner, version, &what, load).await?)
    }
}
