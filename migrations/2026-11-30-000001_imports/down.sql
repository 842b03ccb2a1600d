DROP TABLE exercise_mappings;
DROP TABLE import_identities;
DROP TABLE import_exercises;
DROP TABLE import_parts;
DROP TABLE imports;
