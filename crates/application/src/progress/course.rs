//! The course of one exercise, for those who look at somebody else's history from the command line.

use std::sync::Arc;

use chrono::NaiveDateTime;
use irontrack_domain::{
    ExerciseId, UserId,
    account::Role,
    exercise::{ExerciseName, Slug},
    progress::{Bucket, Estimator, Period, Point},
};
use irontrack_ports::{
    RepositoryError,
    query::{ExerciseQueries, PointFilter, ProgressQueries},
};
use uuid::Uuid;

use super::{ProgressError, local_time::with_local_starts, visible};

/// The course of an exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What the exercise is called.
    pub exercise: String,
    /// Its points, the oldest first, each with its start: that of a session is what clocks showed in its time zone, days,
    /// weeks and months begin at midnight.
    pub points: Vec<(NaiveDateTime, Point)>,
}

/// Reads the course of exercises in anybody's history.
pub struct Courses {
    exercises: Arc<dyn ExerciseQueries>,
    progress: Arc<dyn ProgressQueries>,
}

impl std::fmt::Debug for Courses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Courses").finish_non_exhaustive()
    }
}

impl Courses {
    /// Wires the ports.
    #[must_use]
    pub fn new(exercises: Arc<dyn ExerciseQueries>, progress: Arc<dyn ProgressQueries>) -> Self {
        Self { exercises, progress }
    }

    /// The course of an exercise in the history of an account of that role. It is named by its id, its name, or the slug
    /// of a system exercise. One that was trained goes before others, and one of the owner before one of the system. What
    /// the owner may not see is not found.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn of(&self, owner: UserId, role: Role, exercise: &str, bucket: Bucket) -> Result<Course, ProgressError> {
        let exercise = self.find(owner, exercise).await?.ok_or(ProgressError::ExerciseNotFound)?;
        let known = self.progress.version_and_exercise(owner, exercise).await?;
        let name = visible(owner, role, known.value)?.name;
        let filter = PointFilter {
            owner,
            exercise,
            period: Period::default(),
            estimator: Estimator::default(),
            include_warmups: false,
        };
        let sessions = self.progress.points(&filter).await?.value;
        Ok(Course { exercise: name, points: with_local_starts(sessions, bucket) })
    }

    async fn find(&self, owner: UserId, exercise: &str) -> Result<Option<ExerciseId>, RepositoryError> {
        if let Ok(id) = Uuid::parse_str(exercise) {
            return Ok(Some(ExerciseId::new(id)));
        }
        let slug = ExerciseName::parse(exercise).and_then(|name| name.slug()).ok();
        let trained = self.progress.trained(owner, exercise, slug.as_ref().map(Slug::as_str)).await?;
        if trained.is_some() {
            return Ok(trained);
        }
        if let Some(own) = self.exercises.by_name(owner, exercise).await? {
            return Ok(Some(own.id));
        }
        let Some(slug) = slug else { return Ok(None) };
        Ok(self.exercises.by_slug(slug.as_str()).await?.map(|exercise| exercise.id))
    }
}
