//! What a search term finds, and how good a hit is.
//!
//! The database keeps names and aliases in the normal forms of the migration `exercise_search`, and brings the term into
//! the same forms. `search_text` has neither case nor accents; `search_whole` is all words in the singular, joined;
//! `search_runs` has what a typed word may begin: every word, also joined with the one or two after it, between blanks.
//! So "pull-ups", "pullups" and "pull ups" are one term.
//!
//! The tables of this file go into the statement of `page`:
//!
//! | table | holds |
//! |---|---|
//! | `typed` | the term in its normal forms |
//! | `word` | for each typed word the patterns of what it matches, as it is and with two letters swapped |
//! | `search` | what texts are compared with, in one row |
//! | `hit` | exercises that match, and how well |
//! | `alike` | exercises that look like the term, if none matches |
//! | `found` | both |
//!
//! They see all that the caller may see, whatever else is asked for: a term that is known is not misspelt only because a
//! filter leaves nothing of it.

use irontrack_domain::{SearchTerm, UserId};

use crate::statement::Statement;

/// Where the exercises `e` come from.
pub(super) const FROM: &str = "found f JOIN exercises e USING (id)";

/// How good a hit is, best first; equally good ones by name.
pub(super) const RELEVANCE: &str =
    "f.level AS k1, f.difference AS k2, lower(e.name) COLLATE \"C\" AS k3, e.name COLLATE \"C\" AS k4";

/// The tables of the search. Ends with a comma.
pub(super) fn with_tables<Row>(statement: Statement<Row>, term: &SearchTerm, caller: UserId) -> Statement<Row> {
    let statement = statement.sql(TYPED_START).bind(term.as_str()).sql(TYPED).sql(WORD).sql(SEARCH);
    let statement = with_alike(with_hits(statement, term, caller), caller);
    statement.sql(
        "found AS (SELECT id, level, 0::real AS difference FROM hit UNION ALL SELECT id, 5, -likeness FROM alike), ",
    )
}

fn with_hits<Row>(statement: Statement<Row>, term: &SearchTerm, caller: UserId) -> Statement<Row> {
    let statement =
        statement.sql("hit AS MATERIALIZED (SELECT id, min(level) AS level FROM (SELECT t.id, CASE WHEN ").sql(IS_TERM);
    let statement = statement
        .sql(" THEN 0 WHEN starts_with(t.search_text, s.folded) OR starts_with(t.search_whole, s.start) THEN 2 WHEN ")
        .sql(HAS_WORDS)
        .sql(" THEN 3 WHEN strpos(t.search_text, s.folded) > 0 THEN 4 END AS level");
    let statement = of_visible(statement, NAMES, caller);
    let statement = statement.sql(if has_trigram(term) { NAME_MATCHES_BY_INDEX } else { NAME_MATCHES });
    let statement =
        statement.sql(" UNION ALL SELECT e.id, CASE WHEN ").sql(IS_TERM).sql(" THEN 1 WHEN ").sql(HAS_WORDS);
    let statement = of_visible(statement.sql(" THEN 3 END"), ALIASES, caller).sql(ALIAS_MATCHES);
    statement.sql(") AS levels GROUP BY id HAVING min(level) IS NOT NULL), ")
}

fn with_alike<Row>(statement: Statement<Row>, caller: UserId) -> Statement<Row> {
    let statement = statement.sql("alike AS MATERIALIZED (SELECT id, max(likeness) AS likeness FROM (SELECT t.id, ");
    let statement = of_visible(statement.sql(LIKENESS).sql(" AS likeness"), NAMES, caller).sql(MAY_BE_ALIKE);
    let statement = statement.sql(" UNION ALL SELECT e.id, ").sql(LIKENESS);
    let statement = of_visible(statement, ALIASES, caller).sql(MAY_BE_ALIKE);
    statement.sql(") AS likenesses GROUP BY id HAVING max(likeness) IS NOT NULL), ")
}

/// Names or aliases `t` of what the caller may see.
fn of_visible<Row>(statement: Statement<Row>, texts: &'static str, caller: UserId) -> Statement<Row> {
    statement.sql(texts).bind(caller.uuid()).sql(")")
}

const NAMES: &str =
    " FROM search s CROSS JOIN exercises t WHERE t.is_active AND (t.is_system_default OR t.created_by = ";

const ALIASES: &str = " FROM search s CROSS JOIN exercise_aliases t JOIN exercises e ON e.id = t.exercise_id \
    WHERE e.is_active AND (e.is_system_default OR e.created_by = ";

/// Whether the index can find the term inside of names. For one or two letters all of it would have to be read: then it
/// is better to look through what the caller may see.
fn has_trigram(term: &SearchTerm) -> bool {
    term.as_str().split(|sign: char| !sign.is_alphanumeric()).any(|word| word.chars().nth(2).is_some())
}

const TYPED_START: &str = "typed AS MATERIALIZED (SELECT folded, words, string_to_array(words, ' ') AS word, \
    string_to_array(search_singular(words), ' ') AS singular, length(words) BETWEEN 4 AND 60 AS may_be_misspelt FROM (SELECT ";

