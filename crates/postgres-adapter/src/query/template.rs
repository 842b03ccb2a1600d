//! One page of training units or plans and how many there are, in one statement.
//!
//! A scope consists of branches that have nothing in common: own ones, those that were shared, public ones. Each branch
//! is sorted and cut by itself, so that an index can serve it however large it is, and the page is cut out of what they
//! have together. Only for its rows the columns are read. The single row in front of the page carries the total past the
//! end, too. The conditions stand in the text together, as soon as there is one of them.

use diesel::sql_types::{BigInt, Nullable};
use irontrack_domain::{ExerciseId, SearchTerm, UserId, exercise::DifficultyLevel};
use irontrack_ports::{
    SortOrder,
    query::{TemplateFilter, TemplateScope, TemplateSort},
};

use crate::{
    row::template::{HeadColumns, Kind, head},
    statement::Statement,
};

/// The total, and a head with more columns unless the page is empty.
pub(super) type PageColumns<More> = (BigInt, Nullable<(HeadColumns, More)>);

/// What a list of units differs in from one of plans.
pub(super) struct Listed {
    pub(super) kind: &'static Kind,
    /// What is read besides the head.
    pub(super) more: &'static str,
    /// The conditions, beginning with `AND`, on `t` and on what is wanted, `w`.
    pub(super) conditions: &'static str,
}

/// Rows that belong to a scope, and to no other branch of it.
#[derive(Clone, Copy)]
enum Branch {
    Own,
    Granted,
    GrantedOnly,
    Public,
}

const fn branches(scope: TemplateScope) -> &'static [Branch] {
    match scope {
        TemplateScope::Own => &[Branch::Own],
        TemplateScope::Shared => &[Branch::Granted],
        TemplateScope::Public => &[Branch::Public],
        // What is public and was shared as well stands among the public ones.
        TemplateScope::All => &[Branch::Own, Branch::GrantedOnly, Branch::Public],
    }
}

/// The statement that answers a filter.
pub(super) fn statement<More>(listed: &Listed, filter: &TemplateFilter) -> Statement<PageColumns<More>> {
    let has_conditions = filter.search.is_some() || filter.exercise.is_some() || filter.difficulty_level.is_some();
    let Sorting { keys, order } = sorting(filter);
    let mut statement = Statement::new("WITH ");
    if has_conditions {
        statement = with_wanted(statement, filter);
    }
    let wanted = has_conditions.then_some(listed.conditions);

    statement = statement.sql("page AS MATERIALIZED (SELECT * FROM (");
    for (index, &branch) in branches(filter.scope).iter().enumerate() {
        statement = statement.sql(if index == 0 { "(SELECT t.id, " } else { " UNION ALL (SELECT t.id, " }).sql(keys);
        statement = rows(statement, listed.kind, branch, filter.reader, wanted).sql(" ORDER BY ").sql(order);
        statement = statement.sql(" LIMIT ").bind(filter.page.limit.saturating_add(filter.page.offset)).sql(")");
    }
    statement = statement.sql(") AS found ORDER BY ").sql(order).sql(" LIMIT ").bind(filter.page.limit);
    statement = statement.sql(" OFFSET ").bind(filter.page.offset).sql(") SELECT ");
    for (index, &branch) in branches(filter.scope).iter().enumerate() {
        statement = statement.sql(if index == 0 { "(SELECT count(*)" } else { " + (SELECT count(*)" });
        statement = rows(statement, listed.kind, branch, filter.reader, wanted).sql(")");
    }
    head(statement.sql(", "), listed.kind, filter.reader)
        .sql(", ")
        .sql(listed.more)
        .sql(" FROM (VALUES (1)) AS one (row) LEFT JOIN (page p JOIN ")
        .sql(listed.kind.table)
        .sql(" t USING (id)) ON true ORDER BY ")
        .sql(order)
}

