//! Training sessions.

mod change;
mod exercises;
mod session;
mod sets;
pub(super) mod wanted;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Bool};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    SessionExerciseId, SessionSetId, TrainingSessionId, UserId,
    training::session::{PerformedSet, RecordedExercise, SessionExercise, SessionHead, TrainingSession},
};
use irontrack_ports::{
    RepositoryError,
    repo::{DoneExercise, NewTrainingSession, SessionDetails, TrainingSessionRepository},
};

use crate::{
    connection::Connection,
    row::training_session::{EXERCISE, ExerciseColumns, ExerciseRow, HeadRow, SessionRow, by_id, head_by_id, recorded},
    statement::Statement,
};

/// Training sessions inside a unit of work.
pub(crate) struct PostgresTrainingSessions<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresTrainingSessions<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    /// Runs a statement that answers ids.
    async fn ids(&mut self, statement: Statement<BigInt>) -> Result<Vec<i64>, RepositoryError> {
        self.connection.run(|postgres| statement.load::<i64>(postgres)).await
    }

    /// Runs a statement that inserts one row, and answers its id.
    async fn inserted(&mut self, statement: Statement<BigInt>) -> Result<i64, RepositoryError> {
        let id = self.ids(statement).await?.pop();
        id.ok_or_else(|| RepositoryError::Unexpected("there is nothing to insert a row into".into()))
    }
}

#[async_trait]
impl TrainingSessionRepository for PostgresTrainingSessions<'_> {
    async fn insert(
        &mut self,
        session: &NewTrainingSession,
        exercises: &[DoneExercise],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(session::insertion(session, exercises, now)).await?;
        Ok(())
    }

    async fn lock(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<SessionHead>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        let is_there = self.connection.lock_rows(session::lock(owner, id)).await?;
        if is_there { self.head(owner, id).await } else { Ok(None) }
    }

    async fn head(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<SessionHead>, RepositoryError> {
        let head = head_by_id(owner, id);
        let found = self.connection.run(|postgres| head.load::<HeadRow>(postgres)).await?.pop();
        Ok(found.map(HeadRow::head).transpose()?)
    }

    async fn read(&mut self, owner: UserId, id: TrainingSessionId) -> Result<Option<TrainingSession>, RepositoryError> {
        let session = by_id(owner, id);
        let found = self.connection.run(|postgres| session.load::<SessionRow>(postgres)).await?.pop();
        Ok(found.map(SessionRow::session).transpose()?)
    }

    async fn exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
    ) -> Result<Option<RecordedExercise>, RepositoryError> {
        let exercise = Statement::<ExerciseColumns>::new("SELECT ")
            .sql(EXERCISE)
            .sql(" FROM training_session_exercises e WHERE e.id = ")
            .bind(id.number())
            .sql(" AND e.training_session_id = ")
            .bind(session.uuid());
        let found = self.connection.run(|postgres| exercise.load::<ExerciseRow>(postgres)).await?.pop();
        Ok(found.map(recorded).transpose()?)
    }

    async fn exercise_ids(&mut self, session: TrainingSessionId) -> Result<Vec<SessionExerciseId>, RepositoryError> {
        let ids = self.ids(exercises::ids(session)).await?;
        Ok(ids.into_iter().map(SessionExerciseId::new).collect())
    }

    async fn update(
        &mut self,
        id: TrainingSessionId,
        details: &SessionDetails,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(session::update(id, details, now)).await?;
        Ok(())
    }

    async fn delete(&mut self, id: TrainingSessionId) -> Result<(), RepositoryError> {
        self.connection.execute(session::delete(id)).await?;
        Ok(())
    }

    async fn insert_exercise(
        &mut self,
        session: TrainingSessionId,
        place: usize,
        exercise: &DoneExercise,
        now: DateTime<Utc>,
    ) -> Result<SessionExerciseId, RepositoryError> {
        let id = self.inserted(exercises::insertion(session, place, exercise, now)).await?;
        Ok(SessionExerciseId::new(id))
    }

    async fn update_exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
        exercise: &SessionExercise,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(exercises::update(session, id, exercise, now)).await?;
        Ok(())
    }

    async fn delete_exercise(
        &mut self,
        session: TrainingSessionId,
        id: SessionExerciseId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(exercises::delete(session, id, now)).await?;
        Ok(())
    }

    async fn order_exercises(
        &mut self,
        session: TrainingSessionId,
        ids: &[SessionExerciseId],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(exercises::order(session, ids, now)).await?;
        Ok(())
    }

    async fn insert_set(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        place: usize,
        set: &PerformedSet,
        now: DateTime<Utc>,
    ) -> Result<SessionSetId, RepositoryError> {
        let id = self.inserted(sets::insertion(session, exercise, place, set, now)).await?;
        Ok(SessionSetId::new(id))
    }

    async fn replace_sets(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        sets: &[PerformedSet],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(sets::replacement(session, exercise, sets, now)).await?;
        Ok(())
    }

    async fn update_set(
        &mut self,
        session: TrainingSessionId,
        id: SessionSetId,
        set: &PerformedSet,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(sets::update(session, id, set, now)).await?;
        Ok(())
    }

    async fn delete_set(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        id: SessionSetId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(sets::delete(session, exercise, id, now)).await?;
        Ok(())
    }

    async fn order_sets(
        &mut self,
        session: TrainingSessionId,
        exercise: SessionExerciseId,
        ids: &[SessionSetId],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.ids(sets::order(session, exercise, ids, now)).await?;
        Ok(())
    }

    async fn has_history(&mut self, owner: UserId) -> Result<bool, RepositoryError> {
        let has = Statement::<Bool>::new("SELECT EXISTS (SELECT 1 FROM training_sessions t WHERE t.user_id = ")
            .bind(owner.uuid())
            .sql(")");
        Ok(self.connection.run(|postgres| has.load::<bool>(postgres)).await?.contains(&true))
    }

    async fn remove_of(&mut self, owner: UserId) -> Result<usize, RepositoryError> {
        self.connection.lock_rows(session::lock_of(owner)).await?;
        let mut removed = 0;
        loop {
            let batch = self.ids(session::delete_of(owner)).await?.into_iter().sum::<i64>();
            removed += usize::try_from(batch).unwrap_or(0);
            if batch == 0 {
                return Ok(removed);
            }
        }
    }
}
