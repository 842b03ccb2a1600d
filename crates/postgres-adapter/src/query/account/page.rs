//! One page of accounts and how many there are, in one statement that is built as that of a page of exercises.

use diesel::sql_types::{BigInt, Nullable};
use irontrack_domain::account::Role;
use irontrack_ports::{
    SortOrder,
    query::{AccountFilter, AccountSort},
};

use crate::{
    row::account::{AccountColumns, COLUMNS},
    statement::Statement,
};

/// The total, and an account unless the page is empty.
pub(super) type PageColumns = (BigInt, Nullable<AccountColumns>);

/// The statement that answers a filter. Search and order change its text, and so do the other conditions together.
pub(super) fn statement(filter: &AccountFilter) -> Statement<PageColumns> {
    let order = order(filter);
    let has_conditions = filter.role.is_some()
        || filter.is_active.is_some()
        || filter.created_before.is_some()
        || filter.created_after.is_some();

    let mut statement = Statement::new("WITH ");
    if let Some(term) = &filter.search {
        statement = statement.sql("search AS MATERIALIZED (SELECT lower(").bind(term.as_str()).sql(") AS term), ");
    }
    if has_conditions {
        statement = with_wanted(statement, filter);
    }
    statement = statement.sql("filtered AS MATERIALIZED (SELECT a.id, ").sql(keys(filter)).sql(" FROM user_account a");
    if filter.search.is_some() {
        // A position, not a pattern: nothing in the term has a special meaning.
        statement =
            statement.sql(" JOIN search s ON strpos(lower(a.name), s.term) > 0 OR strpos(lower(a.email), s.term) > 0");
    }
    if has_conditions {
        statement = statement.sql(CONDITIONS);
    }
    statement
        .sql("), page AS MATERIALIZED (SELECT * FROM filtered ORDER BY ")
        .sql(order)
        .sql(" LIMIT ")
        .bind(filter.page.limit)
        .sql(" OFFSET ")
        .bind(filter.page.offset)
        .sql(") SELECT (SELECT count(*) FROM filtered), ")
        .sql(COLUMNS)
        .sql(" FROM (VALUES (1)) AS one (row) LEFT JOIN (page p JOIN user_account a USING (id)) ON true ORDER BY ")
        .sql(order)
}

/// The table `wanted` with one row: what the conditions compare with, null for no condition. Ends with a comma.
fn with_wanted(statement: Statement<PageColumns>, filter: &AccountFilter) -> Statement<PageColumns> {
    statement
        .sql("wanted AS MATERIALIZED (SELECT (SELECT id FROM role WHERE slug = ")
        .bind(filter.role.map(Role::slug))
        .sql(") AS role_id, ")
        .bind(filter.role.is_some())
        .sql(" AS has_role, ")
        .bind(filter.is_active)
        .sql(" AS is_active, ")
        .bind(filter.created_before)
        .sql(" AS created_before, ")
        .bind(filter.created_after)
        .sql(" AS created_after), ")
}

const CONDITIONS: &str = " JOIN wanted w ON (w.is_active IS NULL OR a.is_active = w.is_active) \
    AND (NOT w.has_role OR a.role_id = w.role_id) \
    AND (w.created_before IS NULL OR a.created_at <= w.created_before) \
    AND (w.created_after IS NULL OR a.created_at >= w.created_after)";

/// What `filtered` is sorted by: columns `k1`, `k2`.
fn keys(filter: &AccountFilter) -> &'static str {
    match filter.sort {
        AccountSort::Name => "lower(a.name) COLLATE \"C\" AS k1, a.name COLLATE \"C\" AS k2",
        AccountSort::Email => "lower(a.email) COLLATE \"C\" AS k1, a.email COLLATE \"C\" AS k2",
        AccountSort::CreatedAt => "a.created_at AS k1",
    }
}

/// The order of [`keys`], completed by the id. PostgreSQL has nulls last ascending and first descending, as the port wants
/// it.
fn order(filter: &AccountFilter) -> &'static str {
    match (filter.sort, filter.order) {
        (AccountSort::Name | AccountSort::Email, SortOrder::Ascending) => "k1, k2, id",
        (AccountSort::Name | AccountSort::Email, SortOrder::Descending) => "k1 DESC, k2 DESC, id",
        (AccountSort::CreatedAt, SortOrder::Ascending) => "k1, id",
        (AccountSort::CreatedAt, SortOrder::Descending) => "k1 DESC, id",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::DateTime;
    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::SearchTerm;
    use irontrack_ports::PageRequest;

    use super::*;

    fn text(filter: &AccountFilter) -> String {
        let text = debug_query::<Pg, _>(&statement(filter)).to_string();
        text.split(" -- binds").next().unwrap().to_owned()
    }

    #[test]
    fn the_number_of_texts_is_bounded() {
        let mut texts = HashSet::new();
        for sort in [AccountSort::Name, AccountSort::Email, AccountSort::CreatedAt] {
            for order in [SortOrder::Ascending, SortOrder::Descending] {
                for search in [None, SearchTerm::parse("jo").unwrap()] {
                    for conditions in 0..16 {
                        texts.insert(text(&AccountFilter {
                            search: search.clone(),
                            role: (conditions & 8 > 0).then_some(Role::Superuser),
                            is_active: (conditions & 1 > 0).then_some(true),
                            created_before: (conditions & 2 > 0).then_some(DateTime::UNIX_EPOCH),
                            created_after: (conditions & 4 > 0).then_some(DateTime::UNIX_EPOCH),
                            sort,
                            order,
                            page: PageRequest { limit: 20, offset: 0 },
                        }));
                    }
                }
            }
        }
        // 6 orders × with and without a search × with and without conditions
        assert_eq!(texts.len(), 6 * 2 * 2);
    }
}
