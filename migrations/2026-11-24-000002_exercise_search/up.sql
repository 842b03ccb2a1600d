-- Trigrams are for similarity and for indexes that find a text in the middle of another. The extension belongs to the
-- contrib modules of PostgreSQL and is trusted: whoever owns the database may create it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
        IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            RAISE EXCEPTION 'the PostgreSQL server lacks the extension pg_trgm: install its contrib modules '
                '(Fedora: postgresql-contrib; Debian and Ubuntu have them in the package of the server)';
        END IF;
        CREATE EXTENSION pg_trgm;
    END IF;
    IF to_regprocedure('word_similarity(text, text)') IS NULL THEN
        RAISE EXCEPTION 'the extension pg_trgm is in the schema %, which is not in the search path of the role %',
            (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_trgm'), current_user;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role % may not create extensions in the database %: let its owner run CREATE EXTENSION pg_trgm',
        current_user, current_database();
END $$;

-- The normal forms of names, aliases and search terms. They are kept in columns, so changing one of these functions
-- means writing the columns anew. They name each other at the time of their creation: a restored dump has no search
-- path. NFKD and not the extension unaccent, which is neither immutable nor everywhere.
CREATE FUNCTION search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(replace(replace(replace(translate(lower(regexp_replace(normalize($1, NFKD),
    '[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\u3099\u309A\uFE20-\uFE2F]', '', 'g')),
    'ıłøđðħŧς', 'ilodðhtσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
COMMENT ON FUNCTION search_fold IS 'Without case and accents';

CREATE FUNCTION search_words(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(regexp_replace(
    btrim(regexp_replace(replace(translate(search_fold($1), '''’‘ʼ`', ''), '&', ' and '), '[^[:alnum:]]+', ' ', 'g')),
    '\mbb\M', 'barbell', 'g'), '\mdb\M', 'dumbbell', 'g'), '\mkb\M', 'kettlebell', 'g');
COMMENT ON FUNCTION search_words IS 'Words between single blanks, with the usual short names of equipment written out';

CREATE FUNCTION search_singular(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(regexp_replace(regexp_replace($1,
    '(ss|sh|ch|x|[^aeiou ]y)es\M', '\1', 'g'), '([^ ]{2})ies\M', '\1y', 'g'), 'lves\M', 'lf', 'g'),
    '([^ ][^s ])s\M', '\1', 'g');
COMMENT ON FUNCTION search_singular IS 'Words without the endings of English plurals, right for comparisons only';

CREATE FUNCTION search_runs(words text[], singular text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    runs text := ' ';
BEGIN
    FOR i IN 1 .. cardinality(words) LOOP
        FOR j IN i .. least(i + 2, cardinality(words)) LOOP
            runs := runs || array_to_string(words[i : j], '') || ' ';
            IF words[i : j] <> singular[i : j] THEN
                runs := runs || array_to_string(singular[i : j], '') || ' ';
            END IF;
        END LOOP;
    END LOOP;
    RETURN runs;
END $$;

CREATE FUNCTION search_runs(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN search_runs(
    string_to_array(search_words($1), ' '), string_to_array(search_singular(search_words($1)), ' '));
COMMENT ON FUNCTION search_runs(text) IS
    'Every word, also joined with the one or two after it, each as it is and in the singular, between blanks';

ALTER TABLE exercises
    ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_fold(name)) STORED,
    ADD COLUMN search_whole text NOT NULL
        GENERATED ALWAYS AS (replace(search_singular(search_words(name)), ' ', '')) STORED,
    ADD COLUMN search_runs text NOT NULL GENERATED ALWAYS AS (search_runs(name)) STORED;
COMMENT ON COLUMN exercises.search_text IS 'The name without case and accents';
COMMENT ON COLUMN exercises.search_whole IS 'The words of the name in the singular, joined';
COMMENT ON COLUMN exercises.search_runs IS 'What a word of a search term may begin';
-- New entries go where they belong at once: a list of pending ones would have to be read through by every search.
CREATE INDEX idx_ex_search ON exercises
    USING gin (search_text gin_trgm_ops, search_whole gin_trgm_ops, search_runs gin_trgm_ops) WITH (fastupdate = off);

ALTER TABLE exercise_aliases
    ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_fold(alias)) STORED,
    ADD COLUMN search_whole text NOT NULL
        GENERATED ALWAYS AS (replace(search_singular(search_words(alias)), ' ', '')) STORED,
    ADD COLUMN search_runs text NOT NULL GENERATED ALWAYS AS (search_runs(alias)) STORED;
COMMENT ON COLUMN exercise_aliases.search_text IS 'The alias without case and accents';
COMMENT ON COLUMN exercise_aliases.search_whole IS 'The words of the alias in the singular, joined';
COMMENT ON COLUMN exercise_aliases.search_runs IS 'What a word of a search term may begin';
CREATE INDEX idx_ex_alias_search ON exercise_aliases
    USING gin (search_text gin_trgm_ops, search_whole gin_trgm_ops, search_runs gin_trgm_ops) WITH (fastupdate = off);
DROP INDEX idx_ex_alias_lower;
