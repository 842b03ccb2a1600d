//! Training units.

mod entries;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    TrainingUnitId, UserId,
    training::{TemplateName, TrainingUnit},
};
use irontrack_ports::{
    RepositoryError,
    repo::{EntryToStore, NewTemplate, TemplateChanges, TrainingUnitRepository, UnitCopy},
};
use uuid::Uuid;

use super::template;
use crate::{
    connection::Connection,
    row::{
        template::{UNITS, reads_plan},
        training_unit::{UnitRow, by_id},
    },
    statement::Statement,
    stored,
};

/// Training units inside a unit of work.
pub(crate) struct PostgresTrainingUnits<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresTrainingUnits<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl TrainingUnitRepository for PostgresTrainingUnits<'_> {
    async fn insert(
        &mut self,
        id: TrainingUnitId,
        unit: &NewTemplate,
        list: &[EntryToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(entries::insertion(id, unit, list, now)).await?;
        Ok(())
    }

    async fn lock(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        let is_there = self.connection.lock_rows(template::lock(&UNITS, id.uuid())).await?;
        if is_there { self.read(reader, id).await } else { Ok(None) }
    }

    async fn keep(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError> {
        let is_there = self.connection.lock_rows(template::keep(&UNITS, id.uuid())).await?;
        if is_there { self.read(reader, id).await } else { Ok(None) }
    }

    async fn lock_all(&mut self, ids: &[TrainingUnitId]) -> Result<Vec<TrainingUnitId>, RepositoryError> {
        let rows = template::lock_all(&UNITS, ids.iter().map(|id| id.uuid()).collect());
        let ids = self.connection.run(|postgres| rows.load::<Uuid>(postgres)).await?;
        Ok(ids.into_iter().map(TrainingUnitId::new).collect())
    }

    async fn read(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError> {
        let unit = by_id(reader, id);
        let found = self.connection.run(|postgres| unit.load::<UnitRow>(postgres)).await?.pop();
        Ok(found.map(|row| row.seen_by(reader)).transpose()?.flatten())
    }

    async fn update(
        &mut self,
        id: TrainingUnitId,
        changes: &TemplateChanges,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        let statement = Statement::new("UPDATE training_units t SET ").sql(template::NEW_VALUES).sql(", ");
        let statement = template::moved(statement, now).sql(" FROM (SELECT ");
        let statement = template::wanted(statement, changes).sql(") AS wanted WHERE ").sql(template::DIFFERS);
        self.connection.execute(statement.sql(" AND t.id = ").bind(id.uuid())).await?;
        Ok(())
    }

    async fn write_entries(
        &mut self,
        id: TrainingUnitId,
        list: &[EntryToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(entries::replacement(id, list, now)).await?;
        Ok(())
    }

    async fn plans_with(&mut self, id: TrainingUnitId, limit: i64) -> Result<Vec<String>, RepositoryError> {
        let plans = Statement::<Text>::new(
            "SELECT p.name FROM training_plans p WHERE EXISTS (SELECT 1 FROM training_plan_units pu \
             WHERE pu.training_plan_id = p.id AND pu.training_unit_id = ",
        )
        .bind(id.uuid())
        .sql(") ORDER BY lower(p.name) COLLATE \"C\", p.name COLLATE \"C\", p.id LIMIT ")
        .bind(limit);
        self.connection.run(|postgres| plans.load::<String>(postgres)).await
    }

    async fn delete(&mut self, id: TrainingUnitId) -> Result<(), RepositoryError> {
        self.connection.execute(template::delete(&UNITS, id.uuid())).await?;
        Ok(())
    }

    async fn names_beginning(&mut self, owner: UserId, stems: &[&str]) -> Result<Vec<TemplateName>, RepositoryError> {
        let names = template::names_beginning(&UNITS, owner, stems);
        let names = self.connection.run(|postgres| names.load::<String>(postgres)).await?;
        Ok(names.iter().map(|name| stored::template_name(UNITS.table, name)).collect::<Result<_, _>>()?)
    }

    async fn copy(&mut self, copies: &[UnitCopy], owner: UserId, now: DateTime<Utc>) -> Result<usize, RepositoryError> {
        let statement = entries::copying(copies, owner, now);
        Ok(self.connection.run(|postgres| statement.load::<Uuid>(postgres)).await?.len())
    }

    async fn keep_readable(
        &mut self,
        reader: UserId,
        ids: &[TrainingUnitId],
    ) -> Result<Vec<(TrainingUnitId, Option<UserId>, TemplateName)>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        self.connection.lock_rows(template::keep_all(&UNITS, ids.clone())).await?;
        let units = readable(reader, ids);
        let rows = self.connection.run(|postgres| units.load::<(Uuid, Option<Uuid>, String)>(postgres)).await?;
        let unit = |(id, owner, name): (Uuid, Option<Uuid>, String)| {
            let name = stored::template_name(UNITS.table, &name)?;
            Ok((TrainingUnitId::new(id), owner.map(UserId::new), name))
        };
        rows.into_iter().map(unit).collect()
    }

    async fn remove_of(&mut self, owner: UserId) -> Result<(), RepositoryError> {
        let no_plan = " AND NOT EXISTS (SELECT 1 FROM training_plan_units pu WHERE pu.training_unit_id = t.id)";
        self.connection.execute(template::delete_of(&UNITS, owner).sql(no_plan)).await?;
        Ok(())
    }
}

/// Those of these units that the reader may read.
fn readable(reader: UserId, ids: Vec<Uuid>) -> Statement<(SqlUuid, Nullable<SqlUuid>, Text)> {
    let statement = Statement::new("SELECT t.id, t.created_by, t.name FROM training_units t WHERE t.id = ANY (")
        .bind(ids)
        .sql(") AND (t.sharing_status = 'public' OR t.created_by = ")
        .bind(reader.uuid())
        .sql(
            " OR t.sharing_status = 'shared' AND EXISTS (SELECT 1 FROM training_unit_access a \
             WHERE a.training_unit_id = t.id AND a.user_id = ",
        )
        .bind(reader.uuid())
        .sql(") OR ");
    reads_plan(statement, reader).sql(") ORDER BY t.id")
}
