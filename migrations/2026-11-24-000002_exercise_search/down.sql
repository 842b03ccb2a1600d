-- The extension stays: whether it was there before, and who else uses it by now, is not known here.
CREATE INDEX idx_ex_alias_lower ON exercise_aliases (lower(alias));
ALTER TABLE exercise_aliases DROP COLUMN search_runs, DROP COLUMN search_whole, DROP COLUMN search_text;
ALTER TABLE exercises DROP COLUMN search_runs, DROP COLUMN search_whole, DROP COLUMN search_text;
DROP FUNCTION search_runs(text);
DROP FUNCTION search_runs(text[], text[]);
DROP FUNCTION search_singular(text);
DROP FUNCTION search_words(text);
DROP FUNCTION search_fold(text);
