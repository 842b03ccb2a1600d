DROP TABLE training_histories;
DROP TABLE training_session_sets;
DROP TABLE training_session_exercises;
DROP TABLE training_sessions;
DROP TYPE set_type_enum;
DROP TYPE training_session_status_enum;
