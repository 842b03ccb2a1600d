//! Reads of catalogues.

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind};
use irontrack_ports::{
    RepositoryError, SortOrder,
    query::{CatalogueFilter, CatalogueQueries, CatalogueSort},
};

use super::PostgresQueries;
use crate::{
    row::catalogue::{ItemColumns, ItemRow},
    statement::Statement,
    stored::catalogue_table,
};

#[async_trait]
impl CatalogueQueries for PostgresQueries {
    async fn list(&self, kind: CatalogueKind, filter: &CatalogueFilter) -> Result<Vec<CatalogueItem>, RepositoryError> {
        let list = listing(kind, filter);
        let mut connection = self.pool.checkout().await?;
        let items = connection.run(|postgres| list.load::<ItemRow>(postgres)).await?;
        Ok(items.into_iter().map(CatalogueItem::from).collect())
    }

    async fn get(&self, kind: CatalogueKind, id: i16) -> Result<Option<CatalogueItem>, RepositoryError> {
        let item = items(kind).sql(" WHERE id = ").bind(id);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| item.load::<ItemRow>(postgres)).await?.pop();
        Ok(found.map(CatalogueItem::from))
    }
}

fn items(kind: CatalogueKind) -> Statement<ItemColumns> {
    Statement::new("SELECT id, name FROM ").sql(catalogue_table(kind))
}

fn listing(kind: CatalogueKind, filter: &CatalogueFilter) -> Statement<ItemColumns> {
    let mut list = items(kind);
    if let Some(term) = &filter.search {
        // A position, not a pattern: nothing in the term has a special meaning.
        list = list.sql(" WHERE strpos(lower(name), lower(").bind(term.as_str()).sql(")) > 0");
    }
    list.sql(match (filter.sort, filter.order) {
        (CatalogueSort::Id, SortOrder::Ascending) => " ORDER BY id",
        (CatalogueSort::Id, SortOrder::Descending) => " ORDER BY id DESC",
        (CatalogueSort::Name, SortOrder::Ascending) => " ORDER BY lower(name) COLLATE \"C\", name COLLATE \"C\", id",
        (CatalogueSort::Name, SortOrder::Descending) => {
            " ORDER BY lower(name) COLLATE \"C\" DESC, name COLLATE \"C\" DESC, id"
        }
    })
}

#[cfg(test)]
mod tests {
    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::SearchTerm;

    use super::*;

    #[test]
    fn a_search_is_a_parameter_and_ties_are_ascending_in_both_directions() {
        let filter = CatalogueFilter {
            search: SearchTerm::parse("100%").unwrap(),
            sort: CatalogueSort::Name,
            order: SortOrder::Descending,
        };
        assert_eq!(
            debug_query::<Pg, _>(&listing(CatalogueKind::Equipment, &filter)).to_string(),
            "SELECT id, name FROM equipment WHERE strpos(lower(name), lower($1)) > 0 \
             ORDER BY lower(name) COLLATE \"C\" DESC, name COLLATE \"C\" DESC, id -- binds: [Some(\"100%\")]"
        );
    }
}
