//! Reads of what a training history says. Figures come with the version that they were computed from, out of the same
//! snapshot.

mod contenders;
mod known;
mod points;
mod previous;
mod together;
mod training_log;
mod version;

use async_trait::async_trait;
use diesel::sql_types::{Bool, Nullable};
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, TimeZone, TrainingSessionId, UserId, progress::Point};
use irontrack_ports::{
    RepositoryError,
    query::{
        CurrentName, ExerciseContenders, Figures, HistoryVersion, KnownExercise, PointFilter, PointsAndContenders,
        PreviousSession, ProgressQueries, RecordFilter,
    },
};
use uuid::Uuid;

use self::{
    known::{KnownColumns, KnownRow, NameColumns, NameRows},
    version::{VersionColumns, VersionRow},
};
use super::PostgresQueries;
use crate::statement::Statement;

#[async_trait]
impl ProgressQueries for PostgresQueries {
    async fn version_and_names(
        &self,
        owner: UserId,
        exercises: &[ExerciseId],
    ) -> Result<Figures<Vec<CurrentName>>, RepositoryError> {
        let ids: Vec<Uuid> = exercises.iter().copied().map(ExerciseId::uuid).collect();
        let statement: Statement<(VersionColumns, NameColumns)> = version::version(Statement::new("SELECT "), owner)
            .sql(", ARRAY(SELECT ROW(x.id, x.name) FROM exercises x WHERE x.id = ANY (")
            .bind(ids)
            .sql("))");
        let mut connection = self.pool.checkout().await?;
        let (row, names) = connection.run(|postgres| statement.get_result::<(VersionRow, NameRows)>(postgres)).await?;
        Ok(Figures { version: version::read(row), value: known::names(names) })
    }

    async fn version_and_exercise(
        &self,
        owner: UserId,
        exercise: ExerciseId,
    ) -> Result<Figures<Option<KnownExercise>>, RepositoryError> {
        let statement: Statement<(VersionColumns, Nullable<KnownColumns>)> =
            version::version(Statement::new("SELECT "), owner).sql(", ");
        let statement = known::columns(statement, owner).sql(" FROM (VALUES (1)) AS one (row)");
        let statement = known::join(statement, exercise);
        let mut connection = self.pool.checkout().await?;
        let (row, known) =
            connection.run(|postgres| statement.get_result::<(VersionRow, Option<KnownRow>)>(postgres)).await?;
        Ok(Figures { version: version::read(row), value: known.map(known::read) })
    }

    async fn trained(
        &self,
        owner: UserId,
        name: &str,
        slug: Option<&str>,
    ) -> Result<Option<ExerciseId>, RepositoryError> {
        let statement = known::trained(owner, name, slug);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| statement.load::<Uuid>(postgres)).await?.pop();
        Ok(found.map(ExerciseId::new))
    }

    async fn version_and_session(
        &self,
        owner: UserId,
        session: TrainingSessionId,
    ) -> Result<Figures<Option<Vec<CurrentName>>>, RepositoryError> {
        let statement: Statement<(VersionColumns, Bool, NameColumns)> =
            version::version(Statement::new("SELECT "), owner)
                .sql(", EXISTS (SELECT 1 FROM training_sessions t WHERE t.id = ")
                .bind(session.uuid())
                .sql(" AND t.user_id = ")
                .bind(owner.uuid())
                .sql(
                    "), ARRAY(SELECT DISTINCT ROW(x.id, x.name) FROM training_session_exercises e \
                     JOIN exercises x ON x.id = e.exercise_id WHERE e.training_session_id = ",
                )
                .bind(session.uuid())
                .sql(" AND e.user_id = ")
                .bind(owner.uuid())
                .sql(" ORDER BY 1)");
        let mut connection = self.pool.checkout().await?;
        let (row, exists, names) =
            connection.run(|postgres| statement.get_result::<(VersionRow, bool, NameRows)>(postgres)).await?;
        Ok(Figures { version: version::read(row), value: exists.then(|| known::names(names)) })
    }

    async fn points(&self, filter: &PointFilter) -> Result<Figures<Vec<(TimeZone, Point)>>, RepositoryError> {
        let statement = points::statement(filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| statement.load::<points::PointRow>(postgres)).await?;
        let (version, sessions) = apart(rows);
        Ok(Figures { version, value: sessions.map(points::read).collect::<Result<_, _>>()? })
    }

    async fn contenders(&self, filter: &RecordFilter) -> Result<Figures<Vec<ExerciseContenders>>, RepositoryError> {
        let statement = contenders::statement(filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| statement.load::<contenders::ContenderRow>(postgres)).await?;
        let (version, found) = apart(rows);
        Ok(Figures { version, value: contenders::read(found)? })
    }

    async fn points_and_contenders(
        &self,
        points: &PointFilter,
        records: &RecordFilter,
    ) -> Result<Figures<PointsAndContenders>, RepositoryError> {
        let statement = together::statement(points, records);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| statement.load::<together::Row>(postgres)).await?;
        Ok(together::read(rows)?)
    }

    async fn previous(
        &self,
        owner: UserId,
        exercise: ExerciseId,
    ) -> Result<(Option<KnownExercise>, Option<PreviousSession>), RepositoryError> {
        let statement = previous::statement(owner, exercise);
        let mut connection = self.pool.checkout().await?;
        let (known, session) =
            connection.run(|postgres| statement.get_result::<previous::PreviousRow>(postgres)).await?;
        Ok((known.map(known::read), session.map(previous::read).transpose()?))
    }
}

/// The version that all rows carry, and what else there is in them.
fn apart<Row>(rows: Vec<(VersionRow, Option<Row>)>) -> (HistoryVersion, impl Iterator<Item = Row>) {
    let version = rows.as_slice().first().map_or_else(HistoryVersion::default, |(row, _)| version::read(*row));
    (version, rows.into_iter().filter_map(|(_, row)| row))
}
