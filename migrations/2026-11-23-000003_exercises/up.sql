CREATE TYPE force_enum AS ENUM ('pull', 'push', 'static');
CREATE TYPE difficulty_level_enum AS ENUM ('beginner', 'intermediate', 'expert');
CREATE TYPE mechanic_enum AS ENUM ('compound', 'isolation');
CREATE TYPE category_enum AS ENUM (
    'strength', 'stretching', 'plyometrics', 'strongman', 'powerlifting', 'cardio', 'olympic weightlifting'
);

CREATE TABLE exercises (
    id uuid NOT NULL,
    name varchar(100) NOT NULL,
    force force_enum,
    difficulty_level difficulty_level_enum NOT NULL,
    mechanic mechanic_enum,
    category category_enum NOT NULL,
    instructions text,
    image_path_start varchar(512),
    image_path_end varchar(512),
    is_system_default boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    created_by uuid,
    slug varchar(100),
    created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_exercises PRIMARY KEY (id),
    CONSTRAINT fk_exercises_created_by_user_account FOREIGN KEY (created_by)
        REFERENCES user_account (id) ON DELETE SET NULL,
    CONSTRAINT ck_exercises_owner CHECK (
        CASE WHEN is_system_default THEN created_by IS NULL ELSE created_by IS NOT NULL OR NOT is_active END
    ),
    CONSTRAINT ck_exercises_slug CHECK (is_system_default = (slug IS NOT NULL))
);
COMMENT ON TABLE exercises IS 'Exercises: the system catalogue and the custom ones of users';
COMMENT ON COLUMN exercises.is_active IS 'False hides an exercise that templates or history still refer to';
CREATE UNIQUE INDEX uq_user_exercise ON exercises (lower(name), created_by)
    WHERE created_by IS NOT NULL AND is_active;
CREATE UNIQUE INDEX uq_sys_exercise_name ON exercises (lower(name)) WHERE is_system_default AND is_active;
CREATE UNIQUE INDEX uq_sys_exercise_slug ON exercises (slug) WHERE is_system_default AND is_active;
CREATE INDEX idx_ex_filters ON exercises (is_system_default, is_active);
CREATE INDEX idx_ex_created_by ON exercises (created_by);

CREATE TABLE exercise_primary_muscles (
    exercise_id uuid NOT NULL,
    muscle_group_id smallint NOT NULL,
    CONSTRAINT pk_exercise_primary_muscles PRIMARY KEY (exercise_id, muscle_group_id),
    CONSTRAINT fk_exercise_primary_muscles_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE,
    CONSTRAINT fk_exercise_primary_muscles_muscle_group_id_muscle_groups FOREIGN KEY (muscle_group_id)
        REFERENCES muscle_groups (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_primary_muscles IS 'Muscle groups that an exercise trains first';
CREATE INDEX idx_ex_primary_muscle_id ON exercise_primary_muscles (muscle_group_id);

CREATE TABLE exercise_secondary_muscles (
    exercise_id uuid NOT NULL,
    muscle_group_id smallint NOT NULL,
    CONSTRAINT pk_exercise_secondary_muscles PRIMARY KEY (exercise_id, muscle_group_id),
    CONSTRAINT fk_exercise_secondary_muscles_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE,
    CONSTRAINT fk_exercise_secondary_muscles_muscle_group_id_muscle_groups FOREIGN KEY (muscle_group_id)
        REFERENCES muscle_groups (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_secondary_muscles IS 'Muscle groups that assist in an exercise';
CREATE INDEX idx_ex_secondary_muscle_id ON exercise_secondary_muscles (muscle_group_id);

CREATE TABLE exercise_equipment (
    exercise_id uuid NOT NULL,
    equipment_id smallint NOT NULL,
    CONSTRAINT pk_exercise_equipment PRIMARY KEY (exercise_id, equipment_id),
    CONSTRAINT fk_exercise_equipment_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE,
    CONSTRAINT fk_exercise_equipment_equipment_id_equipment FOREIGN KEY (equipment_id)
        REFERENCES equipment (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_equipment IS 'Equipment that an exercise uses';
CREATE INDEX idx_ex_equipment_id ON exercise_equipment (equipment_id);

CREATE TABLE exercise_tag_map (
    exercise_id uuid NOT NULL,
    tag_id smallint NOT NULL,
    CONSTRAINT pk_exercise_tag_map PRIMARY KEY (exercise_id, tag_id),
    CONSTRAINT fk_exercise_tag_map_exercise_id_exercises FOREIGN KEY (exercise_id)
        REFERENCES exercises (id) ON DELETE CASCADE,
    CONSTRAINT fk_exercise_tag_map_tag_id_exercise_tags FOREIGN KEY (tag_id)
        REFERENCES exercise_tags (id) ON DELETE CASCADE
);
COMMENT ON TABLE exercise_tag_map IS 'Tags that a system exercise carries';
CREATE INDEX idx_ex_tag_map_tag_id ON exercise_tag_map (tag_id);
