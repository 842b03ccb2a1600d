//! The tables as the migrations leave them, for diesel's query builder.

use diesel::{
    allow_tables_to_appear_in_same_query,
    deserialize::{self, FromSql, Queryable},
    joinable,
    pg::{Pg, PgValue},
    query_builder::QueryId,
    sql_types::SqlType,
    table,
};
use irontrack_domain::{exercise, training};

use crate::error::CorruptValue;

/// Maps an enum type of the database to its counterpart in the domain.
macro_rules! attribute {
    ($sql_type:ident, $pg_name:tt, $table:literal, $domain:ty) => {
        #[doc = concat!("The enum type `", $pg_name, "`.")]
        #[derive(Debug, Clone, Copy, SqlType, QueryId)]
        #[diesel(postgres_type(name = $pg_name))]
        pub struct $sql_type;

        impl FromSql<$sql_type, Pg> for $domain {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                let label = std::str::from_utf8(value.as_bytes())?;
                Self::from_name(label).ok_or_else(|| {
                    CorruptValue { table: $table, problem: format!("{label} is no {}", $pg_name) }.into()
                })
            }
        }

        impl Queryable<$sql_type, Pg> for $domain {
            type Row = Self;

            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}

attribute!(Force, "force_enum", "exercises", exercise::Force);
attribute!(DifficultyLevel, "difficulty_level_enum", "exercises or training_plans", exercise::DifficultyLevel);
attribute!(Mechanic, "mechanic_enum", "exercises", exercise::Mechanic);
attribute!(Category, "category_enum", "exercises", exercise::Category);
attribute!(SharingStatus, "sharing_status_enum", "training_units or training_plans", training::SharingStatus);
attribute!(AccessLevel, "access_level_enum", "training_unit_access or training_plan_access", training::AccessLevel);
attribute!(Mode, "training_mode_enum", "training_unit_exercises or training_session_exercises", training::Mode);
attribute!(SessionStatus, "training_session_status_enum", "training_sessions", training::session::SessionStatus);
attribute!(SetType, "set_type_enum", "training_session_sets", training::session::SetType);

table! {
    role (id) {
        id -> Uuid,
        name -> Varchar,
        description -> Nullable<Varchar>,
        slug -> Varchar,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

table! {
    user_account (id) {
        id -> Uuid,
        name -> Nullable<Varchar>,
        email -> Varchar,
        password -> Varchar,
        is_active -> Bool,
        is_superuser -> Bool,
        role_id -> Uuid,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

table! {
    user_session (id) {
        id -> Uuid,
        user_id -> Uuid,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        expires_at -> Timestamptz,
        user_agent -> Nullable<Varchar>,
        address -> Nullable<Varchar>,
        refresh_id -> Uuid,
        previous_refresh_id -> Nullable<Uuid>,
        rotated_at -> Nullable<Timestamptz>,
    }
}

table! {
    audit_event (id) {
        id -> BigInt,
        occurred_at -> Timestamptz,
        kind -> Varchar,
        actor_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        session_id -> Nullable<Uuid>,
        address -> Nullable<Varchar>,
        user_agent -> Nullable<Varchar>,
        details -> Jsonb,
    }
}

table! {
    muscle_groups (id) {
        id -> SmallInt,
        name -> Varchar,
    }
}

table! {
    equipment (id) {
        id -> SmallInt,
        name -> Varchar,
    }
}

table! {
    exercise_tags (id) {
        id -> SmallInt,
        name -> Varchar,
    }
}

table! {
    use diesel::sql_types::{Bool, Nullable, Text, Timestamptz, Uuid, Varchar};
    use super::{Category, DifficultyLevel, Force, Mechanic};

    exercises (id) {
        id -> Uuid,
        name -> Varchar,
        force -> Nullable<Force>,
        difficulty_level -> DifficultyLevel,
        mechanic -> Nullable<Mechanic>,
        category -> Category,
        instructions -> Nullable<Text>,
        image_path_start -> Nullable<Varchar>,
        image_path_end -> Nullable<Varchar>,
        is_system_default -> Bool,
        is_active -> Bool,
        created_by -> Nullable<Uuid>,
        slug -> Nullable<Varchar>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        search_text -> Text,
        search_whole -> Text,
        search_runs -> Text,
    }
}

table! {
    exercise_primary_muscles (exercise_id, muscle_group_id) {
        exercise_id -> Uuid,
        muscle_group_id -> SmallInt,
    }
}

table! {
    exercise_secondary_muscles (exercise_id, muscle_group_id) {
        exercise_id -> Uuid,
        muscle_group_id -> SmallInt,
    }
}

table! {
    exercise_equipment (exercise_id, equipment_id) {
        exercise_id -> Uuid,
        equipment_id -> SmallInt,
    }
}

table! {
    exercise_tag_map (exercise_id, tag_id) {
        exercise_id -> Uuid,
        tag_id -> SmallInt,
    }
}

table! {
    exercise_aliases (exercise_id, alias) {
        exercise_id -> Uuid,
        alias -> Varchar,
        search_text -> Text,
        search_whole -> Text,
        search_runs -> Text,
    }
}

joinable!(user_account -> role (role_id));
allow_tables_to_appear_in_same_query!(role, user_account, user_session);
