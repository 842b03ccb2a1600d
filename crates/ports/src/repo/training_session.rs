//! Training sessions.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionExerciseId, SessionSetId, TimeZone, TrainingPlanId, TrainingSessionId, TrainingUnitId, UserId,
    training::{
        LongText, TemplateName,
        session::{Course, PerformedSet, RecordedExercise, SessionExercise, SessionHead, TrainingSession},
    },
};

use crate::RepositoryError;

/// A session to be stored.
#[derive(Debug, Clone)]
pub struct NewTrainingSession {
    /// Identity.
    pub id: TrainingSessionId,
    /// Whose it is.
    pub owner: UserId,
    /// The plan that it is started from, and its name.
    pub plan: Option<(TrainingPlanId, TemplateName)>,
    /// The unit that it is started from, and its name.
    pub unit: Option<(TrainingUnitId, TemplateName)>,
    /// What can be changed later.
    pub details: SessionDetails,
}

/// What can be changed of a session itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDetails {
    /// When it began, and how and when it ended.
    pub course: Course,
    /// Where the clocks of the athlete were set.
    pub time_zone: TimeZone,
    /// How it went.
    pub notes: Option<LongText>,
}

/// An exercise to be stored, with its sets in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneExercise {
    /// The exercise.
    pub exercise: SessionExercise,
    /// Its sets.
    pub sets: Vec<PerformedSet>,
}

/// Changes training sessions.
///
/// Whoever changes a session locks it first. Every change of a session, of its exercises or of its sets moves its
/// [`Revision`](irontrack_domain::training::session::Revision), `updated_at`, and the version of its owner's history.
/// To what it is already is no change and moves nothing, and neither does what would be done to an exercise or a set that
/// is not there.
#[async_trait]
pub trait TrainingSessionRepository: Send {
    /// Stores a new session with its exercises and their sets. What has gone since it was read is left out: the plan, the
    /// unit, the entries, and the exercises of what was planned. Their names stay.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `TrainingSessionOwner`, or with `PerformedExercise` if an exercise that
    /// was not planned is not there.
    async fn insert(
        &mut self,
        session: &NewTrainingSession,
        exercises: &[DoneExercise],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// The session without its exercises, or `None` if the account has no such session. Nobody else can write it until
    /// the unit of work ends, and what was written by those who were waited for is seen.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<SessionHead>, RepositoryError>;

    /// The session without its exercises, as it stands now.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn head(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<SessionHead>, RepositoryError>;

    /// The session, as it stands now.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn read(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<TrainingSession>, RepositoryError>;

    /// An exercise of the session with its sets, as it stands now, or `None` if the session has no such exercise.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
    ) -> Result<Option<RecordedExercise>, RepositoryError>;

    /// The exercises of the session in their order.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn exercise_ids(&mut self, session: TrainingSessionId) -> Result<Vec<SessionExerciseId>, RepositoryError>;

    /// Changes the session itself.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn update(
        &mut self,
        id: TrainingSessionId,
        details: &SessionDetails,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Removes the session with everything in it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, id: TrainingSessionId) -> Result<(), RepositoryError>;

    /// Puts an exercise with its sets at a place of the session, those from there on behind it. Places have no gaps, so
    /// that the place must not be past the end.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `PerformedExercise`; [`RepositoryError::Unexpected`] if there is no such
    /// session.
    async fn insert_exercise(
        &mut self,
        session: TrainingSessionId,
        place: usize,
        exercise: &DoneExercise,
        now: DateTime<Utc>,
    ) -> Result<SessionExerciseId, RepositoryError>;

    /// Changes an exercise of the session. What had been planned stays as it is stored.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `PerformedExercise`.
    async fn update_exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
        exercise: &SessionExercise,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Removes an exercise of the session with its sets, and closes the gap.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete_exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Puts the exercises of the session into this order. It must be all of them, each once.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn order_exercises(
        &mut self,
        session: TrainingSessionId,
        ids: &[SessionExerciseId],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Puts a set at a place of an exercise of the session, those from there on behind it. The place must not be past the
    /// end.
    ///
    /// # Errors
    /// [`RepositoryError::Unexpected`] if the session has no such exercise.
    async fn insert_set(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        place: usize,
        set: &PerformedSet,
        now: DateTime<Utc>,
    ) -> Result<SessionSetId, RepositoryError>;

    /// Replaces all sets of an exercise of the session; the new ones have new ids. None instead of none is no change.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn replace_sets(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        sets: &[PerformedSet],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Changes a set of the session.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn update_set(
        &mut self,
        session: TrainingSessionId,
        id: SessionSetId,
        set: &PerformedSet,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Removes a set of an exercise of the session, and closes the gap.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete_set(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        id: SessionSetId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Puts the sets of an exercise of the session into this order. It must be all of them, each once.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn order_sets(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        ids: &[SessionSetId],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Whether the account has any session.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn has_history(&mut self, owner: UserId) -> Result<bool, RepositoryError>;

    /// Locks all sessions of an account, and then removes them with everything in them. Returns how many they were.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove_of(&mut self, owner: UserId) -> Result<usize, RepositoryError>;
}
