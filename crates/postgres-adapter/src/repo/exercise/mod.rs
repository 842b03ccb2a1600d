//! Exercises.

mod links;
mod removal;
mod seed;
mod wanted;
mod write;

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, UserId, exercise::Exercise};
use irontrack_ports::{
    Constraint, RepositoryError,
    repo::{ExerciseChanges, ExerciseRepository, KeptExercise, NewExercise, Removal, SeedOutcome, SystemExercise},
};
use uuid::Uuid;

use self::{
    links::Lists,
    seed::{Changes, Stored},
    wanted::Wanted,
};
use crate::{
    connection::Connection,
    row::exercise::{ExerciseRow, visible},
    schema::exercises,
};

/// Exercises inside a unit of work.
pub(crate) struct PostgresExercises<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresExercises<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    /// Locks a visible exercise. Returns whether there is one.
    async fn lock_row(&mut self, id: ExerciseId) -> Result<bool, RepositoryError> {
        let row = exercises::table.find(id.uuid()).filter(exercises::is_active).select(exercises::id).for_update();
        Ok(!self.connection.run(|postgres| row.load::<Uuid>(postgres)).await?.is_empty())
    }

    /// A visible exercise as it stands now.
    async fn read(&mut self, id: ExerciseId) -> Result<Exercise, RepositoryError> {
        let exercise = visible().sql(" AND e.id = ").bind(id.uuid());
        let found = self.connection.run(|postgres| exercise.load::<ExerciseRow>(postgres)).await?.pop();
        found.map(Exercise::from).ok_or_else(missing)
    }

    /// All visible system exercises, by slug.
    async fn stored_system(&mut self) -> Result<HashMap<String, Stored>, RepositoryError> {
        let stored = seed::stored();
        let stored = self.connection.run(|postgres| stored.load::<Stored>(postgres)).await?;
        Ok(stored.into_iter().map(|exercise| (exercise.slug.clone(), exercise)).collect())
    }

    async fn apply(&mut self, changes: &Changes<'_>, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        for statement in changes.statements(now) {
            self.connection.execute(statement).await?;
        }
        Ok(())
    }
}

/// The exercises of a file, of which no two may have the same key.
fn wanted(exercises: &[SystemExercise]) -> Result<Vec<Wanted<'_>>, RepositoryError> {
    let wanted: Vec<_> = exercises.iter().map(Wanted::new).collect();
    let mut slugs = HashSet::new();
    if wanted.iter().all(|exercise| slugs.insert(exercise.slug())) {
        Ok(wanted)
    } else {
        Err(RepositoryError::Conflict(Constraint::SystemExerciseSlug))
    }
}

/// What the caller made sure of is not so.
fn missing() -> RepositoryError {
    RepositoryError::Unexpected("an exercise that is not there was written".into())
}

#[async_trait]
impl ExerciseRepository for PostgresExercises<'_> {
    async fn seed_system(
        &mut self,
        exercises: &[SystemExercise],
        new_id: &(dyn Fn() -> ExerciseId + Sync),
        now: DateTime<Utc>,
    ) -> Result<SeedOutcome, RepositoryError> {
        let wanted = wanted(exercises)?;
        self.connection.execute(crate::seeding_lock::one_at_a_time()).await?;
        let stored = self.stored_system().await?;
        let changes = Changes::between(&stored, &wanted, new_id);
        self.apply(&changes, now).await?;
        Ok(changes.outcome())
    }

    async fn compare_system(&mut self, exercises: &[SystemExercise]) -> Result<SeedOutcome, RepositoryError> {
        let wanted = wanted(exercises)?;
        let stored = self.stored_system().await?;
        Ok(Changes::between(&stored, &wanted, &|| ExerciseId::new(Uuid::nil())).outcome())
    }

    async fn lock(&mut self, id: ExerciseId) -> Result<Option<Exercise>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        if self.lock_row(id).await? { self.read(id).await.map(Some) } else { Ok(None) }
    }

    async fn keep(&mut self, ids: &[ExerciseId]) -> Result<Vec<KeptExercise>, RepositoryError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        // In one order for everybody.
        let exercises = exercises::table
            .filter(exercises::id.eq_any(ids))
            .filter(exercises::is_active)
            .select((exercises::id, exercises::name, exercises::created_by))
            .order(exercises::id)
            .for_key_share();
        let rows = self.connection.run(|postgres| exercises.load::<(Uuid, String, Option<Uuid>)>(postgres)).await?;
        let kept = |(id, name, owner): (Uuid, String, Option<Uuid>)| KeptExercise {
            id: ExerciseId::new(id),
            name,
            owner: owner.map(UserId::new),
        };
        Ok(rows.into_iter().map(kept).collect())
    }

    async fn insert(&mut self, exercise: NewExercise) -> Result<Exercise, RepositoryError> {
        self.connection.execute(write::insertion(&exercise)).await?;
        self.read(exercise.id).await
    }

    async fn update(
        &mut self,
        id: ExerciseId,
        changes: ExerciseChanges,
        now: DateTime<Utc>,
    ) -> Result<Exercise, RepositoryError> {
        if self.connection.execute(write::update(id, &changes, now)).await? == 0 {
            return Err(missing());
        }
        if let Some(lists) = Lists::of_changes(&changes) {
            self.connection.execute(links::replacement(id, &lists, now)).await?;
        }
        self.read(id).await
    }

    async fn remove(&mut self, id: ExerciseId, now: DateTime<Utc>) -> Result<Removal, RepositoryError> {
        if !self.lock_row(id).await? {
            return Err(missing());
        }
        if self.connection.execute(removal::hide(id, now)).await? > 0 {
            return Ok(Removal::Hidden);
        }
        self.connection.execute(removal::delete(id)).await?;
        Ok(Removal::Deleted)
    }

    async fn remove_of(&mut self, owner: UserId, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let lock = removal::lock_of(owner);
        self.connection.run(|postgres| lock.execute(postgres)).await?;
        self.connection.execute(removal::disown(owner, now)).await?;
        self.connection.execute(removal::delete_of(owner)).await?;
        Ok(())
    }
}
