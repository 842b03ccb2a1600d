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
    let visible = |statement: Statement<Row>| {
        statement.sql(" WHERE e.is_active AND (e.is_system_default OR e.created_by = ").bind(caller.uuid()).sql(")")
    };
    let name_matches = if has_trigram(term) { NAME_MATCHES_BY_INDEX } else { NAME_MATCHES };
    let statement = statement.sql(TYPED_START).bind(term.as_str()).sql(TYPED).sql(WORD).sql(SEARCH);
    let statement = visible(statement.sql(HIT_NAME)).sql(name_matches);
    let statement = visible(statement.sql(HIT_ALIAS)).sql(ALIAS_MATCHES);
    let statement = visible(statement.sql(ALIKE_NAME)).sql(NAME_IS_ALIKE);
    visible(statement.sql(ALIKE_ALIAS)).sql(ALIAS_IS_ALIKE).sql(FOUND)
}

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

/// Whether a text has all typed words.
macro_rules! has_words {
    ($text:literal) => {
        concat!("NOT EXISTS (SELECT FROM word w WHERE ", $text, ".search_runs NOT LIKE ALL (w.patterns))")
    };
}

/// Whether a text is the term. All its words and as many letters are the same words, in whatever order.
macro_rules! is_term {
    ($text:literal) => {
        concat!(
            "(",
            $text,
            ".search_text = s.folded OR ",
            $text,
            ".search_whole = s.whole \
            OR length(",
            $text,
            ".search_whole) = length(s.whole) AND ",
            has_words!($text),
            ")",
        )
    };
}

/// How much a text looks like the term. Two swapped letters are the commonest mistake, and the one that trigrams are worst
/// at: what matches once they are swapped back comes first, and of it what has little besides.
macro_rules! likeness {
    ($text:literal) => {
        concat!(
            "CASE WHEN NOT EXISTS (SELECT FROM word w WHERE ",
            $text,
            ".search_runs !~ w.swapped) \
            THEN 1 + length(s.misspelt)::real / length(",
            $text,
            ".search_text) \
            WHEN ",
            $text,
            ".search_text %> s.misspelt THEN similarity(",
            $text,
            ".search_text, s.misspelt) END",
        )
    };
}

/// Whether a text may look like the term, as far as the index knows.
macro_rules! may_be_alike {
    ($text:literal) => {
        concat!(
            " AND NOT EXISTS (SELECT FROM hit) \
            AND (",
            $text,
            ".search_text %> s.misspelt OR ",
            $text,
            ".search_runs ~ s.swapped)",
        )
    };
}

const HIT_NAME: &str = concat!(
    "hit AS MATERIALIZED (SELECT id, min(level) AS level FROM (SELECT e.id, CASE WHEN ",
    is_term!("e"),
    " THEN 0 \
    WHEN starts_with(e.search_text, s.folded) OR starts_with(e.search_whole, s.start) THEN 2 \
    WHEN s.has_words AND ",
    has_words!("e"),
    " THEN 3 \
    WHEN strpos(e.search_text, s.folded) > 0 THEN 4 END AS level FROM search s CROSS JOIN exercises e",
);

const NAME_MATCHES_BY_INDEX: &str = " AND (e.search_text LIKE s.contains OR e.search_whole = s.whole \
    OR e.search_whole LIKE s.start || '%' OR e.search_runs ~ s.expression)";

const NAME_MATCHES: &str = " AND (strpos(e.search_text, s.folded) > 0 OR e.search_whole = s.whole \
    OR starts_with(e.search_whole, s.start) OR e.search_runs LIKE ANY (s.patterns))";

const HIT_ALIAS: &str = concat!(
    " UNION ALL SELECT e.id, CASE WHEN ",
    is_term!("x"),
    " THEN 1 WHEN s.has_words AND ",
    has_words!("x"),
    " THEN 3 END \
    FROM search s CROSS JOIN exercise_aliases x JOIN exercises e ON e.id = x.exercise_id",
);

const ALIAS_MATCHES: &str = " AND (x.search_text = s.folded OR x.search_whole = s.whole OR x.search_runs ~ s.expression)) AS text \
    GROUP BY id HAVING min(level) IS NOT NULL), ";

const ALIKE_NAME: &str = concat!(
    "alike AS MATERIALIZED (SELECT id, max(likeness) AS likeness FROM (SELECT e.id, ",
    likeness!("e"),
    " AS likeness \
    FROM search s CROSS JOIN exercises e",
);

const NAME_IS_ALIKE: &str = may_be_alike!("e");

const ALIKE_ALIAS: &str = concat!(
    " UNION ALL SELECT e.id, ",
    likeness!("x"),
    " \
    FROM search s CROSS JOIN exercise_aliases x JOIN exercises e ON e.id = x.exercise_id",
);

const ALIAS_IS_ALIKE: &str = concat!(may_be_alike!("x"), ") AS text GROUP BY id HAVING max(likeness) IS NOT NULL), ");

const FOUND: &str = "found AS (SELECT id, level, 0::real AS difference FROM hit \
    UNION ALL SELECT id, 5, -likeness FROM alike), ";

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
