//! Muscle groups, equipment and tags.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, SmallInt};
use diesel_async::RunQueryDsl;
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::{Constraint, RepositoryError, repo::CatalogueRepository};

use crate::{
    connection::Connection,
    row::catalogue::{ItemColumns, ItemRow},
    seeding_lock::one_at_a_time,
    statement::Statement,
    stored::catalogue_table,
};

/// Catalogues inside a unit of work.
pub(crate) struct PostgresCatalogues<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresCatalogues<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    async fn item(&mut self, statement: Statement<ItemColumns>) -> Result<Option<CatalogueItem>, RepositoryError> {
        let found = self.connection.run(|postgres| statement.load::<ItemRow>(postgres)).await?.pop();
        Ok(found.map(CatalogueItem::from))
    }
}

#[async_trait]
impl CatalogueRepository for PostgresCatalogues<'_> {
    async fn seed(&mut self, kind: CatalogueKind, items: &[CatalogueItem]) -> Result<usize, RepositoryError> {
        let lock = one_at_a_time();
        self.connection.run(|postgres| lock.execute(postgres)).await?;
        let insert = insertion(kind, items);
        let inserted = self.connection.run(|postgres| insert.execute(postgres)).await?;
        let sequence = sequence_past_highest(kind);
        self.connection.run(|postgres| sequence.load::<i64>(postgres)).await?;
        Ok(inserted)
    }

    async fn insert(&mut self, kind: CatalogueKind, name: &CatalogueName) -> Result<CatalogueItem, RepositoryError> {
        self.item(addition(kind, name)).await?.ok_or(RepositoryError::Conflict(Constraint::CatalogueName))
    }

    async fn rename(
        &mut self,
        kind: CatalogueKind,
        id: i16,
        name: &CatalogueName,
    ) -> Result<Option<CatalogueItem>, RepositoryError> {
        let rename = Statement::new("UPDATE ").sql(catalogue_table(kind)).sql(" SET name = ").bind(name.as_str());
        self.item(rename.sql(" WHERE id = ").bind(id).sql(" RETURNING id, name")).await
    }

    async fn delete(&mut self, kind: CatalogueKind, id: i16, now: DateTime<Utc>) -> Result<bool, RepositoryError> {
        // Exercises first: whoever changes an exercise locks it before the items that it names.
        let touch = losing_a_link(kind, id, now);
        self.connection.run(|postgres| touch.execute(postgres)).await?;
        let delete = Statement::<()>::new("DELETE FROM ").sql(catalogue_table(kind)).sql(" WHERE id = ").bind(id);
        Ok(self.connection.run(|postgres| delete.execute(postgres)).await? == 1)
    }

    async fn lock_existing(&mut self, kind: CatalogueKind, ids: &[i16]) -> Result<Vec<i16>, RepositoryError> {
        let existing = Statement::<SmallInt>::new("SELECT id FROM ")
            .sql(catalogue_table(kind))
            .sql(" WHERE id = ANY (")
            .bind(ids.to_vec())
            .sql(") ORDER BY id FOR KEY SHARE");
        self.connection.run(|postgres| existing.load::<i16>(postgres)).await
    }
}

/// Moves `updated_at` of the exercises that are about to lose a link. They are locked in one order, so that two deletions
/// cannot lock each other out.
fn losing_a_link(kind: CatalogueKind, id: i16, now: DateTime<Utc>) -> Statement<()> {
    let links = match kind {
        CatalogueKind::MuscleGroups => {
            "(SELECT exercise_id, muscle_group_id AS item_id FROM exercise_primary_muscles \
             UNION ALL SELECT exercise_id, muscle_group_id FROM exercise_secondary_muscles)"
        }
        CatalogueKind::Equipment => "(SELECT exercise_id, equipment_id AS item_id FROM exercise_equipment)",
        CatalogueKind::ExerciseTags => "(SELECT exercise_id, tag_id AS item_id FROM exercise_tag_map)",
    };
    Statement::new("UPDATE exercises SET updated_at = ")
        .bind(now)
        .sql(" WHERE id IN (SELECT id FROM exercises WHERE id IN (SELECT exercise_id FROM ")
        .sql(links)
        .sql(" AS links WHERE item_id = ")
        .bind(id)
        .sql(") ORDER BY id FOR UPDATE)")
}

/// Answers no row for a name that is there already. The unique index would refuse it as well, but every refusal would use
/// up one of the 32767 ids.
fn addition(kind: CatalogueKind, name: &CatalogueName) -> Statement<ItemColumns> {
    Statement::new("INSERT INTO ")
        .sql(catalogue_table(kind))
        .sql(" (name) SELECT wanted.name FROM (SELECT ")
        .bind(name.as_str())
        .sql(" AS name) AS wanted WHERE NOT EXISTS (SELECT 1 FROM ")
        .sql(catalogue_table(kind))
        .sql(" AS taken WHERE lower(taken.name) = lower(wanted.name)) RETURNING id, name")
}

fn insertion(kind: CatalogueKind, items: &[CatalogueItem]) -> Statement<()> {
    Statement::new("INSERT INTO ")
        .sql(catalogue_table(kind))
        .sql(" (id, name) SELECT id, name FROM unnest(")
        .bind(items.iter().map(|item| item.id).collect::<Vec<_>>())
        .sql(", ")
        .bind(items.iter().map(|item| Some(item.name.clone())).collect::<Vec<_>>())
        .sql(") AS wanted (id, name) ORDER BY id ON CONFLICT (id) DO NOTHING")
}

/// Rows that bring their id do not move the sequence, and the next row without one would get an id that is taken.
fn sequence_past_highest(kind: CatalogueKind) -> Statement<BigInt> {
    Statement::new("SELECT setval(sequence, max(id)) FROM ")
        .sql(catalogue_table(kind))
        .sql(", CAST(pg_get_serial_sequence('")
        .sql(catalogue_table(kind))
        .sql("', 'id') AS regclass) AS sequence GROUP BY sequence HAVING max(id) > coalesce(pg_sequence_last_value(sequence), 0)")
}

#[cfg(test)]
mod tests {
    use diesel::{debug_query, pg::Pg};

    use super::*;

    #[test]
    fn each_catalogue_has_its_own_table_and_sequence() {
        let text = debug_query::<Pg, _>(&sequence_past_highest(CatalogueKind::ExerciseTags)).to_string();
        assert!(text.starts_with(
            "SELECT setval(sequence, max(id)) FROM exercise_tags, CAST(pg_get_serial_sequence('exercise_tags', 'id')"
        ));
    }
}