/// A term has words if it is made of letters, digits and the signs between words; with any other sign it is meant as it
/// stands. A term longer than every name has none either: it could only cost time. What is very short or long is not
/// taken for misspelt, for the same reason, and because anything looks like two letters.
const TYPED: &str = r#" AS term) AS input, search_fold(term) AS folded, LATERAL (SELECT CASE
    WHEN length(folded) <= 200 AND folded ~ '^[[:alnum:][:space:]&/.,:;!?()+"“”''’‘ʼ`‐‑‒–—―−-]+$'
    THEN nullif(search_words(term), '') END AS words) AS split), "#;

/// A typed word is matched by the words and joined words that it begins, or whose plural it is. So it is together with
/// the typed word before or after it: "pull down" is in "Pulldown". What stands before a blank is a whole word.
///
/// The index is asked with one regular expression, what it has found with patterns, which are compared much faster.
const WORD: &str = "word AS MATERIALIZED (SELECT word, \
    ARRAY(SELECT '% ' || start || '%' FROM unnest(starts) AS start WHERE start IS NOT NULL) AS patterns, \
    ' (?:' || array_to_string(starts, '|') || ')' AS expression, \
    CASE WHEN may_be_misspelt THEN ' (?:' || array_to_string(starts || ARRAY( \
        SELECT unnest(ARRAY[swapped, nullif(search_singular(swapped), swapped) || ' ']) \
        FROM generate_series(1, length(word) - 1) AS i, \
        overlay(word PLACING reverse(substr(word, i, 2)) FROM i FOR 2) AS swapped), '|') || ')' END AS swapped \
    FROM (SELECT word, may_be_misspelt, ARRAY[word, nullif(singular, word) || ' ', \
        before || word, nullif(singular_before || singular, before || word) || ' ', \
        word || after, nullif(singular || singular_after, word || after) || ' '] AS starts \
        FROM (SELECT may_be_misspelt, split.word, split.singular, \
            lag(split.word) OVER typing AS before, lag(split.singular) OVER typing AS singular_before, \
            lead(split.word) OVER typing AS after, lead(split.singular) OVER typing AS singular_after \
            FROM typed, unnest(word, singular) WITH ORDINALITY AS split (word, singular, n) \
            WINDOW typing AS (ORDER BY n)) AS neighbours) AS matched), ";

/// A text with all typed words has the longest one, which the index looks for.
///
/// The threshold of similarity is a setting, of which an operator in the index takes notice. It holds for this statement
/// only, and is set before anything is compared because nothing is known to compare with before.
const SEARCH: &str = r"search AS MATERIALIZED (SELECT folded, words IS NOT NULL AS has_words,
    '%' || regexp_replace(folded, '([\\%_])', '\\\1', 'g') || '%' AS contains,
    array_to_string(singular, '') AS whole,
    CASE WHEN words IS NOT NULL THEN
        array_to_string(singular[: cardinality(singular) - 1] || word[cardinality(word)], '') END AS start,
    longest.*,
    CASE WHEN may_be_misspelt AND set_config('pg_trgm.word_similarity_threshold', '0.33', true) <> '' THEN words END AS misspelt
    FROM typed LEFT JOIN (SELECT patterns, expression, swapped FROM word ORDER BY length(word) DESC LIMIT 1) AS longest
        ON true), ";

/// Whether a text `t` has all typed words.
const HAS_WORDS: &str = "s.has_words AND NOT EXISTS (SELECT FROM word w WHERE t.search_runs NOT LIKE ALL (w.patterns))";

/// Whether a text `t` is the term. All its words and as many letters are the same words, in whatever order.
const IS_TERM: &str = "(t.search_text = s.folded OR t.search_whole = s.whole OR length(t.search_whole) = length(s.whole) \
    AND NOT EXISTS (SELECT FROM word w WHERE t.search_runs NOT LIKE ALL (w.patterns)))";

/// How much a text `t` looks like the term. Two swapped letters are the commonest mistake, and the one that trigrams are
/// worst at: what matches once they are swapped back comes first, and of it what has little besides.
const LIKENESS: &str = "CASE WHEN NOT EXISTS (SELECT FROM word w WHERE t.search_runs !~ w.swapped) \
    THEN 1 + length(s.misspelt)::real / length(t.search_text) \
    WHEN t.search_text %> s.misspelt THEN similarity(t.search_text, s.misspelt) END";

const NAME_MATCHES_BY_INDEX: &str = " AND (t.search_text LIKE s.contains OR t.search_whole = s.whole \
    OR t.search_whole LIKE s.start || '%' OR t.search_runs ~ s.expression)";

const NAME_MATCHES: &str = " AND (strpos(t.search_text, s.folded) > 0 OR t.search_whole = s.whole \
    OR starts_with(t.search_whole, s.start) OR t.search_runs LIKE ANY (s.patterns))";

const ALIAS_MATCHES: &str =
    " AND (t.search_text = s.folded OR t.search_whole = s.whole OR t.search_runs ~ s.expression)";

const MAY_BE_ALIKE: &str =
    " AND NOT EXISTS (SELECT FROM hit) AND (t.search_text %> s.misspelt OR t.search_runs ~ s.swapped)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_in_a_row_can_be_looked_up() {
        for (text, expected) in [
            ("rdl", true),
            ("a rdl", true),
            ("Übu", true),
            ("t bar", true),
            ("a", false),
            ("c&j", false),
            ("%--%", false),
        ] {
            let term = SearchTerm::parse(text).unwrap().unwrap();
            assert_eq!(has_trigram(&term), expected, "{text}");
        }
    }
}
