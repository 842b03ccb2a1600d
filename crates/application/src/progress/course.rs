//! The course of one exercise, for those who look at somebody else's history from the command line.

use std::sync::Arc;

use irontrack_domain::{
    ExerciseId, UserId,
    exercise::ExerciseName,
    progress::{Bucket, Estimator, Period, Point, sum_up},
};
use irontrack_ports::{
    RepositoryError,
    query::{ExerciseQueries, PointFilter, ProgressQueries},
};
use uuid::Uuid;

use super::ProgressError;

/// The course of an exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What the exercise is called.
    pub exercise: String,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
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

    /// The course of an exercise, which is named by its id, its name, or the slug of a system exercise. An exercise of
    /// the owner goes before one of the system.
    ///
    /// # Errors
    /// [`ProgressError::ExerciseNotFound`].
    pub async fn of(&self, owner: UserId, exercise: &str, bucket: Bucket) -> Result<Course, ProgressError> {
        let exercise = self.find(owner, exercise).await?.ok_or(ProgressError::ExerciseNotFound)?;
        let known = self.progress.version_and_exercise(owner, exercise).await?;
        let name = known.value.ok_or(ProgressError::ExerciseNotFound)?.name;
        let filter = PointFilter {
            owner,
            exercise,
            period: Period::default(),
            estimator: Estimator::default(),
            include_warmups: false,
        };
        let sessions = self.progress.points(&filter).await?.value;
        Ok(Course { exercise: name, points: sum_up(sessions, bucket) })
    }

    async fn find(&self, owner: UserId, exercise: &str) -> Result<Option<ExerciseId>, RepositoryError> {
        if let Ok(id) = Uuid::parse_str(exercise) {
            return Ok(Some(ExerciseId::new(id)));
        }
        if let Some(own) = self.exercises.by_name(owner, exercise).await? {
            return Ok(Some(own.id));
        }
        let slug = ExerciseName::parse(exercise).and_then(|name| name.slug());
        let Ok(slug) = slug else { return Ok(None) };
        Ok(self.exercises.by_slug(slug.as_str()).await?.map(|exercise| exercise.id))
    }
}
