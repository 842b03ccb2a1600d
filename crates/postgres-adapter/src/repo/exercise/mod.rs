//! Exercises.

mod seed;
mod wanted;

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;
use irontrack_domain::ExerciseId;
use irontrack_ports::{
    Constraint, RepositoryError,
    repo::{ExerciseRepository, SeedOutcome, SystemExercise},
};

use self::{
    seed::{Changes, Stored},
    wanted::Wanted,
};
use crate::{connection::Connection, statement::Statement};

/// Exercises inside a unit of work.
pub(crate) struct PostgresExercises<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresExercises<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    async fn execute(&mut self, statement: Statement<()>) -> Result<(), RepositoryError> {
        self.connection.run(|postgres| statement.execute(postgres)).await?;
        Ok(())
    }

    async fn apply(&mut self, changes: &Changes<'_>, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        for statement in changes.statements(now) {
            self.execute(statement).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl ExerciseRepository for PostgresExercises<'_> {
    async fn seed_system(
        &mut self,
        exercises: &[SystemExercise],
        new_id: &(dyn Fn() -> ExerciseId + Sync),
        now: DateTime<Utc>,
    ) -> Result<SeedOutcome, RepositoryError> {
        let wanted: Vec<_> = exercises.iter().map(Wanted::new).collect();
        let mut slugs = HashSet::new();
        if !wanted.iter().all(|exercise| slugs.insert(exercise.slug())) {
            return Err(RepositoryError::Conflict(Constraint::SystemExerciseSlug));
        }

        self.execute(seed::one_at_a_time()).await?;
        let stored = seed::stored();
        let stored: HashMap<String, Stored> = self
            .connection
            .run(|postgres| stored.load::<Stored>(postgres))
            .await?
            .into_iter()
            .map(|exercise| (exercise.slug.clone(), exercise))
            .collect();

        let mut changes = Changes::default();
        for exercise in &wanted {
            match stored.get(exercise.slug()) {
                None => changes.insert(new_id().uuid(), exercise),
                Some(stored) => changes.update(stored, exercise),
            }
        }
        self.apply(&changes, now).await?;
        Ok(changes.outcome())
    }
}