/// Goes on with the rows of a branch for which the conditions hold.
fn rows<Row>(
    statement: Statement<Row>,
    kind: &Kind,
    branch: Branch,
    reader: UserId,
    conditions: Option<&'static str>,
) -> Statement<Row> {
    let mut statement = statement.sql(" FROM ").sql(kind.table).sql(" t");
    if matches!(branch, Branch::Granted | Branch::GrantedOnly) {
        statement =
            statement.sql(" JOIN ").sql(kind.grants).sql(" a ON a.").sql(kind.key).sql(" = t.id AND a.user_id = ");
        statement = statement.bind(reader.uuid());
    }
    if conditions.is_some() {
        statement = statement.sql(" CROSS JOIN wanted w");
    }
    statement = match branch {
        Branch::Own => statement.sql(" WHERE t.created_by = "),
        Branch::Granted => statement.sql(" WHERE t.sharing_status <> 'private' AND t.created_by IS DISTINCT FROM "),
        Branch::GrantedOnly => statement.sql(" WHERE t.sharing_status = 'shared' AND t.created_by IS DISTINCT FROM "),
        Branch::Public => statement.sql(" WHERE t.sharing_status = 'public' AND t.created_by IS DISTINCT FROM "),
    };
    statement.bind(reader.uuid()).sql(conditions.unwrap_or_default())
}

/// The table `wanted` with one row: what the conditions compare with, null for no condition. Ends with a comma.
fn with_wanted<Row>(statement: Statement<Row>, filter: &TemplateFilter) -> Statement<Row> {
    statement
        .sql("wanted AS MATERIALIZED (SELECT ")
        .bind(filter.search.as_ref().map(SearchTerm::as_str))
        .sql(" AS search, ")
        .bind(filter.exercise.map(ExerciseId::uuid))
        .sql(" AS exercise_id, ")
        .bind(filter.difficulty_level.map(DifficultyLevel::as_str))
        .sql("::difficulty_level_enum AS difficulty_level), ")
}

/// What a branch is sorted by.
struct Sorting {
    /// Columns `k1`, `k2`…
    keys: &'static str,
    /// Their order, completed by the id.
    order: &'static str,
}

fn sorting(filter: &TemplateFilter) -> Sorting {
    let keys = match filter.sort {
        TemplateSort::Name => "lower(t.name) COLLATE \"C\" AS k1, t.name COLLATE \"C\" AS k2",
        TemplateSort::CreatedAt => "t.created_at AS k1",
        TemplateSort::UpdatedAt => "t.updated_at AS k1",
    };
    let order = match (filter.sort, filter.order) {
        (TemplateSort::Name, SortOrder::Ascending) => "k1, k2, id",
        (TemplateSort::Name, SortOrder::Descending) => "k1 DESC, k2 DESC, id",
        (_, SortOrder::Ascending) => "k1, id",
        (_, SortOrder::Descending) => "k1 DESC, id",
    };
    Sorting { keys, order }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use diesel::{debug_query, pg::Pg};
    use irontrack_ports::PageRequest;
    use uuid::Uuid;

    use super::*;
    use crate::row::template::UNITS;

    #[test]
    fn the_number_of_texts_is_bounded() {
        let listed = Listed { kind: &UNITS, more: "1", conditions: " AND true" };
        let mut texts = HashSet::new();
        for scope in [TemplateScope::Own, TemplateScope::Shared, TemplateScope::Public, TemplateScope::All] {
            for sort in [TemplateSort::Name, TemplateSort::CreatedAt, TemplateSort::UpdatedAt] {
                for order in [SortOrder::Ascending, SortOrder::Descending] {
                    for conditions in 0..8 {
                        let statement = statement::<BigInt>(
                            &listed,
                            &TemplateFilter {
                                reader: UserId::new(Uuid::nil()),
                                scope,
                                search: if conditions & 1 > 0 { SearchTerm::parse("legs").unwrap() } else { None },
                                exercise: (conditions & 2 > 0).then(|| ExerciseId::new(Uuid::nil())),
                                difficulty_level: (conditions & 4 > 0).then_some(DifficultyLevel::Expert),
                                sort,
                                order,
                                page: PageRequest::numbered(1, 20),
                            },
                        );
                        let text = debug_query::<Pg, _>(&statement).to_string();
                        texts.insert(text.split(" -- binds").next().unwrap().to_owned());
                    }
                }
            }
        }
        // with and without conditions, by scope, sort and direction
        assert_eq!(texts.len(), 2 * 4 * 3 * 2);
    }
}
