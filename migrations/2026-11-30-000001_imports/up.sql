CREATE TABLE imports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    format varchar(20) NOT NULL,
    counts jsonb NOT NULL,
    refused jsonb NOT NULL,
    outcome jsonb,
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    CONSTRAINT pk_imports PRIMARY KEY (id),
    CONSTRAINT fk_imports_user_id_user_account FOREIGN KEY (user_id)
        REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT ck_imports_format CHECK (format <> ''),
    CONSTRAINT ck_imports_outcome CHECK ((outcome IS NULL) = (confirmed_at IS NULL))
);
COMMENT ON TABLE imports IS 'Files that were read and wait for their owner to confirm what was found, for a day';
COMMENT ON COLUMN imports.counts IS 'How much was found';
COMMENT ON COLUMN imports.refused IS 'The first of what was not understood, with where it stands';
COMMENT ON COLUMN imports.outcome IS 'How much was written; null until it is confirmed';
CREATE INDEX idx_imports_user_id ON imports (user_id, created_at);
CREATE INDEX idx_imports_expires_at ON imports (expires_at);

CREATE TABLE import_parts (
    import_id uuid NOT NULL,
    place integer NOT NULL,
    kind varchar(10) NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT pk_import_parts PRIMARY KEY (import_id, place),
    -- Parts are written while the file is read, and the import last, when it is known what there is.
    CONSTRAINT fk_import_parts_import_id_imports FOREIGN KEY (import_id)
        REFERENCES imports (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_import_parts_kind CHECK (kind = 'units' OR kind = 'plans' OR kind = 'sessions')
);
COMMENT ON TABLE import_parts IS 'What was found in a file, in parts that one statement writes; gone once it is confirmed';

CREATE TABLE import_exercises (
    import_id uuid NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    folded_name text NOT NULL,
    source_id uuid,
    set_count bigint NOT NULL,
    definition jsonb,
    match_kind varchar(10),
    match_score smallint,
    match_id uuid,
    match_name varchar(100),
    decision varchar(10),
    decided_id uuid,
    muscles smallint[],
    target_id uuid,
    CONSTRAINT pk_import_exercises PRIMARY KEY (import_id, number),
    CONSTRAINT fk_import_exercises_import_id_imports FOREIGN KEY (import_id)
        REFERENCES imports (id) ON DELETE CASCADE,
    CONSTRAINT ck_import_exercises_match CHECK ((match_kind IS NULL) = (match_id IS NULL)),
    CONSTRAINT ck_import_exercises_decision CHECK (decision = 'exercise' OR decision = 'create' OR decision = 'skip'),
    CONSTRAINT ck_import_exercises_decided_id CHECK ((decision = 'exercise') = (decided_id IS NOT NULL))
);
COMMENT ON TABLE import_exercises IS 'The exercises that a file names, and what they are here. Ids are looked up when the import is confirmed';
COMMENT ON COLUMN import_exercises.source_id IS 'The identity where the file was made';
COMMENT ON COLUMN import_exercises.definition IS 'The custom exercise, if the file describes it';
COMMENT ON COLUMN import_exercises.target_id IS 'The exercise that it became when the import was confirmed';

CREATE TABLE import_identities (
    import_id uuid NOT NULL,
    kind varchar(10) NOT NULL,
    source_id uuid NOT NULL,
    target_id uuid NOT NULL,
    is_same boolean NOT NULL,
    CONSTRAINT pk_import_identities PRIMARY KEY (import_id, kind, source_id),
    CONSTRAINT fk_import_identities_import_id_imports FOREIGN KEY (import_id)
        REFERENCES imports (id) ON DELETE CASCADE,
    CONSTRAINT ck_import_identities_kind CHECK (kind = 'unit' OR kind = 'plan')
);
COMMENT ON TABLE import_identities IS 'What training units and plans of a file became; there only while the import is confirmed';
COMMENT ON COLUMN import_identities.is_same IS 'Whether it was made by the import with all its entries in their places';

CREATE TABLE exercise_mappings (
    user_id uuid NOT NULL,
    folded_name varchar(200) NOT NULL,
    exercise_id uuid NOT NULL,
    CONSTRAINT pk_exercise_mappings PRIMARY KEY (user_id, folded_name),
    CONSTRAINT fk_exercise_mappings_user_id_user_account FOREIGN KEY (user_id)
        REFERENCES user_account (id) ON DELETE CASCADE,
    CONSTRAINT fk_exercise_mappings_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_mappings IS 'Which exercises somebody meant by names of other apps';
CREATE INDEX idx_exercise_mappings_exercise_id ON exercise_mappings (exercise_id);
