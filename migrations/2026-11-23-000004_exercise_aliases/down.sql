DROP TABLE exercise_aliases;
