//! Reads of training units.

use async_trait::async_trait;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    TrainingUnitId, UserId,
    training::{TrainingUnit, UnitSummary},
};
use irontrack_ports::{
    Page, RepositoryError,
    query::{TemplateFilter, TrainingUnitQueries},
};

use super::{
    PostgresQueries,
    template::{Listed, statement},
};
use crate::row::{
    template::{HeadRow, UNITS},
    training_unit::{UnitRow, by_id},
};

const LISTED: Listed = Listed {
    kind: &UNITS,
    more: "(SELECT count(*) FROM training_unit_exercises e WHERE e.training_unit_id = t.id)",
    conditions: " AND (w.search IS NULL OR strpos(lower(t.name), lower(w.search)) > 0) \
        AND (w.exercise_id IS NULL OR EXISTS (SELECT 1 FROM training_unit_exercises e \
             WHERE e.training_unit_id = t.id AND e.exercise_id = w.exercise_id))",
};

#[async_trait]
impl TrainingUnitQueries for PostgresQueries {
    async fn unit(&self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError> {
        let unit = by_id(reader, id);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| unit.load::<UnitRow>(postgres)).await?.pop();
        Ok(found.map(|row| row.seen_by(reader)).transpose()?.flatten())
    }

    async fn units(&self, filter: &TemplateFilter) -> Result<Page<UnitSummary>, RepositoryError> {
        let page = statement::<BigInt>(&LISTED, filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| page.load::<(i64, Option<(HeadRow, i64)>)>(postgres)).await?;
        let total = rows.as_slice().first().map_or(0, |&(total, _)| total);
        let mut items = Vec::with_capacity(rows.len());
        for (row, entry_count) in rows.into_iter().filter_map(|(_, row)| row) {
            let head = row.seen_by(filter.reader, &UNITS)?;
            items.extend(head.map(|head| UnitSummary { id: TrainingUnitId::new(row.id), head, entry_count }));
        }
        Ok(Page { items, total })
    }
}
