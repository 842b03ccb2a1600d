//! Muscle groups, equipment and tags.

use async_trait::async_trait;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind};
use irontrack_ports::{RepositoryError, repo::CatalogueRepository};

use crate::{connection::Connection, statement::Statement, stored::catalogue_table};

/// Catalogues inside a unit of work.
pub(crate) struct PostgresCatalogues<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresCatalogues<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl CatalogueRepository for PostgresCatalogues<'_> {
    async fn seed(&mut self, kind: CatalogueKind, items: &[CatalogueItem]) -> Result<usize, RepositoryError> {
        let insert = insertion(kind, items);
        let inserted = self.connection.run(|postgres| insert.execute(postgres)).await?;
        let sequence = sequence_past_highest(kind);
        self.connection.run(|postgres| sequence.load::<i64>(postgres)).await?;
        Ok(inserted)
    }
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
