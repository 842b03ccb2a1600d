DROP TABLE exercise_tags;
DROP TABLE equipment;
DROP TABLE muscle_groups;
