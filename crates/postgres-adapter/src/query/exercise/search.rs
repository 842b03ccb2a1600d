//! What a search term finds, and how good a hit is.
//!
//! A name matches that contains the term anywhere; an alias matches when it is the term. Case is ignored, and nothing
//! in the term has a special meaning: it is looked for by position. All pieces go into the statement of `page`, with
//! exercises as `e`.

use irontrack_domain::SearchTerm;

use crate::statement::Statement;

/// The tables `search`, one row with the term and a pattern for it at the start of a word, and `alias`, the exercises
/// with the term as an alias. Ends with a comma.
pub(super) fn with_tables<Row>(statement: Statement<Row>, term: &SearchTerm) -> Statement<Row> {
    statement
        .sql(
            "search AS MATERIALIZED (SELECT term, '\\m' || regexp_replace(term, '(\\W)', '\\\\\\1', 'g') AS word \
             FROM (SELECT lower(",
        )
        .bind(term.as_str())
        .sql(
            ") AS term) AS lowered), \
             alias AS MATERIALIZED (SELECT DISTINCT x.exercise_id \
             FROM exercise_aliases x JOIN search s ON lower(x.alias) = s.term), ",
        )
}

/// Joins the tables of the search.
pub(super) const JOIN: &str = " CROSS JOIN search s LEFT JOIN alias a ON a.exercise_id = e.id";

/// Whether an exercise is found.
pub(super) const CONDITION: &str = " AND (strpos(lower(e.name), s.term) > 0 OR a.exercise_id IS NOT NULL)";

/// How good a hit is, best first; equally good ones by name.
pub(super) const RELEVANCE: &str = "CASE WHEN lower(e.name) = s.term THEN 0 \
    WHEN a.exercise_id IS NOT NULL THEN 1 \
    WHEN starts_with(lower(e.name), s.term) THEN 2 \
    WHEN lower(e.name) ~ s.word THEN 3 \
    ELSE 4 END AS k1, lower(e.name) COLLATE \"C\" AS k2, e.name COLLATE \"C\" AS k3";
