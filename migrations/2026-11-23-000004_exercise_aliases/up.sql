CREATE TABLE exercise_aliases (
    exercise_id uuid NOT NULL,
    alias varchar(100) NOT NULL,
    CONSTRAINT pk_exercise_aliases PRIMARY KEY (exercise_id, alias),
    CONSTRAINT fk_exercise_aliases_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_aliases IS 'Other names under which athletes know a system exercise';
CREATE INDEX idx_ex_alias_lower ON exercise_aliases (lower(alias));
